#include <stdio.h>
#include <string.h>

#include "tests/unit/t_ask.h"

#define JSON "Content-Type: application/json\n"

static char cookie[64], csrf[64];
static char headers[600];

static int
sign_in(const char *body, const char *more)
{
    snprintf(headers, sizeof(headers), JSON "%s", more);
    return t_ask("POST", "/api/v1/session", body, headers);
}

static void
sign_in_cashier(void)
{
    CHECK(sign_in("{\"staff\":2,\"pin\":\"2580\"}", "") == 201);
    CHECK(t_cookie("ocop_session", cookie, sizeof(cookie)));
    snprintf(csrf, sizeof(csrf), "%s", t_member("csrf"));
}

/* A request with the session's cookie and what is said besides. */
static int
as_cashier(const char *method, const char *more)
{
    snprintf(headers, sizeof(headers), "Cookie: ocop_session=%s%s", cookie,
        more);
    return t_ask(method, "/api/v1/session", NULL, headers);
}

static void
test_session__who_signs_in_is_known_by_the_cookie(void)
{
    const char *set;

    t_api_open();
    sign_in_cashier();
    set = http_reply_get(&t_reply, "Set-Cookie");
    CHECK(strstr(set, "; HttpOnly") && strstr(set, "; SameSite=Strict") &&
        strstr(set, "; Path=/") && !strstr(set, "Secure"));
    CHECK_STR(t_member("name"), "Lan");
    CHECK_STR(t_member("role"), "cashier");
    CHECK_STR(t_member("till"), "1");
    CHECK(as_cashier("GET", "") == 200);
    CHECK_STR(t_member("csrf"), csrf);
    t_api_close();
}

static void
test_session__over_tls_the_cookie_is_secure(void)
{
    t_api_open();
    t_settings.local_till = 1;
    CHECK(sign_in("{\"staff\":2,\"pin\":\"2580\"}",
              "X-Forwarded-Proto: https\n") == 201);
    CHECK(strstr(http_reply_get(&t_reply, "Set-Cookie"), "; Secure"));
    t_api_close();
}

static void
test_session__a_write_needs_the_csrf_token_and_our_own_origin(void)
{
    char more[200];

    t_api_open();
    sign_in_cashier();
    CHECK(as_cashier("DELETE", "") == 403);
    CHECK_STR(t_member("code"), "csrf");
    CHECK(as_cashier("DELETE", "\nX-CSRF-Token: x") == 403);
    snprintf(more, sizeof(more), "\nX-CSRF-Token: %s\nOrigin: %s", csrf,
        "http://evil.example");
    CHECK(as_cashier("DELETE", more) == 403);
    snprintf(more, sizeof(more), "\nX-CSRF-Token: %s\nOrigin: null", csrf);
    CHECK(as_cashier("DELETE", more) == 403);
    snprintf(more, sizeof(more), "\nX-CSRF-Token: %s\nSec-Fetch-Site: %s",
        csrf, "same-site");
    CHECK(as_cashier("DELETE", more) == 403);
    snprintf(more, sizeof(more),
        "\nX-CSRF-Token: %s\nOrigin: http://localhost:80\n"
        "Sec-Fetch-Site: same-origin",
        csrf);
    CHECK(as_cashier("DELETE", more) == 204);
    CHECK(as_cashier("GET", "") == 401);
    CHECK_STR(t_member("code"), "unauthenticated");
    t_api_close();
}

static void
test_session__another_page_cannot_sign_anybody_in(void)
{
    t_api_open();
    CHECK(sign_in("{\"staff\":2,\"pin\":\"2580\"}",
              "Origin: http://evil.example\n") == 403);
    CHECK(sign_in("{\"staff\":2,\"pin\":\"2580\"}",
              "Sec-Fetch-Site: cross-site\n") == 403);
    t_api_close();
}

static void
test_session__a_cookie_is_good_only_where_it_was_given(void)
{
    t_api_open();
    sign_in_cashier();
    CHECK(as_cashier("GET", "\nX-Forwarded-For: 10.1.1.1") == 403);
    CHECK_STR(t_member("code"), "device_unknown");
    t_api_close();
}

static void
test_session__without_an_enrolled_device_nobody_signs_in(void)
{
    t_api_open();
    t_settings.local_till = 0;
    CHECK(sign_in("{\"staff\":2,\"pin\":\"2580\"}", "") == 403);
    CHECK_STR(t_member("code"), "device_unknown");
    CHECK(t_ask("GET", "/api/v1/session", NULL, NULL) == 403);
    t_settings.local_till = 9; /* no such till */
    CHECK(sign_in("{\"staff\":2,\"pin\":\"2580\"}", "") == 403);
    t_api_close();
}

