/* Any bytes as JSON: parsed, walked, made canonical. */
#include <assert.h>
#include <string.h>

#include "base/canon.h"
#include "base/json.h"
#include "tests/fuzz/fuzz.h"

/* Ask every question of every value; none may read what is not there. */
static void
walk(const struct json *v)
{
    static const char *const words[] = {"cash", "transfer", NULL};
    const struct json *sub;
    const char *str;
    int64_t n;
    int word;
    bool yes;

    json_blame(v, NULL);
    (void)json_as_str(v, 64, &str);
    (void)json_as_int(v, -JSON_INT_MAX, JSON_INT_MAX, &n);
    (void)json_as_milli(v, -1000, 1000, &n);
    (void)json_as_bool(v, &yes);
    (void)json_as_word(v, words, &word);
    (void)json_as_arr(v, 3, &sub);
    (void)json_get_obj(v, "lines", &sub);
    (void)json_only(v, words);
    for (const struct json *item = json_first(v); item; item = json_next(item))
        walk(item);
}

/* The canonical form is accepted again and is its own form. */
static void
check_form(const struct json *root, const char *text, size_t len)
{
    struct buf form;

    buf_init(&form, len * 4 + 16);
    if (!canon_of_json(root, &form)) {
        assert(canon_check(form.data, form.len) == OK);
        assert((canon_check(text, len) == OK) ==
               (form.len == len && memcmp(form.data, text, len) == 0));
    } else {
        assert(canon_check(text, len) != OK);
    }
    buf_finish(&form);
}

bool
fuzz_accepts(const uint8_t *data, size_t size)
{
    return json_check((const char *)data, size, NULL, NULL, NULL) == OK;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct json *root;
    size_t at = 0;
    const char *why = NULL;
    enum err checked = json_check((const char *)data, size, NULL, &at, &why);
    enum err parsed = json_parse((const char *)data, size, NULL, &root);

    assert(checked == parsed && (parsed == OK) == (root != NULL));
    assert(parsed != ERR_JSON || (at <= size && why && *why));
    if (!parsed) {
        walk(root);
        check_form(root, (const char *)data, size);
    }
    json_free(root);
    return 0;
}
