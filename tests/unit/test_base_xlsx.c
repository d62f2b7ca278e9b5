/* Spreadsheets as they come, and as nobody should send them. */
#include "base/xlsx.h"

#include <stdio.h>

#include "base/buf.h"
#include "base/zip.h"
#include "tests/unit/t.h"
#include "tests/unit/t_zip.h"

#define STRINGS                                                               \
    "<sst><si><t>tên</t></si><si><r><t>Mật </t></r><r><t>ong</t></r>"         \
    "<rPh><t>hidden</t></rPh></si></sst>"
#define STYLES                                                                \
    "<styleSheet><numFmts><numFmt numFmtId=\"170\" "                          \
    "formatCode=\"[Red]dd/mm/yyyy\"/><numFmt numFmtId=\"171\" "               \
    "formatCode=\"0.00&quot; day&quot;\"/></numFmts>"                         \
    "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"                      \
    "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/>"                      \
    "<xf numFmtId=\"170\"/><xf numFmtId=\"171\"/></cellXfs></styleSheet>"

static enum err
show(void *arg, const struct xlsx_row *row)
{
    buf_printf(arg, "%zu:", row->line);
    for (size_t i = 0; i < row->len; i++)
        buf_printf(arg, "%s|", row->cells[i]);
    return OK;
}

static enum err
read_bytes(const char *bytes, size_t len, const char *sheet, struct buf *out)
{
    enum err e = xlsx_read(bytes, len, sheet, show, out);

    if (e != OK)
        buf_printf(out, "(%s)", err_msg());
    return e;
}

static void
check(const char *rows, const char *want)
{
    size_t len;
    char *bytes = t_xlsx(rows, STRINGS, STYLES, &len);
    struct buf b;

    buf_init(&b, 4096);
    CHECK(read_bytes(bytes, len, NULL, &b) == OK);
    CHECK_STR(b.data, want);
    buf_finish(&b);
    mem_free(bytes);
}

static void
test_xlsx__strings_numbers_and_dates_become_text(void)
{
    check("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c>"
          "<c r=\"B1\" t=\"s\"><v>1</v></c></row>"
          "<row r=\"3\"><c r=\"A3\" t=\"inlineStr\"><is><t>ô </t><t>2</t>"
          "</is></c><c r=\"C3\"><v>3</v></c></row>",
        "1:tên|Mật ong|3:ô 2||3|");
    check("<row><c><v>69.129999999999995</v></c><c><v>1e3</v></c>"
          "<c t=\"b\"><v>1</v></c><c t=\"e\"><v>#N/A</v></c>"
          "<c t=\"str\"><f>A1&amp;1</f><v>x</v></c></row>",
        "1:69.13|1000|1||x|");
    check("<row><c s=\"1\"><v>46239</v></c><c s=\"2\"><v>46239.75</v></c>"
          "<c s=\"3\"><v>46239</v></c><c s=\"0\"><v>46239</v></c></row>",
        "1:2026-08-05|2026-08-05|46239|46239|");
    check("<row r=\"7\"><c r=\"A7\"/></row><row><c t=\"n\"><v>1</v></c></row>",
        "8:1|");
}

static void
test_xlsx__a_prefix_of_the_namespace_changes_nothing(void)
{
    check("<x:row xmlns:x=\"u\" r=\"2\"><x:c t=\"n\"><x:v>5</x:v></x:c>"
          "</x:row>",
        "2:5|");
}

static void
test_xlsx__a_sheet_is_found_by_its_name(void)
{
    size_t len;
    char *bytes = t_xlsx("", NULL, NULL, &len);
    struct buf b;

    buf_init(&b, 4096);
    CHECK(read_bytes(bytes, len, "Hai", &b) == OK);
    CHECK_STR(b.data, "1:hai|");
    CHECK(read_bytes(bytes, len, "Ba", &b) == ERR_INVALID);
    CHECK_STR(err_last()->args[0].value, "xlsx_sheet");
    buf_finish(&b);
    mem_free(bytes);
}

static enum err
refused(const char *rows)
{
    size_t len;
    char *bytes = t_xlsx(rows, STRINGS, STYLES, &len);
    struct buf b;
    enum err e;

    buf_init(&b, 4096);
    e = read_bytes(bytes, len, NULL, &b);
    buf_finish(&b);
    mem_free(bytes);
    return e;
}

