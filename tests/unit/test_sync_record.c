#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/lang.h"
#include "sync/record.h"
#include "tests/unit/t.h"

static const char whole[] =
    "{\"schema\":\"ocop-product/1\",\"id\":\"VN01-000101\",\"cert\":17,"
    "\"rev\":3,\"name\":\"Miến Minh Dương\",\"name_en\":\"Glass noodles\","
    "\"producer\":{\"id\":\"pr-1\",\"name\":\"Hợp tác xã Minh Dương\","
    "\"form\":\"cooperative\"},"
    "\"place\":{\"province_code\":\"01\",\"commune_code\":\"09832\","
    "\"units_version\":\"2026\",\"text\":\"Xã Hoài Đức, Hà Nội\","
    "\"text_at_issue\":\"Xã Minh Khai, huyện Hoài Đức\"},"
    "\"group\":{\"scheme\":\"QD26-2026\",\"code\":\"06\"},\"stars\":4,"
    "\"score_x100\":8150,\"proposed_stars\":5,\"ocop_code\":\"01-09832-1-"
    "2026\","
    "\"decision\":{\"number\":\"12/QĐ-UBND\",\"date\":\"2026-06-01\","
    "\"issuer\":\"UBND thành phố Hà Nội\",\"issuer_level\":\"province\"},"
    "\"valid_from\":\"2026-06-01\",\"valid_until\":\"2029-06-01\","
    "\"status\":\"active\",\"evidence\":\"demo\",\"gtins\":[\"8934567890120\"],"
    "\"story\":{\"vi\":\"Miến dong\",\"en\":\"x\"},\"later\":{\"x\":[1]}}";

static const char *
arg(const char *name)
{
    const struct err_state *s = err_last();

    for (size_t i = 0; i < s->args_len; i++)
        if (strcmp(s->args[i].name, name) == 0)
            return s->args[i].value;
    return "(none)";
}

/* Read the whole record with its one `from` replaced by `to`. */
static enum err
read_with(const char *from, const char *to, struct ocop_record *out)
{
    const char *at = strstr(whole, from);
    struct json *root = NULL;
    struct buf text;
    enum err e;

    CHECK(at != NULL);
    buf_init(&text, 8000);
    buf_add(&text, whole, (size_t)(at - whole));
    buf_add_str(&text, to);
    buf_add_str(&text, at + strlen(from));
    e = json_parse(text.data, text.len, NULL, &root);
    if (e)
        fprintf(stderr, "%s: %s\n", to, err_msg());
    CHECK(!e);
    e = record_read(root, out);
    json_free(root);
    buf_finish(&text);
    return e;
}

static void
check_refused(
    const char *from, const char *to, const char *which, const char *field)
{
    struct ocop_record r;
    struct buf told, key;

    CHECK(read_with(from, to, &r) == ERR_CERT_REFUSED);
    CHECK_STR(arg("case"), which);
    CHECK_STR(arg("field"), field);
    CHECK_STR(err_last()->path, field);
    CHECK(strcmp(arg("why"), "(none)") != 0);
    buf_init(&told, 1000);
    buf_init(&key, 100);
    buf_printf(&key, "err.cert_refused_%s", which);
    CHECK(lang_text(LANG_VI, key.data) != key.data);
    lang_error(LANG_VI, err_last(), &told);
    CHECK(!strstr(told.data, "…"));
    buf_finish(&told);
    buf_finish(&key);
}

static void
test_record__is_read_whole(void)
{
    struct ocop_record r;
    char date[CLOCK_DATE_SIZE];

    CHECK(read_with("{", "{", &r) == OK);
    CHECK_STR(r.id, "VN01-000101");
    CHECK(r.cert == 17 && r.rev == 3 && r.stars == 4);
    CHECK_STR(r.name, "Miến Minh Dương");
    CHECK_STR(r.producer_name, "Hợp tác xã Minh Dương");
    CHECK(r.producer_form == FORM_COOPERATIVE);
    CHECK_STR(r.province_code, "01");
    CHECK_STR(r.commune_code, "09832");
    CHECK_STR(r.place_text_at_issue, "Xã Minh Khai, huyện Hoài Đức");
    CHECK(r.group_scheme == SCHEME_QD26_2026 && r.score_x100 == 8150);
    CHECK_STR(r.decision_number, "12/QĐ-UBND");
    CHECK(r.issuer_level == LEVEL_PROVINCE);
    CHECK(r.status == RECORD_ACTIVE && r.evidence == EVIDENCE_DEMO);
    CHECK(r.recall == RECALL_NONE && !r.status_reason[0] && !r.successor[0]);
    clock_format_date(r.valid_until_day, date);
    CHECK_STR(date, "2029-06-01");
    CHECK(read_with("\"cert\":17", "\"cert\":4294967295", &r) == OK);
    CHECK(r.cert == UINT32_MAX);
}

