#include "db/sale.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "db/db.h"
#include "db/product.h"
#include "db/stmt.h"

const char *
pay_method_name(enum pay_method method)
{
    return method == PAY_CASH ? "cash" : "transfer";
}

enum err
db_sale_add(struct db *db, const struct sale *s)
{
    struct stmt *q = stmt_begin(db, SQL_SALE_ADD);

    assert(db_in_write(db));
    stmt_bind_i64(q, ":id", s->id);
    stmt_bind_i64(q, ":seq", s->seq);
    stmt_bind_i64(q, ":kind", s->kind);
    stmt_bind_i64_or_null(q, ":of_sale", s->of_sale != 0, s->of_sale);
    stmt_bind_i64(q, ":till", s->till);
    stmt_bind_i64(q, ":shift_id", s->shift_id);
    stmt_bind_i64(q, ":staff", s->staff);
    stmt_bind_i64_or_null(q, ":approved_by", s->approved_by != 0,
        s->approved_by);
    stmt_bind_i64(q, ":at", s->at);
    stmt_bind_i64(q, ":total", s->total);
    stmt_bind_i64(q, ":rounding", s->rounding);
    stmt_bind_i64(q, ":change", s->change);
    stmt_bind_i64(q, ":suspect", s->suspect);
    stmt_bind_i64(q, ":first_move", s->first_move);
    stmt_bind_i64(q, ":moves", s->moves);
    stmt_bind_text(q, ":note", s->note);
    stmt_bind_i64(q, ":list_age", s->list_age);
    stmt_bind_i64(q, ":list_at", s->list_at);
    return stmt_done_once(q);
}

enum err
db_sale_line_add(struct db *db, int64_t sale_id, int64_t seq,
    const struct sale_line *l)
{
    struct stmt *q = stmt_begin(db, SQL_SALE_LINE_ADD);
    bool ocop = l->ocop.id[0] != '\0';

    stmt_bind_i64(q, ":sale_id", sale_id);
    stmt_bind_i64(q, ":n", l->n);
    stmt_bind_i64(q, ":seq", seq);
    stmt_bind_i64_or_null(q, ":of_line", l->of_line != 0, l->of_line);
    stmt_bind_i64(q, ":product_id", l->product_id);
    stmt_bind_text(q, ":name", l->name);
    stmt_bind_text(q, ":unit", l->unit);
    stmt_bind_i64(q, ":qty_milli", l->qty_milli);
    stmt_bind_i64(q, ":price", l->price);
    stmt_bind_i64(q, ":discount", l->discount);
    stmt_bind_i64(q, ":amount", l->amount);
    stmt_bind_text(q, ":vat_class", l->vat_class);
    stmt_bind_i64_or_null(q, ":vat_bp", l->vat_bp >= 0, l->vat_bp);
    stmt_bind_i64(q, ":vat", l->vat);
    stmt_bind_text(q, ":ocop_id", ocop ? l->ocop.id : NULL);
    stmt_bind_i64_or_null(q, ":ocop_cert", ocop, l->ocop.cert);
    stmt_bind_i64_or_null(q, ":ocop_stars", ocop, l->ocop.stars);
    stmt_bind_i64_or_null(q, ":ocop_state", ocop, l->ocop.state);
    stmt_bind_i64_or_null(q, ":ocop_until", ocop, l->ocop.until_day);
    stmt_bind_i64_or_null(q, ":list_seq", ocop, l->ocop.list_seq);
    return stmt_done_once(q);
}

enum err
db_payment_add(struct db *db, int64_t sale_id, int64_t seq, int64_t n,
    const struct payment *p)
{
    struct stmt *q = stmt_begin(db, SQL_PAYMENT_ADD);

    stmt_bind_i64(q, ":sale_id", sale_id);
    stmt_bind_i64(q, ":n", n);
    stmt_bind_i64(q, ":seq", seq);
    stmt_bind_i64(q, ":method", p->method);
    stmt_bind_i64(q, ":amount", p->amount);
    stmt_bind_i64(q, ":tendered", p->tendered);
    stmt_bind_text(q, ":reference", p->reference);
    return stmt_done_once(q);
}

