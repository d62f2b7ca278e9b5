#include <stdlib.h>
#include <time.h>

#include "base/gzip.h"
#include "base/mem.h"
#include "tests/unit/t.h"
#include "tests/unit/t_fetch.h"

static void
say_hello(int fd, const char *request)
{
    if (strncmp(request, "GET /v1/a%20b/c.json HTTP/1.1\r\n", 31) == 0)
        wire_body(fd, "", "hello", 5);
    else
        wire_body(fd, "", "what?", 5);
}

/* What one answer makes of fetch_bytes with a limit of 1,000: the case of its
 * refusal, "" when it is taken. */
static const char *
fails(wire_answer_fn *answer, enum err want)
{
    struct fetch *f = fetch_wire(answer);
    struct buf out;
    enum err e;

    buf_init(&out, 2000);
    buf_add_str(&out, "before");
    e = fetch_bytes(f, "x.json", 1000, &out);
    wire_quiet();
    CHECK(e == want);
    CHECK(!e || strcmp(out.data, "before") == 0);
    buf_finish(&out);
    fetch_close(f);
    return e ? arg_of("case") : "";
}

static void
test_fetch__takes_a_file_below_its_address(void)
{
    struct fetch *f = fetch_wire(say_hello);
    struct fetch_stats stats;
    struct buf out;

    buf_init(&out, 100);
    CHECK(fetch_bytes(f, "a%20b/c.json", 5, &out) == OK);
    CHECK_STR(out.data, "hello");
    wire_quiet();
    CHECK(strstr(wire_request, "\r\nAccept-Encoding: gzip\r\n"));
    CHECK(strstr(wire_request, "\r\nUser-Agent: ocop-pos\r\n"));
    fetch_stats(f, &stats);
    CHECK(stats.requests == 1);
    CHECK(stats.received == 17 + 19 + 2 + 5);
    CHECK(stats.sent == (int64_t)strlen(wire_request));
    CHECK(fetch_bytes(f, "a%20b/c.json", 4, &out) == ERR_FETCH);
    CHECK_STR(arg_of("case"), "too_large");
    CHECK_STR(arg_of("max"), "4");
    CHECK_STR(arg_of("host"), "127.0.0.1");
    CHECK_STR(arg_of("file"), "a%20b/c.json");
    CHECK_STR(out.data, "hello");
    buf_finish(&out);
    fetch_close(f);
}

static void
test_fetch__opens_only_what_is_safe(void)
{
    static const char *const bad[] = {"http://example.vn/", "ftp://x/", "",
        "https://user:pw@example.vn/", "file:///etc/passwd"};
    struct fetch_config c = {.base_url = "https://example.vn/v1"};
    struct fetch *f;

    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        c.base_url = bad[i];
        CHECK(fetch_open(&c, &f) == ERR_FETCH && !f);
        CHECK_STR(arg_of("case"), "address");
        CHECK_STR(arg_of("url"), bad[i]);
    }
    c = (struct fetch_config){
        .base_url = "https://example.vn", .proxy = "example.vn:3128"};
    CHECK(fetch_open(&c, &f) == ERR_FETCH && !f);
    CHECK_STR(arg_of("case"), "proxy_address");
    c.proxy = "http://127.0.0.1:3128";
    CHECK(fetch_open(&c, &f) == OK);
    fetch_close(f);
    fetch_close(NULL);
}

static void
say_404(int fd, const char *request)
{
    (void)request;
    wire_say(fd, "HTTP/1.1 404 No\r\nContent-Length: 3\r\n\r\nno\n");
}

static void
say_500(int fd, const char *request)
{
    (void)request;
    wire_say(fd, "HTTP/1.1 500 No\r\nContent-Length: 3\r\n\r\nno\n");
}

/* A refusal with a body that has no end. */
static void
say_404_forever(int fd, const char *request)
{
    char block[4096] = {0};

    (void)request;
    wire_say(fd, "HTTP/1.1 404 No\r\n\r\n");
    while (wire_send(fd, block, sizeof(block)))
        ;
}

static void
say_206(int fd, const char *request)
{
    (void)request;
    wire_say(fd, "HTTP/1.1 206 Part\r\nContent-Range: bytes 0-1/9\r\n"
                 "Content-Length: 2\r\n\r\nab");
}

