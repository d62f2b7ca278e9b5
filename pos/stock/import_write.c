#include "pos/stock/import_write.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/crypto.h"
#include "base/mem.h"
#include "db/receiving.h"
#include "pos/sell/scan.h"
#include "pos/stock/product.h"
#include "pos/stock/receive.h"

/* Is it the row's fault, so that the next one can be tried? */
static bool
is_fault_of_row(enum err e)
{
    switch (err_class(e)) {
    case ERR_CLASS_INVALID:
    case ERR_CLASS_MISSING:
    case ERR_CLASS_CONFLICT:
        return true;
    default:
        return false;
    }
}

static int
compare_code(const void *a, const void *b)
{
    const struct barcode *x = a, *y = b;

    return strcmp(x->code, y->code);
}

/* Has the product exactly these codes already? */
static enum err
same_codes(struct db *db, const struct product_ask *ask, bool *same_out)
{
    struct barcode have[PRODUCT_CODES_MAX], want[PRODUCT_CODES_MAX];
    size_t len;
    enum err e = db_barcode_list(db, ask->id, have, PRODUCT_CODES_MAX, &len);

    for (size_t i = 0; e == OK && i < ask->codes_len; i++) {
        want[i].qty_milli = ask->codes[i].qty_milli;
        e = scan_normal_code(ask->codes[i].code, want[i].code);
    }
    *same_out = false;
    if (e != OK || len != ask->codes_len)
        return e;
    qsort(want, len, sizeof(want[0]), compare_code);
    qsort(have, len, sizeof(have[0]), compare_code);
    *same_out = true;
    for (size_t i = 0; i < len; i++)
        if (strcmp(want[i].code, have[i].code) != 0
            || want[i].qty_milli != have[i].qty_milli)
            *same_out = false;
    return OK;
}

/* What the row says, all of it. */
static enum err
fill_ask(const struct import_row *row, struct product_ask *ask)
{
    ask->has_sku = true;
    ask->sku = row->sku;
    ask->has_name = row->name[0] != '\0';
    ask->name = row->name;
    ask->has_unit = row->unit[0] != '\0';
    ask->unit = row->unit;
    ask->has_vat = row->vat_class[0] != '\0';
    ask->vat_class = row->vat_class;
    ask->has_registry = row->registry_id[0] != '\0';
    ask->registry_id = row->registry_id;
    ask->has_kind = row->has_kind;
    ask->kind = row->kind;
    ask->has_price = row->has_price;
    ask->price = row->price;
    ask->has_codes = row->barcodes[0] != '\0';
    return import_row_codes(
        row, ask->codes, PRODUCT_CODES_MAX, &ask->codes_len);
}

/* Leave out what the product is already. */
static enum err
drop_unchanged(struct db *db, const struct product *p, struct product_ask *ask)
{
    int64_t price;
    bool same = false;
    enum err e = OK;

    ask->id = p->id;
    ask->has_sku = false;
    ask->has_name = ask->has_name && strcmp(p->name, ask->name) != 0;
    ask->has_unit = ask->has_unit && strcmp(p->unit, ask->unit) != 0;
    ask->has_vat = ask->has_vat && strcmp(p->vat_class, ask->vat_class) != 0;
    ask->has_registry = ask->has_registry
                        && strcmp(p->registry_id, ask->registry_id) != 0;
    ask->has_kind = ask->has_kind && p->kind != ask->kind;
    if (ask->has_price) {
        e = db_price_get(db, p->id, clock_now(), &price);
        ask->has_price = e != OK || price != ask->price;
        e = e == ERR_PRICE_MISSING ? OK : e;
    }
    if (e == OK && ask->has_codes) {
        e = same_codes(db, ask, &same);
        ask->has_codes = !same;
    }
    return e;
}

static bool
says_anything(const struct product_ask *ask)
{
    return ask->has_sku || ask->has_name || ask->has_unit || ask->has_vat
           || ask->has_registry || ask->has_kind || ask->has_price
           || ask->has_codes;
}

static enum err
write_product(struct db *db, struct import_products *x, struct import_row *row)
{
    struct product_ask ask = {.staff = x->staff};
    struct product p;
    bool is_new;
    enum err e = fill_ask(row, &ask);

    if (e != OK)
        return e;
    e = db_product_by_sku(db, row->sku, &p);
    is_new = e == ERR_NOT_FOUND;
    if (e == OK)
        e = drop_unchanged(db, &p, &ask);
    else if (is_new)
        e = OK;
    row->product_id = ask.id;
    if (e != OK || !says_anything(&ask))
        return e;
    e = product_write(db, &ask, &row->product_id);
    if (e == OK)
        *(is_new ? &x->added : &x->changed) += 1;
    return e;
}

