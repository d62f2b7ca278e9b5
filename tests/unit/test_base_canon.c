#include <string.h>

#include "base/canon.h"
#include "tests/unit/t.h"

static void
test_canon__writes_sorted_keys_and_no_space(void)
{
    struct canon c;
    struct buf b;

    buf_init(&b, 1000);
    canon_init(&c, &b);
    canon_obj(&c);
    canon_put_int(&c, "a", JSON_INT_MAX);
    canon_put_str(&c, "a\"", "say \"\\\" / ế");
    canon_put_bool(&c, "ab", false);
    canon_put_null(&c, "b");
    canon_key(&c, "lines");
    canon_arr(&c);
    canon_obj(&c);
    canon_put_int(&c, "a", 0); /* the order starts anew in each object */
    canon_end_obj(&c);
    canon_int(&c, -1);
    canon_end_arr(&c);
    canon_put_str(&c, "tên", "");
    canon_end_obj(&c);
    canon_end(&c);
    CHECK_STR(b.data, "{\"a\":9007199254740992,\"a\\\"\":\"say \\\"\\\\\\\" / "
                      "ế\",\"ab\":false,"
                      "\"b\":null,\"lines\":[{\"a\":0},-1],\"tên\":\"\"}");
    CHECK(canon_check(b.data, b.len) == OK);
    buf_finish(&b);
}

/* The canonical form of `text`, or NULL when it is refused. */
static const char *
form_of(const char *text, struct buf *out)
{
    struct json *root;
    enum err e = json_parse(text, strlen(text), NULL, &root);

    buf_clear(out);
    if (!e)
        e = canon_of_json(root, out);
    json_free(root);
    return e ? NULL : out->data;
}

static void
test_canon__one_value_has_one_form(void)
{
    struct buf b;

    buf_init(&b, 1000);
    CHECK_STR(form_of(" { \"b\" : [ 1 , true ] , \"a\" : null } ", &b),
        "{\"a\":null,\"b\":[1,true]}");
    CHECK_STR(form_of("{\"\\u1ebf\":\"\\u0041\\/\",\"z\":-0}", &b),
        "{\"z\":0,\"ế\":\"A/\"}");
    CHECK_STR(form_of("{\"a\\\"\":1,\"a\":2,\"a!\":3,\"A\":4}", &b),
        "{\"A\":4,\"a\":2,\"a!\":3,\"a\\\"\":1}");
    CHECK_STR(form_of("\"\\\"\\\\\"", &b), "\"\\\"\\\\\"");
    buf_finish(&b);
}

static void
test_canon__refuses_what_has_no_form(void)
{
    struct buf b;

    buf_init(&b, 1000);
    CHECK(!form_of("[1.5]", &b));
    CHECK(!form_of("[1.0]", &b));
    CHECK(!form_of("[1e3]", &b));
    CHECK(!form_of("[9007199254740993]", &b));
    CHECK(!form_of("{\"note\":\"a\\nb\"}", &b));
    CHECK_STR(err_last()->path, "note");
    CHECK(!form_of("[\"\\u007f\"]", &b));
    CHECK(!form_of("[\"\\u0085\"]", &b));
    CHECK(!form_of("[\"e\\u0302\\u0301\"]", &b)); /* ế, decomposed */
    CHECK(!form_of("{\"e\\u0302\":1}", &b));
    CHECK(form_of("[\"\\u00a0\"]", &b) != NULL);
    buf_finish(&b);
}

static void
test_canon__leaves_the_buffer_as_it_was(void)
{
    struct json *root;
    struct buf b;

    buf_init(&b, 12);
    buf_add_str(&b, "before");
    CHECK(json_parse("[1,2.5]", 7, NULL, &root) == OK);
    CHECK(canon_of_json(root, &b) == ERR_JSON);
    CHECK_STR(b.data, "before");
    json_free(root);
    CHECK(json_parse("[1,2,3]", 7, NULL, &root) == OK);
    CHECK(canon_of_json(root, &b) == ERR_TOO_LARGE);
    CHECK_STR(b.data, "before");
    json_free(root);
    buf_finish(&b);
}

static void
test_canon__checks_byte_for_byte(void)
{
    static const struct {
        const char *text;
        const char *at;
    } rows[] = {
        {"{\"b\":1,\"a\":2}", "2"},
        {"[1, 2]", "3"},
        {"[1,2] ", "5"},
        {"[-0]", "1"},
        {"[\"\\u0041\"]", "2"},
        {"[\"\\/\"]", "2"},
    };

    CHECK(canon_check("[]", 2) == OK);
    CHECK(canon_check("{\"a\":[1,\"ế\"]}", 15) == OK);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        CHECK(canon_check(rows[i].text, strlen(rows[i].text)) == ERR_JSON);
        CHECK_STR(err_last()->args[0].value, rows[i].at);
    }
    CHECK(canon_check("[1", 2) == ERR_JSON);
    CHECK(canon_check("", 0) == ERR_JSON);
}

int
main(void)
{
    RUN(test_canon__writes_sorted_keys_and_no_space);
    RUN(test_canon__one_value_has_one_form);
    RUN(test_canon__refuses_what_has_no_form);
    RUN(test_canon__leaves_the_buffer_as_it_was);
    RUN(test_canon__checks_byte_for_byte);
    return T_END();
}
