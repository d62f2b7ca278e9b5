/* Products taken into the books: all of them, or none and every reason. */
#include "sync/registry/import.h"

#include "tests/unit/t_books.h"
#include "tests/unit/t_zip.h"

static bool
says(const char *text)
{
    if (strstr(t_said.data, text))
        return true;
    fprintf(stderr, "  not \"%s\" but \"%s\"\n", text, t_said.data);
    return false;
}

static void
test_import__good_rows_are_written_with_numbers_and_dates(void)
{
    struct import x;

    t_books_open();
    x = t_import(T_HEAD T_ROW("b") T_ROW("a"));
    CHECK(x.rows == 2 && x.refused == 0 && x.added == 2 && x.written);
    CHECK_STR(t_said.data, "");
    CHECK(strstr(t_record("b"), "\"cert\":1,") != NULL);
    CHECK(strstr(t_record("a"), "\"cert\":2,") != NULL);
    CHECK(strstr(t_record("a"), "\"valid_from\":\"2026-08-05\"") != NULL);
    CHECK(strstr(t_record("a"), "\"valid_until\":\"2029-08-05\"") != NULL);
    CHECK(strstr(t_record("a"), "\"issuer_level\":\"province\"") != NULL);
    CHECK(strstr(t_record("a"), "\"form\":\"cooperative\"") != NULL);
    CHECK(strstr(t_record("a"),
              "\"group\":{\"code\":\"04\",\"scheme\":\"QD26-2026\"}") != NULL);
    CHECK(strstr(t_record("a"), "\"rev\":1,") != NULL);
    t_books_close();
}

static void
test_import__the_same_file_again_changes_nothing(void)
{
    struct import x;

    t_books_open();
    t_import(T_HEAD T_ROW("a"));
    x = t_import(T_HEAD T_ROW("a"));
    CHECK(x.same == 1 && x.added == 0 && x.changed == 0);
    x = t_import(T_HEAD T_ROW("a") T_ROW("n"));
    CHECK(x.same == 1 && x.added == 1);
    CHECK(strstr(t_record("n"), "\"cert\":2,") != NULL);
    x = t_import(T_HEAD "a,Mật ong rừng,Hợp tác xã Hoa,68,24958,,04,3,1/QĐ,"
                        "2026-08-05,UBND tỉnh Lâm Đồng,official_decision\n");
    CHECK(x.changed == 1 && strstr(t_record("a"), "\"rev\":2,") != NULL);
    CHECK(strstr(t_record("a"), "\"cert\":1,") != NULL);
    t_books_close();
}

static void
test_import__a_dry_run_writes_nothing(void)
{
    struct import x = {.text = T_HEAD T_ROW("a"), .form = IMPORT_CSV,
        .dry_run = true};

    t_books_open();
    x.len = strlen(x.text);
    CHECK(t_import_as(&x) == OK);
    CHECK(x.added == 1 && !x.written);
    CHECK_STR(t_record("a"), "");
    t_books_close();
}

static void
test_import__one_bad_row_and_nothing_is_written(void)
{
    struct import x;

    t_books_open();
    x = t_import(T_HEAD T_ROW("a") T_ROW("a") "c,,,,,,,2,,31/02/2026,,\n");
    CHECK(x.rows == 3 && x.refused == 2 && !x.written);
    CHECK(says("3 id twice") && says("4 name missing"));
    CHECK(says("4 producer missing") && says("4 decision_date date"));
    CHECK(says("4 issuer missing") && says("4 province missing"));
    CHECK(says("4 evidence missing"));
    CHECK_STR(t_record("a"), "");
    t_books_close();
}

/* A row that differs from T_ROW in one field. */
static void
refuses(const char *row, const char *want)
{
    char text[2048];
    struct import x;

    snprintf(text, sizeof(text), "%s%s\n", T_HEAD, row);
    x = t_import(text);
    CHECK(x.refused == 1 && !x.written);
    CHECK(says(want));
}

