#include "db/db.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "db/internal.h"
#include "db/migrate.h"

enum {
    BUSY_TIMEOUT_MS = 50,  /* nobody else writes: only a backup's moment */
    BULK_WAL_FRAMES = 2000 /* when db_write_alone checkpoints */
};

/* What a connection that writes is told.  The WAL is checkpointed by us alone,
 * and is cut back to its usual size after it grew. */
static const char setup_write[] =
    "PRAGMA journal_mode = WAL;"
    "PRAGMA synchronous = FULL;"
    "PRAGMA foreign_keys = ON;"
    "PRAGMA trusted_schema = OFF;"
    "PRAGMA cell_size_check = ON;"
    "PRAGMA wal_autocheckpoint = 0;"
    "PRAGMA journal_size_limit = 16777216;"
    "PRAGMA temp_store = MEMORY;" /* savepoints keep their pages here */
    "PRAGMA cache_size = -16384;";

/* A reader sorts in a file when it sorts much; memory stays small. */
static const char setup_read[] =
    "PRAGMA query_only = ON;"
    "PRAGMA foreign_keys = ON;"
    "PRAGMA trusted_schema = OFF;"
    "PRAGMA cell_size_check = ON;"
    "PRAGMA cache_size = -2048;";

enum err
db_fail(struct db *db, int rc, const char *what)
{
    const char *msg = db->h ? sqlite3_errmsg(db->h) : sqlite3_errstr(rc);
    int extended = db->h ? sqlite3_extended_errcode(db->h) : rc;

    switch (rc & 0xff) {
    case SQLITE_CONSTRAINT:
        if (extended == SQLITE_CONSTRAINT_UNIQUE ||
            extended == SQLITE_CONSTRAINT_PRIMARYKEY ||
            extended == SQLITE_CONSTRAINT_ROWID)
            return err_set(ERR_EXISTS, "%s: %s", what, msg);
        return err_set(ERR_BOOKS, "%s: %s", what, msg);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return err_set(ERR_BUSY, "%s: %s", what, msg);
    case SQLITE_INTERRUPT:
        return err_set(ERR_BUSY, "%s: the read took too long", what);
    case SQLITE_FULL:
        return err_set(ERR_DB_FULL, "%s: %s", what, msg);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return err_set(ERR_DB_BROKEN, "%s: %s", what, msg);
    default:
        return err_set(ERR_DB, "%s: %s (%d)", what, msg, extended);
    }
}

enum err
db_exec(struct db *db, const char *sql, const char *what)
{
    int rc = sqlite3_exec(db->h, sql, NULL, NULL, NULL);

    return rc == SQLITE_OK ? OK : db_fail(db, rc, what);
}

bool
db_lost_transaction(const struct db *db)
{
    return sqlite3_get_autocommit(db->h) != 0;
}

/* SQLite tells how long the WAL is after each COMMIT. */
static int
count_wal(void *arg, sqlite3 *h, const char *name, int frames)
{
    struct db *db = arg;

    (void)h;
    (void)name;
    db->wal_frames = frames;
    return SQLITE_OK;
}

/* Called now and then inside a long statement; not 0 stops it. */
static int
past_deadline(void *arg)
{
    const struct db *db = arg;

    return db->deadline_ms && clock_mono_ms() > db->deadline_ms;
}

