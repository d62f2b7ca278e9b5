#include <string.h>

#include "base/money.h"
#include "pos/print/unit_price.h"
#include "tests/unit/t.h"

struct row {
    const char *unit, *name;
    int64_t price, want; /* -1: nothing can be said */
    const char *per;
};

static void
check(const struct row *rows, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        const struct row *r = &rows[i];
        struct unit_price got = {-1, ""};

        if (!unit_price_of(r->unit, r->name, r->price, &got))
            got = (struct unit_price){-1, ""};
        if (got.price != r->want)
            printf("%s | %s: %lld\n", r->unit, r->name, (long long)got.price);
        CHECK(got.price == r->want);
        CHECK(r->want < 0 || strcmp(got.per, r->per) == 0);
    }
}

static void
test_unit_price__reads_what_names_and_units_say(void)
{
    static const struct row rows[] = {
        {"gói", "Nem phùng Ô Diên 200 g", 48000, 24000, "100 g"},
        {"chai", "Mật ong bạc hà 500 ml", 420000, 840000, "lít"},
        {"hộp", "Bánh cáy nếp 300g", 55000, 183333, "kg"},
        {"gói 0,5 kg", "Miến Minh Dương", 60000, 120000, "kg"},
        {"túi", "Gạo séng cù 5kg", 175000, 35000, "kg"},
        {"chai", "Nước mắm 1 lít", 90000, 90000, "lít"},
        {"chai", "Rượu mơ 750ML, 40 độ", 165000, 220000, "lít"},
        {"can", "Nước mắm 1.5l", 90000, 60000, "lít"},
        {"hộp", "Trà túi lọc 20 gói x 2 g", 40000, 100000, "100 g"},
        {"lốc", "Sữa chua 4 × 100 g", 24000, 60000, "kg"},
        {"lốc", "Nước yến 70ml x 6 hũ", 252000, 600000, "lít"},
        {"hộp", "Saffron 0.500 g", 100000, 20000000, "100 g"},
        {"lọ", "Tiêu 100 gr", 35000, 35000, "100 g"},
        {"hũ", "Ruốc 249 g", 100000, 40161, "100 g"},
        {"hũ", "Ruốc 250 g", 100000, 400000, "kg"},
        {"gói 500\xc2\xa0g", "Miến (500 g)", 60000, 120000, "kg"},
    };

    check(rows, sizeof(rows) / sizeof(rows[0]));
}

static void
test_unit_price__is_silent_where_it_could_mislead(void)
{
    static const struct row rows[] = {
        {"vỉ", "Trứng gà đồi vỉ 10 quả", 42000, -1, ""},
        {"bộ", "Bộ ấm chén", 780000, -1, ""},
        {"kg", "Bưởi Diễn", 45000, -1, ""},
        {"set", "Mật ong 250 g và phấn hoa 100 g", 300000, -1, ""},
        {"con", "Gà ủ muối 900-1100 g", 190000, -1, ""},
        {"con", "Gà ủ muối ~900 g", 190000, -1, ""},
        {"gói", "Bột 30g/100g đạm", 20000, -1, ""},
        {"gói", "Gạo 1.250 kg", 50000, -1, ""},
        {"gói", "Gạo 1.500.000 g", 50000, -1, ""},
        {"gói", "Trà x 20 g", 50000, -1, ""},
        {"gói", "Bánh 5 gói", 50000, -1, ""},
        {"gói", "Muối 0 g", 5000, -1, ""},
        {"hộp", "Trà 10 x 2 g x 5", 5000, -1, ""},
        {"chiếc", "Khăn SP500g", 5000, -1, ""},
        {"gói", "", 5000, -1, ""},
    };

    check(rows, sizeof(rows) / sizeof(rows[0]));
}

static void
test_unit_price__holds_at_the_ends(void)
{
    struct unit_price u;

    CHECK(unit_price_of("gói 1000 kg", "", MONEY_MAX, &u));
    CHECK(u.price == (MONEY_MAX + 500) / 1000);
    CHECK(!unit_price_of("gói 1 g", "", MONEY_MAX, &u));
    CHECK(unit_price_of("gói 1 g", "", 0, &u) && u.price == 0);
    CHECK(!unit_price_of("gói 9999999999999999999 g", "", 1000, &u));
}

int
main(void)
{
    RUN(test_unit_price__reads_what_names_and_units_say);
    RUN(test_unit_price__is_silent_where_it_could_mislead);
    RUN(test_unit_price__holds_at_the_ends);
    return T_END();
}