enum err
db_sale_copy(struct db *db, int64_t sale_id)
{
    struct stmt *q = stmt_begin(db, SQL_SALE_COPY);

    stmt_bind_i64(q, ":id", sale_id);
    return stmt_done_once(q);
}

static void
read_sale(struct stmt *q, struct sale *out)
{
    *out = (struct sale){
        .id = stmt_i64(q, 0),
        .seq = stmt_i64(q, 1),
        .kind = (enum sale_kind)stmt_i64(q, 2),
        .of_sale = stmt_i64(q, 3),
        .till = stmt_i64(q, 4),
        .shift_id = stmt_i64(q, 5),
        .staff = stmt_i64(q, 6),
        .approved_by = stmt_i64(q, 7),
        .at = stmt_i64(q, 8),
        .total = stmt_i64(q, 9),
        .rounding = stmt_i64(q, 10),
        .change = stmt_i64(q, 11),
        .suspect = stmt_i64(q, 12) != 0,
        .copies = stmt_i64(q, 13),
        .first_move = stmt_i64(q, 14),
        .moves = stmt_i64(q, 15),
        .list_age = (int)stmt_i64(q, 17),
        .list_at = stmt_i64(q, 18),
    };
    db_copy(out->note, sizeof(out->note), stmt_text(q, 16));
}

enum err
db_sale_get(struct db *db, int64_t id, struct sale *out)
{
    struct stmt *q = stmt_begin(db, SQL_SALE_GET);
    enum err e;

    stmt_bind_i64(q, ":id", id);
    e = stmt_row(q);
    if (e == OK)
        read_sale(q, out);
    stmt_end(q);
    return e;
}

enum err
db_sale_last_id(struct db *db, int64_t *id_out)
{
    return stmt_one_i64(stmt_begin(db, SQL_SALE_LAST_ID), id_out);
}

enum err
db_sale_lines(struct db *db, int64_t sale_id, struct sale_line *lines_out,
    size_t max, size_t *len_out)
{
    struct stmt *q = stmt_begin(db, SQL_SALE_LINES);
    enum err e = OK;

    *len_out = 0;
    stmt_bind_i64(q, ":sale_id", sale_id);
    while (stmt_next(q, &e)) {
        struct sale_line *l = &lines_out[*len_out];

        if (*len_out == max) {
            e = err_set(ERR_BOOKS, "receipt %" PRId64 " has too many lines",
                sale_id);
            break;
        }
        ++*len_out;
        *l = (struct sale_line){
            .n = stmt_i64(q, 0),
            .of_line = stmt_i64(q, 1),
            .product_id = stmt_i64(q, 2),
            .qty_milli = stmt_i64(q, 5),
            .price = stmt_i64(q, 6),
            .discount = stmt_i64(q, 7),
            .amount = stmt_i64(q, 8),
            .vat_bp = stmt_is_null(q, 10) ? -1 : (int)stmt_i64(q, 10),
            .vat = stmt_i64(q, 11),
            .ocop = {.cert = stmt_i64(q, 13),
                .stars = stmt_i64(q, 14),
                .state = stmt_i64(q, 15),
                .until_day = (int32_t)stmt_i64(q, 16),
                .list_seq = stmt_i64(q, 17)},
        };
        db_copy(l->name, sizeof(l->name), stmt_text(q, 3));
        db_copy(l->unit, sizeof(l->unit), stmt_text(q, 4));
        db_copy(l->vat_class, sizeof(l->vat_class), stmt_text(q, 9));
        db_copy(l->ocop.id, sizeof(l->ocop.id), stmt_text(q, 12));
    }
    stmt_end(q);
    return e;
}

enum err
db_sale_payments(struct db *db, int64_t sale_id, struct payment *payments_out,
    size_t max, size_t *len_out)
{
    struct stmt *q = stmt_begin(db, SQL_SALE_PAYMENTS);
    enum err e = OK;

    *len_out = 0;
    stmt_bind_i64(q, ":sale_id", sale_id);
    while (stmt_next(q, &e)) {
        struct payment *p = &payments_out[*len_out];

        if (*len_out == max) {
            e = err_set(ERR_BOOKS, "receipt %" PRId64 " has too many payments",
                sale_id);
            break;
        }
        ++*len_out;
        p->method = (enum pay_method)stmt_i64(q, 0);
        p->amount = stmt_i64(q, 1);
        p->tendered = stmt_i64(q, 2);
        db_copy(p->reference, sizeof(p->reference), stmt_text(q, 3));
    }
    stmt_end(q);
    return e;
}