static void
test_import__each_reason_is_its_own(void)
{
    t_books_open();
    refuses("a,Mật,HTX Hoa,68,,,04,6,1,2026-08-05,UBND tỉnh Lâm Đồng,demo",
        "2 stars stars");
    refuses("a,Mật,HTX Hoa,68,,,04,đề nghị 5 sao,1,2026-08-05,"
            "UBND tỉnh Lâm Đồng,demo",
        "2 stars proposed");
    refuses("a,Mật,HTX Hoa,68,,,27,3,1,2026-08-05,UBND tỉnh Lâm Đồng,demo",
        "2 group.code group");
    refuses("a,Mật,HTX Hoa,67,,,04,3,1,2026-08-05,UBND tỉnh Lâm Đồng,demo",
        "2 province_code province_unknown");
    refuses("a,Mật,HTX Hoa,68,,,04,3,1,2026-12-05,UBND tỉnh Lâm Đồng,demo",
        "2 decision.date future");
    refuses("a,Mật,HTX Hoa,68,,,04,3,1,,UBND tỉnh Lâm Đồng,demo",
        "2 decision_date no_date");
    refuses("a,Mật,Hoa,68,,,04,3,1,2026-08-05,UBND tỉnh Lâm Đồng,demo",
        "2 producer_form missing");
    refuses("a,Mật,HTX Hoa,68,,,04,3,1,2026-08-05,Sở Công Thương,demo",
        "2 issuer level");
    refuses("a,Mật,HTX Hoa,68,,,04,3,,2026-08-05,UBND tỉnh Lâm Đồng,"
            "official_decision",
        "2 decision.number official");
    refuses("a,Mật,HTX Hoa,68,,,04,3,1,2026-08-05,UBND tỉnh Lâm Đồng,tin đồn",
        "2 evidence word");
    t_books_close();
}

static void
test_import__who_could_not_certify_is_refused(void)
{
    t_books_open();
    /* districts: 24/02/2023 to 05/07/2025, and 3 stars only */
    refuses("a,Mật,HTX Hoa,68,,,04,3,1,2026-08-05,UBND huyện Cư Jút,demo",
        "issuer");
    refuses("a,Mật,HTX Hoa,68,,,04,4,1,2025-05-05,UBND huyện Cư Jút,demo",
        "issuer");
    refuses("a,Mật,HTX Hoa,68,,,04,3,1,2023-02-23,UBND thành phố Đà Lạt,demo",
        "issuer");
    refuses("a,Mật,HTX Hoa,68,,,04,3,1,2025-05-05,UBND tỉnh Lâm Đồng,demo",
        "issuer");
    refuses("a,Mật,HTX Hoa,68,,,04,5,1,2026-08-05,UBND tỉnh Lâm Đồng,demo",
        "issuer");
    refuses("a,Mật,HTX Hoa,68,,,04,4,1,2026-08-05,Bộ Nông nghiệp và Môi "
            "trường,demo",
        "issuer");
    CHECK(t_import(T_HEAD
        "a,Mật,HTX Hoa,68,,,04,3,1,2025-07-05,UBND huyện Cư Jút,demo\n"
        "b,Mật,HTX Hoa,01,,,04,3,1,2025-07-06,UBND TP Hà Nội,demo\n"
        "c,Mật,HTX Hoa,68,,,04,3,1,2023-02-23,UBND tỉnh Lâm Đồng,demo\n"
        "d,Mật,HTX Hoa,68,,,04,5,1,2026-08-05,Bộ Nông nghiệp,demo\n").written);
    CHECK_STR(t_said.data, "");
    t_books_close();
}

static void
test_import__proposed_stars_are_kept_apart(void)
{
    t_books_open();
    CHECK(t_import(T_HEAD "a,Mật,HTX Hoa,68,,,04,4 sao (đề nghị 5 sao),1,"
                          "2026-08-05,UBND tỉnh Lâm Đồng,demo\n")
              .written);
    CHECK(strstr(t_record("a"), "\"proposed_stars\":5") != NULL);
    CHECK(strstr(t_record("a"), "\"stars\":4") != NULL);
    t_books_close();
}

static void
test_import__decomposed_text_is_mended_and_said(void)
{
    struct import x;

    t_books_open();
    x = t_import(T_HEAD "a,Ma\xcc\xa3\xcc\x82t ong,HTX Hoa,68,,,04,4,1,"
                        "2026-08-05,UBND tỉnh Lâm Đồng,demo\n");
    CHECK(x.written && x.mended == 1);
    CHECK_STR(t_notes.data, "2 name mended; ");
    CHECK(strstr(t_record("a"), "\"name\":\"Mật ong\"") != NULL);
    t_books_close();
}

