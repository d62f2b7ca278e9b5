#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "db/search.h"
#include "pos/stock/product.h"
#include "tests/tools/shop_fixture.h"
#include "tests/unit/t.h"

/* Ids found for what somebody typed, as "3 1 2". */
static const char *
found(struct fixture *f, const char *typed)
{
    static char ids[256];
    struct search_hit hits[10];
    struct buf fold;
    size_t len = 0, at = 0;

    buf_init(&fold, 1024);
    CHECK(text_fold(typed, strlen(typed), &fold) == OK);
    CHECK(db_search(f->db, fold.data, 0, hits, 10, &len) == OK);
    buf_finish(&fold);
    ids[0] = '\0';
    for (size_t i = 0; i < len; i++)
        at += (size_t)snprintf(ids + at, sizeof(ids) - at, "%s%d",
            i ? " " : "", (int)hits[i].product_id);
    return ids;
}

static void
test_search__accents_are_optional_and_order_of_words_too(void)
{
    struct fixture f;

    fixture_open(&f);
    CHECK_STR(found(&f, "miến"), "1");
    CHECK_STR(found(&f, "MIEN"), "1");
    CHECK_STR(found(&f, "duong mi"), "1");
    CHECK_STR(found(&f, "thịt trau"), "2");
    CHECK_STR(found(&f, "mien trau"), "");
    fixture_close(&f);
}

static void
test_search__initials_sku_and_barcodes_are_words(void)
{
    struct fixture f;

    fixture_open(&f);
    CHECK_STR(found(&f, "mmd"), "1");
    CHECK_STR(found(&f, "ttg"), "2");
    CHECK_STR(found(&f, "VE"), "3");
    CHECK_STR(found(&f, "89345"), "1");
    CHECK_STR(found(&f, "8934567890120"), "1");
    CHECK_STR(found(&f, "20001"), "2");
    CHECK_STR(found(&f, "89346"), "");
    fixture_close(&f);
}

static void
test_search__signs_of_the_query_language_mean_nothing(void)
{
    struct fixture f;

    fixture_open(&f);
    CHECK_STR(found(&f, "\"mien"), "1");
    CHECK_STR(found(&f, "mien* OR trau"), "");
    CHECK_STR(found(&f, "NEAR(mien"), "");
    CHECK_STR(found(&f, "mien) -trau"), "");
    fixture_close(&f);
}

static enum err
count(struct db *db, void *arg)
{
    return db_search_count_sales(db, 100, arg);
}

static void
test_search__what_sells_most_comes_first(void)
{
    struct sale_done done;
    struct fixture f;
    int left = 1;

    fixture_open(&f);
    CHECK_STR(found(&f, ""), "1 2 3");
    for (int i = 0; i < 3; i++)
        CHECK(fixture_sell(&f, 3, 1000, 0, &done) == OK);
    for (int i = 0; i < 2; i++)
        CHECK(fixture_sell(&f, 2, 100, 0, &done) == OK);
    CHECK(fixture_write(&f, count, &left) == OK && left == 0);
    CHECK_STR(found(&f, ""), "3 2 1");
    for (int i = 0; i < 2; i++)
        CHECK(fixture_sell(&f, 2, 100, 0, &done) == OK);
    CHECK(fixture_write(&f, count, &left) == OK);
    CHECK_STR(found(&f, ""), "2 3 1");
    CHECK_STR(found(&f, "t"), "2 3"); /* Thịt, Vé tham quan */
    fixture_close(&f);
}

static enum err
retire(struct db *db, void *arg)
{
    struct product_ask ask = {
        .id = 1, .staff = 2, .has_retired = true, .retired = true};
    int64_t id;

    (void)arg;
    return product_write(db, &ask, &id);
}

static void
test_search__a_retired_product_is_not_found_but_not_gone(void)
{
    struct fixture f;
    struct product p;

    fixture_open(&f);
    CHECK(fixture_write(&f, retire, NULL) == OK);
    CHECK_STR(found(&f, "mien"), "");
    CHECK_STR(found(&f, "8934567890120"), "");
    CHECK(db_product_get(f.db, 1, &p) == OK && p.retired);
    fixture_close(&f);
}

int
main(void)
{
    RUN(test_search__accents_are_optional_and_order_of_words_too);
    RUN(test_search__initials_sku_and_barcodes_are_words);
    RUN(test_search__signs_of_the_query_language_mean_nothing);
    RUN(test_search__what_sells_most_comes_first);
    RUN(test_search__a_retired_product_is_not_found_but_not_gone);
    return T_END();
}
