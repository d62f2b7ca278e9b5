#include "db/product.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "db/db.h"
#include "db/stmt.h"

void
db_copy(char *to, size_t size, const char *from)
{
    size_t len = strlen(from);

    assert(len < size);
    memcpy(to, from, len + 1);
}

/* Columns as every product_* statement names them. */
static void
read_product(struct stmt *q, struct product *out)
{
    out->id = stmt_i64(q, 0);
    out->seq = stmt_i64(q, 1);
    db_copy(out->sku, sizeof(out->sku), stmt_text(q, 2));
    db_copy(out->name, sizeof(out->name), stmt_text(q, 3));
    db_copy(out->unit, sizeof(out->unit), stmt_text(q, 4));
    out->kind = (enum product_kind)stmt_i64(q, 5);
    db_copy(out->vat_class, sizeof(out->vat_class), stmt_text(q, 6));
    db_copy(out->registry_id, sizeof(out->registry_id), stmt_text(q, 7));
    out->retired = stmt_i64(q, 8) != 0;
}

/* The one product a bound query finds, said to be `what` otherwise. */
static enum err
one_product(struct stmt *q, const char *what, struct product *out)
{
    enum err e = stmt_row(q);

    if (e == OK)
        read_product(q, out);
    stmt_end(q);
    if (e == ERR_NOT_FOUND) {
        err_arg("case", "product");
        err_arg("what", "%s", what);
        return err_set(ERR_NOT_FOUND, "no product %s", what);
    }
    return e;
}

enum err
db_product_get(struct db *db, int64_t id, struct product *out)
{
    struct stmt *q = stmt_begin(db, SQL_PRODUCT_GET);
    char what[32];

    snprintf(what, sizeof(what), "p_%" PRId64, id);
    stmt_bind_i64(q, ":id", id);
    return one_product(q, what, out);
}

enum err
db_product_by_sku(struct db *db, const char *sku, struct product *out)
{
    struct stmt *q = stmt_begin(db, SQL_PRODUCT_BY_SKU);

    stmt_bind_text(q, ":sku", sku);
    return one_product(q, sku, out);
}

enum err
db_product_each(struct db *db, int64_t after, int64_t limit,
    enum err (*fn)(void *arg, const struct product *p), void *arg)
{
    struct stmt *q = stmt_begin(db, SQL_PRODUCT_EACH);
    struct product p;
    enum err e = OK;

    stmt_bind_i64(q, ":after", after);
    stmt_bind_i64(q, ":limit", limit);
    while (stmt_next(q, &e)) {
        read_product(q, &p);
        e = fn(arg, &p);
        if (e != OK)
            break;
    }
    stmt_end(q);
    return e;
}

enum err
db_product_last_id(struct db *db, int64_t *id_out)
{
    return stmt_one_i64(stmt_begin(db, SQL_PRODUCT_LAST_ID), id_out);
}

enum err
db_product_put(struct db *db, const struct product *p)
{
    struct stmt *q = stmt_begin(db, SQL_PRODUCT_PUT);

    assert(db_in_write(db));
    stmt_bind_i64(q, ":id", p->id);
    stmt_bind_i64(q, ":seq", p->seq);
    stmt_bind_text(q, ":sku", p->sku);
    stmt_bind_text(q, ":name", p->name);
    stmt_bind_text(q, ":unit", p->unit);
    stmt_bind_i64(q, ":kind", p->kind);
    stmt_bind_text(q, ":vat_class", p->vat_class);
    stmt_bind_text(q, ":registry_id", p->registry_id[0] ? p->registry_id
                                                        : NULL);
    stmt_bind_i64(q, ":retired", p->retired);
    return stmt_done_once(q);
}

enum err
db_price_get(struct db *db, int64_t product_id, int64_t at, int64_t *price_out)
{
    struct stmt *q = stmt_begin(db, SQL_PRICE_GET);
    enum err e;

    stmt_bind_i64(q, ":product_id", product_id);
    stmt_bind_i64(q, ":at", at);
    e = stmt_one_i64(q, price_out);
    if (e == ERR_NOT_FOUND)
        return err_set(ERR_PRICE_MISSING, "p_%" PRId64 " has no price",
            product_id);
    return e;
}

enum err
db_price_put(struct db *db, int64_t product_id, int64_t from_at, int64_t price,
    int64_t seq)
{
    struct stmt *q = stmt_begin(db, SQL_PRICE_PUT);

    assert(db_in_write(db));
    stmt_bind_i64(q, ":product_id", product_id);
    stmt_bind_i64(q, ":from_at", from_at);
    stmt_bind_i64(q, ":seq", seq);
    stmt_bind_i64(q, ":price", price);
    return stmt_done_once(q);
}

enum err
db_barcode_find(struct db *db, const char *code, struct barcode_hit *hits_out,
    size_t max, size_t *len_out)
{
    struct stmt *q = stmt_begin(db, SQL_BARCODE_FIND);
    enum err e = OK;

    *len_out = 0;
    stmt_bind_text(q, ":code", code);
    stmt_bind_i64(q, ":limit", (int64_t)max);
    while (stmt_next(q, &e))
        hits_out[(*len_out)++] = (struct barcode_hit){
            .product_id = stmt_i64(q, 0), .qty_milli = stmt_i64(q, 1)};
    stmt_end(q);
    return e;
}

enum err
db_barcode_list(struct db *db, int64_t product_id, struct barcode *codes_out,
    size_t max, size_t *len_out)
{
    struct stmt *q = stmt_begin(db, SQL_BARCODE_LIST);
    enum err e = OK;

    *len_out = 0;
    stmt_bind_i64(q, ":product_id", product_id);
    stmt_bind_i64(q, ":limit", (int64_t)max);
    while (stmt_next(q, &e)) {
        struct barcode *b = &codes_out[(*len_out)++];

        db_copy(b->code, sizeof(b->code), stmt_text(q, 0));
        b->qty_milli = stmt_i64(q, 1);
    }
    stmt_end(q);
    return e;
}

enum err
db_barcode_set(struct db *db, int64_t product_id, const struct barcode *codes,
    size_t len, int64_t seq)
{
    struct stmt *q = stmt_begin(db, SQL_BARCODE_CLEAR);
    enum err e;

    assert(db_in_write(db));
    stmt_bind_i64(q, ":product_id", product_id);
    e = stmt_done_once(q);
    for (size_t i = 0; e == OK && i < len; i++) {
        q = stmt_begin(db, SQL_BARCODE_ADD);
        stmt_bind_text(q, ":code", codes[i].code);
        stmt_bind_i64(q, ":product_id", product_id);
        stmt_bind_i64(q, ":seq", seq);
        stmt_bind_i64(q, ":qty_milli", codes[i].qty_milli);
        e = stmt_done_once(q);
    }
    return e;
}

enum err
db_vat_rate(struct db *db, const char *vat_class, int32_t day,
    int *rate_bp_out)
{
    struct stmt *q = stmt_begin(db, SQL_VAT_RATE);
    enum err e;

    stmt_bind_text(q, ":class", vat_class);
    stmt_bind_i64(q, ":day", day);
    e = stmt_row(q);
    if (e == OK)
        *rate_bp_out = stmt_is_null(q, 0) ? -1 : (int)stmt_i64(q, 0);
    stmt_end(q);
    return e;
}
