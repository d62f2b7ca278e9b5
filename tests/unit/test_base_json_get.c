#include <string.h>

#include "base/json.h"
#include "tests/unit/t.h"

static const char sale[] =
    "{\"till\":\"1\",\"lines\":["
    "{\"code\":\"8934567890120\",\"qty\":2},"
    "{\"product\":\"p_17\",\"qty\":0.75,\"discount\":5000},"
    "{\"product\":\"p_18\",\"qty\":1.2345,\"lot\":null}],"
    "\"big\":9007199254740993,\"edge\":-9007199254740992,\"two\":2.0,"
    "\"exp\":2e0,\"minus\":-0.005,\"zeros\":1.500000,\"yes\":true,"
    "\"note\":\"Ti\\u1ebfng Vi\\u1ec7t\",\"method\":\"cash\"}";

static struct json *root;

static const char *
arg(const char *name)
{
    const struct err_state *s = err_last();

    for (size_t i = 0; i < s->args_len; i++)
        if (strcmp(s->args[i].name, name) == 0)
            return s->args[i].value;
    return "(none)";
}

static void
test_json_get__gives_fields_by_name_and_type(void)
{
    const struct json *lines = NULL, *line;
    const char *str = NULL;
    int64_t n = 0;
    bool yes = false;
    int word = -1;

    CHECK(json_get_str(root, "note", 64, &str) == OK);
    CHECK_STR(str, "Ti\xE1\xBA\xBFng Vi\xE1\xBB\x87t");
    CHECK(json_get_bool(root, "yes", &yes) == OK && yes);
    CHECK(json_get_int(root, "edge", -JSON_INT_MAX, 0, &n) == OK);
    CHECK(n == -JSON_INT_MAX);
    CHECK(json_get_word(root, "method",
              (const char *const[]){"transfer", "cash", NULL}, &word) == OK);
    CHECK(word == 1);
    CHECK(json_get_arr(root, "lines", 3, &lines) == OK);
    CHECK(json_len(lines) == 3 && json_at(lines, 3) == NULL);
    line = json_at(lines, 1);
    CHECK(json_next(json_first(lines)) == line);
    CHECK(json_as_obj(line, &line) == OK);
    CHECK_STR(json_key(json_first(line)), "product");
    CHECK(json_get_int(line, "discount", 0, 5000, &n) == OK && n == 5000);
}

static void
test_json_get__quantities_are_exact_thousandths(void)
{
    const struct json *lines = NULL;
    int64_t n = 0;

    CHECK(json_get_arr(root, "lines", 9, &lines) == OK);
    CHECK(json_get_milli(json_at(lines, 0), "qty", 1, 9000, &n) == OK);
    CHECK(n == 2000);
    CHECK(json_get_milli(json_at(lines, 1), "qty", 1, 9000, &n) == OK);
    CHECK(n == 750);
    CHECK(json_get_milli(root, "minus", -9, 9, &n) == OK && n == -5);
    CHECK(json_get_milli(root, "zeros", 0, 9000, &n) == OK && n == 1500);
    CHECK(json_get_milli(root, "two", 0, 9000, &n) == OK && n == 2000);
    CHECK(json_get_milli(root, "exp", 0, 9000, &n) == ERR_FIELD_VALUE);
    CHECK(json_get_milli(json_at(lines, 2), "qty", 1, 9000, &n) ==
          ERR_FIELD_VALUE);
    CHECK_STR(arg("case"), "decimals");
    CHECK_STR(err_last()->path, "lines[2].qty");
    CHECK(json_get_milli(json_at(lines, 1), "qty", 1000, 9500, &n) ==
          ERR_FIELD_VALUE);
    CHECK_STR(arg("min"), "1");
    CHECK_STR(arg("max"), "9.5");
}

static void
test_json_get__an_integer_is_written_as_one(void)
{
    int64_t n = 7;

    CHECK(json_get_int(root, "two", 0, 9, &n) == ERR_FIELD_TYPE);
    CHECK(json_get_int(root, "exp", 0, 9, &n) == ERR_FIELD_TYPE);
    CHECK_STR(arg("want"), "integer");
    CHECK(json_get_int(root, "big", 0, INT64_MAX, &n) == ERR_FIELD_VALUE);
    CHECK_STR(arg("case"), "range");
    CHECK(json_get_int(root, "edge", 0, 5, &n) == ERR_FIELD_VALUE);
    CHECK_STR(arg("min"), "0");
    CHECK_STR(arg("max"), "5");
    CHECK(n == 7);
}

