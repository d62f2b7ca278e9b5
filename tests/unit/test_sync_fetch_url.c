#include <string.h>

#include "sync/fetch_url.h"
#include "tests/unit/t.h"

static bool
safe(const char *text)
{
    struct url u;

    return url_parse(text, &u) && url_is_safe(&u);
}

static void
test_url__is_https_or_this_machine(void)
{
    CHECK(safe("https://ocop.example.vn"));
    CHECK(safe("https://ocop.example.vn:8443/v1/"));
    CHECK(safe("http://127.0.0.1:8090/v1/"));
    CHECK(safe("http://127.9.8.7/"));
    CHECK(safe("http://localhost:1"));
    CHECK(safe("http://[::1]:8090/"));
    CHECK(!safe("http://ocop.example.vn/"));
    CHECK(!safe("http://10.0.0.1/"));
    CHECK(!safe("http://128.0.0.1/"));
    CHECK(!safe("http://127.0.0.1.example.vn/"));
    CHECK(!safe("http://localhost.example.vn/"));
    CHECK(!safe("http://[::2]/"));
    CHECK(!safe("http://127.1/"));
    CHECK(!safe("ftp://127.0.0.1/"));
    CHECK(!safe("file:///etc/passwd"));
    CHECK(!safe("HTTPS://x/")); /* one form only */
}

static void
test_url__has_no_second_reading(void)
{
    CHECK(!safe("https://user@example.vn/"));
    CHECK(!safe("http://127.0.0.1@example.vn/"));
    CHECK(!safe("http://127.0.0.1:80@example.vn/"));
    CHECK(!safe("http://127.0.0.1\\@example.vn/"));
    CHECK(!safe("http://127.0.0.1#@example.vn/"));
    CHECK(!safe("https://example.vn/?a=b"));
    CHECK(!safe("https://example.vn/#a"));
    CHECK(!safe("https://example.vn/a b"));
    CHECK(!safe("https://example.vn/a\r\nHost: x"));
    CHECK(!safe("https://example.vn:0/"));
    CHECK(!safe("https://example.vn:65536/"));
    CHECK(!safe("https://example.vn:/"));
    CHECK(!safe("https://example.vn:8o/"));
    CHECK(!safe("https:///x"));
    CHECK(!safe("https://[::1/"));
    CHECK(!safe("https://[::1]x/"));
    CHECK(!safe("https://ví dụ.vn/"));
    CHECK(!safe(""));
}

static bool
same(const char *a, const char *b)
{
    struct url x, y;

    return url_parse(a, &x) && url_parse(b, &y) && url_same_origin(&x, &y);
}

static void
test_url__knows_the_same_place(void)
{
    CHECK(same("https://a.vn/x", "https://A.VN:443/y"));
    CHECK(same("http://[::1]/", "http://[::1]:80/z"));
    CHECK(!same("https://a.vn/", "http://a.vn/"));
    CHECK(!same("https://a.vn/", "https://a.vn:444/"));
    CHECK(!same("https://a.vn/", "https://b.vn/"));
    CHECK(!same("http://127.0.0.1/", "http://localhost/"));
}

static void
test_url__takes_a_quoted_name_and_no_climbing_one(void)
{
    static const char *const bad[] = {"", "/", "/a", "a/", "a//b", ".", "..",
        "../a", "a/../b", "a/..", "./a", "a/.", "a b", "a?b", "a#b", "a%",
        "a%4", "a%4g", "\xC4\x90", "a\r\nb", "a\\b", "http://x"};
    struct buf out;

    buf_init(&out, 100);
    CHECK(url_add_path("p01/list-7.ndjson", &out));
    CHECK_STR(out.data, "p01/list-7.ndjson");
    buf_clear(&out);
    CHECK(url_add_path("a%20b/..c%3Fd~%C4%90", &out));
    CHECK_STR(out.data, "a%20b/..c%3Fd~%C4%90");
    buf_clear(&out);
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        CHECK(!url_add_path(bad[i], &out) && out.len == 0);
    buf_finish(&out);
}

int
main(void)
{
    RUN(test_url__is_https_or_this_machine);
    RUN(test_url__has_no_second_reading);
    RUN(test_url__knows_the_same_place);
    RUN(test_url__takes_a_quoted_name_and_no_climbing_one);
    return T_END();
}
