#include "pos/stock/import.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/xlsx.h"
#include "db/writer.h"
#include "pos/shop.h"
#include "pos/stock/import_write.h"

/* Room for one more row; the rows move, so nobody points at them yet. */
static struct import_row *
next_row(struct import_table *t, size_t *cap)
{
    if (t->len == *cap) {
        *cap = *cap ? *cap * 2 : 256;
        t->rows = mem_resize(t->rows, *cap, sizeof(*t->rows));
    }
    return &t->rows[t->len];
}

static void
refuse(struct import_products *x, size_t line)
{
    x->refused++;
    x->refuse(x->refuse_arg, line, err_last());
}

/* Was the row read to its end, so that the next one can be? */
static bool
is_whole_row(void)
{
    const struct err_state *why = err_last();

    for (size_t i = 0; i < why->args_len; i++)
        if (strcmp(why->args[i].value, "csv_columns") == 0)
            return true;
    return false;
}

static enum err
read_rows(struct import_products *x, struct csv *c, struct import_table *t)
{
    size_t cap = 0;
    bool more = true;

    for (;;) {
        struct import_row *row;
        enum err e = csv_next(c, &more);

        if (e == OK && !more)
            return OK;
        x->rows++;
        if (e != OK) {
            bool whole = is_whole_row();

            refuse(x, c->line);
            if (whole)
                continue;
            return OK; /* nobody knows where the next row begins */
        }
        if (t->len == IMPORT_ROWS_MAX)
            return err_set(
                ERR_TOO_LARGE, "more than %d rows", IMPORT_ROWS_MAX);
        row = next_row(t, &cap);
        e = import_row_read(c, row);
        if (e == OK) {
            t->len++;
            continue;
        }
        refuse(x, row->line);
        import_row_finish(row);
    }
}

static int
compare_sku(const void *a, const void *b)
{
    const struct import_row *x = *(struct import_row *const *)a,
                            *y = *(struct import_row *const *)b;
    int order = strcmp(x->sku, y->sku);

    return order ? order : (x->line > y->line) - (x->line < y->line);
}

/* A SKU again is a further lot of its first row, or wrong. */
static void
join_rows(struct import_products *x, struct import_table *t)
{
    struct import_row **sorted = mem_new(t->len + 1, sizeof(*sorted));
    struct import_row *first = NULL;

    for (size_t i = 0; i < t->len; i++)
        sorted[i] = &t->rows[i];
    qsort(sorted, t->len, sizeof(*sorted), compare_sku);
    for (size_t i = 0; i < t->len; i++) {
        if (!first || strcmp(first->sku, sorted[i]->sku) != 0) {
            first = sorted[i];
            continue;
        }
        sorted[i]->same = first;
        sorted[i]->refused = import_row_same(sorted[i], first) != OK;
        if (sorted[i]->refused)
            refuse(x, sorted[i]->line);
    }
    mem_free(sorted);
}

static enum err
read_csv(struct import_products *x, const char *text, size_t len,
    struct import_table *t)
{
    struct csv c;
    enum err e = csv_init(&c, text, len);

    if (e == OK)
        e = import_columns(&c);
    if (e == OK)
        e = read_rows(x, &c, t);
    csv_finish(&c);
    return e;
}

/* The first sheet of a spreadsheet, as the same CSV it would be saved as. */
static enum err
read_xlsx(struct import_products *x, struct import_table *t)
{
    struct buf csv;
    enum err e;

    buf_init(&csv, XLSX_PART_MAX);
    e = xlsx_to_csv(x->text, x->len, NULL, &csv);
    if (e == OK)
        e = read_csv(x, csv.data, csv.len, t);
    buf_finish(&csv);
    return e;
}

static enum err
read_table(struct import_products *x, struct import_table *t)
{
    bool xlsx = x->len >= 4 && memcmp(x->text, "PK\3\4", 4) == 0;
    enum err e = xlsx ? read_xlsx(x, t) : read_csv(x, x->text, x->len, t);

    if (e == OK && x->rows == 0) {
        err_arg("case", "no_rows");
        e = err_set(ERR_INVALID, "a table without rows");
    }
    if (e == OK)
        join_rows(x, t);
    return e;
}

enum err
import_products(struct shop *shop, struct import_products *x)
{
    struct import_table t = {.x = x};
    enum err e;

    x->rows = x->refused = x->added = x->changed = 0;
    x->receivings = x->receivings_before = 0;
    e = read_table(x, &t);
    if (e == OK)
        e = db_write(shop->writer, "import", import_table_write, &t);
    if (t.undone)
        e = OK; /* asked for, or told row by row */
    for (size_t i = 0; i < t.len; i++)
        import_row_finish(&t.rows[i]);
    mem_free(t.rows);
    return e;
}