static void
test_json_get__a_refusal_names_the_path(void)
{
    const struct json *lines = NULL;
    const char *str = "as it was";
    int word = 5;

    CHECK(json_get_arr(root, "lines", 2, &lines) == ERR_FIELD_VALUE);
    CHECK_STR(arg("case"), "items");
    CHECK(json_get_arr(root, "lines", 3, &lines) == OK);
    CHECK(
        json_get_str(json_at(lines, 1), "code", 13, &str) == ERR_FIELD_MISSING);
    CHECK_STR(err_last()->path, "lines[1].code");
    CHECK_STR(arg("field"), "lines[1].code");
    CHECK(json_get_str(json_at(lines, 2), "lot", 9, &str) == ERR_FIELD_MISSING);
    CHECK(json_get_str(json_at(lines, 0), "qty", 9, &str) == ERR_FIELD_TYPE);
    CHECK_STR(err_last()->path, "lines[0].qty");
    CHECK(json_get_str(json_at(lines, 0), "code", 12, &str) == ERR_FIELD_VALUE);
    CHECK_STR(arg("max"), "12");
    CHECK(json_get_word(root, "method", (const char *const[]){"a", "b", NULL},
              &word) == ERR_FIELD_VALUE);
    CHECK_STR(arg("words"), "a, b");
    CHECK(json_get_str(lines, "code", 9, &str) == ERR_FIELD_TYPE);
    CHECK_STR(err_last()->path, "lines");
    CHECK_STR(arg("want"), "object");
    CHECK_STR(str, "as it was");
    CHECK(word == 5);
}

static void
test_json_get__the_root_is_called_body(void)
{
    struct json *number;

    CHECK(json_parse("1", 1, NULL, &number) == OK);
    CHECK(json_only(number, (const char *const[]){NULL}) == ERR_FIELD_TYPE);
    CHECK_STR(err_last()->path, "");
    CHECK_STR(arg("field"), "body");
    json_free(number);
}

static void
test_json_get__what_may_be_absent_keeps_its_default(void)
{
    const struct json *lines = NULL;
    const char *str = "kept";
    int64_t n = 3;

    CHECK(json_opt_arr(root, "lines", 3, &lines) == OK && lines);
    CHECK(json_opt_str(json_at(lines, 2), "lot", 9, &str) == OK);
    CHECK(json_opt_str(json_at(lines, 2), "code", 9, &str) == OK);
    CHECK_STR(str, "kept");
    CHECK(json_opt_int(json_at(lines, 0), "discount", 0, 9, &n) == OK);
    CHECK(n == 3);
    CHECK(json_opt_int(json_at(lines, 1), "discount", 0, 9, &n) ==
          ERR_FIELD_VALUE);
    CHECK_STR(err_last()->path, "lines[1].discount");
    CHECK(!json_has(json_at(lines, 2), "lot"));
    CHECK(json_has(json_at(lines, 2), "qty"));
}

static void
test_json_get__an_unknown_key_is_named(void)
{
    static const char *const line[] = {"product", "code", "qty", NULL};
    const struct json *lines = NULL;

    CHECK(json_get_arr(root, "lines", 3, &lines) == OK);
    CHECK(json_only(json_at(lines, 0), line) == OK);
    CHECK(json_only(json_at(lines, 1), line) == ERR_FIELD_UNKNOWN);
    CHECK_STR(err_last()->path, "lines[1].discount");
}

int
main(void)
{
    if (json_parse(sale, sizeof(sale) - 1, NULL, &root)) {
        fprintf(stderr, "%s\n", err_msg());
        return 1;
    }
    RUN(test_json_get__gives_fields_by_name_and_type);
    RUN(test_json_get__quantities_are_exact_thousandths);
    RUN(test_json_get__an_integer_is_written_as_one);
    RUN(test_json_get__a_refusal_names_the_path);
    RUN(test_json_get__the_root_is_called_body);
    RUN(test_json_get__what_may_be_absent_keeps_its_default);
    RUN(test_json_get__an_unknown_key_is_named);
    json_free(root);
    return T_END();
}
