/* Any bytes as text: composed, cleaned, folded; what came out is stable. */
#include <assert.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "tests/fuzz/fuzz.h"

typedef enum err make_text(const char *s, size_t len, struct buf *out);

static bool
is_same(const struct buf *a, const struct buf *b)
{
    return a->len == b->len && memcmp(a->data, b->data, a->len) == 0;
}

/* Made again it is itself, and it is NFC. */
static void
check_stable(make_text *make, const char *text, size_t len)
{
    struct buf once, twice;
    enum err e;

    buf_init(&once, len * 4 + 16);
    buf_init(&twice, len * 4 + 16);
    e = make(text, len, &once);
    assert((e == OK) == text_is_utf8(text, len));
    if (e == OK) {
        assert(make(once.data, once.len, &twice) == OK);
        assert(is_same(&once, &twice));
        buf_clear(&twice);
        assert(text_nfc(once.data, once.len, &twice) == OK);
        assert(is_same(&once, &twice));
        assert(text_len(once.data) <= once.len);
        assert(text_compare(once.data, twice.data) == 0);
    }
    buf_finish(&once);
    buf_finish(&twice);
}

bool
fuzz_accepts(const uint8_t *data, size_t size)
{
    return text_is_utf8((const char *)data, size);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    check_stable(text_nfc, (const char *)data, size);
    check_stable(text_clean, (const char *)data, size);
    check_stable(text_fold, (const char *)data, size);
    return 0;
}