static void
test_record__a_withdrawal_is_read(void)
{
    struct ocop_record r;

    CHECK(read_with("\"status\":\"active\"",
              "\"status\":\"revoked\",\"status_info\":{\"at\":\"2026-10-02\","
              "\"reason\":\"Vi phạm nhãn\",\"decision_number\":\"9/QĐ\","
              "\"recall\":\"stop_sale\",\"lots\":[\"L1\"]}",
              &r) == OK);
    CHECK(r.status == RECORD_REVOKED && r.recall == RECALL_STOP_SALE);
    CHECK_STR(r.status_reason, "Vi phạm nhãn");
    CHECK_STR(r.status_decision, "9/QĐ");
    CHECK_STR(record_status_name(r.status), "revoked");
    CHECK_STR(record_recall_name(r.recall), "stop_sale");
    CHECK_STR(record_evidence_name(r.evidence), "demo");
}

static void
test_record__breaks_of_the_form_are_refused(void)
{
    check_refused("ocop-product/1", "ocop-product/2", "words", "schema");
    check_refused("\"name\":\"Miến Minh Dương\",", "", "missing", "name");
    check_refused("\"Miến Minh Dương\"", "\"\"", "empty", "name");
    check_refused("\"Miến Minh Dương\"", "17", "type", "name");
    check_refused(
        "\"Miến Minh Dương\"", "\"Mie\\u0302\\u0301n\"", "form", "name");
    check_refused("\"Miến Minh Dương\"", "\"Miến\\nMinh\"", "form", "name");
    check_refused("\"x\":[1]", "\"x\":[1.5]", "kind", "later.x[0]");
    check_refused("\"x\":[1]", "\"x\":true", "kind", "later.x");
    check_refused("\"x\":[1]", "\"x\":null", "kind", "later.x");
    check_refused("VN01-000101", "VN01 000101", "id", "id");
    check_refused("VN01-000101", "VN01-Đ", "id", "id");
    check_refused("\"cert\":17", "\"cert\":0", "range", "cert");
    check_refused("\"cert\":17", "\"cert\":4294967296", "range", "cert");
    check_refused("\"cert\":17", "\"cert\":\"17\"", "type", "cert");
    check_refused("\"province_code\":\"01\"", "\"province_code\":\"1\"",
        "place", "place.province_code");
    check_refused("\"09832\"", "\"9832\"", "place", "place.commune_code");
    check_refused("\"cooperative\"", "\"company\"", "words", "producer.form");
    check_refused("\"QD26-2026\"", "\"QD27\"", "words", "group.scheme");
    check_refused("\"group\":{\"scheme\":\"QD26-2026\",\"code\":\"06\"},", "",
        "missing", "group");
    check_refused("\"active\"", "\"expired\"", "words", "status");
    check_refused("\"demo\"", "\"hearsay\"", "words", "evidence");
    check_refused(
        "\"province\"", "\"commune\"", "words", "decision.issuer_level");
}

static void
test_record__only_three_to_five_stars_are_certified(void)
{
    check_refused("\"stars\":4", "\"stars\":0", "stars", "stars");
    check_refused("\"stars\":4", "\"stars\":2", "stars", "stars");
    check_refused("\"stars\":4", "\"stars\":6", "stars", "stars");
    check_refused("\"stars\":4", "\"stars\":\"4\"", "type", "stars");
}

static void
test_record__dates_exist_and_stand_in_order(void)
{
    struct ocop_record r;

    check_refused("\"date\":\"2026-06-01\"", "\"date\":\"2026-02-30\"", "date",
        "decision.date");
    check_refused("\"2029-06-01\"", "\"01/06/2029\"", "date", "valid_until");
    check_refused("\"2029-06-01\"", "\"2029-6-1\"", "date", "valid_until");
    check_refused("\"2029-06-01\"", "\"2026-05-31\"", "period", "valid_until");
    CHECK(read_with("\"2029-06-01\"", "\"2026-06-01\"", &r) == OK);
}