static void
test_import__headings_are_vietnamese_too(void)
{
    t_books_open();
    CHECK(t_import("\xEF\xBB\xBFSTT;Mã hồ sơ;Tên sản phẩm;Chủ thể;Tỉnh;Mã bộ "
                   "sản phẩm;Hạng sao;Số quyết định;Ngày quyết định;"
                   "Cơ quan công nhận;Căn cứ\n"
                   "1;a;Mật ong;Công ty TNHH Hoa;Đắk Nông;4;4 sao;1/QĐ;"
                   "19/06/2025;UBND tỉnh Đắk Nông;Quyết định\n")
              .written);
    CHECK_STR(t_said.data, "");
    CHECK(strstr(t_record("a"), "\"province_code\":\"68\"") != NULL);
    CHECK(strstr(t_record("a"), "\"scheme\":\"QD148-2023\"") != NULL);
    t_import("name,stars,hat size\n");
    CHECK(says("column_unknown"));
    t_import("id,name\n");
    CHECK(says("column_missing"));
    t_import(T_HEAD);
    CHECK(says("no product"));
    t_books_close();
}

#define LINE(id, more)                                                        \
    "{\"schema\":\"ocop-product/1\",\"id\":\"" id "\"," more                  \
    "\"name\":\"Mật\",\"producer\":{\"id\":\"p\",\"name\":\"HTX\","           \
    "\"form\":\"cooperative\"},\"place\":{\"province_code\":\"68\"},"         \
    "\"group\":{\"scheme\":\"QD26-2026\",\"code\":\"04\"},\"stars\":4,"       \
    "\"decision\":{\"number\":\"1\",\"date\":\"2026-08-05\","                 \
    "\"issuer\":\"UBND tỉnh Lâm Đồng\",\"issuer_level\":\"province\"},"       \
    "\"valid_from\":\"2026-08-05\",\"valid_until\":\"2029-08-05\","           \
    "\"status\":\"active\",\"evidence\":\"demo\",\"hat\":{\"x\":[1,\"y\"]}}\n"

static void
test_import__lines_of_records_keep_what_is_not_known(void)
{
    struct import x;

    t_books_open();
    x = t_import(LINE("a", "\"cert\":7,\"rev\":3,") "\n"
        LINE("b", "") LINE("c", "\"cert\":1,"));
    CHECK(x.rows == 3 && x.written);
    CHECK(strstr(t_record("a"), "\"cert\":7,") != NULL);
    CHECK(strstr(t_record("a"), "\"rev\":3,") != NULL);
    CHECK(strstr(t_record("a"), "\"hat\":{\"x\":[1,\"y\"]}") != NULL);
    CHECK(strstr(t_record("b"), "\"cert\":2,") != NULL);
    x = t_import(LINE("a", "\"cert\":7,") LINE("d", ""));
    CHECK(x.same == 1 && x.added == 1);
    CHECK(strstr(t_record("d"), "\"cert\":3,") != NULL);
    t_books_close();
}

static void
test_import__a_number_is_never_another_records(void)
{
    struct import x;

    t_books_open();
    CHECK(t_import(LINE("a", "\"cert\":7,")).written);
    x = t_import(LINE("b", "\"cert\":7,") LINE("a", "\"cert\":8,")
        LINE("c", "\"cert\":9,") LINE("d", "\"cert\":9,") "[]\n{\"id\":1.5}\n"
        "{\n" LINE("e", "\"x\":1.5,") LINE("f", "\"cert\":4294967295,"));
    CHECK(x.refused == 8 && !x.written);
    CHECK(says("1 cert cert_taken") && says("2 cert cert_other"));
    CHECK(says("4 cert twice") && says("5 ") && says("6 ") && says("7 "));
    CHECK(says("8 x kind") && says("9 cert cert_large"));
    t_books_close();
}

