#include "pos/sell/scan.h"

#include <string.h>

#include "base/gs1.h"
#include "base/money.h"
#include "db/product.h"

enum err
scan_normal_code(const char *code, char out[DB_CODE])
{
    char gtin[15];

    if (codes_gtin_ok(code) && codes_gtin14(code, gtin) == OK) {
        db_copy(out, DB_CODE, gtin);
        return OK;
    }
    if (strlen(code) >= DB_CODE) {
        err_arg("case", "code");
        err_arg("what", "%.40s", code);
        return err_set(ERR_NOT_FOUND, "a code of %zu bytes", strlen(code));
    }
    db_copy(out, DB_CODE, code);
    return OK;
}

static enum err
find(struct db *db, const char *code, struct scan *out)
{
    struct barcode_hit hits[SCAN_HITS_MAX];
    enum err e;

    e = db_barcode_find(db, code, hits, SCAN_HITS_MAX, &out->hits_len);
    for (size_t i = 0; e == OK && i < out->hits_len; i++)
        out->hits[i] = (struct scan_hit){.product_id = hits[i].product_id,
            .qty_milli = hits[i].qty_milli};
    return e;
}

/* 2 F PPPPP WWWWW C: the item's number and its weight in grams. */
static enum err
find_weighed(struct db *db, const char *code, struct scan *out)
{
    char item[6];
    int64_t grams = 0;
    enum err e;

    memcpy(item, code + 2, 5);
    item[5] = '\0';
    for (int i = 7; i < 12; i++)
        grams = grams * 10 + (code[i] - '0');
    e = find(db, item, out);
    for (size_t i = 0; i < out->hits_len; i++)
        out->hits[i].qty_milli = grams; /* thousandths of a kilogram */
    if (grams == 0)
        out->hits_len = 0;
    return e;
}

static enum err
find_gs1(struct db *db, const char *code, int32_t today, struct scan *out)
{
    struct gs1 gs1;
    enum err e = gs1_parse(code, today, &gs1);

    if (e != OK || !gs1.gtin14[0])
        return OK; /* not one of ours: said to be unknown */
    e = find(db, gs1.gtin14, out);
    if (strlen(gs1.lot) < sizeof(out->lot_code))
        db_copy(out->lot_code, sizeof(out->lot_code), gs1.lot);
    if (gs1.expires != GS1_NO_DAY)
        out->expires_day = gs1.expires;
    return e;
}

static enum err
find_sku(struct db *db, const char *code, struct scan *out)
{
    struct product p;
    enum err e = db_product_by_sku(db, code, &p);

    if (e == ERR_NOT_FOUND || (e == OK && p.retired))
        return OK;
    if (e == OK)
        out->hits[out->hits_len++] =
            (struct scan_hit){.product_id = p.id, .qty_milli = 1000};
    return e;
}

enum err
scan_read(struct db *db, const char *code, int32_t today, struct scan *out)
{
    char normal[DB_CODE];
    enum err e = scan_normal_code(code, normal);

    *out = (struct scan){.kind = codes_classify(code)};
    if (e == OK)
        e = find(db, normal, out);
    if (e == OK && !out->hits_len && out->kind == CODE_IN_STORE)
        e = find_weighed(db, code, out);
    if (e == OK && !out->hits_len
        && (out->kind == CODE_GS1 || out->kind == CODE_URL))
        e = find_gs1(db, code, today, out);
    if (e == OK && !out->hits_len)
        e = find_sku(db, code, out);
    if (e != OK || out->hits_len)
        return e;
    err_arg("case", "code");
    err_arg("what", "%.60s", code);
    return err_set(ERR_NOT_FOUND, "no product has the code %.60s", code);
}

int64_t
scan_qty(const struct scan_hit *hit, bool has_qty, int64_t qty_milli)
{
    if (!has_qty)
        return hit->qty_milli;
    return hit->qty_milli == 1000 ? qty_milli
                                  : money_mul_qty(qty_milli, hit->qty_milli);
}
