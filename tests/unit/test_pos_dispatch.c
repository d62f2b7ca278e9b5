#include <stdio.h>
#include <string.h>

#include "pos/http/routes.h"
#include "tests/unit/t_ask.h"

#define JSON "Content-Type: application/json"
#define KEY "\nIdempotency-Key: 0123456789abcdef"

static char bearer[100]; /* "Authorization: Bearer ...", a manager's */
static struct api_call seen;
static char seen_param[64];

static enum err
note(struct api *api, struct api_call *call)
{
    struct json_out out;

    (void)api;
    seen = *call;
    if (call->params_len)
        snprintf(seen_param, sizeof(seen_param), "%s",
            api_param(call, "name"));
    api_json(call, 200, &out);
    json_out_obj(&out);
    json_out_put_str(&out, "ok", "yes");
    json_out_end_obj(&out);
    return OK;
}

static enum err
fail_with_more(struct api *api, struct api_call *call)
{
    struct db *db;

    (void)api_reader(api, call, &db); /* not given back: that is allowed */
    buf_add_str(&call->problem, "{\"total\":5}");
    http_reply_header(call->reply, "X-Half", "done");
    return err_set(ERR_PRICE_CHANGED, "now 5");
}

static const struct route table[] = {
    {"GET", "/plain", ANYONE, ROUTE_PLAIN, 0, note},
    {"GET", "/any", ANYONE, 0, 0, note},
    {"GET", "/metrics", LOOPBACK, 0, 0, note},
    {"GET", "/view", VIEWER, 0, 0, note},
    {"GET", "/own", OWNER, 0, 0, note},
    {"POST", "/things/{name}/do", MANAGER, ROUTE_KEY | ROUTE_BODY, 200, note},
    {"DELETE", "/things/{name}", MANAGER, 0, 0, note},
    {"GET", "/things/{name}", MANAGER, 0, 0, note},
    {"POST", "/fail", MANAGER, ROUTE_BODY, 0, fail_with_more},
};

static void
open_table(void)
{
    t_api_open();
    t_api.routes = table;
    t_api.routes_len = sizeof(table) / sizeof(table[0]);
    routes_check(table, t_api.routes_len);
    snprintf(bearer, sizeof(bearer), "Authorization: Bearer %s\n", t_token);
}

/* The headers behind the manager's token. */
static const char *
with(const char *headers)
{
    static char all[512];

    snprintf(all, sizeof(all), "%s%s", bearer, headers);
    return all;
}

static void
test_dispatch__unknown_addresses_and_methods_are_told_apart(void)
{
    open_table();
    CHECK(t_ask("GET", "/nothing", NULL, NULL) == 404);
    CHECK_STR(t_member("code"), "no_route");
    CHECK(t_ask("GET", "/things/a/b", NULL, NULL) == 404);
    CHECK(t_ask("PUT", "/things/a", NULL, NULL) == 405);
    CHECK_STR(http_reply_get(&t_reply, "Allow"), "DELETE, GET, HEAD");
    CHECK(t_ask("OPTIONS", "/plain", NULL, NULL) == 405);
    CHECK(t_ask("HEAD", "/plain", NULL, NULL) == 200);
    CHECK(t_ask("get", "/plain", NULL, NULL) == 405);
    CHECK(t_ask("GET", "/things/%2e%2e", NULL, with("")) == 404);
    CHECK(t_ask("GET", "/things/%ff", NULL, with("")) == 400);
    CHECK_STR(t_member("code"), "text");
    t_api_close();
}

static void
test_dispatch__a_role_below_the_row_is_refused(void)
{
    open_table();
    CHECK(t_ask("GET", "/view", NULL, NULL) == 401);
    CHECK(http_reply_get(&t_reply, "WWW-Authenticate"));
    CHECK(t_ask("GET", "/view", NULL, with("")) == 200);
    CHECK(seen.who.via == API_VIA_TOKEN && seen.who.staff == T_PROGRAM &&
        seen.who.role == ROLE_MANAGER);
    CHECK_STR(seen.who.where, "p3");
    CHECK(t_ask("GET", "/own", NULL, with("")) == 403);
    CHECK_STR(t_member("code"), "forbidden");
    CHECK(t_ask("GET", "/any", NULL, NULL) == 200);
    CHECK(seen.who.via == API_VIA_NONE && seen.who.enrolled);
    /* A token that is none is told so, also where none is needed. */
    CHECK(t_ask("GET", "/any", NULL, "Authorization: Bearer x") == 401);
    CHECK(t_ask("GET", "/view", NULL, "Authorization: Basic eDp5") == 401);
    CHECK(t_ask("GET", "/plain", NULL, "Authorization: Bearer x") == 200);
    t_api_close();
}

