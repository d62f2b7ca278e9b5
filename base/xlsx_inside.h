/* base/xlsx_inside.h - between base/xlsx.c and base/xlsx_sheet.c. */
#ifndef BASE_XLSX_INSIDE_H
#define BASE_XLSX_INSIDE_H

#include <expat.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/xlsx.h"
#include "base/zip.h"

enum { XLSX_FORMATS_MAX = 4096, XLSX_PATH_MAX = 512 };

struct xlsx_strings {
    struct buf bytes; /* one behind the other, each with its NUL */
    size_t *at;
    size_t len, cap;
};

struct xlsx_book {
    struct unzip *zip;
    const char *want; /* sheet; NULL: the first */
    xlsx_row_fn *fn;
    void *arg;
    enum err e; /* of a handler: parsing stops */
    XML_Parser parser;
    int skip;      /* depth inside what is passed over */
    bool in_text;  /* characters are wanted */
    struct buf text;
    struct xlsx_strings strings;
    /* workbook and its relations */
    char rel[XLSX_PATH_MAX];  /* id of the sheet's relation */
    char path[XLSX_PATH_MAX]; /* of the sheet's part */
    bool is_1904;
    /* styles */
    bool *is_date; /* by cell style */
    size_t styles;
    bool in_cell_styles;
    int64_t formats[XLSX_FORMATS_MAX]; /* numbers of those that show a date */
    size_t formats_len;
    /* the row at work */
    struct buf row;
    size_t cell_at[XLSX_COLUMNS_MAX];
    const char *cells[XLSX_COLUMNS_MAX];
    size_t line, row_len, column;
    char type;      /* of the cell: s, i(nline), t(ext), b, e, n */
    size_t style;
};

/* The failure of a handler: parsing ends. */
void xlsx_stop(struct xlsx_book *b, enum err e);
/* ERR_INVALID with the case "xlsx_broken". */
enum err xlsx_broken(const char *what, const char *why);

/* Is that the name, whatever its namespace is called? */
bool xlsx_is(const char *name, const char *want);
const char *xlsx_attribute(const char **atts, const char *name);

/* The handlers of a sheet's part. */
void XMLCALL xlsx_sheet_start(void *arg, const char *name, const char **atts);
void XMLCALL xlsx_sheet_end(void *arg, const char *name);

#endif
