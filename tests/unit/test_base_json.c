#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "tests/unit/t.h"

/* One text, and the byte where it is refused; -1 when it is taken. */
struct row {
    const char *text;
    int at;
};

static int
refused_at(const char *text, size_t len)
{
    size_t at = 9999;
    const char *why = NULL;

    if (json_check(text, len, NULL, &at, &why) == OK)
        return -1;
    CHECK(why && *why);
    return (int)at;
}

static void
check_rows(const struct row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        int at = refused_at(rows[i].text, strlen(rows[i].text));
        struct json *root;

        if (at != rows[i].at)
            fprintf(stderr, "%s: refused at %d, not %d\n", rows[i].text, at,
                rows[i].at);
        CHECK(at == rows[i].at);
        json_parse(rows[i].text, strlen(rows[i].text), NULL, &root);
        CHECK((root != NULL) == (rows[i].at < 0));
        json_free(root);
    }
}

static void
test_json__takes_what_the_standard_calls_json(void)
{
    static const struct row rows[] = {
        {"{}", -1},
        {" [ ] ", -1},
        {"null", -1},
        {"\t\r\n true \n", -1},
        {"\"\"", -1},
        {"[1,-0,0.5,-1.25e+10,1E3,0e0]", -1},
        {"{\"a\":{\"a\":[{\"a\":1}]},\"b\":null}", -1},
        {"\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00\"", -1},
        {"\"Mi\xE1\xBA\xBFn \xF0\x9F\x8D\x9C\x7F\"", -1},
        {"{\"\":0}", -1},
        {"1234567890123456789012345678901234567890.1234567890123456789012345",
            -1},
        {"[1e999,-0.0000000000000000000000000000000000000000000000000000000000"
         "00000000000001,\"x\",2]",
            -1},
    };

    check_rows(rows, sizeof(rows) / sizeof(rows[0]));
}

static void
test_json__refuses_what_the_standard_does_not_know(void)
{
    static const struct row rows[] = {
        {"", 0},
        {"   ", 3},
        {"nul", 0},
        {"True", 0},
        {"NaN", 0},
        {"Infinity", 0},
        {"'a'", 0},
        {"[1,]", 3},
        {"[,1]", 1},
        {"[1 2]", 3},
        {"[1", 2},
        {"]", 0},
        {"{\"a\":1,}", 7},
        {"{\"a\" 1}", 5},
        {"{\"a\":}", 5},
        {"{a:1}", 1},
        {"{\"a\":1", 6},
        {"{1:1}", 1},
        {"[1] 2", 4},
        {"{}}", 2},
        {"// no\n1", 0},
        {"[1/**/]", 2},
        {"\xEF\xBB\xBF{}", 0},
        {"\xC2\xA0{}", 0},
    };

    check_rows(rows, sizeof(rows) / sizeof(rows[0]));
}

static void
test_json__numbers_follow_the_grammar(void)
{
    static const struct row rows[] = {
        {"01", 0},
        {"-01", 1},
        {"+1", 0},
        {"-", 1},
        {".5", 0},
        {"1.", 2},
        {"1.e1", 2},
        {"1e", 2},
        {"1e+", 3},
        {"0x10", 1},
        {"1_000", 1},
        {"--1", 1},
        {"[00]", 1},
        {"1.5.1", 3},
    };

    check_rows(rows, sizeof(rows) / sizeof(rows[0]));
}

static void
test_json__strings_are_utf8_and_whole(void)
{
    static const struct row rows[] = {
        {"\"a", 0},
        {"\"a\n\"", 2},
        {"\"\x1F\"", 1},
        {"\"\\x\"", 1},
        {"\"\\", 1},
        {"\"\\u12\"", 1},
        {"\"\\u12G4\"", 1},
        {"\"a\\u0000\"", 2},
        {"\"\\ud800\"", 1},
        {"\"\\udc00\"", 1},
        {"\"\\ud800\\u0041\"", 1},
        {"\"\\ud83d\\ud83d\"", 1},
        {"\"\\uD83D\\n\"", 1},
        {"\"\xFF\"", 1},
        {"\"ab\xC3\"", 3},
        {"\"\xC0\xAF\"", 1},         /* overlong */
        {"\"\xED\xA0\x80\"", 1},     /* a surrogate in UTF-8 */
        {"\"\xF4\x90\x80\x80\"", 1}, /* past U+10FFFF */
        {"\"\xE1\xBA", 1},
    };

    check_rows(rows, sizeof(rows) / sizeof(rows[0]));
    CHECK(refused_at("\"a\0b\"", 5) == 2);
    CHECK(refused_at("1\0", 2) == 1);
}

