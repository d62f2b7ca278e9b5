#include <string.h>

#include "base/json.h"
#include "base/json_out.h"
#include "tests/unit/t.h"

static void
test_json_out__commas_and_colons_are_right(void)
{
    struct json_out o;
    struct buf b;

    buf_init(&b, 1000);
    json_out_init(&o, &b);
    json_out_obj(&o);
    json_out_put_str(&o, "name", "Miến");
    json_out_put_int(&o, "total", -583000);
    json_out_put_bool(&o, "paid", true);
    json_out_put_null(&o, "customer");
    json_out_put_str(&o, "note", NULL);
    json_out_key(&o, "lines");
    json_out_arr(&o);
    json_out_obj(&o);
    json_out_end_obj(&o);
    json_out_raw(&o, "{\"a\":1}", 7);
    json_out_arr(&o);
    json_out_end_arr(&o);
    json_out_int(&o, 1);
    json_out_end_arr(&o);
    json_out_end_obj(&o);
    json_out_end(&o);
    CHECK_STR(b.data,
        "{\"name\":\"Miến\",\"total\":-583000,\"paid\":true,\"customer\":null,"
        "\"note\":null,\"lines\":[{},{\"a\":1},[],1]}");
    CHECK(json_check(b.data, b.len, NULL, NULL, NULL) == OK);
    buf_finish(&b);
}

static void
test_json_out__quantities_are_the_shortest_decimals(void)
{
    static const int64_t in[] = {0, 1500, 2000, 5, -5, -1010, 750, INT64_MIN};
    struct json_out o;
    struct buf b;

    buf_init(&b, 1000);
    json_out_init(&o, &b);
    json_out_arr(&o);
    for (size_t i = 0; i < sizeof(in) / sizeof(in[0]); i++)
        json_out_milli(&o, in[i]);
    json_out_end_arr(&o);
    CHECK_STR(
        b.data, "[0,1.5,2,0.005,-0.005,-1.01,0.75,-9223372036854775.808]");
    buf_finish(&b);
}

static void
test_json_out__what_any_text_becomes_is_json(void)
{
    char all[256];
    struct json_out o;
    struct buf b;

    for (int i = 0; i < 256; i++)
        all[i] = (char)i; /* controls, quotes, and bytes that are no UTF-8 */
    buf_init(&b, 4000);
    json_out_init(&o, &b);
    json_out_obj(&o);
    json_out_key(&o, "k\"\\\n");
    json_out_str_len(&o, all, sizeof(all));
    json_out_put_str(&o, "cut", "a\xE1\xBA");
    json_out_end_obj(&o);
    CHECK(strstr(b.data, "\"k\\\"\\\\\\n\":\"\\u0000\\u0001") != NULL);
    CHECK(strstr(b.data, "\"cut\":\"a\xEF\xBF\xBD\xEF\xBF\xBD\"") != NULL);
    /* \u0000 alone is what the reader refuses */
    CHECK(json_check(b.data, b.len, NULL, NULL, NULL) == ERR_JSON);
    memcpy(strstr(b.data, "\\u0000"), "\\u0020", 6);
    CHECK(json_check(b.data, b.len, NULL, NULL, NULL) == OK);
    buf_finish(&b);
}

int
main(void)
{
    RUN(test_json_out__commas_and_colons_are_right);
    RUN(test_json_out__quantities_are_the_shortest_decimals);
    RUN(test_json_out__what_any_text_becomes_is_json);
    return T_END();
}
