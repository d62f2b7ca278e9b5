#include <string.h>

#include "base/xlsx.h"

struct table {
    struct buf *out;
    size_t line; /* the one that is written next */
    size_t columns;
};

static void
add_field(struct buf *out, const char *text)
{
    buf_add_char(out, '"');
    for (; *text; text++) {
        if (*text == '"')
            buf_add_char(out, '"');
        buf_add_char(out, *text == '\n' || *text == '\r' ? ' ' : *text);
    }
    buf_add_char(out, '"');
}

/* The last cell with something in it, and those before. */
static size_t
used(const struct xlsx_row *row)
{
    size_t n = row->len;

    while (n > 0 && !row->cells[n - 1][0])
        n--;
    return n;
}

static enum err
add_row(void *arg, const struct xlsx_row *row)
{
    struct table *t = arg;

    if (t->columns == 0) {
        t->columns = used(row);
        t->line = row->line; /* the names come first */
    }
    for (; t->line < row->line && !t->out->full; t->line++)
        buf_add_char(t->out, '\n');
    for (size_t i = 0; i < t->columns; i++) {
        if (i > 0)
            buf_add_char(t->out, ',');
        add_field(t->out, i < row->len ? row->cells[i] : "");
    }
    buf_add_char(t->out, '\n');
    t->line++;
    if (t->out->full)
        return err_set(ERR_TOO_LARGE, "a table past %zu bytes", t->out->max);
    return OK;
}

enum err
xlsx_to_csv(const void *bytes, size_t len, const char *sheet, struct buf *out)
{
    struct table t = {.out = out, .line = 1};

    return xlsx_read(bytes, len, sheet, add_row, &t);
}
