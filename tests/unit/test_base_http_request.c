#include <stdio.h>
#include <string.h>

#include "base/http_request.h"
#include "tests/unit/t.h"

static struct http_request
target(const char *text)
{
    struct http_request r = {.method = "GET"};

    http_request_target(&r, text);
    return r;
}

static enum err
bad(const char *text)
{
    struct http_request r = target(text);
    enum err e = r.bad;

    http_request_finish(&r);
    return e;
}

static void
test_http_request__pieces_are_decoded_one_by_one(void)
{
    struct http_request r = target("/api/by-code/https%3A%2F%2Fx%2Fy?q=a+b%2B"
                                   "&limit=3&bare");

    CHECK(r.bad == OK && r.segments_len == 3);
    CHECK_STR(r.segments[0], "api");
    CHECK_STR(r.segments[2], "https://x/y");
    CHECK_STR(http_request_query(&r, "q"), "a b+");
    CHECK_STR(http_request_query(&r, "limit"), "3");
    CHECK_STR(http_request_query(&r, "bare"), "");
    CHECK(http_request_query(&r, "absent") == NULL);
    http_request_finish(&r);

    r = target("/");
    CHECK(r.bad == OK && r.segments_len == 0);
    http_request_finish(&r);
}

static void
test_http_request__vietnamese_may_be_encoded_or_not(void)
{
    struct http_request r = target("/x?q=mi%E1%BA%BFn&p=miến");

    CHECK(r.bad == OK);
    CHECK_STR(http_request_query(&r, "q"), "miến");
    CHECK_STR(http_request_query(&r, "p"), "miến");
    http_request_finish(&r);
}

static void
test_http_request__tricks_in_the_address_are_refused(void)
{
    char long_one[HTTP_TARGET_MAX + 2];

    CHECK(bad("/a/%zz") == ERR_INVALID);
    CHECK(bad("/a/%2") == ERR_INVALID);
    CHECK(bad("/a?x=%") == ERR_INVALID);
    CHECK(bad("/a/%00b") == ERR_TEXT);
    CHECK(bad("/a/%1c") == ERR_TEXT && bad("/a/%1e") == ERR_TEXT);
    CHECK(bad("/a/0108%1d17") == OK); /* as GS1 codes are scanned */
    CHECK(bad("/a?x=a%0d%0aSet-Cookie:b") == ERR_TEXT);
    CHECK(bad("/a/%ff") == ERR_TEXT);
    CHECK(bad("/a/%c0%af") == ERR_TEXT); /* overlong slash */
    CHECK(bad("/a?q=%ed%a0%80") == ERR_TEXT); /* lone surrogate */
    CHECK(bad("/a/../b") == ERR_NO_ROUTE);
    CHECK(bad("/a/%2e%2E/b") == ERR_NO_ROUTE);
    CHECK(bad("/a//b") == ERR_NO_ROUTE);
    CHECK(bad("//a") == ERR_NO_ROUTE);
    CHECK(bad("/a/") == ERR_NO_ROUTE);
    CHECK(bad("http://evil/a") == ERR_INVALID);
    CHECK(bad("*") == ERR_INVALID);
    CHECK(bad("") == ERR_INVALID);
    CHECK(bad("/a#b") == ERR_INVALID);
    CHECK(bad("/a?q=1&q=2") == ERR_INVALID);
    CHECK(bad("/1/2/3/4/5/6/7/8/9/10/11/12/13") == ERR_NO_ROUTE);
    CHECK(bad("/?a&b&c&d&e&f&g&h&i&j&k&l&m&n&o&p&q") == ERR_INVALID);

    memset(long_one, 'a', sizeof(long_one) - 1);
    long_one[0] = '/';
    long_one[sizeof(long_one) - 1] = '\0';
    CHECK(bad(long_one) == ERR_TOO_LARGE);
    long_one[sizeof(long_one) - 2] = '\0';
    CHECK(bad(long_one) == OK);
}