static void
test_xlsx__what_is_broken_is_refused(void)
{
    struct t_part other[] = {{"a.txt", "x", 0}, {NULL, NULL, 0}};
    struct t_part doctype[] = {
        {"xl/workbook.xml",
            "<!DOCTYPE w [<!ENTITY a \"aaaa\">]><workbook>&a;</workbook>", 0},
        {NULL, NULL, 0}};
    size_t len;
    char *bytes;
    struct buf b;

    buf_init(&b, 4096);
    CHECK(read_bytes("PK\3\4 nothing", 12, NULL, &b) == ERR_INVALID);
    bytes = t_zip(other, &len);
    CHECK(read_bytes(bytes, len, NULL, &b) == ERR_INVALID);
    for (size_t cut = 0; cut < len; cut++)
        CHECK(read_bytes(bytes, cut, NULL, &b) != OK);
    mem_free(bytes);
    bytes = t_zip(doctype, &len);
    CHECK(read_bytes(bytes, len, NULL, &b) == ERR_INVALID);
    CHECK(strstr(b.data, "document type") != NULL);
    mem_free(bytes);
    buf_finish(&b);
    CHECK(refused("<row><c><v>1</v></row>") == ERR_INVALID);
    CHECK(refused("<row><c r=\"B1\"><v>1</v></c><c r=\"A1\"><v>1</v></c>"
                  "</row>") == ERR_INVALID);
    CHECK(refused("<row><c r=\"ZZZ1\"><v>1</v></c></row>") == ERR_TOO_LARGE);
    CHECK(refused("<row><c t=\"s\"><v>99</v></c><c><v>1</v></c></row>") == OK);
}

static void
test_xlsx__a_bomb_does_not_go_off(void)
{
    const size_t size = (size_t)XLSX_PART_MAX + 4096;
    char *zeros = mem_new(size, 1), *bytes;
    struct t_part parts[] = {{"xl/workbook.xml", zeros, size}, {NULL, NULL, 0}};
    struct buf b;
    size_t len;

    bytes = t_zip(parts, &len);
    CHECK(len < size / 100);
    mem_free(zeros);
    buf_init(&b, 4096);
    CHECK(read_bytes(bytes, len, NULL, &b) == ERR_TOO_LARGE);
    buf_finish(&b);
    mem_free(bytes);
}

static void
test_xlsx__a_table_becomes_csv_line_for_line(void)
{
    size_t len;
    char *bytes = t_xlsx(
        "<row r=\"1\"><c t=\"str\"><v>a</v></c><c t=\"str\"><v>b &quot;c</v>"
        "</c><c/></row><row r=\"4\"><c><v>1.5</v></c></row>"
        "<row r=\"5\"><c t=\"str\"><v>x&#10;y</v></c><c><v>2</v></c>"
        "<c><v>3</v></c></row>",
        NULL, NULL, &len);
    struct buf b;

    buf_init(&b, 4096);
    CHECK(xlsx_to_csv(bytes, len, NULL, &b) == OK);
    CHECK_STR(b.data, "\"a\",\"b \"\"c\"\n\n\n\"1.5\",\"\"\n\"x y\",\"2\"\n");
    buf_finish(&b);
    buf_init(&b, 10);
    CHECK(xlsx_to_csv(bytes, len, NULL, &b) == ERR_TOO_LARGE);
    buf_finish(&b);
    mem_free(bytes);
}

static void
test_zip__a_damaged_part_is_refused(void)
{
    struct t_part parts[] = {
        {"a", "something that is long enough to be packed: aaaaaaaaaaaaaaa", 0},
        {NULL, NULL, 0}};
    struct unzip *z;
    struct buf b;
    size_t len;
    char *bytes = t_zip(parts, &len);

    buf_init(&b, 1000);
    CHECK(unzip_open(bytes, len, &z) == OK);
    CHECK(unzip_part(z, "b", &b) == ERR_NOT_FOUND);
    CHECK(unzip_part(z, "a", &b) == OK);
    CHECK(b.len == strlen(parts[0].text));
    unzip_close(z);
    bytes[36] ^= 0x10;
    buf_clear(&b);
    CHECK(unzip_open(bytes, len, &z) == OK);
    CHECK(unzip_part(z, "a", &b) == ERR_INVALID);
    unzip_close(z);
    buf_finish(&b);
    mem_free(bytes);
}

int
main(void)
{
    RUN(test_xlsx__strings_numbers_and_dates_become_text);
    RUN(test_xlsx__a_prefix_of_the_namespace_changes_nothing);
    RUN(test_xlsx__a_sheet_is_found_by_its_name);
    RUN(test_xlsx__what_is_broken_is_refused);
    RUN(test_xlsx__a_bomb_does_not_go_off);
    RUN(test_xlsx__a_table_becomes_csv_line_for_line);
    RUN(test_zip__a_damaged_part_is_refused);
    return T_END();
}
