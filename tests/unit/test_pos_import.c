/* A catalogue taken in: good rows, bad rows, the same file again. */
#include "pos/stock/import.h"

#include <string.h>

#include "base/clock.h"
#include "db/product.h"
#include "db/readers.h"
#include "db/stock.h"
#include "tests/tools/shop_folder.h"
#include "tests/unit/t.h"
#include "tests/unit/t_zip.h"

#define HEAD                                                                  \
    "sku,name,unit,price,vat_class,kind,barcodes,lot,expires,cost,qty,"       \
    "supplier\n"

static struct shop_folder f;

static struct {
    size_t line[64];
    enum err err[64];
    char field[64][ERR_PATH];
    size_t len;
} told;

static void
tell(void *arg, size_t line, const struct err_state *why)
{
    (void)arg;
    if (told.len == 64)
        return;
    told.line[told.len] = line;
    told.err[told.len] = why->err;
    memcpy(told.field[told.len++], why->path, ERR_PATH);
}

static struct import_products
import_bytes(const char *bytes, size_t len, bool dry_run, enum err want)
{
    struct import_products x = {.text = bytes,
        .len = len,
        .dry_run = dry_run,
        .refuse = tell};
    enum err e;

    told.len = 0;
    e = import_products(&f.open.shop, &x);
    CHECK(e == want);
    if (e != want)
        fprintf(stderr, "  %s\n", err_msg());
    return x;
}

static struct import_products
import(const char *text, bool dry_run, enum err want)
{
    return import_bytes(text, strlen(text), dry_run, want);
}

/* Was the line told, with this column? */
static bool
was_told(size_t line, const char *field)
{
    for (size_t i = 0; i < told.len; i++)
        if (told.line[i] == line && strcmp(told.field[i], field) == 0)
            return true;
    fprintf(stderr, "line %zu was not told for \"%s\"\n", line, field);
    return false;
}

static enum err
product(const char *sku, struct product *out, int64_t *price_out)
{
    struct db *db = readers_take(f.open.shop.readers);
    enum err e = db_product_by_sku(db, sku, out);

    if (e == OK)
        e = db_price_get(db, out->id, clock_now(), price_out);
    readers_give(f.open.shop.readers, db);
    return e;
}

static void
test_import__good_rows_become_products_and_receivings(void)
{
    struct import_products x;
    struct product p;
    int64_t price = 0;

    shop_folder_open(&f);
    x = import(HEAD "M1,Miến,gói,60000,8,piece,8934567890120 B7*20,L1,"
                    "2027-08-31,39500,120,HTX An\n"
                    "M1,,,,,,,L2,31/12/2027,39500,30,HTX An\n"
                    "T1,Thịt,kg,850000,8,weighed,00101,,,600000,\"1,5\","
                    "HTX Bình\n"
                    "V1,Vé,vé,50000,10,service,,,,,,\n",
        false, OK);
    CHECK(x.rows == 4 && x.refused == 0 && x.added == 3 && x.changed == 0
          && x.receivings == 2);
    CHECK(product("M1", &p, &price) == OK && price == 60000);
    CHECK_STR(p.name, "Miến");
    CHECK(product("T1", &p, &price) == OK && p.kind == PRODUCT_WEIGHED);
    shop_folder_close(&f);
}

static void
test_import__every_bad_row_is_told_and_nothing_is_written(void)
{
    struct import_products x;
    struct product p;
    int64_t price;

    shop_folder_open(&f);
    x = import(HEAD "OK,Miến,gói,60000,8,piece,,,,,,\n"
                    ",Không mã,gói,1,8,,,,,,,\n"
                    "A,Giá,gói,60.000,8,,,,,,,\n"
                    "B,Thuế,gói,1,9,,,,,,,\n"
                    "C,Loại,gói,1,8,box,,,,,,\n"
                    "D,Ngày,gói,1,8,,,L,2027-02-30,1,1,S\n"
                    "E,Lẻ,gói,1,8,,,L,,1,1.5,S\n"
                    "F,Thiếu giá vốn,gói,1,8,,,L,,,1,S\n"
                    "G,Thiếu bên giao,gói,1,8,,,L,,1,1,\n"
                    "H,Thiếu số,gói,1,8,,,L,,1,,S\n"
                    "I,Mã vạch,gói,1,8,,1*0,,,,,\n"
                    "J,Dịch vụ,lượt,1,8,service,,,,1,1,S\n"
                    "K,,gói,1,8,,,,,,,\n"
                    "OK,Tên khác,,,,,,,,,,\n"
                    "L,cột\n"
                    "M,Không giá,gói,,8,,,,,,,\n",
        false, OK);
    CHECK(x.rows == 16 && x.refused == 15 && told.len == 15);
    CHECK(was_told(3, "sku") && was_told(4, "price"));
    CHECK(was_told(5, "vat_class") && was_told(6, "kind"));
    CHECK(was_told(7, "expires") && was_told(8, "qty"));
    CHECK(was_told(9, "cost") && was_told(10, "supplier"));
    CHECK(was_told(11, "qty") && was_told(12, "barcodes"));
    CHECK(was_told(13, "qty") && was_told(14, "name"));
    CHECK(was_told(15, "name") && was_told(16, ""));
    CHECK(was_told(17, "price"));
    CHECK(product("OK", &p, &price) == ERR_NOT_FOUND);
    shop_folder_close(&f);
}