static void
test_import__a_file_does_not_change_a_standing(void)
{
    struct books_order order = {.change = BOOKS_REVOKE, .what = "a",
        .decision = "9", .day = 20700, .ground = "vi phạm",
        .recall = RECALL_STOP_SALE, .by = "An", .now = T_NOW};
    struct import x;

    t_books_open();
    CHECK(t_import(LINE("a", "")).written);
    CHECK(books_order(t_books, &order) == OK);
    x = t_import(LINE("a", ""));
    CHECK(x.refused == 1 && says("1 status standing"));
    CHECK(t_import(T_HEAD T_ROW("a")).written);
    CHECK(strstr(t_record("a"), "\"status\":\"revoked\"") != NULL);
    CHECK(strstr(t_record("a"), "\"recall\":\"stop_sale\"") != NULL);
    t_books_close();
}

static void
test_import__another_certificate_may_follow(void)
{
    struct import x;
    char line[4096];
    const char *at = LINE("a", "");
    const char *status = strstr(at, "\"status\":\"active\"");

    t_books_open();
    CHECK(t_import(at).written);
    snprintf(line, sizeof(line), "%.*s\"status\":\"superseded\",%s",
        (int)(status - at), at, status + sizeof("\"status\":\"active\""));
    CHECK(t_import(line).refused == 1);
    CHECK(says("1 status_info.superseded_by missing"));
    snprintf(line, sizeof(line),
        "%.*s\"status\":\"superseded\",\"status_info\":{\"superseded_by\":"
        "\"b\"},%s",
        (int)(status - at), at, status + sizeof("\"status\":\"active\""));
    x = t_import(line);
    CHECK(x.changed == 1 && x.written);
    CHECK(strstr(t_record("a"), "\"superseded_by\":\"b\"") != NULL);
    CHECK(t_import(LINE("a", "")).refused == 1 && says("1 status standing"));
    t_books_close();
}

static void
test_import__what_a_page_shows_has_its_shape(void)
{
    struct import x;

    t_books_open();
    x = t_import(LINE("a", "\"gtins\":\"8934567890120\",")
        LINE("b", "\"gtins\":[\"8934567890121\"],")
        LINE("c", "\"images\":[{\"sha256\":\"x\"}],")
        LINE("d", "\"story\":5,") LINE("e", "\"gtins\":[\"4006381333931\"],"));
    CHECK(x.refused == 4);
    CHECK(says("1 gtins shape") && says("2 gtins gtin"));
    CHECK(says("3 images shape") && says("4 story shape"));
    t_books_close();
}

static void
test_import__a_districts_work_is_the_provinces_now(void)
{
    t_books_open();
    CHECK(t_import(T_HEAD "a,Mật,HTX Hoa,68,,,04,3,1,2025-05-05,"
                          "UBND huyện Cư Jút,demo\n").written);
    CHECK(strstr(t_record("a"), "\"issuer\":\"UBND huyện Cư Jút\"") != NULL);
    CHECK(strstr(t_record("a"), "\"successor\":\"UBND tỉnh Lâm Đồng\"") !=
        NULL);
    t_books_close();
}

#define CELL(text) "<c t=\"str\"><v>" text "</v></c>"
#define TITLE "<row r=\"1\">" CELL("DANH SÁCH SẢN PHẨM OCOP") "</row>"
#define HEADINGS                                                              \
    "<row r=\"3\">" CELL("STT") CELL("Mã hồ sơ") CELL("Tên sản phẩm")         \
        CELL("Chủ thể") CELL("Mã tỉnh") CELL("Mã xã") CELL("Mã bộ sản phẩm")  \
            CELL("Hạng sao") CELL("Điểm") CELL("Số quyết định")               \
                CELL("Ngày quyết định") CELL("Cơ quan công nhận")             \
                    CELL("Căn cứ") "</row>"

