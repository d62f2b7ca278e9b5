#include "pos/certified/cycle.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "db/readers.h"
#include "db/trust.h"
#include "db/writer.h"
#include "pos/certified/age.h"
#include "pos/certified/delta.h"
#include "pos/certified/folder.h"
#include "pos/certified/plan.h"
#include "pos/certified/stage.h"
#include "pos/certified/swap.h"
#include "pos/certified/trusted.h"

/* What lives from one try to the next: who is left out, and why the first. */
struct blame {
    struct plan_left left;
    struct err_state why;
};

/* What lives for one try. */
struct work {
    struct cycle *c;
    const struct plan_left *left;
    char blamed[DB_LIST]; /* after a failure that is about one list */
    struct tuf_kept kept;
    struct tuf_client *client;
    struct plan plan;
    struct diff diff;
    struct claims claims;
    struct swap_list lists[FACT_LISTS];
    struct delta deltas[FACT_LISTS];
    size_t len; /* lists that change */
    size_t step; /* rows in one write: stage.h */
    int64_t now, gen; /* the time floor; the next free generation */
};

static enum err
add_ending(void *arg, const struct certified_list *list)
{
    struct work *w = arg;

    if (strcmp(list->name, "file") == 0)
        w->claims.ending[w->claims.ending_len++] = list->gen;
    return OK;
}

/* All that is read before anything is asked of the registry. */
static enum err
begin(struct work *w)
{
    struct shop *shop = w->c->shop;
    struct db *db = readers_take(shop->readers);
    enum err e = list_time_floor(db, clock_now(), &w->now);

    if (e == OK)
        e = trusted_load(db, shop->settings, &w->kept);
    if (e == OK)
        e = db_certified_gen_next(db, &w->gen);
    if (e == OK)
        e = db_certified_lists(db, add_ending, w);
    if (e == OK)
        e = diff_init(&w->diff, db);
    readers_give(shop->readers, db);
    return e;
}

/* The newest metadata, and what it means for our lists. */
static enum err
refresh(struct work *w)
{
    struct shop *shop = w->c->shop;
    struct db *db;
    enum err e;

    w->client =
        tuf_client_new(tuf_ed25519_only, &w->c->source->tuf, &w->kept);
    e = tuf_client_refresh(w->client, w->now);
    if (e != OK)
        return e;
    db = readers_take(shop->readers);
    e = plan_make(&w->plan, w->client, db, w->left);
    memcpy(w->blamed, w->plan.blamed, sizeof(w->blamed));
    readers_give(shop->readers, db);
    w->c->lists = w->plan.len;
    return e;
}

/* --- files --- */

static enum err
bring(struct work *w, const struct planned *p, const struct tuf_target *t,
    char path[FOLDER_PATH])
{
    struct list_source *s = w->c->source;
    struct buf name;
    enum err e;

    folder_path(w->c->shop, p->name, p->seq, t != p->full, path);
    buf_init(&name, FOLDER_PATH);
    tuf_client_target_name(w->client, t, &name);
    e = s->file(s, name.data, t->length, t->sha256, path);
    buf_finish(&name);
    return e;
}

/* *done_out: the delta leads to the list that is published. */
static enum err
take_delta(struct work *w, const struct planned *p, bool *done_out)
{
    struct swap_list *to = &w->lists[w->len];
    struct delta *d = &w->deltas[w->len];
    char path[FOLDER_PATH];
    enum err e = bring(w, p, p->delta, path);

    *done_out = false;
    if (e == ERR_NOT_FOUND || e == ERR_FETCH || e == ERR_LIST_REFUSED) {
        log_warn("lists", "delta of %s: %s", p->name, err_msg());
        return OK; /* the whole list may still be there */
    }
    if (e == OK)
        e = delta_read(d, w->c->shop->readers, &p->force, path,
            p->full->sha256, &w->diff, done_out);
    if (e != OK || !*done_out) {
        delta_finish(d);
        return e;
    }
    to->list.gen = p->force.gen;
    to->list.records = d->records;
    to->ops = d->ops;
    to->ops_len = d->len;
    w->c->deltas++;
    return OK;
}

static enum err
take_full(struct work *w, const struct planned *p)
{
    struct stage s = {.shop = w->c->shop,
        .diff = &w->diff,
        .claims = &w->claims,
        .stop = w->c->stop,
        .stop_arg = w->c->stop_arg,
        .step = w->step};
    struct certified_list *to = &w->lists[w->len].list;
    char path[FOLDER_PATH];
    enum err e = bring(w, p, p->full, path);

    if (e != OK)
        return e;
    to->gen = w->gen++;
    if (p->force.gen)
        w->claims.ending[w->claims.ending_len++] = p->force.gen;
    e = stage_list(&s, p->name, path, to->gen, &p->force, &to->records);
    w->step = s.step;
    if (e == ERR_LIST_REFUSED || e == ERR_CERT_REFUSED)
        memcpy(w->blamed, p->name, sizeof(w->blamed));
    unlink(path); /* large, and its rows are written */
    w->c->fulls++;
    return e;
}

