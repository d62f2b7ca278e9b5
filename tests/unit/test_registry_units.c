/* Communes of today, and where the old ones lie. */
#include "sync/registry/units.h"

#include "db/registry/units.h"
#include "sync/registry/place.h"
#include "sync/registry/provinces.h"
#include "tests/unit/t_books.h"

static struct place place;
static struct place_fault fault;

static const char *
resolve(const char *province, const char *code, const char *text, int32_t day)
{
    place = (struct place){.text = ""};
    snprintf(place.province_code, sizeof(place.province_code), "%s", province);
    snprintf(place.commune_code, sizeof(place.commune_code), "%s", code);
    snprintf(place.text, sizeof(place.text), "%s", text);
    CHECK(place_resolve(t_books->db, &place, day, &fault) == OK);
    return fault.which ? fault.which : "";
}

static void
take_both(void)
{
    struct units_import x;

    CHECK(t_units(T_UNITS, &x) == OK && x.rows == 3 && x.refused == 0);
    CHECK(t_mappings(T_MAPPINGS, &x) == OK && x.rows == 2 && x.refused == 0);
    CHECK_STR(t_said.data, "");
}

static void
test_place__an_old_name_gets_todays_code_and_is_kept(void)
{
    t_books_open();
    take_both();
    CHECK_STR(resolve("68", "", "thị trấn Liên Nghĩa", 20000), "");
    CHECK_STR(place.commune_code, "24958");
    CHECK_STR(place.text, "Xã Đức Trọng");
    CHECK_STR(place.text_at_issue, "thị trấn Liên Nghĩa");
    CHECK_STR(place.units_version, "test");
    CHECK_STR(resolve("68", "", "Xã Hiệp An (huyện Đức Trọng cũ)", 20700), "");
    CHECK_STR(place.commune_code, "24967");
    CHECK_STR(resolve("68", "", "xã Hiệp Thạnh", 20700), "");
    CHECK_STR(place.text, "xã Hiệp Thạnh");
    CHECK_STR(place.text_at_issue, "");
    t_books_close();
}

static void
test_place__what_is_wrong_is_named(void)
{
    t_books_open();
    CHECK_STR(resolve("68", "99999", "", 20700), ""); /* no units yet */
    CHECK_STR(resolve("69", "", "", 20700), "province_unknown");
    take_both();
    CHECK_STR(resolve("68", "99999", "", 20700), "commune_unknown");
    CHECK_STR(resolve("68", "00004", "", 20700), "commune_province");
    CHECK_STR(fault.found, "Thành phố Hà Nội");
    CHECK_STR(resolve("68", "", "xã Lạ", 20700), "commune_text");
    CHECK_STR(resolve("01", "", "thị trấn Liên Nghĩa", 20000), "commune_text");
    CHECK_STR(resolve("68", "", "", 20700), "");
    t_books_close();
}

static void
test_units__bad_lines_are_named_and_nothing_is_written(void)
{
    struct units_import x;
    struct reg_units units;

    t_books_open();
    CHECK(t_units("[{\"code\":\"99\",\"wards\":[[\"1\",\"Xã\"]]},"
                  "{\"code\":\"01\",\"wards\":[[\"00001\",\"Xã\"],"
                  "[\"00001\",\"Xã\"],[\"x\",\"Xã\"],[\"00002\",\"\"],5]}]",
              &x) == OK);
    CHECK(x.refused == 5);
    CHECK(strstr(t_said.data, "1 province_code province; ") != NULL);
    CHECK(strstr(t_said.data, "3 code commune_twice; ") != NULL);
    CHECK(strstr(t_said.data, "4 code commune_code; ") != NULL);
    CHECK(strstr(t_said.data, "5 name commune_name; ") != NULL);
    CHECK(db_reg_units(t_books->db, &units) == OK && units.communes == 0);
    CHECK(t_units("[]", &x) == ERR_INVALID);
    CHECK(t_units("{}", &x) == ERR_INVALID);
    CHECK(t_units("[{\"code\":\"01\"}]", &x) == ERR_FIELD_MISSING);
    CHECK(t_mappings(T_MAPPINGS, &x) == ERR_INVALID);
    t_books_close();
}

static void
test_units__a_newer_list_leaves_some_behind(void)
{
    struct units_import x;
    struct reg_commune c;

    t_books_open();
    take_both();
    CHECK(t_units("Mã tỉnh,Mã xã,Tên\n68,24958,Xã Đức Trọng Mới\n", &x) == OK);
    CHECK(x.refused == 0 && x.rows == 1);
    CHECK(db_reg_commune(t_books->db, "24967", &c) == OK && c.gone);
    CHECK(db_reg_commune(t_books->db, "24958", &c) == OK && !c.gone);
    CHECK_STR(c.name, "Xã Đức Trọng Mới");
    CHECK_STR(resolve("68", "24967", "", 20700), "commune_unknown");
    CHECK(t_mappings("a|b|c\nLâm Đồng||xã X|xã Không Có\n", &x) == OK);
    CHECK(x.refused == 2);
    CHECK_STR(t_said.data,
        "1 line mapping_form; 2 current_commune commune_unknown; ");
    t_books_close();
}

static void
test_units__names_that_differ_by_a_mark_are_two(void)
{
    struct units_import x;

    t_books_open();
    CHECK(t_units("[{\"code\":\"51\",\"wards\":[[\"21289\",\"Xã Sơn Hà\"],"
                  "[\"21292\",\"Xã Sơn Hạ\"]]}]",
              &x) == OK);
    CHECK_STR(resolve("51", "", "xã Sơn Hạ", 20700), "");
    CHECK_STR(place.commune_code, "21292");
    CHECK_STR(resolve("51", "", "xa son ha", 20700), "commune_several");
    CHECK(t_mappings("Kon Tum|A|xã Ba Tơ|xã Sơn Hà\n"
                     "Kon Tum|A|xã Ba Tô|xã Sơn Hạ\n",
              &x) == OK && x.refused == 0);
    CHECK_STR(resolve("51", "", "Xã Ba Tô, huyện A", 20000), "");
    CHECK_STR(place.commune_code, "21292");
    CHECK_STR(resolve("51", "", "Xã Ba Tơ (tỉnh Kon Tum)", 20000), "");
    CHECK_STR(place.commune_code, "21289");
    CHECK_STR(resolve("51", "", "xa ba to", 20000), "commune_several");
    t_books_close();
}

static void
test_provinces__are_34_and_know_their_old_names(void)
{
    bool old;
    size_t n = 0;

    while (province_at(n))
        n++;
    CHECK(n == 34);
    CHECK_STR(province_named("tinh dak nong", &old)->code, "68");
    CHECK(old);
    CHECK_STR(province_named("ha noi", &old)->code, "01");
    CHECK(!old);
    CHECK(province_named("nong", &old) == NULL);
    CHECK(province_find("1") == NULL);
}

int
main(void)
{
    RUN(test_place__an_old_name_gets_todays_code_and_is_kept);
    RUN(test_place__what_is_wrong_is_named);
    RUN(test_units__bad_lines_are_named_and_nothing_is_written);
    RUN(test_units__a_newer_list_leaves_some_behind);
    RUN(test_units__names_that_differ_by_a_mark_are_two);
    RUN(test_provinces__are_34_and_know_their_old_names);
    return T_END();
}
