#include "pos/fact/fact_receiving.h"

#include <string.h>

#include "base/canon.h"
#include "base/clock.h"
#include "base/mem.h"
#include "base/money.h"
#include "db/product.h"
#include "pos/fact/fact.h"
#include "pos/fact/read.h"

static enum err
project_line(struct db *db, const struct fact_receiving *f,
    const struct fact_receiving_line *l)
{
    struct lot lot = l->lot;
    struct stock_move m = {.seq = f->head.seq,
        .line = l->line.n,
        .product_id = l->line.product_id,
        .lot_id = lot.id,
        .qty_milli = l->line.qty_milli,
        .from = ACCOUNT_SUPPLIER,
        .to = ACCOUNT_SHELF};
    enum err e;

    lot.seq = f->head.seq;
    lot.product_id = l->line.product_id;
    lot.supplier_id = f->head.supplier_id;
    e = db_lot_put(db, &lot);
    if (e == OK)
        e = db_receiving_line_add(db, f->head.id, &l->line);
    if (e == OK)
        e = db_stock_move(db, &m);
    return e;
}

static enum err
project(struct db *db, const struct fact_receiving *f)
{
    struct request request = {
        .kind = REQUEST_RECEIVING, .ref = f->head.id};
    enum err e = db_supplier_put(db, f->head.supplier_id, f->supplier,
        f->head.seq);

    if (e == OK)
        e = db_receiving_add(db, &f->head);
    for (size_t i = 0; e == OK && i < f->lines_len; i++)
        e = project_line(db, f, &f->lines[i]);
    if (e != OK || !f->key[0])
        return e;
    db_copy(request.key, sizeof(request.key), f->key);
    memcpy(request.digest, f->digest, sizeof(request.digest));
    return db_request_add(db, &request, f->head.seq);
}

static void
write_line(struct canon *c, const struct fact_receiving_line *l)
{
    char date[11];

    canon_obj(c);
    canon_put_int(c, "cost", l->line.cost);
    if (l->lot.expires_day != DAY_NEVER) {
        clock_format_date(l->lot.expires_day, date);
        canon_put_str(c, "expires", date);
    }
    canon_put_int(c, "lot", l->line.lot_id);
    if (l->lot.code[0])
        canon_put_str(c, "lot_code", l->lot.code);
    canon_put_int(c, "product", l->line.product_id);
    canon_put_int(c, "qty_milli", l->line.qty_milli);
    canon_end_obj(c);
}

static void
write_body(const struct fact_receiving *f, struct canon *c)
{
    canon_put_int(c, "at", f->head.at);
    canon_key(c, "lines");
    canon_arr(c);
    for (size_t i = 0; i < f->lines_len; i++)
        write_line(c, &f->lines[i]);
    canon_end_arr(c);
    canon_put_str(c, "note", f->head.note);
    canon_put_int(c, "receiving", f->head.id);
    if (f->key[0])
        fact_request_write(c, f->key, f->digest);
    canon_put_int(c, "staff", f->head.staff);
    canon_key(c, "supplier");
    canon_obj(c);
    canon_put_int(c, "id", f->head.supplier_id);
    canon_put_str(c, "name", f->supplier);
    canon_end_obj(c);
}

enum err
fact_receiving_post(struct db *db, struct fact_receiving *f,
    struct journal_head *head_out)
{
    struct fact_body body;
    enum err e;

    write_body(f, fact_body_begin(&body));
    e = fact_body_post(&body, db, "receiving", head_out);
    if (e != OK)
        return e;
    f->head.seq = head_out->seq;
    return project(db, f);
}

static enum err
read_line(const struct json *v, struct fact_receiving_line *l)
{
    enum err e = json_get_int(v, "cost", 0, MONEY_MAX, &l->line.cost);

    l->lot.expires_day = DAY_NEVER;
    if (json_has(v, "expires"))
        READ(read_day(v, "expires", &l->lot.expires_day));
    READ(json_get_int(v, "lot", 1, JSON_INT_MAX, &l->line.lot_id));
    if (json_has(v, "lot_code"))
        READ(read_text(v, "lot_code", l->lot.code, sizeof(l->lot.code)));
    READ(json_get_int(v, "product", 1, JSON_INT_MAX, &l->line.product_id));
    READ(json_get_int(v, "qty_milli", 1, MONEY_MAX, &l->line.qty_milli));
    l->lot.id = l->line.lot_id;
    l->lot.cost = l->line.cost;
    return e;
}

enum err
fact_receiving_replay(struct db *db, const struct journal_record *rec,
    const struct json *body)
{
    struct fact_receiving f = {.head = {.seq = rec->seq}};
    const struct json *lines, *supplier;
    enum err e = json_get_int(body, "at", 0, JSON_INT_MAX, &f.head.at);

    READ(read_text(body, "note", f.head.note, sizeof(f.head.note)));
    READ(json_get_int(body, "receiving", 1, JSON_INT_MAX, &f.head.id));
    READ(json_get_int(body, "staff", 0, INT32_MAX, &f.head.staff));
    READ(json_get_obj(body, "supplier", &supplier));
    READ(json_get_int(supplier, "id", 1, JSON_INT_MAX, &f.head.supplier_id));
    READ(read_text(supplier, "name", f.supplier, sizeof(f.supplier)));
    READ(read_request(body, false, f.key, sizeof(f.key), f.digest));
    READ(json_get_arr(body, "lines", RECEIVING_LINES_MAX, &lines));
    if (e != OK)
        return e;
    f.lines = mem_new(json_len(lines), sizeof(f.lines[0]));
    for (size_t i = 0; e == OK && i < json_len(lines); i++) {
        f.lines[i].line.n = (int64_t)i + 1;
        e = read_line(json_at(lines, i), &f.lines[i]);
    }
    f.lines_len = json_len(lines);
    READ(project(db, &f));
    mem_free(f.lines);
    return e;
}
