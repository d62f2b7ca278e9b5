#include "pos/stock/import_row.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/money.h"
#include "base/text.h"
#include "pos/fact/fact_product.h"

enum { ROW_BYTES = 8 * 1024, QTY_MAX_MILLI = INT32_MAX, CODES_TEXT = 4000 };

static const char *const columns[] = {"sku", "name", "unit", "price",
    "vat_class", "kind", "barcodes", "registry_id", "lot", "expires", "cost",
    "qty", "supplier", NULL};

enum err
import_columns(const struct csv *c)
{
    for (size_t i = 0; i < csv_columns(c); i++) {
        size_t k = 0;

        while (columns[k] && strcmp(columns[k], csv_name(c, i)) != 0)
            k++;
        if (columns[k])
            continue;
        err_arg("field", "%.60s", csv_name(c, i));
        return err_set(
            ERR_FIELD_UNKNOWN, "no column %.60s", csv_name(c, i));
    }
    if (csv_get(c, "sku"))
        return OK;
    err_arg("field", "sku");
    return err_set(ERR_FIELD_MISSING, "no column sku");
}

static enum err
bad(const char *column, const char *which)
{
    err_at("%s", column);
    err_arg("case", "%s", which);
    err_arg("field", "%s", column);
    return err_set(ERR_FIELD_VALUE, "%s: %s", column, which);
}

static enum err
missing(const char *column)
{
    err_at("%s", column);
    err_arg("field", "%s", column);
    return err_set(ERR_FIELD_MISSING, "%s is empty", column);
}

/* The cell; empty when there is no such column. */
static const char *
cell(const struct csv *c, const char *column)
{
    const char *text = csv_get(c, column);

    return text ? text : "";
}

/* Append the cleaned cell with its NUL; where it begins. */
static enum err
read_text(const struct csv *c, const char *column, size_t max,
    struct buf *bytes, size_t *at_out)
{
    const char *text = cell(c, column);
    enum err e;

    *at_out = bytes->len;
    e = text_clean(text, strlen(text), bytes);
    if (e == ERR_TOO_LARGE || bytes->len - *at_out > max) {
        err_arg("max", "%zu", max);
        return bad(column, "length");
    }
    if (e != OK)
        err_at("%s", column);
    buf_add(bytes, "", 1);
    return e;
}

/* A whole number of dong in digits. */
static enum err
read_dong(const struct csv *c, const char *column, bool *has_out,
    int64_t *out)
{
    const char *text = cell(c, column);
    size_t digits = strspn(text, "0123456789");
    int64_t n = 0;

    *has_out = text[0] != '\0';
    if (text[digits] || digits > 13)
        return bad(column, "dong");
    for (size_t i = 0; i < digits; i++)
        n = n * 10 + (text[i] - '0');
    if (n > MONEY_MAX)
        return bad(column, "dong");
    *out = n;
    return OK;
}

/* A quantity with at most three decimals, 1.5 or 1,5; in thousandths, or -1
 * when it is none. */
static int64_t
parse_qty(const char *text, size_t len)
{
    int64_t n = 0;
    int decimals = -1;

    if (len == 0 || len > 12)
        return -1;
    for (size_t i = 0; i < len; i++) {
        if ((text[i] == '.' || text[i] == ',') && decimals < 0 && i > 0) {
            decimals = 0;
            continue;
        }
        if (text[i] < '0' || text[i] > '9' || decimals == 3)
            return -1;
        n = n * 10 + (text[i] - '0');
        decimals += decimals >= 0;
    }
    if (decimals == 0)
        return -1;
    for (int i = decimals < 0 ? 0 : decimals; i < 3; i++)
        n *= 10;
    return n <= QTY_MAX_MILLI ? n : -1;
}

/* 2027-08-31 or 31/08/2027 */
static enum err
read_day(const struct csv *c, const char *column, int32_t *out)
{
    const char *text = cell(c, column);
    char iso[CLOCK_DATE_SIZE];

    *out = DAY_NEVER;
    if (!text[0])
        return OK;
    if (strlen(text) == 10 && text[2] == '/' && text[5] == '/') {
        snprintf(iso, sizeof(iso), "%.4s-%.2s-%.2s", text + 6, text + 3, text);
        text = iso;
    }
    return clock_parse_date(text, out) == OK ? OK : bad(column, "day");
}

static enum err
read_kind(const struct csv *c, struct import_row *row)
{
    const char *text = cell(c, "kind");

    row->kind = PRODUCT_PIECE;
    row->has_kind = text[0] != '\0';
    if (!row->has_kind)
        return OK;
    for (int i = 0; product_kind_words[i]; i++)
        if (strcmp(product_kind_words[i], text) == 0) {
            row->kind = (enum product_kind)(i + 1);
            return OK;
        }
    err_arg("words", "piece, weighed, basket, service");
    return bad("kind", "words");
}

