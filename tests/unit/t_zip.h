/* tests/unit/t_zip.h - archives and spreadsheets made in memory. */
#ifndef TESTS_UNIT_T_ZIP_H
#define TESTS_UNIT_T_ZIP_H

#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include "base/mem.h"

struct t_part {
    const char *name; /* NULL at the end */
    const char *text;
    size_t len; /* 0: of the string */
};

/* The archive's bytes, mem_free by the caller. */
static char *
t_zip(const struct t_part parts[], size_t *len_out)
{
    zip_source_t *out = zip_source_buffer_create(NULL, 0, 0, NULL);
    zip_t *z;
    zip_stat_t st;
    char *bytes;

    zip_source_keep(out);
    z = zip_open_from_source(out, ZIP_TRUNCATE, NULL);
    for (; parts->name; parts++)
        zip_file_add(z, parts->name,
            zip_source_buffer(z, parts->text,
                parts->len ? parts->len : strlen(parts->text), 0),
            0);
    if (zip_close(z) != 0)
        abort();
    zip_source_stat(out, &st);
    bytes = mem_new(st.size, 1);
    zip_source_open(out);
    *len_out = (size_t)zip_source_read(out, bytes, st.size);
    zip_source_close(out);
    zip_source_free(out);
    return bytes;
}

#define T_XLSX_BOOK                                                           \
    "<workbook xmlns:r=\"r\"><sheets>"                                        \
    "<sheet name=\"Một\" sheetId=\"1\" r:id=\"rId1\"/>"                       \
    "<sheet name=\"Hai\" sheetId=\"2\" r:id=\"rId2\"/></sheets></workbook>"
#define T_XLSX_RELS                                                           \
    "<Relationships>"                                                         \
    "<Relationship Id=\"rId2\" Target=\"/xl/worksheets/sheet2.xml\"/>"        \
    "<Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/>"            \
    "</Relationships>"

/* A spreadsheet whose first sheet holds these rows (<row>...). */
static char *
t_xlsx(const char *rows, const char *strings, const char *styles,
    size_t *len_out)
{
    struct t_part parts[] = {{"xl/workbook.xml", T_XLSX_BOOK, 0},
        {"xl/_rels/workbook.xml.rels", T_XLSX_RELS, 0},
        {"xl/worksheets/sheet1.xml", NULL, 0},
        {"xl/worksheets/sheet2.xml",
            "<worksheet><sheetData><row><c t=\"str\"><v>hai</v></c></row>"
            "</sheetData></worksheet>",
            0},
        {strings ? "xl/sharedStrings.xml" : NULL, strings, 0},
        {strings ? "xl/styles.xml" : NULL, styles, 0}, {NULL, NULL, 0}};
    size_t size = strlen(rows) + 128;
    char *sheet = mem_new(size, 1), *bytes;

    snprintf(sheet, size,
        "<?xml version=\"1.0\"?><worksheet><sheetData>%s</sheetData>"
        "</worksheet>",
        rows);
    parts[2].text = sheet;
    bytes = t_zip(parts, len_out);
    mem_free(sheet);
    return bytes;
}

#endif