static enum err
take_list(struct work *w, const struct planned *p)
{
    struct certified_list *to = &w->lists[w->len].list;
    bool done = false;
    enum err e = OK;

    if (p->how == PLAN_KEEP)
        return OK;
    memcpy(to->name, p->name, sizeof(to->name));
    to->list_seq = p->seq;
    memcpy(to->sha256, p->full->sha256, sizeof(to->sha256));
    if (p->how == PLAN_DELTA)
        e = take_delta(w, p, &done);
    if (e == OK && !done)
        e = take_full(w, p);
    w->len++;
    return e;
}

/* --- the end --- */

static enum err
come_into_force(struct work *w, struct trusted_save *save)
{
    struct swap s = {.lists = w->lists,
        .lists_len = w->len,
        .diff = &w->diff,
        .claims = &w->claims,
        .staff = w->c->staff,
        .also = trusted_save_write,
        .also_arg = save};
    struct writer *writer = w->c->shop->writer;
    enum err e;

    if (w->len == 0)
        return db_write(writer, "lists", trusted_save_write, save);
    e = db_write(writer, "lists", swap_write, &s);
    for (size_t i = 0; e == ERR_LIST_REFUSED && i < w->len; i++)
        if (w->lists[i].list.gen == w->claims.blamed_gen)
            memcpy(w->blamed, w->lists[i].list.name, sizeof(w->blamed));
    w->c->seq = e == OK ? s.seq : 0;
    memcpy(w->c->counts, w->diff.counts, sizeof(w->c->counts));
    return e;
}

/* After a failure: what was verified of roots and timestamp stays. */
static void
save_failed(struct work *w)
{
    struct trusted_save save = {.kept = &w->kept, .now = w->now};
    struct err_state why;

    err_save(&why);
    if (why.err != ERR_STOPPING
        && db_write(w->c->shop->writer, "lists", trusted_save_failed_write,
               &save)
            != OK)
        log_error("lists", "roots are not kept: %s", err_msg());
    err_load(&why);
}

static enum err
run(struct work *w)
{
    const struct tuf_timestamp *t;
    struct trusted_save save = {
        .kept = &w->kept, .now = w->now, .partly = w->left->len > 0};
    enum err e = refresh(w);

    if (e == OK)
        e = folder_tidy(w->c->shop, &w->plan);
    for (size_t i = 0; e == OK && i < w->plan.len; i++)
        e = take_list(w, &w->plan.lists[i]);
    if (e != OK)
        return e;
    t = tuf_client_timestamp(w->client);
    save.version = t->head.version;
    save.expires_at = t->head.expires_at;
    w->c->at = w->now;
    return come_into_force(w, &save);
}

static void
finish(struct work *w)
{
    for (size_t i = 0; i < w->len; i++)
        delta_finish(&w->deltas[i]);
    tuf_client_free(w->client);
    tuf_kept_finish(&w->kept);
    claims_finish(&w->claims);
    diff_finish(&w->diff);
    mem_free(w);
}

/* The list to blame is left out of the next try.  False: nobody is. */
static bool
leave_out(struct blame *b, const char *name)
{
    if (!name[0] || b->left.len == FACT_LISTS)
        return false;
    log_warn("lists", "%s is left as it is: %s", name, err_msg());
    if (b->left.len == 0)
        err_save(&b->why);
    memcpy(b->left.names[b->left.len++], name, DB_LIST);
    return true;
}

/* One try; *again_out: a list was in its way, and will not be in the next. */
static enum err
try_once(struct cycle *c, struct blame *b, bool *again_out)
{
    struct work *w = mem_new(1, sizeof(*w));
    struct stage sweep = {
        .shop = c->shop, .stop = c->stop, .stop_arg = c->stop_arg};
    enum err e;

    w->c = c;
    w->left = &b->left;
    *again_out = false;
    c->deltas = c->fulls = 0;
    tuf_kept_init(&w->kept);
    e = stage_sweep(&sweep); /* of a cycle that was broken off */
    if (e == OK)
        e = begin(w);
    if (e == OK) {
        e = run(w);
        *again_out = e != OK && leave_out(b, w->blamed);
        if (e != OK && !*again_out)
            save_failed(w);
        else if (e == OK)
            folder_clear(c->shop);
    }
    finish(w);
    return e;
}

enum err
cycle_run(struct cycle *c)
{
    struct blame b = {.left = {.len = 0}};
    bool again;
    enum err e;

    do
        e = try_once(c, &b, &again);
    while (again);
    return e == OK && b.left.len > 0 ? err_load(&b.why) : e;
}
