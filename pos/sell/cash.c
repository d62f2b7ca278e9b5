#include "pos/sell/cash.h"

#include <inttypes.h>
#include <string.h>

#include "db/product.h"
#include "db/shift.h"
#include "db/writer.h"
#include "pos/fact/fact.h"
#include "pos/fact/fact_cash.h"
#include "pos/print/jobs.h"
#include "pos/sell/sale.h"
#include "pos/sell/shift.h"
#include "pos/shop.h"

/* Where money moves there is a shift that answers for it. */
static enum err
find_shift(struct db *db, const struct cash_ask *ask, struct cash_move *m)
{
    struct shift s;
    enum err e = db_shift_get(db, ask->shift_id, &s);

    if (e != OK)
        return e;
    if (s.closed) {
        err_arg("till", "%" PRId64, s.till);
        return err_set(ERR_SHIFT_CLOSED, "shift s_%" PRId64 " is closed",
            s.id);
    }
    if (ask->till && ask->till != s.till)
        return err_set(ERR_FORBIDDEN, "the drawer of till %" PRId64
            " from till %" PRId64, s.till, ask->till);
    m->till = s.till;
    m->shift_id = s.id;
    return OK;
}

/* A drawer may be opened before the shift is: to count the float. */
static enum err
find_till(struct db *db, const struct cash_ask *ask, struct cash_move *m)
{
    struct shift s;
    enum err e = shift_check_till(db, ask->till);

    if (e != OK)
        return e;
    e = db_shift_open_of(db, ask->till, &s);
    m->till = ask->till;
    m->shift_id = e == OK ? s.id : 0;
    return e == ERR_SHIFT_CLOSED ? OK : e;
}

/* Nobody is told that a drawer was opened which nothing opens. */
static enum err
open_drawer(struct db *db, const struct shop *shop, const struct cash_move *m)
{
    bool queued;
    enum err e = jobs_add_drawer(db, shop, m->till, &queued);

    if (e != OK || queued || m->kind != CASH_DRAWER)
        return e;
    err_arg("case", "drawer");
    err_arg("till", "%" PRId64, m->till);
    return err_set(ERR_NOT_FOUND, "nothing opens the drawer of till %" PRId64,
        m->till);
}

static enum err
decide(struct db *db, const struct cash_ask *ask, struct fact_cash *f)
{
    struct cash_move *m = &f->move;
    struct fact_time time;
    enum err e = ask->kind == CASH_DRAWER ? find_till(db, ask, m)
                                          : find_shift(db, ask, m);

    if (e == OK)
        e = fact_now(db, &time);
    if (e == OK)
        e = db_cash_last_id(db, &m->id);
    if (e != OK)
        return e;
    m->id++;
    m->at = time.at;
    m->kind = ask->kind;
    m->amount = ask->amount;
    m->staff = ask->staff;
    db_copy(m->reason, sizeof(m->reason), ask->reason);
    if (ask->key) {
        db_copy(f->key, sizeof(f->key), ask->key);
        memcpy(f->digest, ask->digest, sizeof(f->digest));
    }
    return OK;
}

enum err
cash_write(struct db *db, const struct shop *shop, const struct cash_ask *ask,
    struct cash_done *done_out)
{
    struct fact_cash f = {.move = {.id = 0}};
    struct sale_done seen = {0};
    struct journal_head head;
    enum err e = OK;

    if (ask->key)
        e = request_seen(db, ask->key, ask->digest, REQUEST_CASH, &seen);
    *done_out = (struct cash_done){
        .move_id = seen.sale_id, .replayed = seen.replayed};
    if (e != OK || seen.replayed)
        return e;
    e = decide(db, ask, &f);
    if (e == OK)
        e = open_drawer(db, shop, &f.move);
    if (e == OK)
        e = fact_cash_post(db, &f, &head);
    done_out->move_id = f.move.id;
    return e;
}

struct commit {
    const struct shop *shop;
    const struct cash_ask *ask;
    struct cash_done *done;
};

static enum err
commit_write(struct db *db, void *arg)
{
    struct commit *c = arg;

    return cash_write(db, c->shop, c->ask, c->done);
}

enum err
cash_commit(struct shop *shop, const struct cash_ask *ask,
    struct cash_done *done_out)
{
    struct commit c = {.shop = shop, .ask = ask, .done = done_out};

    return db_write(shop->writer, "cash", commit_write, &c);
}
