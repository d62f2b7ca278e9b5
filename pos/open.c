#include "pos/open.h"

#include <string.h>
#include <unistd.h>

#include "base/crypto.h"
#include "base/lang.h"
#include "db/db.h"
#include "db/readers.h"
#include "db/showroom.h"
#include "db/writer.h"
#include "lang_en.h"
#include "lang_vi.h"
#include "pos/data.h"

static const char standard_config[] = "/etc/ocop-pos/ocop-pos.conf";

enum { KEYS_MAX = 256 };

enum err
open_lang(void)
{
    enum err e = lang_load(LANG_VI, (const char *)lang_vi, lang_vi_len);

    if (e == OK)
        e = lang_load(LANG_EN, (const char *)lang_en, lang_en_len);
    return e;
}

enum err
open_settings(const char *config, const char *data, struct settings *out)
{
    enum err e = OK;

    if (config || access(standard_config, F_OK) == 0)
        e = settings_load(config ? config : standard_config, out);
    else
        settings_default(out);
    if (e != OK || !data)
        return e;
    if (strlen(data) >= sizeof(out->data_dir)) {
        err_arg("file", "%.80s", data);
        err_arg("why", "too long");
        return err_set(ERR_FILE, "a data folder of %zu bytes", strlen(data));
    }
    memcpy(out->data_dir, data, strlen(data) + 1);
    return OK;
}

struct who {
    struct showroom showroom;
    int key; /* number of the key that signs now */
};

static enum err
read_who(struct db *db, struct who *who)
{
    struct showroom_key keys[KEYS_MAX];
    size_t len;
    enum err e = db_showroom_get(db, &who->showroom);

    if (e == OK)
        e = db_showroom_keys(db, keys, KEYS_MAX, &len);
    if (e == OK)
        who->key = (int)keys[len - 1].number;
    return e;
}

static enum err
no_showroom(const char *dir)
{
    err_arg("what", "%s", dir);
    return err_set(ERR_NOT_FOUND, "no showroom in %s", dir);
}

static enum err
start(struct open_shop *s, int readers)
{
    char path[DATA_PATH];
    struct who who = {.key = 0};
    struct db *db;
    enum err e;

    data_path(s->settings.data_dir, "ocop-pos.db", path);
    e = writer_open(path, NULL, &s->shop.writer);
    if (e == OK)
        e = readers_open(path, readers, &s->shop.readers);
    if (e != OK)
        return e;
    db = readers_take(s->shop.readers);
    e = read_who(db, &who);
    readers_give(s->shop.readers, db);
    if (e == ERR_NOT_FOUND)
        return no_showroom(s->settings.data_dir);
    if (e == OK)
        e = data_key_load(s->settings.data_dir, who.key, &s->shop.key);
    if (e == OK)
        writer_use_key(s->shop.writer, &s->shop.key);
    s->shop.number = who.showroom.number;
    return e;
}

enum err
open_shop(const struct settings *settings, int readers, struct open_shop *out)
{
    enum err e;

    *out = (struct open_shop){.settings = *settings, .lock = -1};
    out->shop.settings = &out->settings;
    if (!data_has_showroom(settings->data_dir))
        return no_showroom(settings->data_dir);
    e = data_lock(settings->data_dir, &out->lock);
    if (e == OK)
        e = start(out, readers);
    if (e != OK) {
        struct err_state why;

        err_save(&why);
        close_shop(out);
        err_load(&why);
    }
    return e;
}

void
close_shop(struct open_shop *s)
{
    readers_close(s->shop.readers);
    writer_close(s->shop.writer);
    crypto_wipe(&s->shop.key, sizeof(s->shop.key));
    if (s->lock >= 0)
        close(s->lock);
    *s = (struct open_shop){.lock = -1};
}
