#include <stdlib.h>

#include "tests/unit/t.h"
#include "tests/unit/t_fetch.h"

/* Where a file comes from: redirects, proxies, and what is already here. */

static char target[200]; /* of the redirect; read by the server's thread */
static int hops;

static void
redirect(int fd, const char *request)
{
    if (strstr(request, "/end ") || hops == 0)
        wire_body(fd, "", "here", 4);
    else
        wire_say(fd, "HTTP/1.1 302 There\r\nLocation: %s\r\n"
                     "Content-Length: 0\r\n\r\n",
            target);
    hops -= hops > 0;
}

static enum err
redirected(const char *to, int times)
{
    struct fetch *f = fetch_wire(redirect);
    struct buf out;
    enum err e;

    snprintf(target, sizeof(target), "%s", to);
    hops = times;
    buf_init(&out, 100);
    wire_quiet();
    e = fetch_bytes(f, "x", 100, &out);
    wire_quiet();
    CHECK(e ? out.len == 0 : strcmp(out.data, "here") == 0);
    buf_finish(&out);
    fetch_close(f);
    return e;
}

static void
test_fetch__follows_a_redirect_to_the_same_place(void)
{
    char to[100];

    CHECK(redirected("/v1/end", 99) == OK);
    CHECK(redirected("end", 99) == OK);
    snprintf(to, sizeof(to), "http://127.0.0.1:%d/end", wire_port);
    CHECK(redirected(to, 99) == OK);
    CHECK(redirected("/again", 3) == OK);
    CHECK(redirected("/again", 4) == ERR_FETCH);
    CHECK_STR(arg_of("case"), "redirect");
}

static void
test_fetch__follows_nobody_elsewhere(void)
{
    static const char *const away[] = {"http://127.0.0.1:1/end",
        "http://localhost:%d/end", "https://127.0.0.1:%d/end",
        "//example.vn/end", "ftp://127.0.0.1/end", "file:///etc/passwd",
        "http://127.0.0.1:%d@example.vn/end", ""};
    char to[200];

    for (size_t i = 0; i < sizeof(away) / sizeof(away[0]); i++) {
        const char *d = strstr(away[i], "%d");
        int requests;

        snprintf(to, sizeof(to), "%s", away[i]);
        if (d)
            snprintf(to, sizeof(to), "%.*s%d%s", (int)(d - away[i]), away[i],
                wire_port, d + 2);
        requests = atomic_load(&wire_requests);
        CHECK(redirected(to, 99) == ERR_FETCH);
        CHECK_STR(arg_of("case"), "redirect");
        CHECK(atomic_load(&wire_requests) == requests + 1);
    }
}

static void
refuse_connect(int fd, const char *request)
{
    (void)request;
    wire_say(fd, "HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n");
}

static void
test_fetch__takes_the_proxy_of_the_settings(void)
{
    struct fetch_config c = {.base_url = "https://ocop.example.vn/"};
    struct fetch *f;
    struct buf out;
    char proxy[64];

    atomic_store(&wire_answer, refuse_connect);
    snprintf(proxy, sizeof(proxy), "http://127.0.0.1:%d", wire_port);
    c.proxy = proxy;
    CHECK(fetch_open(&c, &f) == OK);
    buf_init(&out, 100);
    CHECK(fetch_bytes(f, "x", 100, &out) == ERR_FETCH);
    CHECK_STR(arg_of("case"), "proxy");
    CHECK_STR(arg_of("host"), "ocop.example.vn");
    CHECK(strncmp(wire_request, "CONNECT ocop.example.vn:443 ", 28) == 0);
    fetch_close(f);
    c.proxy = "http://127.0.0.1:1";
    CHECK(fetch_open(&c, &f) == OK);
    CHECK(fetch_bytes(f, "x", 100, &out) == ERR_FETCH);
    CHECK_STR(arg_of("case"), "proxy");
    fetch_close(f);
    buf_finish(&out);
}