static void
test_import__a_spreadsheet_keeps_its_zeros_and_dates(void)
{
    size_t len;
    char *bytes = t_xlsx(TITLE HEADINGS
        "<row r=\"4\"><c><v>1</v></c>" CELL("a") CELL("Chè") CELL("HTX Chè")
        "<c><v>1</v></c><c><v>4</v></c><c><v>4</v></c><c><v>4</v></c>"
        "<c><v>81.5</v></c>" CELL("1/QĐ")
        "<c s=\"1\"><v>46239</v></c>" CELL("UBND thành phố Hà Nội")
        CELL("quyết định") "</row><row r=\"6\"><c><v>2</v></c>" CELL("b")
        "</row>",
        "<sst/>",
        "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/>"
        "</cellXfs></styleSheet>",
        &len);
    struct units_import u;
    struct import x = {.text = bytes, .len = len};

    t_books_open();
    CHECK(t_units(T_UNITS, &u) == OK);
    x.form = import_form_of(bytes, len);
    CHECK(x.form == IMPORT_XLSX);
    CHECK(t_import_as(&x) == OK);
    CHECK(x.rows == 2 && x.refused == 1 && !x.written);
    CHECK(!strstr(t_said.data, "4 ") && says("6 name missing"));
    mem_free(bytes);
    t_books_close();
}

static void
test_import__a_spreadsheet_becomes_records(void)
{
    size_t len;
    char *bytes = t_xlsx(TITLE HEADINGS
        "<row r=\"4\"><c><v>1</v></c>" CELL("a") CELL("Chè") CELL("HTX Chè")
        "<c><v>1</v></c><c><v>4</v></c><c><v>4</v></c><c><v>4</v></c>"
        "<c><v>81.5</v></c>" CELL("1/QĐ")
        "<c s=\"1\"><v>46239</v></c>" CELL("UBND thành phố Hà Nội")
        CELL("quyết định") "</row>",
        "<sst/>",
        "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/>"
        "</cellXfs></styleSheet>",
        &len);
    struct import x = {.text = bytes, .len = len, .form = IMPORT_XLSX};

    t_books_open();
    CHECK(t_import_as(&x) == OK && x.written);
    CHECK(strstr(t_record("a"), "\"province_code\":\"01\"") != NULL);
    CHECK(strstr(t_record("a"), "\"commune_code\":\"00004\"") != NULL);
    CHECK(strstr(t_record("a"), "\"score_x100\":8150") != NULL);
    CHECK(strstr(t_record("a"), "\"date\":\"2026-08-05\"") != NULL);
    mem_free(bytes);
    t_books_close();
}

static void
test_import__any_bytes_are_taken_or_refused(void)
{
    static const char *const junk[] = {"", "\xff\xfe", "{", "{}", "{}\n{}\n",
        "PK\3\4", "name\n", "name,stars\n\"", "name,stars\na,3,5\n", "[]",
        "{\"place\":5,\"producer\":[],\"decision\":\"x\",\"status\":{}}",
        "{\"id\":{},\"cert\":\"1\",\"rev\":-1,\"name\":null}",
        "name,stars,commune_code,score,gtins,cert\n,,x,y,1 2,z\n"};

    t_books_open();
    for (size_t i = 0; i < sizeof(junk) / sizeof(junk[0]); i++) {
        struct import x = t_import(junk[i]);

        CHECK(!x.written && t_said.len > 0);
    }
    t_books_close();
}

int
main(void)
{
    RUN(test_import__good_rows_are_written_with_numbers_and_dates);
    RUN(test_import__the_same_file_again_changes_nothing);
    RUN(test_import__a_dry_run_writes_nothing);
    RUN(test_import__one_bad_row_and_nothing_is_written);
    RUN(test_import__each_reason_is_its_own);
    RUN(test_import__who_could_not_certify_is_refused);
    RUN(test_import__proposed_stars_are_kept_apart);
    RUN(test_import__decomposed_text_is_mended_and_said);
    RUN(test_import__headings_are_vietnamese_too);
    RUN(test_import__lines_of_records_keep_what_is_not_known);
    RUN(test_import__a_number_is_never_another_records);
    RUN(test_import__a_file_does_not_change_a_standing);
    RUN(test_import__another_certificate_may_follow);
    RUN(test_import__what_a_page_shows_has_its_shape);
    RUN(test_import__a_districts_work_is_the_provinces_now);
    RUN(test_import__a_spreadsheet_keeps_its_zeros_and_dates);
    RUN(test_import__a_spreadsheet_becomes_records);
    RUN(test_import__any_bytes_are_taken_or_refused);
    return T_END();
}
