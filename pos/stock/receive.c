#include "pos/stock/receive.h"

#include <inttypes.h>
#include <string.h>

#include "base/mem.h"
#include "db/product.h"
#include "db/writer.h"
#include "pos/fact/fact.h"
#include "pos/fact/fact_receiving.h"
#include "pos/sell/sale.h"
#include "pos/shop.h"

/* The supplier's number, or the next one for a name that is new. */
static enum err
find_supplier(struct db *db, struct fact_receiving *f)
{
    enum err e = db_supplier_find(db, f->supplier, &f->head.supplier_id);

    if (e != ERR_NOT_FOUND)
        return e;
    e = db_supplier_last_id(db, &f->head.supplier_id);
    f->head.supplier_id++;
    return e;
}

/* The line's lot: one that is there, one of an earlier line, or a new one. */
static enum err
find_lot(struct db *db, struct fact_receiving *f,
    struct fact_receiving_line *l, int64_t *next_lot)
{
    enum err e;

    l->lot.supplier_id = f->head.supplier_id;
    for (struct fact_receiving_line *o = f->lines; o < l; o++)
        if (o->lot.product_id == l->lot.product_id
            && o->lot.expires_day == l->lot.expires_day
            && o->lot.cost == l->lot.cost
            && strcmp(o->lot.code, l->lot.code) == 0) {
            l->lot.id = o->lot.id;
            return OK;
        }
    e = db_lot_same(db, &l->lot, &l->lot.id);
    if (e != ERR_NOT_FOUND)
        return e;
    l->lot.id = ++*next_lot;
    return OK;
}

static enum err
decide_line(struct db *db, const struct receive_line *in,
    struct fact_receiving *f, int64_t *next_lot)
{
    struct fact_receiving_line *l = &f->lines[f->lines_len];
    struct product p;
    enum err e = db_product_get(db, in->product_id, &p);

    if (e != OK)
        return e;
    if (p.kind == PRODUCT_SERVICE
        || (p.kind != PRODUCT_WEIGHED && in->qty_milli % 1000 != 0)) {
        err_at("lines[%zu].qty", f->lines_len);
        err_arg("case", "whole");
        err_arg("name", "%s", p.name);
        err_arg("unit", "%s", p.unit);
        return err_set(ERR_FIELD_VALUE, "%" PRId64 " thousandths of p_%"
            PRId64, in->qty_milli, p.id);
    }
    l->lot = (struct lot){.product_id = p.id,
        .expires_day = in->expires_day, .cost = in->cost};
    db_copy(l->lot.code, sizeof(l->lot.code), in->lot_code);
    e = find_lot(db, f, l, next_lot);
    l->line = (struct receiving_line){.n = (int64_t)f->lines_len + 1,
        .product_id = p.id,
        .lot_id = l->lot.id,
        .qty_milli = in->qty_milli,
        .cost = in->cost};
    f->lines_len++;
    return e;
}

static enum err
decide(struct db *db, const struct receive_ask *ask, struct fact_receiving *f)
{
    struct fact_time time;
    int64_t next_lot;
    enum err e = fact_now(db, &time);

    if (e == OK)
        e = db_receiving_last_id(db, &f->head.id);
    if (e == OK)
        e = db_lot_last_id(db, &next_lot);
    if (e == OK)
        e = find_supplier(db, f);
    for (size_t i = 0; e == OK && i < ask->lines_len; i++)
        e = decide_line(db, &ask->lines[i], f, &next_lot);
    f->head.id++;
    f->head.at = time.at;
    return e;
}

enum err
receive_write(struct db *db, const struct receive_ask *ask,
    struct receive_done *done_out)
{
    struct fact_receiving f = {.head = {.staff = ask->staff}};
    struct journal_head head;
    struct sale_done seen = {0};
    enum err e = OK;

    if (ask->key)
        e = request_seen(db, ask->key, ask->digest, REQUEST_RECEIVING, &seen);
    *done_out = (struct receive_done){
        .receiving_id = seen.sale_id, .replayed = seen.replayed};
    if (e != OK || seen.replayed)
        return e;
    if (ask->key) {
        db_copy(f.key, sizeof(f.key), ask->key);
        memcpy(f.digest, ask->digest, sizeof(f.digest));
    }
    db_copy(f.supplier, sizeof(f.supplier), ask->supplier);
    db_copy(f.head.note, sizeof(f.head.note), ask->note);
    f.lines = mem_new(ask->lines_len, sizeof(f.lines[0]));
    e = decide(db, ask, &f);
    if (e == OK)
        e = fact_receiving_post(db, &f, &head);
    done_out->receiving_id = f.head.id;
    mem_free(f.lines);
    return e;
}

struct commit {
    const struct receive_ask *ask;
    struct receive_done *done;
};

static enum err
commit_write(struct db *db, void *arg)
{
    struct commit *c = arg;

    return receive_write(db, c->ask, c->done);
}

enum err
receive_commit(struct shop *shop, const struct receive_ask *ask,
    struct receive_done *done_out)
{
    struct commit c = {.ask = ask, .done = done_out};

    return db_write(shop->writer, "receiving", commit_write, &c);
}
