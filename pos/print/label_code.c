#include "pos/print/label_code.h"

#include <string.h>

#include "base/codes.h"
#include "drivers/barcode.h"
#include "pos/sell/scan.h"
#include "pos/stock/product.h"

enum { ONE_PIECE = 1000 };

static bool
is_digits(const char *code)
{
    size_t len = strlen(code);

    return len > 0 && len <= BARCODE_DIGITS_MAX &&
           strspn(code, "0123456789") == len;
}

/* Larger is better; 0: not for a label. */
static enum err
judge(struct db *db, const struct barcode *b, int *worth_out)
{
    struct barcode_hit hits[2];
    size_t len;
    enum err e;

    *worth_out = 0;
    if (b->qty_milli != ONE_PIECE || !is_digits(b->code))
        return OK;
    e = db_barcode_find(db, b->code, hits, 2, &len);
    if (e == OK)
        *worth_out = 1 + (len == 1) * 2 + codes_gtin_ok(b->code);
    return e;
}

/* Does the till find this product, and no other, by its SKU? */
static enum err
try_sku(struct db *db, const struct product *p, int32_t today, struct buf *out)
{
    struct scan scan;
    enum err e;

    if (!is_digits(p->sku))
        return OK;
    e = scan_read(db, p->sku, today, &scan);
    if (e == ERR_NOT_FOUND)
        return OK;
    if (e == OK && scan.hits_len == 1 && scan.hits[0].product_id == p->id &&
        scan.hits[0].qty_milli == ONE_PIECE)
        buf_add_str(out, p->sku);
    return e;
}

enum err
label_code_choose(struct db *db, const struct product *product, int32_t today,
    struct buf *out)
{
    struct barcode codes[PRODUCT_CODES_MAX];
    const char *best = NULL;
    size_t len;
    int most = 0, worth;
    enum err e =
        db_barcode_list(db, product->id, codes, PRODUCT_CODES_MAX, &len);

    for (size_t i = 0; e == OK && i < len; i++) {
        e = judge(db, &codes[i], &worth);
        if (e == OK && worth > most) {
            most = worth;
            best = codes[i].code;
        }
    }
    if (e != OK)
        return e;
    if (!best)
        return try_sku(db, product, today, out);
    buf_add_str(out, best);
    return OK;
}
