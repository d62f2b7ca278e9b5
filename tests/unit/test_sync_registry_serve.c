#include "sync/registry/serve.h"

#include <stdbool.h>
#include <string.h>

#include "tests/unit/t.h"

static uint64_t from, len;

static bool
part(const char *header, uint64_t size, uint64_t want_from, uint64_t want_len)
{
    return serve_range(header, size, &from, &len) == RANGE_PART
           && from == want_from && len == want_len;
}

static void
test_serve__a_range_is_what_is_left_of_the_file(void)
{
    CHECK(part("bytes=0-9", 100, 0, 10));
    CHECK(part("bytes=90-", 100, 90, 10));
    CHECK(part("bytes=99-99", 100, 99, 1));
    CHECK(part("bytes=50-1000", 100, 50, 50));
    CHECK(part("bytes=-10", 100, 90, 10));
    CHECK(part("bytes=-1000", 100, 0, 100));
}

static void
test_serve__a_range_past_the_end_is_refused(void)
{
    CHECK(serve_range("bytes=100-", 100, &from, &len) == RANGE_BEYOND);
    CHECK(serve_range("bytes=100-200", 100, &from, &len) == RANGE_BEYOND);
    CHECK(serve_range("bytes=-0", 100, &from, &len) == RANGE_BEYOND);
    CHECK(serve_range("bytes=0-", 0, &from, &len) == RANGE_BEYOND);
}

static void
test_serve__a_range_that_is_not_understood_is_the_whole_file(void)
{
    static const char *const headers[] = {"bytes=", "bytes=a-b", "bytes=9-1",
        "bytes=1-2,4-5", "bytes=-", "bytes=1-2x", "rows=1-2", "bytes=+1-2",
        "bytes= 1-2", "bytes=--2"};

    CHECK(serve_range(NULL, 100, &from, &len) == RANGE_NONE);
    for (size_t i = 0; i < sizeof(headers) / sizeof(headers[0]); i++)
        CHECK(serve_range(headers[i], 100, &from, &len) == RANGE_NONE);
}

static int
ask(const char *target)
{
    struct serve s = {.www = "/nowhere"};
    struct http_request r = {.method = "GET"};
    struct http_reply reply;
    int status;

    http_reply_init(&reply);
    http_request_target(&r, target);
    serve_answer(&s, &r, &reply);
    status = reply.status;
    http_reply_finish(&reply);
    http_request_finish(&r);
    return status;
}

static void
test_serve__no_address_leads_out_of_the_folder(void)
{
    CHECK(ask("/v1/timestamp.json") == 404);
    CHECK(ask("/") == 404);
    CHECK(ask("/v1") == 404);
    CHECK(ask("/keys/root-1.key") == 404);
    CHECK(ask("/v1/../keys/root-1.key") == 400);
    CHECK(ask("/v1/..%2Fkeys%2Froot-1.key") == 404);
    CHECK(ask("/v1/%2e%2e/keys/root-1.key") == 400);
    CHECK(ask("/v1/.hidden") == 404);
    CHECK(ask("/v1/timestamp.json.new") == 404);
    CHECK(ask("/v1//timestamp.json") == 400);
}

int
main(void)
{
    RUN(test_serve__a_range_is_what_is_left_of_the_file);
    RUN(test_serve__a_range_past_the_end_is_refused);
    RUN(test_serve__a_range_that_is_not_understood_is_the_whole_file);
    RUN(test_serve__no_address_leads_out_of_the_folder);
    return T_END();
}
