/* The rows of one sheet. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/xlsx_inside.h"

enum {
    UNIX_DAY_1900 = 25569, /* 1970-01-01 as Excel numbers days */
    SHIFT_1904 = 1462,
    SERIAL_LEAP = 60,    /* 29/02/1900, which never was */
    SERIAL_MAX = 2958465 /* 31/12/9999 */
};

/* "AB12" -> 27; SIZE_MAX when it is none. */
static size_t
column_of(const char *ref)
{
    size_t n = 0;

    for (; *ref >= 'A' && *ref <= 'Z' && n <= XLSX_COLUMNS_MAX; ref++)
        n = n * 26 + (size_t)(*ref - 'A' + 1);
    return n == 0 ? SIZE_MAX : n - 1;
}

static char
type_of(const char *t)
{
    static const struct {
        const char *name;
        char type;
    } types[] = {{"s", 's'}, {"inlineStr", 't'}, {"str", 't'}, {"d", 't'},
        {"b", 't'}, {"e", 'e'}};

    for (size_t i = 0; t && i < sizeof(types) / sizeof(types[0]); i++)
        if (strcmp(t, types[i].name) == 0)
            return types[i].type;
    return 'n';
}

static void
start_cell(struct xlsx_book *b, const char **atts)
{
    const char *ref = xlsx_attribute(atts, "r"),
               *style = xlsx_attribute(atts, "s");

    b->column = ref ? column_of(ref) : b->column + 1;
    b->type = type_of(xlsx_attribute(atts, "t"));
    b->style = style ? strtoul(style, NULL, 10) : SIZE_MAX;
    buf_clear(&b->text);
    if (b->column >= XLSX_COLUMNS_MAX)
        xlsx_stop(b, err_set(ERR_TOO_LARGE, "more than %d columns",
                    XLSX_COLUMNS_MAX));
}

void XMLCALL
xlsx_sheet_start(void *arg, const char *name, const char **atts)
{
    struct xlsx_book *b = arg;
    const char *line;

    if (b->skip || xlsx_is(name, "rPh")) {
        b->skip++;
        return;
    }
    if (xlsx_is(name, "row")) {
        line = xlsx_attribute(atts, "r");
        b->line = line ? strtoul(line, NULL, 10) : b->line + 1;
        b->row_len = 0;
        b->column = SIZE_MAX; /* the next is the first */
        buf_clear(&b->row);
    } else if (xlsx_is(name, "c")) {
        start_cell(b, atts);
    }
    b->in_text = xlsx_is(name, "v") || xlsx_is(name, "t");
}

/* A number as the file has it: 69.129999999999995 is 69.13. */
static void
add_number(struct xlsx_book *b, bool date)
{
    char day_text[CLOCK_DATE_SIZE], *end;
    double n = strtod(b->text.data, &end);

    if (b->text.len == 0)
        return;
    if (*end || !isfinite(n)) {
        buf_add(&b->row, b->text.data, b->text.len);
    } else if (date && n >= 1 && n <= SERIAL_MAX) {
        int32_t serial = (int32_t)n + (b->is_1904 ? SHIFT_1904 : 0);

        clock_format_date(
            serial - UNIX_DAY_1900 + (serial < SERIAL_LEAP), day_text);
        buf_add_str(&b->row, day_text);
    } else if (fabs(n) < 1e15 && n == floor(n)) {
        buf_printf(&b->row, "%.0f", n);
    } else {
        buf_printf(&b->row, "%.15g", n);
    }
}

static void
end_cell(struct xlsx_book *b)
{
    const struct xlsx_strings *s = &b->strings;
    size_t i;

    while (b->row_len <= b->column && b->row_len < XLSX_COLUMNS_MAX) {
        buf_add(&b->row, "", b->row_len > 0);
        b->cell_at[b->row_len++] = b->row.len;
    }
    if (b->column + 1 < b->row_len) { /* never backwards */
        xlsx_stop(b, xlsx_broken("sheet", "cells out of order"));
        return;
    }
    if (b->type == 's') {
        i = strtoul(b->text.data, NULL, 10);
        if (b->text.len > 0 && i < s->len)
            buf_add_str(&b->row, s->bytes.data + s->at[i]);
    } else if (b->type == 't') {
        buf_add_str(&b->row, b->text.data);
    } else if (b->type == 'n') {
        add_number(b, b->style < b->styles && b->is_date[b->style]);
    }
    if (b->row.full)
        xlsx_stop(b,
            err_set(ERR_TOO_LARGE, "a row past %zu bytes", b->row.max));
}

static void
end_row(struct xlsx_book *b)
{
    struct xlsx_row row = {b->line, b->row_len, b->cells};
    bool any = false;
    enum err e;

    for (size_t i = 0; i < b->row_len; i++) {
        b->cells[i] = b->row.data + b->cell_at[i];
        any = any || b->cells[i][0];
    }
    e = any ? b->fn(b->arg, &row) : OK;
    if (e != OK)
        xlsx_stop(b, e);
}

void XMLCALL
xlsx_sheet_end(void *arg, const char *name)
{
    struct xlsx_book *b = arg;

    b->in_text = false;
    if (b->skip)
        b->skip--;
    else if (b->e == OK && xlsx_is(name, "c"))
        end_cell(b);
    else if (b->e == OK && xlsx_is(name, "row"))
        end_row(b);
}