/* What is said of stock belongs together. */
static enum err
read_stock(const struct csv *c, struct import_row *row)
{
    const char *qty = cell(c, "qty");
    bool has_cost;
    enum err e = read_day(c, "expires", &row->expires_day);

    if (e == OK)
        e = read_dong(c, "cost", &has_cost, &row->cost);
    if (e != OK)
        return e;
    if (!qty[0])
        return row->lot[0] || row->expires_day != DAY_NEVER ? missing("qty")
                                                            : OK;
    row->qty_milli = parse_qty(qty, strlen(qty));
    if (row->qty_milli < 0)
        return bad("qty", "qty");
    if (row->qty_milli == 0)
        return OK;
    if (!has_cost)
        return missing("cost");
    return row->supplier[0] ? OK : missing("supplier");
}

enum err
import_row_read(const struct csv *c, struct import_row *out)
{
    const struct {
        const char *column;
        size_t max;
        const char **to;
    } texts[] = {
        {"sku", DB_SKU - 1, &out->sku},
        {"name", DB_NAME - 1, &out->name},
        {"unit", DB_UNIT - 1, &out->unit},
        {"vat_class", DB_VAT - 1, &out->vat_class},
        {"registry_id", DB_ID - 1, &out->registry_id},
        {"barcodes", CODES_TEXT, &out->barcodes},
        {"lot", DB_CODE - 1, &out->lot},
        {"supplier", DB_NAME - 1, &out->supplier},
    };
    enum { TEXTS = sizeof(texts) / sizeof(texts[0]) };
    size_t at[TEXTS] = {0};
    struct buf bytes;
    enum err e = OK;

    *out = (struct import_row){.line = c->line};
    buf_init(&bytes, ROW_BYTES);
    for (size_t i = 0; e == OK && i < TEXTS; i++)
        e = read_text(c, texts[i].column, texts[i].max, &bytes, &at[i]);
    out->bytes = mem_dup(bytes.data, bytes.len);
    for (size_t i = 0; i < TEXTS; i++)
        *texts[i].to = out->bytes + at[i];
    buf_finish(&bytes);
    if (e == OK && !out->sku[0])
        e = missing("sku");
    if (e == OK)
        e = read_dong(c, "price", &out->has_price, &out->price);
    if (e == OK)
        e = read_kind(c, out);
    return e == OK ? read_stock(c, out) : e;
}

void
import_row_finish(struct import_row *row)
{
    mem_free(row->bytes);
    *row = (struct import_row){.line = 0};
}

/* Not said, or said alike. */
static bool
alike(const char *text, const char *first)
{
    return !text[0] || strcmp(text, first) == 0;
}

enum err
import_row_same(const struct import_row *row, const struct import_row *first)
{
    const char *differs = NULL;

    if (!alike(row->name, first->name))
        differs = "name";
    else if (!alike(row->unit, first->unit))
        differs = "unit";
    else if (!alike(row->vat_class, first->vat_class))
        differs = "vat_class";
    else if (!alike(row->registry_id, first->registry_id))
        differs = "registry_id";
    else if (!alike(row->barcodes, first->barcodes))
        differs = "barcodes";
    else if (row->has_price && row->price != first->price)
        differs = "price";
    else if (row->has_kind && row->kind != first->kind)
        differs = "kind";
    if (!differs)
        return OK;
    err_at("%s", differs);
    err_arg("case", "sku");
    err_arg("what", "%s", row->sku);
    err_arg("line", "%zu", first->line);
    err_arg("field", "%s", differs);
    return err_set(ERR_EXISTS, "%s stands in line %zu with another %s",
        row->sku, first->line, differs);
}

/* CODE or CODE*QTY */
static enum err
read_code(const char *text, size_t len, struct barcode *out)
{
    const char *star = memchr(text, '*', len);
    size_t code = star ? (size_t)(star - text) : len;

    out->qty_milli = 1000;
    if (star)
        out->qty_milli = parse_qty(star + 1, len - code - 1);
    if (code == 0 || code >= sizeof(out->code) || out->qty_milli <= 0) {
        err_arg("value", "%.*s", (int)(len < 60 ? len : 60), text);
        return bad("barcodes", "barcode");
    }
    memcpy(out->code, text, code);
    out->code[code] = '\0';
    return OK;
}

enum err
import_row_codes(const struct import_row *row, struct barcode *codes_out,
    size_t max, size_t *len_out)
{
    const char *at = row->barcodes;
    enum err e = OK;

    *len_out = 0;
    while (e == OK && *(at += strspn(at, " ")) != '\0') {
        size_t len = strcspn(at, " ");

        if (*len_out == max) {
            err_arg("max", "%zu", max);
            return bad("barcodes", "items");
        }
        e = read_code(at, len, &codes_out[(*len_out)++]);
        at += len;
    }
    return e;
}
