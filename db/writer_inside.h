/* db/writer_inside.h - inside of the writer, for its two files: writer.c, what
 * callers see, and writer_thread.c, what the thread does. */
#ifndef DB_WRITER_INSIDE_H
#define DB_WRITER_INSIDE_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/batch.h"
#include "db/internal.h"
#include "db/writer.h"

struct writer {
    /* Set before the thread starts, and never again. */
    char *path;
    struct writer_options options;
    pthread_t thread;

    /* The thread's own. */
    struct db *db;         /* NULL while it cannot be opened */
    int tidy_frames;       /* length of the WAL at which to checkpoint next */
    int64_t tidy_at_ms;    /* when to checkpoint if nothing happens; 0 never */
    int64_t open_at_ms;    /* when to try to open again */
    int active;            /* writers seen around the last transaction */

    /* Everyone's, under `lock`. */
    pthread_mutex_t lock;
    pthread_cond_t work;   /* the thread sleeps here */
    struct waiting *queue; /* first in, first out */
    struct waiting **queue_end;
    size_t queue_len;
    bool stopping;
    bool ok;
    struct err_state failure; /* why it is not ok */
    struct journal_key key;
    void (*on_commit)(void *arg, int64_t last_seq);
    void *on_commit_arg;
    struct writer_stats stats;
};

/* The WAL's length in pages of SQLite's size, which is never changed. */
static inline int
frames_of(int64_t bytes)
{
    return (int)(bytes / 4096);
}

/* The thread's function; its argument is the writer. */
void *writer_thread_main(void *arg);

#endif
