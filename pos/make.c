#include "pos/make.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/crypto.h"
#include "base/text.h"
#include "db/product.h"
#include "db/writer.h"
#include "pos/data.h"
#include "pos/fact/fact_showroom.h"
#include "pos/open.h"

enum { COMMUNE_DIGITS = 5 };

/* Where things are made, inside the folder they are for. */
struct place {
    const char *dir;
    struct settings inside; /* as `settings`, for the folder they are made in */
};

static enum err
bad_field(const char *field, const char *which)
{
    err_at("%s", field);
    err_arg("case", "%s", which);
    err_arg("field", "%s", field);
    return err_set(ERR_FIELD_VALUE, "%s: %s", field, which);
}

static enum err
read_ask(const struct make_ask *ask, struct fact_showroom *f)
{
    struct buf name;
    enum err e;

    if (ask->number < 1 || ask->number > UINT32_MAX) {
        err_arg("min", "1");
        err_arg("max", "%lu", (unsigned long)UINT32_MAX);
        return bad_field("showroom", "range");
    }
    if (strspn(ask->commune, "0123456789") != COMMUNE_DIGITS
        || ask->commune[COMMUNE_DIGITS])
        return bad_field("commune", "commune");
    buf_init(&name, DB_NAME - 1);
    e = text_clean(ask->name, strlen(ask->name), &name);
    if (e == OK && name.len == 0)
        e = bad_field("name", "empty");
    if (e == OK) {
        f->showroom.number = ask->number;
        db_copy(f->showroom.name, sizeof(f->showroom.name), name.data);
        db_copy(f->showroom.commune, sizeof(f->showroom.commune),
            ask->commune);
    }
    buf_finish(&name);
    return e;
}

static enum err
file_failed(const char *path, const char *what)
{
    err_arg("file", "%s", path);
    err_arg("why", "%s", strerror(errno));
    return err_set(ERR_FILE, "%s %s: %s", what, path, strerror(errno));
}

static void
remove_in(const char *dir, const char *name)
{
    char path[DATA_PATH];

    data_path(dir, name, path);
    unlink(path);
}

/* Remove what was made; only names that are ours. */
static void
clear_place(const struct place *p)
{
    static const char *const files[] = {"ocop-pos.db", "ocop-pos.db-wal",
        "ocop-pos.db-shm", "ocop-pos.db-writer", "lock", "keys/1.key"};
    char path[DATA_PATH];

    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
        remove_in(p->inside.data_dir, files[i]);
    data_path(p->inside.data_dir, "keys", path);
    rmdir(path);
    rmdir(p->inside.data_dir);
}

/* A folder in use is refused.  One in which an attempt broke off is cleared:
 * while its database is not in its place, a key that is was put there by the
 * attempt, which began only where none was. */
static enum err
begin_place(const struct place *p)
{
    char key[DATA_PATH], half[DATA_PATH];

    data_path(p->dir, "keys/1.key", key);
    data_path(p->inside.data_dir, "ocop-pos.db", half);
    if (data_has_showroom(p->dir)) {
        err_arg("what", "%s", p->dir);
        return err_set(ERR_EXISTS, "there is a showroom in %s", p->dir);
    }
    if (access(half, F_OK) == 0)
        unlink(key);
    clear_place(p);
    if (access(key, F_OK) == 0) {
        err_arg("what", "%s", key);
        return err_set(ERR_EXISTS, "there is a key in %s", p->dir);
    }
    return data_create(p->inside.data_dir);
}

static enum err
write_first(struct db *db, void *arg)
{
    struct fact_showroom *f = arg;
    struct journal_head head;

    f->at = clock_now();
    return fact_showroom_post(db, f, &head);
}

/* Key, database and first record. */
static enum err
make_first(const struct place *p, struct fact_showroom *f)
{
    struct writer *writer = NULL;
    struct journal_key key;
    char path[DATA_PATH];
    enum err e = data_key_make(p->inside.data_dir, 1, &key);

    data_path(p->inside.data_dir, "ocop-pos.db", path);
    if (e == OK)
        e = writer_open(path, NULL, &writer);
    if (e == OK) {
        f->key.number = key.number;
        memcpy(f->key.public_key, key.public_key, sizeof(f->key.public_key));
        writer_use_key(writer, &key);
        e = db_write(writer, "showroom", write_first, f);
    }
    writer_close(writer);
    crypto_wipe(&key, sizeof(key));
    return e;
}

static enum err
fill_place(const struct place *p, make_fn *fill, void *arg)
{
    struct open_shop open;
    enum err e = open_shop(&p->inside, 1, &open);

    if (e != OK)
        return e;
    e = fill(&open.shop, arg);
    close_shop(&open);
    return e;
}

/* The folder's entries are on the disk. */
static enum err
sync_dir(const char *dir)
{
    int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool done = fd >= 0 && fsync(fd) == 0;
    enum err e = done ? OK : file_failed(dir, "fsync");

    if (fd >= 0)
        close(fd);
    return e;
}

static enum err
move_up(const struct place *p, const char *name)
{
    char from[DATA_PATH], to[DATA_PATH];

    data_path(p->inside.data_dir, name, from);
    data_path(p->dir, name, to);
    return rename(from, to) == 0 ? OK : file_failed(to, "rename");
}

/* Key first, database last: with the database there is a showroom. */
static enum err
finish_place(const struct place *p)
{
    char keys[DATA_PATH], wal[DATA_PATH];
    struct stat left;
    enum err e;

    data_path(p->dir, "keys", keys);
    data_path(p->inside.data_dir, "ocop-pos.db-wal", wal);
    if (stat(wal, &left) == 0 && left.st_size > 0)
        return err_set(ERR_DB, "%s was not emptied", wal);
    e = move_up(p, "keys/1.key");
    if (e == OK)
        e = sync_dir(keys);
    if (e == OK)
        e = move_up(p, "ocop-pos.db");
    return e == OK ? sync_dir(p->dir) : e;
}

static enum err
make_in(const struct place *p, struct fact_showroom *f, make_fn *fill,
    void *arg)
{
    struct err_state why;
    enum err e = begin_place(p);

    if (e != OK)
        return e;
    e = make_first(p, f);
    if (e == OK)
        e = fill_place(p, fill, arg);
    if (e == OK)
        e = finish_place(p);
    if (e != OK)
        err_save(&why);
    clear_place(p);
    return e == OK ? OK : err_load(&why);
}

enum err
make_showroom(const struct settings *settings, const struct make_ask *ask,
    make_fn *fill, void *arg)
{
    struct place p = {.dir = settings->data_dir, .inside = *settings};
    struct fact_showroom f = {.at = 0};
    size_t size = sizeof(p.inside.data_dir);
    int lock = -1;
    int n = snprintf(p.inside.data_dir, size, "%s/new", settings->data_dir);
    enum err e = read_ask(ask, &f);

    if (e == OK && (n < 0 || (size_t)n >= size)) {
        err_arg("file", "%.80s", settings->data_dir);
        err_arg("why", "too long");
        e = err_set(ERR_FILE, "too long a path");
    }
    if (e == OK)
        e = data_create(settings->data_dir);
    if (e == OK)
        e = data_lock(settings->data_dir, &lock);
    if (e == OK)
        e = make_in(&p, &f, fill, arg);
    if (lock >= 0)
        close(lock);
    return e;
}
