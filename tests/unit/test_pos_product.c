/* The catalogue: what is added, what changes, and that it is written down. */
#include <string.h>

#include "db/journal.h"
#include "db/product.h"
#include "db/search.h"
#include "pos/stock/product.h"
#include "tests/tools/shop_fixture.h"
#include "tests/unit/t.h"

struct putting {
    struct product_ask ask;
    int64_t id;
};

static enum err
write_product(struct db *db, void *arg)
{
    struct putting *p = arg;

    return product_write(db, &p->ask, &p->id);
}

static enum err
put(struct fixture *f, const struct product_ask *ask, int64_t *id_out)
{
    struct putting p = {.ask = *ask};
    enum err e = fixture_write(f, write_product, &p);

    if (id_out)
        *id_out = p.id;
    return e;
}

static struct product_ask
honey(void)
{
    return (struct product_ask){.staff = 2, .has_sku = true, .sku = "MAT",
        .has_name = true, .name = "Mật ong hoa nhãn", .has_unit = true,
        .unit = "chai", .has_kind = true, .kind = PRODUCT_PIECE,
        .has_vat = true, .vat_class = "5", .has_price = true,
        .price = 180000};
}

static int64_t
head(struct fixture *f)
{
    struct journal_head h;

    CHECK(db_journal_head(f->db, &h) == OK);
    return h.seq;
}

static int64_t
found(struct fixture *f, const char *fold)
{
    struct search_hit hits[8];
    size_t len;

    CHECK(db_search(f->db, fold, 0, hits, 8, &len) == OK);
    return len == 1 ? hits[0].product_id : -(int64_t)len;
}

static void
test_product__is_added_with_a_price_and_found(void)
{
    struct product_ask ask = honey();
    struct product p;
    struct fixture f;
    int64_t id, price, before;

    fixture_open(&f);
    before = head(&f);
    CHECK(put(&f, &ask, &id) == OK && id == 4);
    CHECK(head(&f) == before + 2); /* a product and a price */
    CHECK(db_product_get(f.db, id, &p) == OK && p.seq == before + 1);
    CHECK_STR(p.name, "Mật ong hoa nhãn");
    CHECK(db_price_get(f.db, id, FIXTURE_NOW, &price) == OK);
    CHECK(price == 180000);
    CHECK(found(&f, "mat ong") == 4 && found(&f, "mohn") == 4);
    fixture_close(&f);
}

static void
test_product__needs_what_it_needs_and_a_sku_of_its_own(void)
{
    struct product_ask ask = honey();
    struct fixture f;
    int64_t before;

    fixture_open(&f);
    before = head(&f);
    ask.has_price = false;
    CHECK(put(&f, &ask, NULL) == ERR_FIELD_MISSING);
    ask = honey();
    ask.sku = "MIEN"; /* product 1 has it */
    CHECK(put(&f, &ask, NULL) == ERR_EXISTS);
    ask = honey();
    ask.vat_class = "7";
    CHECK(put(&f, &ask, NULL) == ERR_FIELD_VALUE);
    ask = (struct product_ask){.id = 99, .has_name = true, .name = "x"};
    CHECK(put(&f, &ask, NULL) == ERR_NOT_FOUND);
    CHECK(head(&f) == before);
    fixture_close(&f);
}

static void
test_product__only_what_was_asked_for_changes(void)
{
    struct product_ask ask = {.id = 1, .staff = 2, .has_name = true,
        .name = "Miến dong Minh Dương"};
    struct product before, after;
    struct barcode codes[4];
    struct fixture f;
    size_t len;

    fixture_open(&f);
    CHECK(db_product_get(f.db, 1, &before) == OK);
    CHECK(put(&f, &ask, NULL) == OK);
    CHECK(db_product_get(f.db, 1, &after) == OK);
    CHECK_STR(after.name, "Miến dong Minh Dương");
    CHECK_STR(after.sku, before.sku);
    CHECK_STR(after.unit, before.unit);
    CHECK_STR(after.vat_class, before.vat_class);
    CHECK(after.kind == before.kind && after.seq == head(&f));
    CHECK(db_barcode_list(f.db, 1, codes, 4, &len) == OK && len == 1);
    CHECK_STR(codes[0].code, "08934567890120");
    CHECK(found(&f, "dong") == 1);
    fixture_close(&f);
}

