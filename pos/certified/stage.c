#include "pos/certified/stage.h"

#include <pthread.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "db/writer.h"

/* Rows in one write: as many as keep the writer for some 30 to 80 ms on this
 * machine as it is now, so that nobody at a till waits for a list. */
enum { STEP_FIRST = 500, STEP_MIN = 100, STEP_MAX = 1000, SHORT_MS = 30,
    LONG_MS = 80, SWEEP = 1000, QUEUE = 2 };

struct batch_rows {
    struct list_row rows[STEP_MAX];
    size_t len;
};

/* What the reading thread shares with the one that writes.  Batches go round:
 * `made` were filled, `used` were written. */
struct pipe {
    struct stage *stage;
    const char *name, *path;
    const struct certified_list *was;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    struct batch_rows *slots[QUEUE];
    size_t made, used;
    size_t step;    /* rows of a batch */
    bool end;       /* nothing more is made */
    bool broken;    /* the writing side has given up */
    enum err err;   /* of the reading side */
    struct err_state why;
};

static void
clear(struct batch_rows *b)
{
    for (size_t i = 0; i < b->len; i++)
        row_finish(&b->rows[i]);
    b->len = 0;
}

/* --- reading --- */

/* The slot to fill next with `step` rows, when it is free; NULL: no one wants
 * it any more. */
static struct batch_rows *
slot_wait(struct pipe *p, size_t *step_out)
{
    struct batch_rows *slot;

    pthread_mutex_lock(&p->lock);
    while (p->made - p->used == QUEUE && !p->broken)
        pthread_cond_wait(&p->changed, &p->lock);
    slot = p->broken ? NULL : p->slots[p->made % QUEUE];
    *step_out = p->step;
    pthread_mutex_unlock(&p->lock);
    return slot;
}

static void
slot_made(struct pipe *p)
{
    pthread_mutex_lock(&p->lock);
    p->made++;
    pthread_cond_broadcast(&p->changed);
    pthread_mutex_unlock(&p->lock);
}

static enum err
fill(struct pipe *p, struct lines *lines, struct before *before,
    struct batch_rows *slot, size_t step, bool *more)
{
    struct stage *s = p->stage;
    struct line line;
    enum err e = OK;

    while (e == OK && slot->len < step
           && (e = lines_next(lines, &line, more)) == OK && *more) {
        struct list_row *row = &slot->rows[slot->len++];
        struct diff_side side;

        row_of_line(&line, row);
        side = row_side(row);
        e = before_meet(before, s->diff, &side);
    }
    if (e == OK && s->stop && s->stop(s->stop_arg))
        e = err_set(ERR_STOPPING, "stopped while a list was read");
    return e;
}

static enum err
read_all(struct pipe *p)
{
    struct batch_rows *slot;
    struct before before;
    struct lines lines;
    bool more = true;
    size_t step;
    enum err e = lines_open(&lines, p->name, false, p->path);

    before_init(&before, p->stage->shop->readers, NULL, p->was);
    while (e == OK && more && (slot = slot_wait(p, &step))) {
        e = fill(p, &lines, &before, slot, step, &more);
        if (e == OK && slot->len > 0)
            slot_made(p);
    }
    if (e == OK && !more)
        e = before_meet(&before, p->stage->diff, NULL);
    before_finish(&before);
    lines_finish(&lines);
    return e;
}

static void *
reader(void *arg)
{
    struct pipe *p = arg;
    enum err e = read_all(p);

    pthread_mutex_lock(&p->lock);
    p->err = e;
    if (e != OK)
        err_save(&p->why);
    p->end = true;
    pthread_cond_broadcast(&p->changed);
    pthread_mutex_unlock(&p->lock);
    return NULL;
}

/* --- writing --- */

struct step {
    const struct batch_rows *rows;
    struct claims *claims;
    int64_t gen, place;
};

