#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/crypto.h"
#include "base/file.h"
#include "base/gzip.h"
#include "base/mem.h"
#include "tests/unit/t.h"
#include "tests/unit/t_dir.h"
#include "tests/unit/t_fetch.h"

enum { LEN = 100 * 1000, MAX = 1000 * 1000 };

/* What the server has.  Written by the test between requests. */
static struct {
    char body[LEN];
    struct buf packed;
    const char *etag;
    size_t cut; /* the connection ends after so many bytes; 0: whole */
    bool pack;
    bool poison; /* bytes of another file */
} now;

static uint8_t right[CRYPTO_HASH];

/* A web server that knows ETag, Range with If-Range, and gzip. */
static void
serve(int fd, const char *request)
{
    const char *range = strstr(request, "\r\nRange: bytes=");
    const char *body = now.pack ? now.packed.data : now.body;
    size_t len = now.pack ? now.packed.len : LEN, from = 0, send;
    char line[64];

    snprintf(line, sizeof(line), "If-Range: %s\r\n", now.etag);
    if (range && strstr(request, line))
        from = (size_t)strtol(range + 15, NULL, 10);
    if (from > 0 && from >= len) {
        wire_say(fd, "HTTP/1.1 416 No\r\nContent-Length: 0\r\n\r\n");
        return;
    }
    wire_say(fd, from ? "HTTP/1.1 206 P\r\nContent-Range: bytes %zu-%zu/%zu\r\n"
                      : "HTTP/1.1 200 OK\r\nX-Range: %zu-%zu/%zu\r\n",
        from, len - 1, len);
    wire_say(fd, "Content-Length: %zu\r\n%s", len - from,
        now.pack ? "Content-Encoding: gzip\r\n" : "");
    if (now.etag[0])
        wire_say(fd, "ETag: %s\r\n", now.etag);
    wire_say(fd, "\r\n");
    send = now.cut && now.cut < len - from ? now.cut : len - from;
    for (size_t i = 0; i < send && now.poison; i += 1000)
        wire_send(fd, "poison", send - i < 6 ? send - i : 6);
    if (!now.poison)
        wire_send(fd, body + from, send);
}

static void
begin(void)
{
    uint32_t x = 1;

    t_dir_empty();
    now.etag = "\"a\"", now.cut = 0, now.pack = false, now.poison = false;
    for (size_t i = 0; i < LEN; i++) {
        x = x * 1664525u + 1013904223u;
        now.body[i] = (char)(x >> 30); /* packs to a quarter or so */
    }
    crypto_sha256(now.body, LEN, right);
    buf_clear(&now.packed);
    gzip_pack(now.body, LEN, &now.packed);
}

static bool
here(const char *name)
{
    return access(t_path(name), F_OK) == 0;
}

static void
check_whole(void)
{
    struct buf got;

    buf_init(&got, MAX);
    CHECK(file_read(t_path("list"), &got) == OK);
    CHECK(got.len == LEN && memcmp(got.data, now.body, LEN) == 0);
    CHECK(!here("list.part") && !here("list.part.info") &&
          !here("list.plain"));
    buf_finish(&got);
}

static enum err
bring_as(struct fetch *f, int64_t length)
{
    enum err e;

    wire_quiet();
    e = fetch_file(
        f, "targets/p01/list", length, right, MAX, t_path("list"));
    wire_quiet();
    return e;
}

static enum err
bring(struct fetch *f)
{
    return bring_as(f, LEN);
}

static void
test_file__comes_whole_in_both_encodings(void)
{
    struct fetch *f = fetch_wire(serve);
    struct fetch_stats plain, packed;

    begin();
    CHECK(bring(f) == OK);
    check_whole();
    fetch_stats(f, &plain);
    now.pack = true;
    CHECK(bring(f) == OK);
    check_whole();
    fetch_stats(f, &packed);
    CHECK(packed.received - plain.received < plain.received / 2);
    fetch_close(f);
}

static void
check_resumes(void)
{
    struct fetch *f = fetch_wire(serve);
    struct fetch_stats stats;
    size_t len = now.pack ? now.packed.len : LEN;

    now.cut = len / 3;
    CHECK(bring(f) == ERR_FETCH);
    CHECK_STR(arg_of("case"), "cut");
    CHECK(!here("list") && here("list.part") && here("list.part.info"));
    fetch_close(f); /* another start of the program */
    f = fetch_wire(serve);
    CHECK(bring(f) == ERR_FETCH);
    now.cut = 0;
    CHECK(bring(f) == OK);
    check_whole();
    fetch_stats(f, &stats);
    CHECK(stats.received < (int64_t)(len * 2 / 3 + 1000));
    fetch_close(f);
}

static void
test_file__goes_on_where_it_was_cut(void)
{
    begin();
    check_resumes();
    begin();
    now.pack = true;
    check_resumes();
}

static void
test_file__begins_anew_when_the_other_side_has_another(void)
{
    struct fetch *f = fetch_wire(serve);

    begin();
    now.cut = 5000;
    CHECK(bring(f) == ERR_FETCH);
    now.cut = 0, now.etag = "\"b\"";
    CHECK(bring(f) == OK);
    check_whole();
    fetch_close(f);
}

static void
test_file__is_not_gone_on_with_without_an_etag(void)
{
    struct fetch *f = fetch_wire(serve);

    begin();
    now.cut = 5000, now.etag = "";
    CHECK(bring(f) == ERR_FETCH);
    CHECK(!here("list.part") && !here("list.part.info"));
    now.cut = 0;
    CHECK(bring(f) == OK);
    CHECK(!strstr(wire_request, "Range"));
    check_whole();
    now.etag = "W/\"weak\"";
    now.cut = 5000;
    CHECK(bring(f) == ERR_FETCH);
    CHECK(!here("list.part"));
    fetch_close(f);
}