static void
test_json__no_key_stands_twice(void)
{
    static const struct row rows[] = {
        {"{\"a\":1,\"a\":2}", 7},
        {"{\"a\":1,\"A\":2}", -1},
        {"{\"a\":1,\"\\u0061\":2}", 7},
        {"{\"\\ud83d\\ude00\":1,\"\xF0\x9F\x98\x80\":2}", 18},
        {"{\"a\":{\"b\":1},\"b\":{\"b\":1}}", -1},
        {"{\"x\":{\"b\":1,\"c\":2,\"b\":3}}", 18},
        {"[{\"a\":1},{\"a\":1}]", -1},
        /* more than eight are sorted: other code, same answer */
        {"{\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1,\"f\":1,\"g\":1,\"h\":1,"
         "\"i\":1,\"b\":1}",
            55},
        {"{\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1,\"f\":1,\"g\":1,\"h\":1,"
         "\"i\":1,\"ab\":1}",
            -1},
    };

    check_rows(rows, sizeof(rows) / sizeof(rows[0]));
}

/* `n` times `piece` between `head` and `tail`. */
static enum err
check_many(const char *head, const char *piece, size_t n, const char *tail,
    const struct json_limits *limits)
{
    struct buf b;
    enum err e;

    buf_init(&b, 4 * 1024 * 1024);
    buf_add_str(&b, head);
    for (size_t i = 0; i < n; i++)
        buf_add_str(&b, piece);
    buf_add_str(&b, tail);
    e = json_check(b.data, b.len, limits, NULL, NULL);
    buf_finish(&b);
    return e;
}

static enum err
check_depth(size_t depth, int max_depth)
{
    struct json_limits limits = {.max_depth = max_depth};
    char text[2 * JSON_DEPTH_MAX + 8];

    memset(text, '[', depth);
    memset(text + depth, ']', depth);
    return json_check(text, 2 * depth, &limits, NULL, NULL);
}

static void
test_json__everything_has_a_limit(void)
{
    struct json_limits small = {.max_bytes = 10};
    struct json_limits large = {.max_bytes = 4 * 1024 * 1024};

    CHECK(check_depth(16, 0) == OK);
    CHECK(check_depth(17, 0) == ERR_JSON);
    CHECK(check_depth(JSON_DEPTH_MAX, JSON_DEPTH_MAX) == OK);
    CHECK(check_depth(JSON_DEPTH_MAX + 1, JSON_DEPTH_MAX) == ERR_JSON);
    CHECK(check_many("[0", ",0", 4, "]", &small) == ERR_TOO_LARGE);
    CHECK(check_many("[0", ",0", 3, "]", &small) == OK);
    CHECK(check_many("[0", ",0", 65534, "]", &large) == OK);
    CHECK(check_many("[0", ",0", 65535, "]", &large) == ERR_JSON);
    CHECK(check_many("1", "0", JSON_NUMBER_MAX - 1, "", NULL) == OK);
    CHECK(check_many("1", "0", JSON_NUMBER_MAX, "", NULL) == ERR_JSON);
    CHECK(check_many("\"", "a", 1024 * 1024 - 2, "\"", NULL) == OK);
}

static enum err
check_members(size_t n, bool last_again)
{
    struct buf b;
    enum err e;

    buf_init(&b, 1024 * 1024);
    for (size_t i = 0; i < n; i++)
        buf_printf(&b, "%s\"key%zu\":0", i ? "," : "{",
            i + 1 == n && last_again ? 0 : i);
    buf_add_str(&b, "}");
    e = json_check(b.data, b.len, NULL, NULL, NULL);
    buf_finish(&b);
    return e;
}

static void
test_json__an_object_has_a_bounded_number_of_members(void)
{
    CHECK(check_members(JSON_MEMBERS_MAX, false) == OK);
    CHECK(check_members(JSON_MEMBERS_MAX, true) == ERR_JSON);
    CHECK(check_members(JSON_MEMBERS_MAX + 1, false) == ERR_JSON);
}

static void
test_json__a_refusal_says_where_and_why(void)
{
    struct json *root;

    CHECK(json_parse("[1,]", 4, NULL, &root) == ERR_JSON && !root);
    CHECK(err_last()->args_len == 2);
    CHECK_STR(err_last()->args[0].name, "at");
    CHECK_STR(err_last()->args[0].value, "3");
    CHECK_STR(err_last()->args[1].name, "why");
    CHECK_STR(err_last()->args[1].value, "a value was expected");
}

int
main(void)
{
    RUN(test_json__takes_what_the_standard_calls_json);
    RUN(test_json__refuses_what_the_standard_does_not_know);
    RUN(test_json__numbers_follow_the_grammar);
    RUN(test_json__strings_are_utf8_and_whole);
    RUN(test_json__no_key_stands_twice);
    RUN(test_json__everything_has_a_limit);
    RUN(test_json__an_object_has_a_bounded_number_of_members);
    RUN(test_json__a_refusal_says_where_and_why);
    return T_END();
}
