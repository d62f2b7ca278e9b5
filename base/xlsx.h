/* base/xlsx.h - the rows of a spreadsheet as texts; the door to expat.
 *
 * Reads what Excel, LibreOffice and the web's office suites write (ECMA-376):
 * shared and inline strings, numbers as they are shown without format, dates
 * (by the style of the cell) as YYYY-MM-DD, true and false as 1 and 0, an
 * error as "".  Formulas give the value they had when the file was saved.
 *
 * Bounded: XLSX_PART_MAX bytes of a part once unpacked, XLSX_COLUMNS_MAX
 * columns, XLSX_ROW_MAX bytes of a row, XLSX_STRINGS_MAX shared strings; a
 * document type declaration is refused, so nothing expands. */
#ifndef BASE_XLSX_H
#define BASE_XLSX_H

#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

enum {
    XLSX_PART_MAX = 64 * 1024 * 1024,
    XLSX_COLUMNS_MAX = 256,
    XLSX_ROW_MAX = 256 * 1024,
    XLSX_STRINGS_MAX = 4 * 1000 * 1000
};

/* One row; a cell that is not there is "".  Rows in which every cell is empty
 * are passed over. */
struct xlsx_row {
    size_t line; /* as the spreadsheet numbers it, from 1 */
    size_t len;
    const char *const *cells;
};

typedef enum err xlsx_row_fn(void *arg, const struct xlsx_row *row);

/* Give each row of the sheet of that name (NULL: the first) to `fn`, until it
 * fails.  ERR_INVALID with the case "xlsx_broken" (`what`, `why`) or "zip" when
 * it is no such spreadsheet, with "xlsx_sheet" when there is no such sheet;
 * ERR_TOO_LARGE. */
enum err xlsx_read(const void *bytes, size_t len, const char *sheet,
    xlsx_row_fn *fn, void *arg);

/* Append the sheet as CSV (base/csv.h) whose lines are the rows of the sheet
 * (if the first holds the names): rows that are not there are empty lines, a
 * line end in a cell is a space.  Every row has as many fields as the first
 * that is not empty; what stands behind them is left out.  Errors as
 * xlsx_read; ERR_TOO_LARGE also when `out` is full. */
enum err xlsx_to_csv(
    const void *bytes, size_t len, const char *sheet, struct buf *out);

#endif