static void
test_file__survives_a_poisoned_beginning(void)
{
    struct fetch *f = fetch_wire(serve);
    int requests;

    begin();
    now.cut = 5000, now.poison = true;
    CHECK(bring(f) == ERR_FETCH);
    now.cut = 0, now.poison = false; /* and the same ETag */
    requests = atomic_load(&wire_requests);
    CHECK(bring(f) == OK);
    CHECK(atomic_load(&wire_requests) == requests + 2);
    check_whole();
    fetch_close(f);
}

/* Goes on, but not from where it was asked to. */
static void
elsewhere(int fd, const char *request)
{
    (void)request;
    wire_say(fd, "HTTP/1.1 206 P\r\nContent-Range: bytes 6000-99999/100000\r\n"
                 "Content-Length: 94000\r\nETag: \"a\"\r\n\r\n");
    wire_send(fd, now.body + 6000, LEN - 6000);
}

static void
test_file__goes_on_nowhere_else(void)
{
    struct fetch *f = fetch_wire(serve);
    struct stat st;

    begin();
    now.cut = 5000;
    CHECK(bring(f) == ERR_FETCH);
    atomic_store(&wire_answer, elsewhere);
    CHECK(bring(f) == ERR_FETCH);
    CHECK_STR(arg_of("case"), "status");
    CHECK(stat(t_path("list.part"), &st) != 0 || st.st_size == 5000);
    now.cut = 0;
    atomic_store(&wire_answer, serve);
    CHECK(bring(f) == OK);
    check_whole();
    fetch_close(f);
}

static void
test_file__that_was_whole_already_is_asked_for_again(void)
{
    struct fetch *f = fetch_wire(serve);

    begin();
    now.cut = 5000;
    CHECK(bring(f) == ERR_FETCH);
    CHECK(truncate(t_path("list.part"), LEN) == 0);
    now.cut = 0;
    CHECK(bring(f) == OK);
    check_whole();
    fetch_close(f);
}

static void
nothing(int fd, const char *request)
{
    (void)request;
    wire_body(fd, "", "", 0);
}

static void
test_file__may_be_empty(void)
{
    struct fetch *f = fetch_wire(nothing);
    struct stat st;

    begin();
    crypto_sha256("", 0, right);
    CHECK(fetch_file(f, "x", 0, right, MAX, t_path("list")) == OK);
    CHECK(stat(t_path("list"), &st) == 0 && st.st_size == 0);
    CHECK(fetch_file(f, "x", 1, NULL, MAX, t_path("more")) == ERR_FETCH);
    CHECK_STR(arg_of("case"), "length");
    fetch_close(f);
}

static void
check_refused(struct fetch *f, int64_t length, const char *which)
{
    CHECK(bring_as(f, length) == ERR_FETCH);
    CHECK_STR(arg_of("case"), which);
    CHECK(!here("list") && !here("list.part") && !here("list.part.info") &&
          !here("list.plain"));
}

static void
test_file__of_the_wrong_length_or_hash_leaves_nothing(void)
{
    struct fetch *f = fetch_wire(serve);

    for (int packed = 0; packed < 2; packed++) {
        begin();
        now.pack = packed;
        check_refused(f, LEN + 1, "length");
        CHECK_STR(arg_of("got"), "100000");
        check_refused(f, LEN - 1, "length");
        right[31] ^= 1;
        check_refused(f, LEN, "hash");
        check_refused(f, MAX + 1, "too_large");
    }
    fetch_close(f);
}

static void
endless(int fd, const char *request)
{
    static const char block[4096];

    (void)request;
    wire_say(fd, "HTTP/1.1 200 OK\r\nETag: \"a\"\r\n\r\n");
    while (wire_send(fd, block, sizeof(block)))
        ;
}

static void
test_file__without_an_end_is_cut_at_its_length(void)
{
    struct fetch *f = fetch_wire(endless);
    struct fetch_stats stats;
    struct stat st;

    begin();
    CHECK(bring(f) == ERR_FETCH);
    CHECK_STR(arg_of("case"), "too_large");
    CHECK(!here("list"));
    CHECK(stat(t_path("list.part"), &st) != 0 || st.st_size < LEN + 5000);
    fetch_stats(f, &stats);
    CHECK(stats.received < LEN + 100 * 1000);
    atomic_store(&wire_answer, serve);
    CHECK(bring(f) == OK);
    check_whole();
    fetch_close(f);
}

int
main(void)
{
    if (crypto_init())
        return 1;
    buf_init(&now.packed, MAX);
    wire_start();
    RUN(test_file__comes_whole_in_both_encodings);
    RUN(test_file__goes_on_where_it_was_cut);
    RUN(test_file__begins_anew_when_the_other_side_has_another);
    RUN(test_file__is_not_gone_on_with_without_an_etag);
    RUN(test_file__survives_a_poisoned_beginning);
    RUN(test_file__goes_on_nowhere_else);
    RUN(test_file__that_was_whole_already_is_asked_for_again);
    RUN(test_file__may_be_empty);
    RUN(test_file__of_the_wrong_length_or_hash_leaves_nothing);
    RUN(test_file__without_an_end_is_cut_at_its_length);
    wire_stop();
    buf_finish(&now.packed);
    return T_END();
}
