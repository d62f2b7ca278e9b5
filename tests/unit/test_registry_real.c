/* The facts that were gathered, row by row: taken, or refused for a reason
 * that is true. */
#include "base/csv.h"
#include "base/file.h"
#include "tests/tools/real_records.h"
#include "tests/unit/t_books.h"

enum { ROWS = 97, COMMUNES = 3321 };

static struct buf units, mappings, products;

static bool
find(const char *name, struct buf *out)
{
    struct buf path;
    bool there;

    buf_init(&path, 4096);
    there = real_records_find(name, &path) == OK &&
        file_read(path.data, out) == OK;
    buf_finish(&path);
    return there;
}

/* The heading and the one row that c stands at. */
static struct import
import_row(const char *from, const char *to)
{
    const char *head = strchr(products.data, '\n') + 1;
    struct buf file;
    struct import x;

    buf_init(&file, CSV_ROW_MAX);
    buf_add(&file, products.data, (size_t)(head - products.data));
    buf_add(&file, from, (size_t)(to - from));
    x = t_import(file.data);
    buf_finish(&file);
    return x;
}

/* Is the reason the row's own? */
static void
check_row(const struct csv *c, const struct import *x)
{
    bool dated = *csv_get(c, "decision_date") != '\0';
    bool by_2026 = strcmp(csv_get(c, "decision_date"), "2026-05-22") >= 0;
    const char *id = csv_get(c, "source_record");

    CHECK(x->written == (dated && !by_2026));
    CHECK((t_record(id)[0] != '\0') == x->written);
    if (!dated)
        CHECK(strstr(t_said.data, "decision_date no_date") != NULL);
    else if (by_2026) /* the sector alone, where the scheme has 26 sets */
        CHECK(strstr(t_said.data, "sector sector") != NULL);
    if (x->written && csv_get(c, "commune_code")[0])
        CHECK(strstr(t_record(id), csv_get(c, "commune_code")) != NULL);
}

static void
test_real__each_row_is_taken_or_refused_for_a_true_reason(void)
{
    struct units_import u;
    struct csv c;
    bool more = true;
    const char *at;
    int rows = 0, taken = 0;

    t_books_open();
    CHECK(t_units(units.data, &u) == OK && u.refused == 0);
    CHECK(u.rows == COMMUNES);
    CHECK(t_mappings(mappings.data, &u) == OK && u.refused == 0);
    CHECK(csv_init(&c, products.data, products.len) == OK);
    at = products.data + c.pos;
    while (csv_next(&c, &more) == OK && more) {
        struct import x = import_row(at, products.data + c.pos);

        check_row(&c, &x);
        rows++;
        taken += x.written;
        at = products.data + c.pos;
    }
    CHECK(rows == ROWS && taken == 15);
    csv_finish(&c);
    t_books_close();
}

static void
test_real__the_whole_file_names_every_bad_row_and_writes_nothing(void)
{
    struct import x;

    t_books_open();
    x = t_import(products.data);
    CHECK(x.rows == ROWS && x.refused == 82 && !x.written);
    t_books_close();
}

int
main(void)
{
    buf_init(&units, 16 * 1024 * 1024);
    buf_init(&mappings, 1024 * 1024);
    buf_init(&products, 16 * 1024 * 1024);
    if (!find("data/vn_admin_units_2026.min.json", &units) ||
        !find("data/commune_mappings_lamdong.psv", &mappings) ||
        !find("data/ocop_products_real.csv", &products)) {
        printf("SKIP %s\n0 passed, 0 failed, 1 skipped\n", err_msg());
        return 0;
    }
    RUN(test_real__each_row_is_taken_or_refused_for_a_true_reason);
    RUN(test_real__the_whole_file_names_every_bad_row_and_writes_nothing);
    buf_finish(&units);
    buf_finish(&mappings);
    buf_finish(&products);
    return T_END();
}