static void
say_304(int fd, const char *request)
{
    (void)request;
    wire_say(fd, "HTTP/1.1 304 Same\r\n\r\n");
}

static void
test_fetch__tells_absent_from_refused(void)
{
    fails(say_404, ERR_NOT_FOUND);
    fails(say_404_forever, ERR_NOT_FOUND);
    CHECK_STR(fails(say_500, ERR_FETCH), "status");
    CHECK_STR(arg_of("status"), "500");
    CHECK_STR(fails(say_206, ERR_FETCH), "status"); /* nobody asked for it */
    CHECK_STR(fails(say_304, ERR_FETCH), "status");
}

static void
say_503(int fd, const char *request)
{
    (void)request;
    wire_say(fd, "HTTP/1.1 503 Later\r\nRetry-After: 120\r\n"
                 "Content-Length: 0\r\n\r\n");
}

static void
test_fetch__remembers_how_long_to_wait(void)
{
    struct fetch *f = fetch_wire(say_503);
    struct buf out;

    buf_init(&out, 100);
    CHECK(fetch_retry_after(f) == 0);
    CHECK(fetch_bytes(f, "x", 100, &out) == ERR_FETCH);
    CHECK(fetch_retry_after(f) == 120);
    atomic_store(&wire_answer, say_hello);
    CHECK(fetch_bytes(f, "x", 100, &out) == OK);
    CHECK(fetch_retry_after(f) == 0);
    buf_finish(&out);
    fetch_close(f);
}

/* A body without a length and without an end. */
static void
say_forever(int fd, const char *request)
{
    char block[4096] = {0};

    (void)request;
    wire_say(fd, "HTTP/1.1 200 OK\r\n\r\n");
    while (wire_send(fd, block, sizeof(block)))
        ;
}

static void
say_headers_forever(int fd, const char *request)
{
    char line[1024];

    (void)request;
    memset(line, 'x', sizeof(line));
    memcpy(line, "X-Much: ", 8);
    memcpy(line + sizeof(line) - 2, "\r\n", 2);
    wire_say(fd, "HTTP/1.1 200 OK\r\n");
    while (wire_send(fd, line, sizeof(line)))
        ;
}

/* Announces much and waits for the other side to take it. */
static void
say_long(int fd, const char *request)
{
    char c;

    (void)request;
    wire_say(fd, "HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n");
    while (read(fd, &c, 1) > 0)
        ;
}

static void
say_gzip(int fd, const char *request)
{
    struct buf packed;
    char *zeros = mem_new(1, 1000 * 1000);
    size_t len = strstr(request, "x.json") ? 1000 * 1000 : 1000;

    buf_init(&packed, 100 * 1000);
    gzip_pack(zeros, len, &packed);
    wire_body(fd, "Content-Encoding: gzip\r\n", packed.data, packed.len);
    buf_finish(&packed);
    mem_free(zeros);
}

static void
test_fetch__takes_no_more_than_its_limit(void)
{
    struct fetch *f = fetch_wire(say_gzip);
    struct buf out;

    CHECK_STR(fails(say_forever, ERR_FETCH), "too_large");
    CHECK_STR(fails(say_long, ERR_FETCH), "too_large");
    CHECK_STR(fails(say_headers_forever, ERR_FETCH), "too_large");
    CHECK_STR(fails(say_gzip, ERR_FETCH), "too_large"); /* a bomb */
    CHECK_STR(arg_of("max"), "1000");
    buf_init(&out, 1000);
    CHECK(fetch_bytes(f, "good", 1000, &out) == OK);
    CHECK(out.len == 1000);
    buf_finish(&out);
    fetch_close(f);
}

static void
say_bad_gzip(int fd, const char *request)
{
    (void)request;
    wire_body(fd, "Content-Encoding: gzip\r\n", "not gzip", 8);
}

static void
say_brotli(int fd, const char *request)
{
    (void)request;
    wire_body(fd, "Content-Encoding: br\r\n", "whatever", 8);
}

