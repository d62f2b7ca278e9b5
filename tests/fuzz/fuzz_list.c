/* Any bytes as a list, or as a delta when they begin so: what is taken keeps
 * its promises. */
#include <assert.h>
#include <string.h>

#include "base/canon.h"
#include "sync/lines.h"
#include "tests/fuzz/fuzz.h"

static void
check(const struct lines *l, const struct line *line, const char *before)
{
    const struct ocop_record *r = &line->record;

    assert(strcmp(before, r->id) < 0 && strcmp(l->last, r->id) == 0);
    if (line->drop) {
        assert(l->delta && !line->text);
        return;
    }
    assert(canon_check(line->text, line->text_len) == OK);
    assert(r->cert > 0 && r->name[0] && strlen(line->fold) < RECORD_NAME);
    assert(r->stars < 5 && strcmp(r->province_code, "01") == 0);
    assert(line->gtins_len <= LINE_GTINS);
    for (size_t i = 0; i < line->gtins_len; i++)
        assert(strlen(line->gtins[i]) == 14);
}

static enum err
take(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data;
    bool delta = size > 6 && memcmp(text, "{\"op\":", 6) == 0;
    struct lines l;
    struct line line;
    enum err e = OK;

    delta = delta || (size > 6 && memcmp(text, "{\"id\":", 6) == 0);
    lines_init(&l, "p01", delta);
    for (size_t at = 0; e == OK && at < size;) {
        const char *end = memchr(text + at, '\n', size - at);
        size_t len = end ? (size_t)(end - text) - at : size - at;
        char before[RECORD_ID];

        memcpy(before, l.last, sizeof(before));
        e = lines_read(&l, text + at, len, &line);
        assert(e == OK || e == ERR_LIST_REFUSED || e == ERR_CERT_REFUSED);
        if (e == OK)
            check(&l, &line, before);
        at += len + 1;
    }
    lines_finish(&l);
    return e;
}

bool
fuzz_accepts(const uint8_t *data, size_t size)
{
    return take(data, size) == OK;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    (void)take(data, size);
    return 0;
}
