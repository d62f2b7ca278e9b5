#include "db/readers.h"

#include <assert.h>
#include <pthread.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "db/internal.h"

struct readers {
    pthread_mutex_t lock;
    pthread_cond_t given;
    struct db **free; /* the last one given is the first taken: it is warm */
    int free_len;
    int count;
};

enum err
readers_open(const char *path, int count, struct readers **out)
{
    struct readers *r = mem_new(1, sizeof(*r));
    enum err e = OK;

    assert(count > 0);
    pthread_mutex_init(&r->lock, NULL);
    pthread_cond_init(&r->given, NULL);
    r->free = mem_new((size_t)count, sizeof(*r->free));
    while (e == OK && r->count < count) {
        e = db_open(path, DB_READ, &r->free[r->count]);
        if (e == OK)
            r->free_len = ++r->count;
    }
    if (e != OK) {
        readers_close(r);
        return e;
    }
    *out = r;
    return OK;
}

void
readers_close(struct readers *r)
{
    if (!r)
        return;
    assert(r->free_len == r->count);
    while (r->count > 0)
        db_close(r->free[--r->count]);
    pthread_cond_destroy(&r->given);
    pthread_mutex_destroy(&r->lock);
    mem_free(r->free);
    mem_free(r);
}

struct db *
readers_take(struct readers *r)
{
    struct db *db;

    pthread_mutex_lock(&r->lock);
    while (r->free_len == 0)
        pthread_cond_wait(&r->given, &r->lock);
    db = r->free[--r->free_len];
    pthread_mutex_unlock(&r->lock);
    if (stmt_run(db, SQL_BEGIN_READ) != OK)
        log_error("db", "a reader cannot begin: %s", err_msg());
    db->deadline_ms = clock_mono_ms() + READERS_TIME_LIMIT_MS;
    return db;
}

void
readers_give(struct readers *r, struct db *db)
{
    assert(db->begun == 0); /* it forgot a stmt_end */
    db->deadline_ms = 0;
    if (!db_lost_transaction(db) && stmt_run(db, SQL_ROLLBACK) != OK)
        log_error("db", "a reader cannot end: %s", err_msg());
    pthread_mutex_lock(&r->lock);
    r->free[r->free_len++] = db;
    pthread_cond_signal(&r->given);
    pthread_mutex_unlock(&r->lock);
}