static enum err
step_write(struct db *db, void *arg)
{
    struct step *s = arg;
    enum err e = OK;

    for (size_t i = 0; e == OK && i < s->rows->len; i++) {
        const struct list_row *row = &s->rows->rows[i];

        e = claims_note(s->claims, db, s->gen, row);
        if (e == OK)
            e = row_put(db, s->gen, s->place + (int64_t)i, row);
    }
    return e;
}

/* The next batch, or NULL at the end. */
static struct batch_rows *
batch_wait(struct pipe *p)
{
    struct batch_rows *slot = NULL;

    pthread_mutex_lock(&p->lock);
    while (p->made == p->used && !p->end)
        pthread_cond_wait(&p->changed, &p->lock);
    if (p->made != p->used)
        slot = p->slots[p->used % QUEUE];
    pthread_mutex_unlock(&p->lock);
    return slot;
}

/* It took so long: the next ones shall be longer, or shorter. */
static void
batch_used(
    struct pipe *p, struct batch_rows *slot, int64_t took_ms, enum err e)
{
    bool whole = slot->len >= p->step;

    clear(slot);
    pthread_mutex_lock(&p->lock);
    if (took_ms > LONG_MS && p->step > STEP_MIN)
        p->step /= 2;
    else if (took_ms < SHORT_MS && whole)
        p->step = p->step * 2 < STEP_MAX ? p->step * 2 : STEP_MAX;
    p->used++;
    p->broken = e != OK;
    pthread_cond_broadcast(&p->changed);
    pthread_mutex_unlock(&p->lock);
}

static enum err
write_all(struct pipe *p, int64_t gen, int64_t *records_out)
{
    struct stage *s = p->stage;
    struct batch_rows *slot;
    enum err e = OK;

    *records_out = 0;
    while (e == OK && (slot = batch_wait(p))) {
        struct step step = {.rows = slot,
            .claims = s->claims,
            .gen = gen,
            .place = *records_out};
        int64_t begun = clock_mono_ms();

        e = db_write(s->shop->writer, "list", step_write, &step);
        *records_out += (int64_t)slot->len;
        batch_used(p, slot, clock_mono_ms() - begun, e);
    }
    return e;
}

enum err
stage_list(struct stage *s, const char *name, const char *path, int64_t gen,
    const struct certified_list *was, int64_t *records_out)
{
    struct pipe p = {.stage = s,
        .name = name,
        .path = path,
        .was = was,
        .step = s->step ? s->step : STEP_FIRST};
    pthread_t thread;
    enum err e;

    for (size_t i = 0; i < QUEUE; i++)
        p.slots[i] = mem_new(1, sizeof(*p.slots[i]));
    pthread_mutex_init(&p.lock, NULL);
    pthread_cond_init(&p.changed, NULL);
    if (pthread_create(&thread, NULL, reader, &p) != 0) {
        e = err_set(ERR_SYSTEM, "no thread to read a list");
    } else {
        e = write_all(&p, gen, records_out);
        pthread_join(thread, NULL);
        if (e == OK && p.err != OK)
            e = err_load(&p.why);
    }
    s->step = p.step; /* the next list begins with it */
    pthread_cond_destroy(&p.changed);
    pthread_mutex_destroy(&p.lock);
    for (size_t i = 0; i < QUEUE; i++) {
        clear(p.slots[i]);
        mem_free(p.slots[i]);
    }
    return e;
}

/* --- what no list has --- */

static enum err
sweep_write(struct db *db, void *arg)
{
    return db_certified_sweep(db, INT64_MAX, SWEEP, arg);
}

enum err
stage_sweep(struct stage *s)
{
    bool more = true;
    enum err e = OK;

    while (e == OK && more) {
        e = db_write(s->shop->writer, "list_sweep", sweep_write, &more);
        if (e == OK && more && s->stop && s->stop(s->stop_arg))
            break; /* the rest at the next start */
    }
    return e;
}