static void
test_fetch__takes_the_proxy_of_the_environment(void)
{
    struct fetch_config c = {.base_url = "https://ocop.example.vn/"};
    struct fetch *f;
    struct buf out;
    char proxy[64];

    atomic_store(&wire_answer, refuse_connect);
    snprintf(proxy, sizeof(proxy), "http://127.0.0.1:%d", wire_port);
    setenv("https_proxy", proxy, 1);
    CHECK(fetch_open(&c, &f) == OK);
    buf_init(&out, 100);
    CHECK(fetch_bytes(f, "x", 100, &out) == ERR_FETCH);
    CHECK_STR(arg_of("case"), "proxy");
    unsetenv("https_proxy");
    buf_finish(&out);
    fetch_close(f);
}

/* TLS is asked for; what comes back is none. */
static void
say_plain(int fd, const char *request)
{
    (void)request;
    wire_say(fd, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
}

static void
tunnel(int fd, const char *request)
{
    (void)request;
    wire_say(fd, "HTTP/1.1 200 Go on\r\n\r\n");
    say_plain(fd, request);
}

static void
test_fetch__takes_nothing_without_tls(void)
{
    struct fetch_config c = {.base_url = "https://ocop.example.vn/"};
    struct fetch *f;
    struct buf out;
    char proxy[64];

    atomic_store(&wire_answer, tunnel);
    snprintf(proxy, sizeof(proxy), "http://127.0.0.1:%d", wire_port);
    c.proxy = proxy;
    CHECK(fetch_open(&c, &f) == OK);
    buf_init(&out, 100);
    CHECK(fetch_bytes(f, "x", 100, &out) == ERR_FETCH);
    CHECK_STR(arg_of("case"), "tls");
    buf_finish(&out);
    fetch_close(f);
}

static const char *now_etag, *now_body;

static void
say_etag(int fd, const char *request)
{
    char line[64];

    snprintf(line, sizeof(line), "If-None-Match: %s\r\n", now_etag);
    if (now_etag[0] && strstr(request, line)) {
        wire_say(fd, "HTTP/1.1 304 Same\r\nETag: %s\r\n\r\n", now_etag);
        return;
    }
    snprintf(line, sizeof(line), "ETag: %s\r\n", now_etag);
    wire_body(fd, now_etag[0] ? line : "", now_body, strlen(now_body));
}

static void
check_again(struct fetch *f, const char *path, const char *want)
{
    struct buf out;

    buf_init(&out, 100);
    wire_quiet();
    CHECK(fetch_bytes_again(f, path, 100, &out) == OK);
    wire_quiet();
    CHECK_STR(out.data, want);
    buf_finish(&out);
}

static void
test_fetch__asks_again_only_for_what_changed(void)
{
    struct fetch *f = fetch_wire(say_etag);
    char path[16];

    now_etag = "\"1\"", now_body = "one";
    check_again(f, "t", "one");
    CHECK(!strstr(wire_request, "If-None-Match"));
    now_body = "never sent";
    check_again(f, "t", "one");
    CHECK(strstr(wire_request, "If-None-Match: \"1\"\r\n"));
    now_etag = "\"2\"", now_body = "two";
    check_again(f, "t", "two");
    check_again(f, "t", "two");
    for (int i = 0; i < 10; i++) { /* forgotten for others */
        snprintf(path, sizeof(path), "p%d", i);
        check_again(f, path, "two");
    }
    now_body = "three";
    check_again(f, "t", "three");
    now_etag = "\"a b\"", now_body = "odd"; /* not one we would send back */
    check_again(f, "v", "odd");
    check_again(f, "v", "odd");
    CHECK(!strstr(wire_request, "If-None-Match"));
    now_etag = "", now_body = "four";
    check_again(f, "u", "four");
    check_again(f, "u", "four");
    CHECK(!strstr(wire_request, "If-None-Match"));
    fetch_close(f);
}

int
main(void)
{
    wire_start();
    RUN(test_fetch__follows_a_redirect_to_the_same_place);
    RUN(test_fetch__follows_nobody_elsewhere);
    RUN(test_fetch__takes_the_proxy_of_the_settings);
    RUN(test_fetch__takes_the_proxy_of_the_environment);
    RUN(test_fetch__takes_nothing_without_tls);
    RUN(test_fetch__asks_again_only_for_what_changed);
    wire_stop();
    return T_END();
}