static void
test_product__that_is_retired_is_not_sold_and_not_found(void)
{
    struct product_ask ask = {
        .id = 1, .staff = 2, .has_retired = true, .retired = true};
    struct sale_done done;
    struct fixture f;

    fixture_open(&f);
    CHECK(found(&f, "mien") == 1);
    CHECK(put(&f, &ask, NULL) == OK);
    CHECK(found(&f, "mien") == 0);
    CHECK(fixture_sell(&f, 1, 1000, 0, &done) == ERR_PRODUCT_RETIRED);
    ask.retired = false;
    CHECK(put(&f, &ask, NULL) == OK);
    CHECK(found(&f, "mien") == 1);
    CHECK(fixture_sell(&f, 1, 1000, 0, &done) == OK);
    fixture_close(&f);
}

static void
test_price__is_in_force_from_its_second_on(void)
{
    struct product_ask ask = {.id = 1, .staff = 2, .has_price = true,
        .price = 66000};
    struct sale_done done;
    struct sale sale;
    struct fixture f;
    int64_t price;

    fixture_open(&f);
    fixture_clock(FIXTURE_NOW + 100);
    CHECK(put(&f, &ask, NULL) == OK);
    CHECK(db_price_get(f.db, 1, FIXTURE_NOW + 99, &price) == OK);
    CHECK(price == 60000);
    CHECK(db_price_get(f.db, 1, FIXTURE_NOW + 100, &price) == OK);
    CHECK(price == 66000);
    CHECK(db_price_get(f.db, 1, FIXTURE_NOW - 1, &price)
        == ERR_PRICE_MISSING);
    CHECK(fixture_sell(&f, 1, 1000, 0, &done) == OK);
    CHECK(db_sale_get(f.db, done.sale_id, &sale) == OK);
    CHECK(sale.total == 66000);
    ask.price = 67000; /* within the same second: the later word counts */
    CHECK(put(&f, &ask, NULL) == OK);
    CHECK(db_price_get(f.db, 1, FIXTURE_NOW + 100, &price) == OK);
    CHECK(price == 67000);
    fixture_close(&f);
}

static void
test_product__codes_are_kept_in_one_form_and_once(void)
{
    struct product_ask ask = {.id = 1, .staff = 2, .has_codes = true,
        .codes_len = 3, .codes = {{.code = "8934567890120",
            .qty_milli = 1000}, {.code = "08934567890120",
            .qty_milli = 1000}, {.code = "THUNG-12", .qty_milli = 12000}}};
    struct sale_ask_line line = {.code = "THUNG-12"};
    struct sale_ask_payment cash = {
        .method = PAY_CASH, .tendered = 10000000, .reference = ""};
    struct sale_ask sale = {.lines = &line, .lines_len = 1,
        .payments = &cash, .payments_len = 1};
    struct barcode codes[4];
    struct sale_line sold;
    struct sale_done done;
    struct fixture f;
    size_t len;

    fixture_open(&f);
    CHECK(put(&f, &ask, NULL) == OK);
    CHECK(db_barcode_list(f.db, 1, codes, 4, &len) == OK && len == 2);
    CHECK(fixture_sale(&f, &sale, &done) == OK);
    CHECK(db_sale_lines(f.db, done.sale_id, &sold, 1, &len) == OK);
    CHECK(sold.product_id == 1 && sold.qty_milli == 12000);
    fixture_close(&f);
}

int
main(void)
{
    RUN(test_product__is_added_with_a_price_and_found);
    RUN(test_product__needs_what_it_needs_and_a_sku_of_its_own);
    RUN(test_product__only_what_was_asked_for_changes);
    RUN(test_product__that_is_retired_is_not_sold_and_not_found);
    RUN(test_price__is_in_force_from_its_second_on);
    RUN(test_product__codes_are_kept_in_one_form_and_once);
    return T_END();
}
