/* What people write in the cells of a table. */
#include "sync/registry/import_values.h"

#include <string.h>

#include "sync/registry/import_columns.h"
#include "sync/registry/rules.h"
#include "tests/unit/t.h"

static void
check_stars(const char *text, bool ok, int stars, int proposed)
{
    int s = -1, p = -1;

    CHECK(import_stars(text, &s, &p) == ok);
    CHECK(!ok || (s == stars && p == proposed));
}

static void
test_values__stars_are_never_what_is_proposed(void)
{
    check_stars("3", true, 3, 0);
    check_stars("4 sao", true, 4, 0);
    check_stars("OCOP 4*", true, 4, 0);
    check_stars("4sao", true, 4, 0);
    check_stars("đề nghị 5 sao", true, 0, 5);
    check_stars("Tiềm năng 5 sao", true, 0, 5);
    check_stars("4 sao (đề xuất 5 sao)", true, 4, 5);
    check_stars("proposed 5 stars", true, 0, 5);
    check_stars("", false, 0, 0);
    check_stars("0", false, 0, 0);
    check_stars("45", false, 0, 0);
    check_stars("3 4", false, 0, 0);
    check_stars("bốn", false, 0, 0);
    check_stars("3.5", false, 0, 0);
}

static void
check_day(const char *text, int32_t want)
{
    int32_t day = -1;

    CHECK(import_day(text, &day) == (want >= 0));
    CHECK(want < 0 || day == want);
}

static void
test_values__days_are_written_in_vietnam_too(void)
{
    check_day("2026-08-05", 20670);
    check_day("05/08/2026", 20670);
    check_day("5.8.2026", 20670);
    check_day("ngày 5-8-2026", 20670);
    check_day("08/31/2026", -1);
    check_day("31/02/2026", -1);
    check_day("5/8/26", -1);
    check_day("46239", -1);
    check_day("5/8/2026x", -1);
    check_day("99999999999999999999/1/2026", -1);
    check_day("", -1);
}

static void
check_score(const char *text, int64_t want)
{
    int64_t score = -1;

    CHECK(import_score(text, &score) == (want >= 0));
    CHECK(want < 0 || score == want);
}

static void
test_values__scores_have_two_decimals(void)
{
    check_score("69.25", 6925);
    check_score("69,2", 6920);
    check_score("100", 10000);
    check_score("100.01", -1);
    check_score("-1", -1);
    check_score("69.253", -1);
    check_score("69.", -1);
    check_score("x", -1);
}

static void
test_values__words_are_understood_or_not_guessed(void)
{
    CHECK_STR(import_form_word("Công ty TNHH Hoa"), "enterprise");
    CHECK_STR(import_form_word("HTX Hoa"), "cooperative");
    CHECK_STR(import_form_word("Tổ hợp tác Hoa"), "coop_group");
    CHECK_STR(import_form_word("coop_group"), "coop_group");
    CHECK_STR(import_form_word("Cơ sở sản xuất Hoa"), "household");
    CHECK(import_form_word("Hoa") == NULL);
    CHECK_STR(import_evidence_word("official_decision"), "official_decision");
    CHECK_STR(import_evidence_word("government_news"), "press");
    CHECK(import_evidence_word("") == NULL);
    CHECK_STR(import_level_word("Cấp tỉnh"), "province");
    CHECK(import_level_word("xã") == NULL);
}

static void
test_values__a_set_is_named_or_the_only_one(void)
{
    char code[8];

    CHECK(import_group("7", "", "QD26-2026", code));
    CHECK_STR(code, "07");
    CHECK(!import_group("", "Thực phẩm", "QD26-2026", code));
    CHECK(import_group("", "Dịch vụ du lịch cộng đồng", "QD26-2026", code));
    CHECK_STR(code, "26");
    CHECK(import_group("", "Thực phẩm", "QD148-2023", code));
    CHECK_STR(code, "I");
    CHECK(!import_group("", "", "QD148-2023", code));
    CHECK_STR(import_scheme_on(20594), "QD148-2023");
    CHECK_STR(import_scheme_on(20595), "QD26-2026");
    CHECK_STR(import_scheme_on(19411), "QD1048-2019");
}

static void
test_values__an_issuers_name_tells_its_level(void)
{
    CHECK(rules_level_of("UBND tỉnh Đắk Nông", 20000) == LEVEL_PROVINCE);
    CHECK(rules_level_of("Uỷ ban nhân dân huyện Cầu Kè", 20000) ==
        LEVEL_DISTRICT);
    CHECK(rules_level_of("UBND TP. Đà Lạt", 20000) == LEVEL_DISTRICT);
    CHECK(rules_level_of("UBND thành phố Cần Thơ", 20000) == LEVEL_PROVINCE);
    CHECK(rules_level_of("UBND thành phố Huế", 20088) == LEVEL_DISTRICT);
    CHECK(rules_level_of("UBND thành phố Huế", 20089) == LEVEL_PROVINCE);
    CHECK(rules_level_of("Bộ Nông nghiệp và Môi trường", 20000) ==
        LEVEL_CENTRAL);
    CHECK(rules_level_of("Sở Công Thương", 20000) == 0);
    CHECK(rules_level_of("", 20000) == 0);
}

static void
test_columns__are_found_by_any_of_their_names(void)
{
    CHECK(import_column_of("Tên sản phẩm") == COL_NAME);
    CHECK(import_column_of("TEN SAN PHAM") == COL_NAME);
    CHECK(import_column_of("decision_date") == COL_DECISION_DATE);
    CHECK(import_column_of("STT") == COL_IGNORED);
    CHECK(import_column_of("tên") == COL_COUNT);
    CHECK(import_column_of("") == COL_COUNT);
}

int
main(void)
{
    RUN(test_values__stars_are_never_what_is_proposed);
    RUN(test_values__days_are_written_in_vietnam_too);
    RUN(test_values__scores_have_two_decimals);
    RUN(test_values__words_are_understood_or_not_guessed);
    RUN(test_values__a_set_is_named_or_the_only_one);
    RUN(test_values__an_issuers_name_tells_its_level);
    RUN(test_columns__are_found_by_any_of_their_names);
    return T_END();
}
