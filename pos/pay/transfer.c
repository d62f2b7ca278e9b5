#include "pos/pay/transfer.h"

#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "base/settings.h"
#include "db/product.h"
#include "db/writer.h"
#include "pos/fact/fact.h"
#include "pos/fact/fact_transfer.h"
#include "pos/pay/code.h"
#include "pos/sell/vietqr.h"
#include "pos/shop.h"

enum {
    CODE_TRIES = 50,
    CODE_REST_DAYS = 30 /* a late payment still finds the one it was for */
};

/* A code that no transfer has now, or had lately. */
static enum err
new_code(struct db *db, int64_t now, char out[TRANSFER_CODE])
{
    struct transfer other;
    enum err e = OK;

    for (int i = 0; e == OK && i < CODE_TRIES; i++) {
        code_make(out);
        e = db_transfer_by_code(db, out, &other);
        if (e == ERR_NOT_FOUND)
            return OK;
        if (e != OK || other.created_at + CODE_REST_DAYS * 86400 > now)
            continue;
        if (other.sale_id || other.state == TRANSFER_CANCELLED)
            return OK;
    }
    return e == OK ? err_set(ERR_BUSY, "no code is free") : e;
}

static enum err
make_text(const struct settings *s, struct transfer *t)
{
    struct vietqr qr = {.dynamic = true, .amount = t->amount};
    struct buf text;
    enum err e;

    if (!s->bank_bin[0] || !s->bank_account[0])
        return err_set(ERR_BANK_NOT_SET, "bank_bin or bank_account is empty");
    db_copy(qr.bin, sizeof(qr.bin), s->bank_bin);
    db_copy(qr.account, sizeof(qr.account), s->bank_account);
    db_copy(qr.purpose, sizeof(qr.purpose), t->code);
    buf_init(&text, VIETQR_MAX);
    e = vietqr_make(&qr, &text);
    if (e == OK)
        db_copy(t->text, sizeof(t->text), text.data);
    buf_finish(&text);
    return e;
}

struct making {
    const struct shop *shop;
    const struct transfer_ask *ask;
    struct transfer *out;
    bool *seen;
};

static enum err
same(const struct transfer_ask *ask, const struct transfer *t)
{
    if (t->amount == ask->amount && t->till == ask->till)
        return OK;
    return err_set(ERR_KEY_REUSED,
        "the key has transfer t_%" PRId64 " of %" PRId64 ", till %" PRId64,
        t->id, t->amount, t->till);
}

static enum err
make_write(struct db *db, void *arg)
{
    struct making *m = arg;
    const struct transfer_ask *ask = m->ask;
    struct transfer t = {.till = ask->till,
        .staff = ask->staff,
        .amount = ask->amount,
        .created_at = clock_now()};
    int64_t id = 0;
    enum err e = db_transfer_by_key(db, ask->key, m->out);

    *m->seen = e == OK;
    if (e != ERR_NOT_FOUND)
        return e == OK ? same(ask, m->out) : e;
    db_copy(t.key, sizeof(t.key), ask->key);
    db_copy(t.cart, sizeof(t.cart), ask->cart ? ask->cart : "");
    e = new_code(db, t.created_at, t.code);
    if (e == OK)
        e = make_text(m->shop->settings, &t);
    if (e == OK)
        e = db_transfer_add(db, &t, &id);
    return e == OK ? db_transfer_get(db, id, m->out) : e;
}

enum err
transfer_make(struct shop *shop, const struct transfer_ask *ask,
    struct transfer *out, bool *seen_out)
{
    struct making m = {
        .shop = shop, .ask = ask, .out = out, .seen = seen_out};

    return db_write(shop->writer, "transfer", make_write, &m);
}

struct changing {
    int64_t id, staff, by;
    bool manager;
    struct transfer *out;
};

static enum err
cancel_write(struct db *db, void *arg)
{
    struct changing *c = arg;
    struct transfer *t = c->out;
    enum err e = db_transfer_get(db, c->id, t);

    if (e != OK || t->state == TRANSFER_CANCELLED)
        return e;
    if (t->state != TRANSFER_WAITING && !t->sale_id && !c->manager) {
        err_arg("role", "manager");
        return err_set(ERR_FORBIDDEN, "money came for t_%" PRId64, c->id);
    }
    t->state = TRANSFER_CANCELLED;
    t->confirmed_by = 0;
    return db_transfer_set(db, t);
}

enum err
transfer_cancel(
    struct shop *shop, int64_t id, bool manager, struct transfer *out)
{
    struct changing c = {.id = id, .manager = manager, .out = out};

    return db_write(shop->writer, "transfer_cancel", cancel_write, &c);
}

static enum err
confirm_write(struct db *db, void *arg)
{
    struct changing *c = arg;
    struct transfer *t = c->out;
    struct fact_transfer f = {.staff = c->staff, .by = c->by};
    struct journal_head head;
    struct fact_time now;
    enum err e = db_transfer_get(db, c->id, t);

    if (e != OK || t->state == TRANSFER_MATCHED ||
        t->state == TRANSFER_CONFIRMED)
        return e;
    if (t->state == TRANSFER_CANCELLED) {
        err_arg("transfer", "t_%" PRId64, c->id);
        return err_set(
            ERR_TRANSFER_STATE, "transfer t_%" PRId64 " is cancelled", c->id);
    }
    t->state = TRANSFER_CONFIRMED;
    t->confirmed_by = c->by;
    e = db_transfer_set(db, t);
    if (e == OK)
        e = fact_now(db, &now);
    if (e != OK)
        return e;
    f.at = now.at;
    f.transfer = t;
    return fact_transfer_post(db, &f, &head);
}

enum err
transfer_confirm(struct shop *shop, int64_t id, int64_t staff, int64_t by,
    struct transfer *out)
{
    struct changing c = {.id = id, .staff = staff, .by = by, .out = out};

    return db_write(shop->writer, "transfer_confirm", confirm_write, &c);
}