static void
test_session__wrong_pins_answer_alike_and_lock(void)
{
    char first[400];

    t_api_open();
    CHECK(sign_in("{\"staff\":2,\"pin\":\"0000\"}", "") == 401);
    snprintf(first, sizeof(first), "%s", t_reply.body.data);
    CHECK(sign_in("{\"staff\":77,\"pin\":\"0000\"}", "") == 401);
    CHECK_STR(t_reply.body.data, first);
    for (int i = 0; i < 3; i++)
        CHECK(sign_in("{\"staff\":2,\"pin\":\"0000\"}", "") == 401);
    CHECK(sign_in("{\"staff\":2,\"pin\":\"2580\"}", "") == 503);
    CHECK_STR(t_member("code"), "locked");
    CHECK_STR(http_reply_get(&t_reply, "Retry-After"), "30");
    t_api_close();
}

static void
test_session__strange_bodies_are_refused_by_field(void)
{
    t_api_open();
    CHECK(sign_in("{\"staff\":2}", "") == 400);
    CHECK_STR(t_member("code"), "field_missing");
    CHECK(sign_in("{\"staff\":-1,\"pin\":\"1\"}", "") == 400);
    CHECK(sign_in("{\"staff\":2.0,\"pin\":\"1234\"}", "") == 400);
    CHECK(sign_in("{\"staff\":2,\"pin\":[]}", "") == 400);
    CHECK(strstr(t_reply.body.data, "\"errors\":[{\"path\":\"pin\""));
    CHECK(sign_in("{\"staff\":2,\"pin\":\"1234\",\"admin\":true}", "") == 400);
    CHECK_STR(t_member("code"), "field_unknown");
    t_api_close();
}

static void
test_session__a_new_one_ends_the_old_one(void)
{
    char old[64];

    t_api_open();
    sign_in_cashier();
    memcpy(old, cookie, sizeof(old));
    snprintf(headers, sizeof(headers), JSON "Cookie: ocop_session=%s", old);
    CHECK(t_ask("POST", "/api/v1/session", "{\"staff\":1,\"pin\":\"4711\"}",
              headers) == 201);
    CHECK_STR(t_member("role"), "owner");
    memcpy(cookie, old, sizeof(cookie));
    CHECK(as_cashier("GET", "") == 401);
    t_api_close();
}

static void
test_session__a_device_enrols_with_a_code_and_keeps_its_cookie(void)
{
    struct device_code_new n = {.till = 1, .by = 1};
    char device[64], body[64], more[100];

    t_api_open();
    t_settings.local_till = 0;
    CHECK(db_write(t_api.writer, "t", device_code_write, &n) == OK);
    snprintf(body, sizeof(body), "{\"code\":\"%s\"}", n.code);
    CHECK(t_ask("POST", "/api/v1/devices", body, JSON) == 201);
    CHECK(strstr(http_reply_get(&t_reply, "Set-Cookie"), "Max-Age="));
    CHECK(t_cookie("ocop_device", device, sizeof(device)));
    CHECK(t_ask("POST", "/api/v1/devices", body, JSON) == 403);
    CHECK_STR(t_member("code"), "code_wrong");
    snprintf(more, sizeof(more), "Cookie: ocop_device=%s\n", device);
    CHECK(sign_in("{\"staff\":2,\"pin\":\"2580\"}", more) == 201);
    CHECK(t_cookie("ocop_device", body, sizeof(body)));
    CHECK_STR(body, device);
    CHECK_STR(t_member("till"), "1");
    t_api_close();
}

static void
test_session__a_program_is_told_who_it_is(void)
{
    t_api_open();
    snprintf(headers, sizeof(headers), "Authorization: Bearer %s", t_token);
    CHECK(t_ask("GET", "/api/v1/session", NULL, headers) == 200);
    CHECK_STR(t_member("name"), "Sổ sách");
    CHECK_STR(t_member("role"), "manager");
    CHECK_STR(t_member("csrf"), "");
    t_api_close();
}

int
main(void)
{
    RUN(test_session__who_signs_in_is_known_by_the_cookie);
    RUN(test_session__over_tls_the_cookie_is_secure);
    RUN(test_session__a_write_needs_the_csrf_token_and_our_own_origin);
    RUN(test_session__another_page_cannot_sign_anybody_in);
    RUN(test_session__a_cookie_is_good_only_where_it_was_given);
    RUN(test_session__without_an_enrolled_device_nobody_signs_in);
    RUN(test_session__wrong_pins_answer_alike_and_lock);
    RUN(test_session__strange_bodies_are_refused_by_field);
    RUN(test_session__a_new_one_ends_the_old_one);
    RUN(test_session__a_device_enrols_with_a_code_and_keeps_its_cookie);
    RUN(test_session__a_program_is_told_who_it_is);
    http_reply_finish(&t_reply);
    return T_END();
}