static void
test_record__sets_of_the_current_scheme_are_26(void)
{
    struct ocop_record r;

    check_refused("\"code\":\"06\"", "\"code\":\"27\"", "group", "group.code");
    check_refused("\"code\":\"06\"", "\"code\":\"00\"", "group", "group.code");
    check_refused("\"code\":\"06\"", "\"code\":\"6\"", "group", "group.code");
    CHECK(read_with("\"code\":\"06\"", "\"code\":\"26\"", &r) == OK);
    CHECK(read_with("\"scheme\":\"QD26-2026\",\"code\":\"06\"",
              "\"scheme\":\"QD1048-2019\",\"code\":\"II.3\"", &r) == OK);
}

/* The decision's date, stars and level: may it be so? */
static void
test_record__the_issuer_could_certify_on_that_day(void)
{
    static const struct {
        const char *date;
        int stars;
        const char *level;
        bool ok;
    } rows[] = {
        {"2023-02-23", 3, "province", true},
        {"2023-02-23", 3, "district", false},
        {"2023-02-24", 3, "district", true},
        {"2023-02-24", 3, "province", false},
        {"2025-07-05", 3, "district", true},
        {"2025-07-05", 3, "province", false},
        {"2025-07-06", 3, "province", true},
        {"2025-07-06", 3, "district", false},
        {"2019-09-01", 4, "province", true},
        {"2024-01-01", 4, "province", true},
        {"2024-01-01", 4, "district", false},
        {"2026-06-01", 4, "central", false},
        {"2020-01-01", 5, "central", true},
        {"2024-01-01", 5, "province", false},
        {"2026-06-01", 5, "central", true},
        {"2026-06-01", 3, "central", false},
    };
    struct ocop_record r;
    char to[400];

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        snprintf(to, sizeof(to),
            "\"stars\":%d,\"decision\":{\"date\":\"%s\",\"issuer\":\"UBND\","
            "\"issuer_level\":\"%s\"},\"was\":{\"x\":1",
            rows[i].stars, rows[i].date, rows[i].level);
        /* stands in for stars, score and the decision that follows */
        CHECK((read_with("\"stars\":4,\"score_x100\":8150,\"proposed_stars\":5,"
                         "\"ocop_code\":\"01-09832-1-2026\",\"decision\":{"
                         "\"number\":\"12/QĐ-UBND\",\"date\":\"2026-06-01\","
                         "\"issuer\":\"UBND thành phố Hà Nội\","
                         "\"issuer_level\":\"province\"",
                   to, &r) == OK) == rows[i].ok);
    }
    check_refused("\"issuer_level\":\"province\"",
        "\"issuer_level\":\"district\"", "issuer", "decision.issuer_level");
    CHECK_STR(arg("stars"), "4");
    CHECK_STR(arg("date"), "01/06/2026");
}

static void
test_record__the_canonical_line_keeps_unknown_fields(void)
{
    struct json *root;
    struct buf line;

    buf_init(&line, RECORD_MAX);
    CHECK(json_parse(whole, sizeof(whole) - 1, NULL, &root) == OK);
    CHECK(record_canonical(root, &line) == OK);
    CHECK(strncmp(line.data, "{\"cert\":17,\"decision\":{\"date\"", 29) == 0);
    CHECK(strstr(line.data, "\"later\":{\"x\":[1]}") != NULL);
    json_free(root);
    buf_finish(&line);
}

static bool
load_sentences(void)
{
    struct buf text;
    enum err e;

    buf_init(&text, 1024 * 1024);
    e = file_read(OCOP_SOURCE_DIR "/pos/web/vi.json", &text);
    if (!e)
        e = lang_load(LANG_VI, text.data, text.len);
    buf_finish(&text);
    return !e;
}

int
main(void)
{
    if (!load_sentences())
        return 1;
    RUN(test_record__is_read_whole);
    RUN(test_record__a_withdrawal_is_read);
    RUN(test_record__breaks_of_the_form_are_refused);
    RUN(test_record__only_three_to_five_stars_are_certified);
    RUN(test_record__dates_exist_and_stand_in_order);
    RUN(test_record__sets_of_the_current_scheme_are_26);
    RUN(test_record__the_issuer_could_certify_on_that_day);
    RUN(test_record__the_canonical_line_keeps_unknown_fields);
    return T_END();
}