static void
test_http_request__headers_that_decide_stand_once(void)
{
    struct http_request r = {.method = "GET"};

    http_request_add_header(&r, "Accept", "a");
    http_request_add_header(&r, "accept", "b");
    http_request_add_header(&r, "Host", "a");
    CHECK(r.bad == OK);
    CHECK_STR(http_request_header(&r, "ACCEPT"), "a");
    http_request_add_header(&r, "HOST", "b");
    CHECK(r.bad == ERR_INVALID && http_request_check(&r) == ERR_INVALID);

    r = (struct http_request){.method = "POST"};
    http_request_add_header(&r, "Content-Length", "3");
    http_request_add_header(&r, "Transfer-Encoding", "chunked");
    CHECK(r.bad == ERR_INVALID);

    r = (struct http_request){.method = "GET"};
    for (int i = 0; i <= HTTP_HEADERS_IN; i++)
        http_request_add_header(&r, "X", "y");
    CHECK(r.bad == ERR_TOO_LARGE && r.bad_status == 431);
}

static void
test_http_request__a_cookie_is_found_only_by_its_whole_name(void)
{
    struct http_request r = {.method = "GET"};
    char value[8];

    http_request_add_header(&r, "Cookie",
        "xocop=1; ocop=abc; ocop2=2;long=123456789; q=\"a\"; sp=a b");
    CHECK(http_request_cookie(&r, "ocop", value, sizeof(value)));
    CHECK_STR(value, "abc");
    CHECK(http_request_cookie(&r, "ocop2", value, sizeof(value)));
    CHECK(!http_request_cookie(&r, "oco", value, sizeof(value)));
    CHECK(!http_request_cookie(&r, "long", value, sizeof(value)));
    CHECK(!http_request_cookie(&r, "q", value, sizeof(value)));
    CHECK(!http_request_cookie(&r, "sp", value, sizeof(value)));
    CHECK_STR(value, "");
}

static enum lang
speaks(const char *accept)
{
    struct http_request r = {.method = "GET"};

    if (accept)
        http_request_add_header(&r, "Accept-Language", accept);
    return http_request_lang(&r, LANG_VI);
}

static void
test_http_request__the_better_liked_language_is_spoken(void)
{
    CHECK(speaks(NULL) == LANG_VI);
    CHECK(speaks("en") == LANG_EN);
    CHECK(speaks("en-US,en;q=0.5") == LANG_EN);
    CHECK(speaks("vi,en;q=0.5") == LANG_VI);
    CHECK(speaks("vi;q=0.4, en;q=0.5") == LANG_EN);
    CHECK(speaks("fr, de;q=0.9") == LANG_VI);
    CHECK(speaks("en;q=0") == LANG_VI);
    CHECK(speaks("eng, ,;,=") == LANG_VI);
    CHECK(speaks("*") == LANG_VI);
}

static void
test_http_request__a_host_is_read_without_its_port(void)
{
    char host[32];

    CHECK(http_host_of("LocalHost:8080", host, sizeof(host)));
    CHECK_STR(host, "localhost");
    CHECK(http_host_of("[::1]:80", host, sizeof(host)));
    CHECK_STR(host, "::1");
    CHECK(http_host_of("http://127.0.0.1:8080", host, sizeof(host)));
    CHECK_STR(host, "127.0.0.1");
    CHECK(!http_host_of("null", host, 4));
    CHECK(!http_host_of("", host, sizeof(host)));
    CHECK(!http_host_of("a b", host, sizeof(host)));
    CHECK(!http_host_of("user@localhost", host, sizeof(host)));
    CHECK(!http_host_of("localhost:80x", host, sizeof(host)));
    CHECK(!http_host_of("localhost/evil", host, sizeof(host)));
    CHECK(!http_host_of("[::1", host, sizeof(host)));
}

int
main(void)
{
    RUN(test_http_request__pieces_are_decoded_one_by_one);
    RUN(test_http_request__vietnamese_may_be_encoded_or_not);
    RUN(test_http_request__tricks_in_the_address_are_refused);
    RUN(test_http_request__headers_that_decide_stand_once);
    RUN(test_http_request__a_cookie_is_found_only_by_its_whole_name);
    RUN(test_http_request__the_better_liked_language_is_spoken);
    RUN(test_http_request__a_host_is_read_without_its_port);
    return T_END();
}
