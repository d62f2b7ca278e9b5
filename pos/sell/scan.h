/* pos/sell/scan.h - what a scan means: which product, and how much of it. */
#ifndef POS_SELL_SCAN_H
#define POS_SELL_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/codes.h"
#include "base/err.h"
#include "db/limits.h"

struct db;

enum { SCAN_HITS_MAX = 16 };

struct scan_hit {
    int64_t product_id;
    int64_t qty_milli; /* of a pack, or as weighed */
};

struct scan {
    enum code_kind kind;
    char lot_code[DB_CODE]; /* a GS1 code's batch; empty: none */
    int32_t expires_day;    /* a GS1 code's expiry; 0: none */
    struct scan_hit hits[SCAN_HITS_MAX]; /* several: the cashier chooses */
    size_t hits_len;
};

/* A barcode as the table keeps it: a GTIN as 14 digits, else as it is. */
enum err scan_normal_code(const char *code, char out[DB_CODE]);

/* What `code` means.  A barcode or SKU of a product that is sold; an in-store
 * code 2 F PPPPP WWWWW C (domain: the showroom's trade), whose PPPPP is looked
 * up as a barcode and whose WWWWW are grams; a GS1 element string or Digital
 * Link.  ERR_NOT_FOUND when it is no product's. */
enum err scan_read(struct db *db, const char *code, int32_t today,
    struct scan *out);

/* How much that is: what the code carries, or `qty_milli` units of it, packs
 * where it is a pack's.  -1 past MONEY_MAX. */
int64_t scan_qty(const struct scan_hit *hit, bool has_qty, int64_t qty_milli);

#endif