/* May so much of it stand on a shelf? */
static enum err
check_stock(struct db *db, const struct import_row *row)
{
    struct product p;
    enum err e;

    if (row->qty_milli == 0)
        return OK;
    e = db_product_get(db, row->product_id, &p);
    if (e != OK)
        return e;
    if (p.kind != PRODUCT_SERVICE
        && (p.kind == PRODUCT_WEIGHED || row->qty_milli % 1000 == 0))
        return OK;
    err_at("qty");
    err_arg("field", "qty");
    err_arg("case", p.kind == PRODUCT_SERVICE ? "service" : "whole");
    err_arg("name", "%s", p.name);
    err_arg("unit", "%s", p.unit);
    return err_set(ERR_FIELD_VALUE, "%" PRId64 " thousandths of %s",
        row->qty_milli, p.sku);
}

static enum err
write_products(struct db *db, struct import_table *t)
{
    for (size_t i = 0; i < t->len; i++) {
        struct import_row *row = &t->rows[i];
        enum err e = OK;

        row->product_id = 0;
        if (row->refused)
            continue;
        if (row->same)
            row->product_id = row->same->product_id;
        else
            e = write_product(db, t->x, row);
        if (e == OK && row->product_id)
            e = check_stock(db, row);
        if (e != OK && !is_fault_of_row(e))
            return e;
        if (e != OK) {
            t->x->refused++;
            t->x->refuse(t->x->refuse_arg, row->line, err_last());
        }
    }
    return OK;
}

static int
compare_supplier(const void *a, const void *b)
{
    const struct import_row *x = *(struct import_row *const *)a,
                            *y = *(struct import_row *const *)b;
    int order = strcmp(x->supplier, y->supplier);

    return order ? order : (x->line > y->line) - (x->line < y->line);
}

/* What stands in the document, for knowing it again. */
static void
hash_rows(struct import_row *const *rows, size_t len, uint8_t hash[CRYPTO_HASH])
{
    struct crypto_hash h;
    char numbers[96];

    crypto_hash_init(&h);
    crypto_hash_add(&h, rows[0]->supplier, strlen(rows[0]->supplier) + 1);
    for (size_t i = 0; i < len; i++) {
        const struct import_row *row = rows[i];
        int n = snprintf(numbers, sizeof(numbers),
            "%" PRId32 " %" PRId64 " %" PRId64 "\n", row->expires_day,
            row->cost, row->qty_milli);

        crypto_hash_add(&h, row->sku, strlen(row->sku) + 1);
        crypto_hash_add(&h, row->lot, strlen(row->lot) + 1);
        crypto_hash_add(&h, numbers, (size_t)n);
    }
    crypto_hash_end(&h, hash);
}

static enum err
write_receiving(struct db *db, struct import_products *x,
    struct import_row *const *rows, size_t len)
{
    struct receive_line lines[RECEIVING_LINES_MAX];
    uint8_t hash[CRYPTO_HASH];
    char key[DB_KEY] = "import-";
    struct receive_ask ask = {.key = key,
        .digest = hash,
        .staff = x->staff,
        .supplier = rows[0]->supplier,
        .note = "",
        .lines = lines,
        .lines_len = len};
    struct receive_done done;
    enum err e;

    hash_rows(rows, len, hash);
    crypto_hex(hash, 16, key + strlen(key));
    for (size_t i = 0; i < len; i++)
        lines[i] = (struct receive_line){.product_id = rows[i]->product_id,
            .qty_milli = rows[i]->qty_milli,
            .lot_code = rows[i]->lot,
            .expires_day = rows[i]->expires_day,
            .cost = rows[i]->cost};
    e = receive_write(db, &ask, &done);
    if (e == OK)
        *(done.replayed ? &x->receivings_before : &x->receivings) += 1;
    return e;
}

static enum err
write_receivings(struct db *db, struct import_table *t)
{
    struct import_row **rows = mem_new(t->len + 1, sizeof(*rows));
    size_t len = 0;
    enum err e = OK;

    for (size_t i = 0; i < t->len; i++)
        if (t->rows[i].qty_milli > 0)
            rows[len++] = &t->rows[i];
    qsort(rows, len, sizeof(*rows), compare_supplier);
    for (size_t at = 0, n; e == OK && at < len; at += n) {
        for (n = 1; at + n < len && n < RECEIVING_LINES_MAX
             && strcmp(rows[at]->supplier, rows[at + n]->supplier) == 0;)
            n++;
        e = write_receiving(db, t->x, rows + at, n);
    }
    mem_free(rows);
    return e;
}

enum err
import_table_write(struct db *db, void *arg)
{
    struct import_table *t = arg;
    enum err e = write_products(db, t);

    if (e == OK && t->x->refused == 0)
        e = write_receivings(db, t);
    if (e != OK)
        return e;
    if (t->x->refused == 0 && !t->x->dry_run)
        return OK;
    t->undone = true;
    return err_set(ERR_INVALID, "%s", t->x->dry_run ? "a dry run"
                                                    : "rows were refused");
}