/* Nobody else on this machine may write; see db/db.h. */
static enum err
lock_writer(struct db *db, const char *path)
{
    struct buf name;
    enum err e = OK;

    if (strcmp(path, ":memory:") == 0 || path[0] == '\0')
        return OK;
    buf_init(&name, 4096);
    buf_printf(&name, "%s-writer", path);
    db->lock_fd = open(name.data, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (db->lock_fd < 0)
        e = err_set(ERR_DB, "%s: %s", name.data, strerror(errno));
    else if (flock(db->lock_fd, LOCK_EX | LOCK_NB) != 0)
        e = err_set(ERR_BUSY, "%s: another program writes to it", path);
    buf_finish(&name);
    return e;
}

static enum err
set_up(struct db *db)
{
    static const int on[] = {
        SQLITE_DBCONFIG_DEFENSIVE,
        SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, /* db_close does, when it is well */
    };
    size_t i;
    enum err e;

    sqlite3_extended_result_codes(db->h, 1);
    sqlite3_busy_timeout(db->h, BUSY_TIMEOUT_MS);
    for (i = 0; i < sizeof(on) / sizeof(on[0]); i++)
        sqlite3_db_config(db->h, on[i], 1, NULL);
    if (db->mode == DB_READ) {
        sqlite3_progress_handler(db->h, 10000, past_deadline, db);
        return db_exec(db, setup_read, "pragmas");
    }
    e = db_exec(db, setup_write, "pragmas");
    if (e == OK) /* after the pragmas: they too set a hook */
        sqlite3_wal_hook(db->h, count_wal, db);
    return e;
}

enum err
db_connect(const char *path, enum db_mode mode, enum db_schema schema,
    struct db **out)
{
    struct db *db = mem_new(1, sizeof(*db));
    int flags = SQLITE_OPEN_NOMUTEX |
        (mode == DB_WRITE ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
                          : SQLITE_OPEN_READONLY);
    enum err e = OK;
    int rc;

    db->mode = mode;
    db->schema = schema;
    db->lock_fd = -1;
    if (mode == DB_WRITE)
        e = lock_writer(db, path);
    if (e != OK)
        goto out;
    rc = sqlite3_open_v2(path, &db->h, flags, NULL);
    e = rc == SQLITE_OK ? set_up(db) : db_fail(db, rc, path);
    if (e != OK)
        goto out;
    *out = db;
    db = NULL;
out:
    if (db)
        db->failed = true;
    db_close(db);
    return e;
}

enum err
db_open(const char *path, enum db_mode mode, struct db **out)
{
    return db_open_as(path, mode, DB_SHOP, out);
}

enum err
db_open_as(const char *path, enum db_mode mode, enum db_schema schema,
    struct db **out)
{
    struct db *db;
    int left;
    enum err e = db_connect(path, mode, schema, &db);

    if (e != OK)
        return e;
    e = db_migrate_kind(db);
    if (e == OK && mode == DB_READ) {
        e = db_migrate_check(db);
    } else if (e == OK) {
        /* What died before its fsync may be read from the WAL now: it must be
         * on the disk before anyone is told that it is there. */
        e = db_checkpoint(db, DB_CHECKPOINT_TRUNCATE, BUSY_TIMEOUT_MS, &left);
        if (e == OK)
            e = db_migrate(db);
        if (e == OK)
            e = stmt_prepare_all(db);
    }
    if (e != OK) {
        db->failed = true;
        db_close(db);
        return e;
    }
    *out = db;
    return OK;
}

void
db_close(struct db *db)
{
    int left;

    if (!db)
        return;
    if (db->mode == DB_WRITE && !db->failed &&
        db_checkpoint(db, DB_CHECKPOINT_TRUNCATE, BUSY_TIMEOUT_MS, &left))
        log_warn("db", "at closing: %s", err_msg());
    stmt_finalize_all(db);
    sqlite3_close(db->h);
    if (db->lock_fd >= 0)
        close(db->lock_fd); /* last: the file is nobody's from here on */
    mem_free(db);
}

enum err
db_checkpoint(
    struct db *db, enum db_checkpoint how, int wait_ms, int *left_out)
{
    bool passive = how == DB_CHECKPOINT_PASSIVE;
    int frames = 0, done = 0, rc;

    sqlite3_busy_timeout(db->h, wait_ms);
    rc = sqlite3_wal_checkpoint_v2(db->h, NULL,
        passive ? SQLITE_CHECKPOINT_PASSIVE : SQLITE_CHECKPOINT_TRUNCATE,
        &frames, &done);
    sqlite3_busy_timeout(db->h, BUSY_TIMEOUT_MS);
    /* -1, -1: not a WAL (in memory) */
    *left_out = frames > done ? frames - done : 0;
    if (!passive && rc == SQLITE_OK)
        db->wal_frames = 0;
    /* SQLITE_BUSY: a reader is in the way, and what could be brought was */
    if (rc != SQLITE_OK && rc != SQLITE_BUSY)
        return db_fail(db, rc, "checkpoint");
    return OK;
}

enum err
db_write_alone(struct db *db, const char *what, write_fn *fn, void *arg)
{
    struct err_state failure;
    enum err e;
    int left;

    assert(db->mode == DB_WRITE && !db->in_write);
    e = stmt_run(db, SQL_BEGIN);
    if (e != OK)
        return e;
    db->in_write = true;
    e = fn(db, arg);
    db->in_write = false;
    assert(db->begun == 0); /* it forgot a stmt_end */
    if (e == OK)
        e = stmt_run(db, SQL_COMMIT);
    if (e != OK) {
        err_save(&failure);
        if (!db_lost_transaction(db) && stmt_run(db, SQL_ROLLBACK) != OK)
            log_error("db", "%s: %s", what, err_msg());
        return err_load(&failure);
    }
    if (db->wal_frames >= BULK_WAL_FRAMES &&
        db_checkpoint(db, DB_CHECKPOINT_PASSIVE, 0, &left) != OK)
        log_warn("db", "%s: %s", what, err_msg()); /* the write stands */
    return OK;
}

bool
db_in_write(const struct db *db)
{
    return db->in_write;
}

int64_t
db_last_id(const struct db *db)
{
    return sqlite3_last_insert_rowid(db->h);
}

int
db_changes(const struct db *db)
{
    return sqlite3_changes(db->h);
}
