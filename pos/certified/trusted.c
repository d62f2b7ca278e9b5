#include "pos/certified/trusted.h"

#include <string.h>

#include "base/file.h"
#include "db/product.h"
#include "db/trust.h"

static enum err
put_kept(void *arg, const struct trust *t, const char *bytes, size_t len)
{
    if (strcmp(t->role, TRUSTED_CONFIRMED) != 0)
        tuf_kept_put(arg, t->role, bytes, len);
    return OK;
}

/* The first trust of all: given by hand. */
static enum err
load_root(const struct settings *settings, struct tuf_kept *kept)
{
    struct buf root;
    enum err e;

    if (!settings->registry_root[0]) {
        err_arg("case", "root");
        err_arg("key", "registry_root");
        return err_set(ERR_SETTINGS, "no registry_root to trust first");
    }
    buf_init(&root, TUF_ROOT_BYTES);
    e = file_read(settings->registry_root, &root);
    if (e == OK)
        tuf_kept_put(kept, "root", root.data, root.len);
    buf_finish(&root);
    return e;
}

enum err
trusted_load(
    struct db *db, const struct settings *settings, struct tuf_kept *kept)
{
    enum err e = db_trust_each(db, put_kept, kept);

    if (e == OK && !tuf_kept_find(kept, "root"))
        e = load_root(settings, kept);
    return e;
}

static enum err
save_file(struct db *db, const struct tuf_kept_file *f, int64_t now)
{
    struct trust t = {.version = f->version,
        .expires_at = f->expires_at,
        .checked_at = now};

    if (!f->bytes)
        return db_trust_drop(db, f->role);
    if (strlen(f->role) >= sizeof(t.role))
        return err_set(ERR_TOO_LARGE, "a role of %zu bytes", strlen(f->role));
    db_copy(t.role, sizeof(t.role), f->role);
    return db_trust_put(db, &t, f->bytes, f->len);
}

/* The first root is not dirty, but not in the table either. */
static bool
is_new(struct db *db, const struct tuf_kept_file *f)
{
    struct trust t;

    if (f->dirty)
        return true;
    return f->version > 0 && strcmp(f->role, "root") == 0
           && db_trust_get(db, "root", &t) == ERR_NOT_FOUND;
}

enum err
trusted_save_write(struct db *db, void *arg)
{
    const struct trusted_save *s = arg;
    struct trust confirmed = {.role = TRUSTED_CONFIRMED,
        .version = s->version,
        .expires_at = s->expires_at,
        .checked_at = s->now};
    enum err e = OK;

    for (size_t i = 0; e == OK && i < s->kept->len; i++)
        if (is_new(db, &s->kept->files[i]))
            e = save_file(db, &s->kept->files[i], s->now);
    if (e == OK && !s->partly)
        e = db_trust_put(db, &confirmed, "", 0);
    return e;
}

enum err
trusted_save_failed_write(struct db *db, void *arg)
{
    const struct trusted_save *s = arg;
    int64_t checked;
    enum err e = db_trust_time(db, &checked);

    for (size_t i = 0; e == OK && i < s->kept->len; i++) {
        const struct tuf_kept_file *f = &s->kept->files[i];

        if (strcmp(f->role, "root") != 0 && strcmp(f->role, "timestamp") != 0)
            continue;
        if (is_new(db, f)) /* a clock far ahead must not stop time here */
            e = save_file(db, f, checked);
    }
    return e;
}
