/* base/csv.h - tables as spreadsheets hand them over (RFC 4180).
 *
 *     struct csv c;
 *     bool more = true;
 *     enum err e = csv_init(&c, text, len);
 *     while (!e && !(e = csv_next(&c, &more)) && more)
 *         use(csv_get(&c, "name"), c.line);
 *     csv_finish(&c);
 *
 * The first row names the columns.  Taken as they come: a byte order mark,
 * CRLF or LF, quoted fields with separators, quotes and line ends in them, and
 * the separator that Excel uses in a country that writes 1,5 (a semicolon) or
 * a tab, told by the first row.  Rows in which every field is empty, as Excel
 * leaves them behind, are passed over.
 *
 * Refused with ERR_INVALID, the arguments `line` and, by `case`, what the
 * sentence needs: a quote that does not belong, a row with more or fewer
 * columns than the first, an empty or repeated name, more than the limits.
 * What is not UTF-8 is ERR_TEXT. */
#ifndef BASE_CSV_H
#define BASE_CSV_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

enum {
    CSV_COLUMNS_MAX = 64,
    CSV_ROW_MAX = 64 * 1024 /* bytes of one row */
};

/* One row cut into fields; each ends with a NUL in `bytes`. */
struct csv_row {
    struct buf bytes;
    size_t at[CSV_COLUMNS_MAX];
    size_t len;
};

/* The caller's; read `line` and leave the rest to the functions. */
struct csv {
    size_t line; /* where the row begins; the first line is 1 */
    const char *text;
    size_t len, pos;
    size_t next_line;
    char separator;
    struct csv_row names, row;
};

/* Begin with `len` bytes, which stay the caller's, and read the names.
 * csv_finish is called after either answer. */
enum err csv_init(struct csv *c, const char *text, size_t len);
void csv_finish(struct csv *c);

/* The next row; *more_out is false behind the last. */
enum err csv_next(struct csv *c, bool *more_out);

/* The field under the column `name`, without white space at its ends; NULL
 * when there is no such column.  Borrowed until the next csv_next. */
const char *csv_get(const struct csv *c, const char *name);
/* The columns: how many, and the name of each. */
size_t csv_columns(const struct csv *c);
const char *csv_name(const struct csv *c, size_t i);

#endif