enum err
db_sale_each(struct db *db, int64_t before, int64_t limit,
    enum err (*fn)(void *arg, const struct sale *s), void *arg)
{
    struct stmt *q = stmt_begin(db, SQL_SALE_EACH);
    struct sale s;
    enum err e = OK;

    stmt_bind_i64(q, ":before", before);
    stmt_bind_i64(q, ":limit", limit);
    while (stmt_next(q, &e)) {
        read_sale(q, &s);
        e = fn(arg, &s);
        if (e != OK)
            break;
    }
    stmt_end(q);
    return e;
}

enum err
db_sale_from_time(struct db *db, int64_t at, int64_t *id_out)
{
    int64_t low = 1, high, mid, there;
    enum err e = db_sale_last_id(db, &high);

    high++;
    while (e == OK && low < high) {
        struct stmt *q = stmt_begin(db, SQL_SALE_AT);

        mid = low + (high - low) / 2;
        stmt_bind_i64(q, ":id", mid);
        e = stmt_one_i64(q, &there);
        if (e == OK && there < at)
            low = mid + 1;
        else
            high = mid;
    }
    *id_out = low;
    return e;
}

enum err
db_sale_refunded(struct db *db, int64_t sale_id, int64_t line,
    struct refunded *out)
{
    struct stmt *q = stmt_begin(db, SQL_SALE_REFUNDED);
    enum err e;

    stmt_bind_i64(q, ":sale_id", sale_id);
    stmt_bind_i64(q, ":line", line);
    e = stmt_row(q); /* an aggregate: always one row */
    if (e == OK)
        *out = (struct refunded){.qty_milli = stmt_i64(q, 0),
            .amount = stmt_i64(q, 1),
            .vat = stmt_i64(q, 2)};
    stmt_end(q);
    return e;
}

enum err
db_sale_sold_lots(struct db *db, const struct sale *sale, int64_t line,
    struct sold_lot *lots_out, size_t max, size_t *len_out)
{
    struct stmt *q = stmt_begin(db, SQL_SALE_SOLD_LOTS);
    enum err e = OK;

    *len_out = 0;
    stmt_bind_i64(q, ":sale_id", sale->id);
    stmt_bind_i64(q, ":line", line);
    stmt_bind_i64(q, ":first_move", sale->first_move);
    stmt_bind_i64(q, ":end_move", sale->first_move + sale->moves);
    stmt_bind_i64(q, ":limit", (int64_t)max);
    while (stmt_next(q, &e))
        lots_out[(*len_out)++] = (struct sold_lot){
            .lot_id = stmt_i64(q, 0), .qty_milli = stmt_i64(q, 1)};
    stmt_end(q);
    return e;
}

enum err
db_request_get(struct db *db, const char *key, struct request *out)
{
    struct stmt *q = stmt_begin(db, SQL_REQUEST_GET);
    const void *digest;
    size_t len;
    enum err e;

    stmt_bind_text(q, ":key", key);
    e = stmt_row(q);
    if (e == OK) {
        db_copy(out->key, sizeof(out->key), key);
        out->kind = (enum request_kind)stmt_i64(q, 0);
        out->ref = stmt_i64(q, 1);
        digest = stmt_blob(q, 2, &len);
        if (len == sizeof(out->digest))
            memcpy(out->digest, digest, len);
        else
            e = err_set(ERR_BOOKS, "digest of a request has %zu bytes", len);
    }
    stmt_end(q);
    return e;
}

enum err
db_request_add(struct db *db, const struct request *r, int64_t seq)
{
    struct stmt *q = stmt_begin(db, SQL_REQUEST_ADD);

    assert(db_in_write(db));
    stmt_bind_text(q, ":key", r->key);
    stmt_bind_i64(q, ":seq", seq);
    stmt_bind_i64(q, ":kind", r->kind);
    stmt_bind_i64(q, ":ref", r->ref);
    stmt_bind_blob(q, ":digest", r->digest, sizeof(r->digest));
    return stmt_done_once(q);
}
