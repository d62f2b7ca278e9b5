#include "base/csv.h"

#include <assert.h>
#include <string.h>

#include "base/text.h"

static enum err
refuse(size_t line, const char *which)
{
    err_arg("case", "%s", which);
    err_arg("line", "%zu", line);
    return err_set(ERR_INVALID, "CSV line %zu: %s", line, which);
}

/* Does a line end at `pos`, and in how many bytes? */
static size_t
line_end(const struct csv *c, size_t pos)
{
    if (pos < c->len && c->text[pos] == '\n')
        return 1;
    if (pos + 1 < c->len && c->text[pos] == '\r' && c->text[pos + 1] == '\n')
        return 2;
    return 0;
}

static bool
at_field_end(const struct csv *c)
{
    return c->pos >= c->len || c->text[c->pos] == c->separator ||
           line_end(c, c->pos) > 0;
}

/* At the opening quote; to behind the closing one. */
static enum err
read_quoted(struct csv *c, struct csv_row *row)
{
    size_t begun = c->next_line;

    for (c->pos++; c->pos < c->len; c->pos++) {
        char ch = c->text[c->pos];

        if (ch == '"') {
            c->pos++;
            if (c->pos >= c->len || c->text[c->pos] != '"')
                return at_field_end(c) ? OK : refuse(c->next_line, "csv_quote");
        }
        c->next_line += ch == '\n';
        buf_add_char(&row->bytes, ch);
    }
    return refuse(begun, "csv_open");
}

static enum err
read_plain(struct csv *c, struct csv_row *row)
{
    size_t start = c->pos;

    while (!at_field_end(c)) {
        if (c->text[c->pos] == '"')
            return refuse(c->next_line, "csv_quote");
        c->pos++;
    }
    buf_add(&row->bytes, c->text + start, c->pos - start);
    return OK;
}

/* Cut white space at both ends of the field that begins at `at`. */
static void
trim(struct buf *bytes, size_t at)
{
    size_t from = at, to = bytes->len;

    while (to > from && strchr(" \t\r\n", bytes->data[to - 1]))
        to--;
    while (from < to && strchr(" \t\r\n", bytes->data[from]))
        from++;
    if (from > at)
        memmove(bytes->data + at, bytes->data + from, to - from);
    buf_cut(bytes, at + to - from);
}

static enum err
read_field(struct csv *c, struct csv_row *row)
{
    enum err e;

    if (row->len == CSV_COLUMNS_MAX) {
        err_arg("max", "%d", CSV_COLUMNS_MAX);
        return refuse(c->line, "csv_wide");
    }
    row->at[row->len] = row->bytes.len;
    e = c->pos < c->len && c->text[c->pos] == '"' ? read_quoted(c, row)
                                                  : read_plain(c, row);
    if (e)
        return e;
    trim(&row->bytes, row->at[row->len++]);
    buf_add(&row->bytes, "", 1); /* the NUL between two fields */
    if (row->bytes.full) {
        err_arg("max", "%d", CSV_ROW_MAX);
        return refuse(c->line, "csv_long");
    }
    return OK;
}

/* One row whatever is in it; the caller knows that there is one. */
static enum err
read_row(struct csv *c, struct csv_row *row)
{
    enum err e;

    buf_clear(&row->bytes);
    row->len = 0;
    c->line = c->next_line;
    for (;;) {
        e = read_field(c, row);
        if (e || c->pos >= c->len || c->text[c->pos] != c->separator)
            break;
        c->pos++;
    }
    c->pos += line_end(c, c->pos);
    c->next_line++;
    return e;
}

static bool
is_blank(const struct csv_row *row)
{
    return row->bytes.len == row->len; /* nothing but the NULs */
}

/* What the first line has most of, outside quotes. */
static char
find_separator(const char *text, size_t len)
{
    static const char known[] = ",;\t";
    size_t count[3] = {0}, best = 0;
    bool quoted = false;

    for (size_t i = 0; i < len && (quoted || text[i] != '\n'); i++) {
        const char *which = strchr(known, text[i]);

        quoted = quoted != (text[i] == '"');
        if (!quoted && which && *which)
            count[which - known]++;
    }
    for (size_t i = 1; i < 3; i++)
        if (count[i] > count[best])
            best = i;
    return known[best];
}

static enum err
check_names(const struct csv *c)
{
    for (size_t i = 0; i < csv_columns(c); i++) {
        const char *name = csv_name(c, i);

        for (size_t j = 0; j < i; j++) {
            if (strcmp(name, csv_name(c, j)) == 0) {
                err_arg("name", "%s", name);
                return refuse(c->line, "csv_name");
            }
        }
        if (!*name) {
            err_arg("name", "(%zu)", i + 1);
            return refuse(c->line, "csv_name");
        }
    }
    return OK;
}

enum err
csv_init(struct csv *c, const char *text, size_t len)
{
    size_t mark = len >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    enum err e;

    *c = (struct csv){.text = text, .len = len, .pos = mark, .next_line = 1};
    buf_init(&c->names.bytes, CSV_ROW_MAX);
    buf_init(&c->row.bytes, CSV_ROW_MAX);
    if (!text_is_utf8(text, len)) {
        err_arg("case", "csv");
        return err_set(ERR_TEXT, "CSV is not UTF-8");
    }
    c->separator = find_separator(text + mark, len - mark);
    if (c->pos >= c->len)
        return refuse(1, "csv_empty");
    e = read_row(c, &c->names);
    return e ? e : check_names(c);
}

void
csv_finish(struct csv *c)
{
    buf_finish(&c->names.bytes);
    buf_finish(&c->row.bytes);
}

enum err
csv_next(struct csv *c, bool *more_out)
{
    enum err e;

    *more_out = false;
    do {
        if (c->pos >= c->len)
            return OK;
        e = read_row(c, &c->row);
        if (e)
            return e;
    } while (is_blank(&c->row));
    if (c->row.len != c->names.len) {
        err_arg("got", "%zu", c->row.len);
        err_arg("want", "%zu", c->names.len);
        return refuse(c->line, "csv_columns");
    }
    *more_out = true;
    return OK;
}

const char *
csv_get(const struct csv *c, const char *name)
{
    for (size_t i = 0; i < c->names.len; i++)
        if (strcmp(csv_name(c, i), name) == 0)
            return c->row.bytes.data + c->row.at[i];
    return NULL;
}

size_t
csv_columns(const struct csv *c)
{
    return c->names.len;
}

const char *
csv_name(const struct csv *c, size_t i)
{
    assert(i < c->names.len);
    return c->names.bytes.data + c->names.at[i];
}
