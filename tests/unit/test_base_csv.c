#include <string.h>

#include "base/csv.h"
#include "tests/unit/t.h"

static const char *
arg(const char *name)
{
    const struct err_state *s = err_last();

    for (size_t i = 0; i < s->args_len; i++)
        if (strcmp(s->args[i].name, name) == 0)
            return s->args[i].value;
    return "(none)";
}

/* Is the text refused with this case, at this line? */
static void
check_refused(const char *text, size_t len, const char *which, const char *line)
{
    struct csv c;
    bool more = true;
    enum err e = csv_init(&c, text, len);

    while (!e && more)
        e = csv_next(&c, &more);
    CHECK(e == ERR_INVALID);
    CHECK_STR(arg("case"), which);
    CHECK_STR(arg("line"), line);
    csv_finish(&c);
}

#define CHECK_REFUSED(text, which, line)                                       \
    check_refused(text, sizeof(text) - 1, which, line)

/* The rows of `text` as "line:a|b" lines, columns a and b. */
static void
check_rows(const char *text, const char *want)
{
    struct buf got;
    struct csv c;
    bool more = true;
    enum err e = csv_init(&c, text, strlen(text));

    buf_init(&got, 4000);
    while (!e && !(e = csv_next(&c, &more)) && more)
        buf_printf(
            &got, "%zu:%s|%s\n", c.line, csv_get(&c, "a"), csv_get(&c, "b"));
    CHECK(e == OK && csv_columns(&c) == 2 && !csv_get(&c, "c"));
    CHECK_STR(csv_name(&c, 1), "b");
    CHECK_STR(got.data, want);
    csv_finish(&c);
    buf_finish(&got);
}

static void
test_csv__takes_what_spreadsheets_write(void)
{
    check_rows("a,b\n1,2\n", "2:1|2\n");
    check_rows("a,b\n1,2", "2:1|2\n"); /* no line end behind the last row */
    check_rows("a,b\r\n1,2\r\n", "2:1|2\n");
    check_rows("\xEF\xBB\xBF"
               "a,b\n1,2\n",
        "2:1|2\n");
    check_rows("a;b\n1,5;2\n", "2:1,5|2\n");
    check_rows("a\tb\n1,5\t2;3\n", "2:1,5|2;3\n");
    check_rows("a,b\n", "");
    check_rows("a,b", "");
}

static void
test_csv__quoted_fields_hold_anything(void)
{
    check_rows("a,b\n\"1,2\",\"say \"\"hi\"\"\"\n", "2:1,2|say \"hi\"\n");
    check_rows("\"a\",\"b\"\n\"x\ny\",2\n3,4\n", "2:x\ny|2\n4:3|4\n");
    check_rows("a,b\n\"x\r\ny\",\"\"\n", "2:x\r\ny|\n");
    check_rows("a,b\n\"\"\"\",\",\"\n", "2:\"|,\n");
    /* the separator of the first row is looked for outside quotes */
    check_rows("\"a\",b\n1,\";;;\"\n", "2:1|;;;\n");
}

static void
test_csv__white_space_around_a_field_is_not_meant(void)
{
    check_rows(" a ,b\n  1 , Miến Minh Dương \n", "2:1|Miến Minh Dương\n");
    check_rows("a,b\n\" 1 \",2\n", "2:1|2\n");
}

static void
test_csv__empty_rows_are_passed_over_and_counted(void)
{
    check_rows("a,b\n\n1,2\n,\n  , \n3,4\n\n\n", "3:1|2\n6:3|4\n");
}

static void
test_csv__what_is_wrong_is_refused_with_its_line(void)
{
    CHECK_REFUSED("", "csv_empty", "1");
    CHECK_REFUSED("a,b\n1,2\n1,2,3\n", "csv_columns", "3");
    CHECK_STR(arg("got"), "3");
    CHECK_STR(arg("want"), "2");
    CHECK_REFUSED("a,b\n1\n", "csv_columns", "2");
    CHECK_REFUSED("a,b\n1,x\"y\n", "csv_quote", "2");
    CHECK_REFUSED("a,b\n\"1\"x,2\n", "csv_quote", "2");
    CHECK_REFUSED("a,b\n1,2\n3,\"open\n\n", "csv_open", "3");
    CHECK_REFUSED("a,b\n\"x\ny\"z,2\n", "csv_quote", "3");
    CHECK_REFUSED("a,a\n", "csv_name", "1");
    CHECK_STR(arg("name"), "a");
    CHECK_REFUSED("a,\n1,2\n", "csv_name", "1");
    CHECK_STR(arg("name"), "(2)");
}

static void
test_csv__has_limits(void)
{
    struct buf b;

    buf_init(&b, 1024 * 1024);
    for (int i = 0; i <= CSV_COLUMNS_MAX; i++)
        buf_printf(&b, "%sc%d", i ? "," : "", i);
    check_refused(b.data, b.len, "csv_wide", "1");
    buf_clear(&b);
    buf_printf(&b, "a,b\n1,%0*d\n", CSV_ROW_MAX, 0);
    check_refused(b.data, b.len, "csv_long", "2");
    buf_finish(&b);
}

static void
test_csv__is_utf8(void)
{
    struct csv c;

    CHECK(csv_init(&c, "a,b\nMi\xEA,2\n", 10) == ERR_TEXT);
    CHECK_STR(arg("case"), "csv");
    csv_finish(&c);
    CHECK(csv_init(&c, "a,b\n\0,2\n", 8) == ERR_TEXT);
    csv_finish(&c);
}

int
main(void)
{
    RUN(test_csv__takes_what_spreadsheets_write);
    RUN(test_csv__quoted_fields_hold_anything);
    RUN(test_csv__white_space_around_a_field_is_not_meant);
    RUN(test_csv__empty_rows_are_passed_over_and_counted);
    RUN(test_csv__what_is_wrong_is_refused_with_its_line);
    RUN(test_csv__has_limits);
    RUN(test_csv__is_utf8);
    return T_END();
}