static void
test_import__a_dry_run_tries_and_writes_nothing(void)
{
    const char text[] = HEAD "M1,Miến,gói,60000,8,piece,,L1,,39500,9,An\n";
    struct import_products x;
    struct product p;
    int64_t price;

    shop_folder_open(&f);
    x = import(text, true, OK);
    CHECK(x.added == 1 && x.receivings == 1);
    CHECK(product("M1", &p, &price) == ERR_NOT_FOUND);
    shop_folder_close(&f);
}

static void
test_import__the_same_file_again_changes_nothing(void)
{
    const char text[] = HEAD "M1,Miến,gói,60000,8,piece,8934567890120 B7*20,"
                             "L1,,39500,120,HTX An\n";
    struct import_products x;

    shop_folder_open(&f);
    import(text, false, OK);
    x = import(text, false, OK);
    CHECK(x.added == 0 && x.changed == 0);
    CHECK(x.receivings == 0 && x.receivings_before == 1);
    shop_folder_close(&f);
}

static void
test_import__a_cell_that_says_something_else_changes_that(void)
{
    struct import_products x;
    struct product p;
    int64_t price = 0;

    shop_folder_open(&f);
    import(HEAD "M1,Miến,gói,60000,8,piece,B7,,,,,\n", false, OK);
    x = import("price;sku\n61000;M1\n", false, OK);
    CHECK(x.changed == 1 && x.added == 0);
    CHECK(product("M1", &p, &price) == OK);
    CHECK(price == 60000 || price == 61000); /* of the same second: the last */
    CHECK(price == 61000);
    CHECK_STR(p.name, "Miến");
    x = import("sku,barcodes\nM1,B7 B8\n", false, OK);
    CHECK(x.changed == 1);
    x = import("sku,barcodes\nM1,B8 B7\n", false, OK);
    CHECK(x.changed == 0);
    shop_folder_close(&f);
}

static void
test_import__a_certificate_may_come_with_a_later_list(void)
{
    struct import_products x;

    shop_folder_open(&f);
    x = import("sku,name,unit,price,vat_class,registry_id\n"
               "M1,Miến,gói,1,8,VN01-999999\n",
        false, OK);
    CHECK(x.refused == 0 && x.added == 1);
    shop_folder_close(&f);
}

static void
test_import__a_table_that_is_none_is_refused_as_a_whole(void)
{
    shop_folder_open(&f);
    import("", false, ERR_INVALID);
    import(HEAD, false, ERR_INVALID);
    import("sku,colour\nM1,red\n", false, ERR_FIELD_UNKNOWN);
    import("name,price\nM1,1\n", false, ERR_FIELD_MISSING);
    import("PK\3\4 a workbook", false, ERR_INVALID);
    import("sku,name\nM1,\xff\n", false, ERR_TEXT);
    shop_folder_close(&f);
}

#define CELL(text) "<c t=\"str\"><v>" text "</v></c>"

static void
test_import__a_workbook_is_read_like_the_csv_it_would_be(void)
{
    struct import_products x;
    struct product p;
    int64_t price = 0;
    size_t len;
    char *bytes = t_xlsx(
        "<row r=\"1\">" CELL("sku") CELL("name") CELL("unit") CELL("price")
        CELL("vat_class") CELL("kind") CELL("barcodes") CELL("lot")
        CELL("expires") CELL("cost") CELL("qty") CELL("supplier") "</row>"
        "<row r=\"3\">" CELL("T1") CELL("Thịt") CELL("kg")
        "<c><v>850000</v></c><c><v>8</v></c>" CELL("weighed")
        CELL("00101") CELL("L") "<c s=\"1\"><v>46239</v></c>"
        "<c><v>600000</v></c><c><v>1.5</v></c>" CELL("HTX An") "</row>"
        "<row r=\"5\">" CELL("A") CELL("Sai") CELL("kg") CELL("giá") "</row>",
        "<sst/>",
        "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/>"
        "</cellXfs></styleSheet>",
        &len);

    shop_folder_open(&f);
    x = import_bytes(bytes, len, false, OK);
    CHECK(x.rows == 2 && x.refused == 1);
    CHECK(was_told(5, "price"));
    CHECK(product("T1", &p, &price) == ERR_NOT_FOUND);
    shop_folder_close(&f);
    mem_free(bytes);
}

static void
test_import__an_open_quote_ends_the_reading_and_is_told(void)
{
    struct import_products x;

    shop_folder_open(&f);
    x = import("sku,name,unit,price,vat_class\nM1,a,b,1,8\nM2,\"a,b,1,8\n",
        false, OK);
    CHECK(x.refused == 1 && told.line[0] == 3);
    shop_folder_close(&f);
}

int
main(void)
{
    RUN(test_import__good_rows_become_products_and_receivings);
    RUN(test_import__every_bad_row_is_told_and_nothing_is_written);
    RUN(test_import__a_dry_run_tries_and_writes_nothing);
    RUN(test_import__the_same_file_again_changes_nothing);
    RUN(test_import__a_cell_that_says_something_else_changes_that);
    RUN(test_import__a_certificate_may_come_with_a_later_list);
    RUN(test_import__a_table_that_is_none_is_refused_as_a_whole);
    RUN(test_import__a_workbook_is_read_like_the_csv_it_would_be);
    RUN(test_import__an_open_quote_ends_the_reading_and_is_told);
    return T_END();
}
