#include "sync/tuf/canonical.h"

#include <string.h>

#include "base/canon.h"
#include "tests/unit/t.h"

static struct buf form;

static enum err
make(const char *text)
{
    struct json *root = NULL;
    enum err e = json_parse(text, strlen(text), NULL, &root);

    buf_clear(&form);
    if (e == OK)
        e = tuf_canonical(root, &form);
    json_free(root);
    return e;
}

static void
check(const char *text, const char *want)
{
    CHECK(make(text) == OK);
    CHECK_STR(form.data, want);
}

static void
test_canonical__keys_are_sorted_by_their_bytes(void)
{
    check(" { \"b\" : 1, \"a\":{\"z\":[],\"Z\":{}}, \"\":null, \"aa\":true } ",
        "{\"\":null,\"a\":{\"Z\":{},\"z\":[]},\"aa\":true,\"b\":1}");
    /* U+FF00 before U+1F600, though UTF-16 would say otherwise. */
    check("{\"\\ud83d\\ude00\":1,\"\\uff00\":2,\"đ\":3}",
        "{\"đ\":3,\"\uff00\":2,\"\U0001f600\":1}");
}

static void
test_canonical__only_quote_and_backslash_are_escaped(void)
{
    check("\"a\\\"b\\\\c\\/d\"", "\"a\\\"b\\\\c/d\"");
    check("\"\\n\\t\\u0001\\u007f\"", "\"\n\t\x01\x7f\"");
    check("\"e\\u0301\"", "\"e\u0301\""); /* not composed */
    check("{\"a\\\"\":\"\"}", "{\"a\\\"\":\"\"}");
}

static void
test_canonical__numbers_are_integers(void)
{
    check("[0,-0,-7,9007199254740992]", "[0,0,-7,9007199254740992]");
    CHECK(make("{\"a\":[1,{\"b\":1.5}]}") == ERR_JSON);
    CHECK_STR(err_last()->path, "a[1].b");
    CHECK(form.len == 0);
    CHECK(make("1e3") == ERR_JSON);
    CHECK(make("2.0") == ERR_JSON);
    CHECK(make("9007199254740993") == ERR_JSON);
}

static void
test_canonical__what_does_not_fit_leaves_nothing(void)
{
    struct json *root = NULL;
    struct buf small;

    buf_init(&small, 10);
    buf_add_str(&small, "keep");
    CHECK(json_parse("[1,2,3,4,5]", 11, NULL, &root) == OK);
    CHECK(tuf_canonical(root, &small) == ERR_TOO_LARGE);
    CHECK_STR(small.data, "keep");
    json_free(root);
    buf_finish(&small);
}

static void
test_canonical__clean_text_has_the_form_of_the_journal(void)
{
    static const char text[] =
        "{\"z\":[1,-2,true,false,null],\"tên\":\"Miến \\\"Đường\\\" \\\\\"}";
    struct json *root = NULL;
    struct buf ours;

    buf_init(&ours, 1000);
    CHECK(json_parse(text, strlen(text), NULL, &root) == OK);
    CHECK(canon_of_json(root, &ours) == OK);
    check(text, ours.data);
    json_free(root);
    buf_finish(&ours);
}

int
main(void)
{
    buf_init(&form, 10000);
    RUN(test_canonical__keys_are_sorted_by_their_bytes);
    RUN(test_canonical__only_quote_and_backslash_are_escaped);
    RUN(test_canonical__numbers_are_integers);
    RUN(test_canonical__what_does_not_fit_leaves_nothing);
    RUN(test_canonical__clean_text_has_the_form_of_the_journal);
    buf_finish(&form);
    return T_END();
}
