/* Any bytes as a document in the form that TUF signs. */
#include <assert.h>
#include <string.h>

#include "base/canon.h"
#include "base/json.h"
#include "sync/tuf/canonical.h"
#include "tests/fuzz/fuzz.h"

/* Control characters stand raw in the form, and no JSON reader takes those. */
static bool
has_control(const struct buf *form)
{
    for (size_t i = 0; i < form->len; i++)
        if ((unsigned char)form->data[i] < 0x20)
            return true;
    return false;
}

/* Read again, it is its own form; and where the journal's form takes the
 * document, both are the same. */
static void
check(const struct json *root, const struct buf *form)
{
    struct json *again = NULL;
    struct buf twice;

    buf_init(&twice, form->len);
    if (!has_control(form)) {
        assert(json_parse(form->data, form->len, NULL, &again) == OK);
        assert(tuf_canonical(again, &twice) == OK);
        assert(twice.len == form->len &&
            memcmp(twice.data, form->data, form->len) == 0);
    }
    json_free(again);
    buf_clear(&twice);
    if (canon_of_json(root, &twice) == OK)
        assert(twice.len == form->len &&
            memcmp(twice.data, form->data, form->len) == 0);
    buf_finish(&twice);
}

bool
fuzz_accepts(const uint8_t *data, size_t size)
{
    struct json *root = NULL;
    struct buf form;
    enum err e = json_parse((const char *)data, size, NULL, &root);

    buf_init(&form, size);
    if (e == OK)
        e = tuf_canonical(root, &form); /* never longer than what was read */
    assert(e == OK || e == ERR_JSON || e == ERR_TOO_LARGE);
    assert(e != ERR_TOO_LARGE || !root);
    assert(e == OK || form.len == 0);
    if (e == OK)
        check(root, &form);
    buf_finish(&form);
    json_free(root);
    return e == OK;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    (void)fuzz_accepts(data, size);
    return 0;
}
