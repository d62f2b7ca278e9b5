/* Any bytes as a request: the target in the first line, then headers.  What is
 * accepted is text, without controls, dots or empty pieces. */
#include <assert.h>
#include <string.h>

#include "base/http_request.h"
#include "base/mem.h"
#include "base/text.h"
#include "tests/fuzz/fuzz.h"

static void
check_text(const char *s)
{
    assert(text_is_utf8(s, strlen(s)));
    for (; *s; s++)
        assert((unsigned char)*s >= 0x20 && *s != 0x7f);
}

static void
check(const struct http_request *r)
{
    for (size_t i = 0; i < r->segments_len; i++) {
        check_text(r->segments[i]);
        assert(r->segments[i][0] && strcmp(r->segments[i], ".") != 0 &&
            strcmp(r->segments[i], "..") != 0);
    }
    for (size_t i = 0; i < r->query_len; i++) {
        check_text(r->query[i].name);
        check_text(r->query[i].value);
        assert(http_request_query(r, r->query[i].name) == r->query[i].value);
    }
}

/* "Name: value" lines, cut up in place. */
static void
add_headers(struct http_request *r, char *text)
{
    char *end, *value;

    for (; *text; text = end) {
        end = text + strcspn(text, "\n");
        if (*end)
            *end++ = '\0';
        value = text + strcspn(text, ":");
        if (*value)
            *value++ = '\0';
        http_request_add_header(r, text, value + strspn(value, " "));
    }
}

static void
use_headers(const struct http_request *r)
{
    char out[40];
    const char *host = http_request_header(r, "Host");
    enum lang lang = http_request_lang(r, LANG_VI);

    assert(lang == LANG_VI || lang == LANG_EN);
    if (http_request_cookie(r, "a", out, sizeof(out)))
        assert(!strpbrk(out, " \";,\\") && strlen(out) < sizeof(out));
    else
        assert(!out[0]);
    if (host && http_host_of(host, out, sizeof(out)))
        assert(out[0] && !strpbrk(out, "/@[] ABCXYZ"));
}

bool
fuzz_accepts(const uint8_t *data, size_t size)
{
    struct http_request r = {.method = "GET"};
    char *text = mem_dup(data, size);
    char *headers = text + strcspn(text, "\n");
    bool ok;

    if (*headers)
        *headers++ = '\0';
    http_request_target(&r, text);
    add_headers(&r, headers);
    use_headers(&r);
    ok = r.bad == OK;
    assert(ok == (http_request_check(&r) == OK) && ok == !r.why);
    if (ok)
        check(&r);
    http_request_finish(&r);
    mem_free(text);
    return ok;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    (void)fuzz_accepts(data, size);
    return 0;
}
