#include <stdio.h>
#include <string.h>

#include "base/http_reply.h"
#include "base/json.h"
#include "tests/unit/t.h"

/* The problem as parsed JSON; freed by the caller. */
static struct json *
problem(struct http_reply *reply, const struct err_state *state,
    const char *extra)
{
    struct json *root = NULL;

    http_reply_problem(reply, LANG_EN, state, 0, extra);
    CHECK(json_parse(reply->body.data, reply->body.len, NULL, &root) == OK);
    return root;
}

static const char *
str(const struct json *obj, const char *key)
{
    const char *s = "";

    json_opt_str(obj, key, 1000, &s);
    return s;
}

static void
test_http_reply__a_failure_is_a_problem_with_its_field(void)
{
    struct http_reply reply;
    struct err_state state;
    const struct json *errors = NULL;
    struct json *root;

    err_at("lines[2].qty");
    err_arg("left", "%d", 3);
    err_arg("left", "%d", 4);
    err_set(ERR_STOCK_SHORT, "3 left");
    err_save(&state);
    http_reply_init(&reply);
    http_reply_header(&reply, "ETag", "x"); /* is thrown away */
    root = problem(&reply, &state, "{\"lines\":[1]}");
    CHECK(reply.status == 409 && reply.headers_len == 1);
    CHECK_STR(reply.type, "application/problem+json");
    CHECK_STR(http_reply_get(&reply, "content-language"), "en");
    CHECK_STR(str(root, "code"), "stock_short");
    CHECK_STR(str(root, "title"), "Conflict");
    CHECK(json_get_arr(root, "errors", 1, &errors) == OK);
    CHECK_STR(str(json_first(errors), "path"), "lines[2].qty");
    CHECK(json_has(root, "lines"));
    json_free(root);
    http_reply_finish(&reply);
}

static void
test_http_reply__a_fault_of_ours_tells_nothing_inner(void)
{
    struct http_reply reply;
    struct err_state state;
    struct json *root;

    err_arg("file", "/secret/place");
    err_set(ERR_DB, "no such column: pin");
    err_save(&state);
    http_reply_init(&reply);
    root = problem(&reply, &state, NULL);
    CHECK(reply.status == 500);
    CHECK(!strstr(reply.body.data, "secret"));
    CHECK(!strstr(reply.body.data, "column"));
    json_free(root);
    http_reply_finish(&reply);
}

static void
test_http_reply__what_may_be_repeated_says_when(void)
{
    struct http_reply reply;
    struct err_state state;

    err_set(ERR_BUSY, "x");
    err_save(&state);
    http_reply_init(&reply);
    http_reply_problem(&reply, LANG_VI, &state, 0, "");
    CHECK(reply.status == 503);
    CHECK_STR(http_reply_get(&reply, "Retry-After"), "1");
    CHECK_STR(http_reply_get(&reply, "Content-Language"), "vi");

    err_arg("seconds", "%d", 30);
    err_set(ERR_LOCKED, "x");
    err_save(&state);
    http_reply_problem(&reply, LANG_VI, &state, 0, "{}");
    CHECK_STR(http_reply_get(&reply, "Retry-After"), "30");

    err_set(ERR_UNAUTHENTICATED, "x");
    err_save(&state);
    http_reply_problem(&reply, LANG_VI, &state, 0, NULL);
    CHECK(reply.status == 401 && http_reply_get(&reply, "WWW-Authenticate"));
    http_reply_finish(&reply);
}

static void
test_http_reply__every_failure_has_a_status_of_an_error(void)
{
    for (int i = 1; i < ERR_COUNT; i++) {
        int status = http_status(err_class((enum err)i));

        CHECK(status >= 400 && status <= 503);
        CHECK(strcmp(http_status_text(status), "Unknown") != 0);
    }
}

static void
test_http_reply__nothing_but_a_page_may_load_anything(void)
{
    struct http_reply reply = {.page = false};

    CHECK(strstr(http_reply_csp(&reply), "default-src 'none'"));
    reply.page = true;
    CHECK(strstr(http_reply_csp(&reply), "default-src 'self'"));
    CHECK(strstr(http_reply_csp(&reply), "frame-ancestors 'none'"));
    CHECK(!strstr(http_reply_csp(&reply), "unsafe"));
}

int
main(void)
{
    RUN(test_http_reply__a_failure_is_a_problem_with_its_field);
    RUN(test_http_reply__a_fault_of_ours_tells_nothing_inner);
    RUN(test_http_reply__what_may_be_repeated_says_when);
    RUN(test_http_reply__every_failure_has_a_status_of_an_error);
    RUN(test_http_reply__nothing_but_a_page_may_load_anything);
    return T_END();
}