static void
say_half(int fd, const char *request)
{
    (void)request;
    wire_say(fd, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
}

static void
say_nothing(int fd, const char *request)
{
    (void)fd;
    (void)request;
}

static void
say_nonsense(int fd, const char *request)
{
    (void)request;
    wire_say(fd, "SSH-2.0-OpenSSH_9.2\r\n\r\n");
}

static void
test_fetch__refuses_what_is_broken(void)
{
    CHECK_STR(fails(say_bad_gzip, ERR_FETCH), "encoding");
    CHECK_STR(fails(say_brotli, ERR_FETCH), "encoding");
    CHECK_STR(fails(say_half, ERR_FETCH), "cut");
    CHECK_STR(fails(say_nothing, ERR_FETCH), "cut");
    CHECK(fails(say_nonsense, ERR_FETCH)[0]);
}

/* A byte now and then, for as long as somebody listens. */
static void
drip(int fd, const char *request)
{
    const struct timespec tenth = {.tv_nsec = 100 * 1000 * 1000};

    (void)request;
    wire_say(fd, "HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n");
    while (wire_send(fd, "x", 1))
        nanosleep(&tenth, NULL);
}

/* No answer until the other side gives up. */
static void
hold(int fd, const char *request)
{
    char c;

    (void)request;
    while (read(fd, &c, 1) > 0)
        ;
}

static void
test_fetch__cuts_off_whoever_drips(void)
{
    CHECK_STR(fails(drip, ERR_FETCH), "too_slow");
    CHECK_STR(fails(hold, ERR_FETCH), "too_slow");
}

static bool
at_once(void *arg)
{
    ++*(int *)arg;
    return true;
}

static void
test_fetch__stops_when_told(void)
{
    int asked = 0;
    struct fetch_config c = {.stop = at_once, .stop_arg = &asked};
    struct fetch *f;
    struct buf out;
    char url[64];

    atomic_store(&wire_answer, hold);
    snprintf(url, sizeof(url), "http://127.0.0.1:%d/", wire_port);
    c.base_url = url;
    CHECK(fetch_open(&c, &f) == OK);
    buf_init(&out, 100);
    CHECK(fetch_bytes(f, "x", 100, &out) == ERR_STOPPING);
    CHECK(asked > 0);
    buf_finish(&out);
    fetch_close(f);
}

static void
test_fetch__says_that_nobody_is_there(void)
{
    struct fetch_config c = {.base_url = "http://127.0.0.1:1/"};
    struct fetch *f;
    struct buf out;

    CHECK(fetch_open(&c, &f) == OK);
    buf_init(&out, 100);
    CHECK(fetch_bytes(f, "x", 100, &out) == ERR_FETCH);
    CHECK_STR(arg_of("case"), "unreachable");
    CHECK(fetch_bytes(f, "../x", 100, &out) == ERR_FETCH);
    CHECK_STR(arg_of("case"), "name");
    buf_finish(&out);
    fetch_close(f);
}

static void
test_fetch__goes_past_the_proxy_to_this_machine(void)
{
    struct fetch *f;
    struct buf out;

    setenv("http_proxy", "http://127.0.0.1:1/", 1);
    setenv("all_proxy", "http://127.0.0.1:1/", 1);
    f = fetch_wire(say_hello);
    buf_init(&out, 100);
    CHECK(fetch_bytes(f, "x", 100, &out) == OK);
    CHECK_STR(out.data, "what?");
    unsetenv("http_proxy");
    unsetenv("all_proxy");
    buf_finish(&out);
    fetch_close(f);
}

int
main(void)
{
    wire_start();
    RUN(test_fetch__takes_a_file_below_its_address);
    RUN(test_fetch__opens_only_what_is_safe);
    RUN(test_fetch__tells_absent_from_refused);
    RUN(test_fetch__remembers_how_long_to_wait);
    RUN(test_fetch__takes_no_more_than_its_limit);
    RUN(test_fetch__refuses_what_is_broken);
    RUN(test_fetch__cuts_off_whoever_drips);
    RUN(test_fetch__stops_when_told);
    RUN(test_fetch__says_that_nobody_is_there);
    RUN(test_fetch__goes_past_the_proxy_to_this_machine);
    wire_stop();
    return T_END();
}