static void
test_dispatch__this_machine_is_known_by_peer_host_and_no_proxy(void)
{
    open_table();
    CHECK(t_ask("GET", "/metrics", NULL, NULL) == 200);
    CHECK(t_ask("GET", "/metrics", NULL, "X-Forwarded-For: 10.0.0.9") == 401);
    CHECK(t_ask("GET", "/metrics", NULL, "Via: 1.1 x") == 401);
    CHECK(t_ask("GET", "/any", NULL, "Forwarded: for=x") == 200);
    CHECK(!seen.who.enrolled);
    snprintf(t_settings.host_names, sizeof(t_settings.host_names),
        "quay.example pos.example");
    CHECK(t_ask("GET", "/metrics", NULL, "Host: pos.example") == 401);
    CHECK(t_ask("GET", "/any", NULL, "Host: POS.example:8443") == 200);
    CHECK(!seen.who.enrolled);
    CHECK(t_ask("GET", "/any", NULL, "Host: evil.example") == 403);
    CHECK_STR(t_member("code"), "host");
    CHECK(t_ask("GET", "/plain", NULL, "Host: localhost.evil.example") ==
        403);
    CHECK(t_ask("GET", "/plain", NULL, "Host: a@localhost") == 403);
    CHECK(t_ask("GET", "/plain", NULL, "Host: localhost\nHost: evil") == 400);
    t_settings.local_till = 0;
    CHECK(t_ask("GET", "/any", NULL, NULL) == 200);
    CHECK(!seen.who.enrolled);
    t_api_close();
}

static void
test_dispatch__a_body_is_json_of_a_bearable_size(void)
{
    static char large[300];
    const char *at = "/things/a%2Fb/do";

    open_table();
    CHECK(t_ask("POST", at, "{\"a\":1}", with(JSON KEY)) == 200);
    CHECK_STR(seen_param, "a/b");
    CHECK(t_ask("POST", at, "{}", with("Content-Type: Application/JSON; "
                                       "charset=UTF-8" KEY)) == 200);
    CHECK(t_ask("POST", at, "{}", with("Content-Type: text/plain" KEY)) ==
        415);
    CHECK(t_ask("POST", at, "{}", with("Accept: x" KEY)) == 415);
    CHECK(t_ask("POST", at, "{}", with("Content-Type: application/jsonx" KEY))
        == 415);
    CHECK(t_ask("POST", at, "", with(JSON KEY)) == 400);
    CHECK(t_ask("POST", at, "[]", with(JSON KEY)) == 400);
    CHECK_STR(t_member("code"), "field_type");
    CHECK(t_ask("POST", at, "{\"a\":1,\"a\":2}", with(JSON KEY)) == 400);
    CHECK_STR(t_member("code"), "json");
    CHECK(t_ask("POST", at, "{\"a\":\"\xff\"}", with(JSON KEY)) == 400);
    CHECK(t_ask("POST", at, "{\"a\":1} x", with(JSON KEY)) == 400);
    memset(large, ' ', sizeof(large) - 1);
    CHECK(t_ask("POST", at, large, with(JSON KEY)) == 413);
    CHECK(t_ask("DELETE", "/things/a", "{}", with(JSON)) == 413);
    CHECK(t_ask("DELETE", "/things/a", NULL, with("")) == 200);
    t_api_close();
}

static void
test_dispatch__a_key_is_sixteen_to_sixtyfour_visible_characters(void)
{
    uint8_t digest[32];
    const char *at = "/things/a/do";

    open_table();
    CHECK(t_ask("POST", at, "{}", with(JSON)) == 400);
    CHECK_STR(t_member("code"), "key_missing");
    CHECK(t_ask("POST", at, "{}",
              with(JSON "\nIdempotency-Key: 0123456789abcde")) == 400);
    CHECK(t_ask("POST", at, "{}",
              with(JSON "\nIdempotency-Key: 0123456789abcde f")) == 400);
    CHECK(t_ask("POST", at, "{}", with(JSON KEY)) == 200);
    memcpy(digest, seen.digest, sizeof(digest));
    CHECK(t_ask("POST", at, "{}", with(JSON KEY)) == 200);
    CHECK(memcmp(digest, seen.digest, sizeof(digest)) == 0);
    CHECK(t_ask("POST", at, "{ }", with(JSON KEY)) == 200);
    CHECK(memcmp(digest, seen.digest, sizeof(digest)) != 0);
    CHECK(t_ask("POST", "/things/b/do", "{}", with(JSON KEY)) == 200);
    CHECK(memcmp(digest, seen.digest, sizeof(digest)) != 0);
    t_api_close();
}

static void
test_dispatch__a_failure_keeps_nothing_of_the_half_made_answer(void)
{
    open_table();
    CHECK(t_ask("POST", "/fail", "{}", with(JSON)) == 409);
    CHECK_STR(t_member("code"), "price_changed");
    CHECK(strstr(t_reply.body.data, "\"total\":5}"));
    CHECK(!http_reply_get(&t_reply, "X-Half"));
    CHECK_STR(http_reply_get(&t_reply, "Content-Language"), "vi");
    t_ask("POST", "/fail", "{}", with(JSON "\nAccept-Language: en-GB"));
    CHECK_STR(http_reply_get(&t_reply, "Content-Language"), "en");
    t_api_close();
}

int
main(void)
{
    RUN(test_dispatch__unknown_addresses_and_methods_are_told_apart);
    RUN(test_dispatch__a_role_below_the_row_is_refused);
    RUN(test_dispatch__this_machine_is_known_by_peer_host_and_no_proxy);
    RUN(test_dispatch__a_body_is_json_of_a_bearable_size);
    RUN(test_dispatch__a_key_is_sixteen_to_sixtyfour_visible_characters);
    RUN(test_dispatch__a_failure_keeps_nothing_of_the_half_made_answer);
    http_reply_finish(&t_reply);
    return T_END();
}
