#include "pos/http/dispatch.h"

#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "base/crypto.h"
#include "base/log.h"
#include "pos/http/metrics.h"
#include "pos/http/principal.h"
#include "pos/http/routes.h"
#include "pos/staff/signin.h"

enum {
    BODY_STANDARD = 64 * 1024,
    KEY_MIN = 16,
    KEY_MAX = 64,
    ALLOW_MAX = 64,
    PROBLEM_MAX = 256 * 1024
};

static size_t
body_max(const struct route *route)
{
    if (!(route->flags & ROUTE_BODY))
        return 0;
    return route->body_max ? route->body_max : BODY_STANDARD;
}

/* The row for the call; the program's table unless a test has its own. */
static enum err
find_route(const struct api *api, const struct http_request *r,
    struct api_call *call, const struct route **route, char allow[ALLOW_MAX])
{
    if (api->routes)
        return routes_find(api->routes, api->routes_len, r, call, route,
            allow, ALLOW_MAX);
    return routes_find(routes, routes_len, r, call, route, allow, ALLOW_MAX);
}

size_t
dispatch_body_limit(void *arg, const struct http_request *request)
{
    const struct route *route;
    char allow[ALLOW_MAX];

    if (request->bad || find_route(arg, request, NULL, &route, allow) != OK)
        return 0;
    return body_max(route);
}

static bool
is_write(const struct route *route)
{
    return strcmp(route->method, "GET") != 0;
}

/* May this caller use this route? */
static enum err
check_role(const struct api_call *call, const struct route *route)
{
    static const enum role least[] = {
        [ANYONE] = ROLE_NONE,
        [LOOPBACK] = ROLE_VIEWER,
        [VIEWER] = ROLE_VIEWER,
        [CASHIER] = ROLE_CASHIER,
        [MANAGER] = ROLE_MANAGER,
        [OWNER] = ROLE_OWNER,
    };

    if (route->who == LOOPBACK && principal_is_local(call->request))
        return OK;
    if (call->who.role >= least[route->who])
        return OK;
    if (call->who.via == API_VIA_NONE)
        return err_set(ERR_UNAUTHENTICATED, "%s %s needs a sign-in",
            route->method, route->pattern);
    return err_set(ERR_FORBIDDEN, "%s %s", route->method, route->pattern);
}

/* "application/json", perhaps with a charset that says what is so anyway. */
static bool
is_json_type(const char *type)
{
    static const char json[] = "application/json";

    if (!type || strncasecmp(type, json, sizeof(json) - 1) != 0)
        return false;
    type += sizeof(json) - 1;
    type += strspn(type, " ");
    if (*type == ';')
        type++;
    type += strspn(type, " ");
    return !*type || strcasecmp(type, "charset=utf-8") == 0;
}

static enum err
check_body(const struct api_call *call, const struct route *route)
{
    const struct http_request *r = call->request;

    if (r->body_too_large) {
        err_arg("max", "%zu", body_max(route));
        return err_set(ERR_TOO_LARGE, "a body past %zu bytes",
            body_max(route));
    }
    if (!(route->flags & ROUTE_BODY))
        return OK;
    if (!is_json_type(http_request_header(r, "Content-Type")))
        return err_set(ERR_MEDIA_TYPE, "the body is not application/json");
    return OK;
}

static enum err
read_body(struct api_call *call, const struct route *route, struct json **body)
{
    const struct http_request *r = call->request;
    struct json_limits limits = {.max_bytes = body_max(route)};
    const struct json *root;
    enum err e;

    if (!(route->flags & ROUTE_BODY))
        return OK;
    e = json_parse(r->body, r->body_len, &limits, body);
    if (e == OK)
        e = json_as_obj(*body, &root);
    call->body = *body;
    return e;
}

static enum err
read_key(struct api_call *call, const struct route *route)
{
    const struct http_request *r = call->request;
    const char *key = http_request_header(r, "Idempotency-Key");
    struct crypto_hash h;
    size_t len;

    if (!(route->flags & (ROUTE_KEY | ROUTE_MAY_KEY)))
        return OK;
    if (!key && (route->flags & ROUTE_MAY_KEY))
        return OK;
    len = key ? strlen(key) : 0;
    if (len < KEY_MIN || len > KEY_MAX)
        return err_set(ERR_KEY_MISSING, "16 to 64 characters are needed");
    for (size_t i = 0; i < len; i++)
        if (key[i] <= ' ' || key[i] > '~')
            return err_set(ERR_KEY_MISSING, "only visible ASCII is taken");
    call->key = key;
    crypto_hash_init(&h);
    crypto_hash_add(&h, r->method, strlen(r->method) + 1);
    for (size_t i = 0; i < r->segments_len; i++)
        crypto_hash_add(&h, r->segments[i], strlen(r->segments[i]) + 1);
    crypto_hash_add(&h, "", 1);
    crypto_hash_add(&h, r->body, r->body_len);
    crypto_hash_end(&h, call->digest);
    return OK;
}

/* All that is decided before the body is read. */
static enum err
admit(struct api *api, struct api_call *call, const struct route **route)
{
    const struct http_request *r = call->request;
    char allow[ALLOW_MAX];
    enum err e;

    if (r->stopping)
        return err_set(ERR_STOPPING, "the daemon ends");
    e = http_request_check(r);
    if (e == OK)
        e = principal_check_host(api, r);
    if (e)
        return e;
    e = find_route(api, r, call, route, allow);
    if (e == ERR_METHOD)
        http_reply_header(call->reply, "Allow", "%s", allow);
    if (e || ((*route)->flags & ROUTE_PLAIN))
        return e;
    e = principal_find(api, call);
    if (e == OK)
        e = check_role(call, *route);
    if (e == OK && is_write(*route))
        e = principal_check_origin(call);
    if (e == OK && is_write(*route) && !((*route)->flags & ROUTE_SIGNIN))
        e = principal_check_csrf(call);
    api_reader_done(api, call);
    return e;
}

static enum err
serve(struct api *api, struct api_call *call, const struct route **route)
{
    struct json *body = NULL;
    enum err e = admit(api, call, route);

    if (e == OK)
        e = check_body(call, *route);
    if (e == OK)
        e = read_key(call, *route);
    if (e == OK)
        e = read_body(call, *route, &body);
    if (e == OK && call->who.via == API_VIA_SESSION &&
        session_touch(api->writer, &call->session, clock_now()) != OK)
        log_warn("http", "session not noted as used: %s", err_msg());
    if (e == OK)
        e = (*route)->handler(api, call);
    if (e == OK && call->reply->body.full) {
        err_arg("case", "answer");
        e = err_set(ERR_TOO_LARGE, "an answer past %d bytes", HTTP_BODY_MAX);
    }
    api_reader_done(api, call);
    json_free(body);
    return e;
}

/* The failure as the caller reads it. */
static void
fail(struct api_call *call, const struct route *route, enum err e)
{
    struct err_state state;
    const char *allow = http_reply_get(call->reply, "Allow");
    char kept[ALLOW_MAX] = "";

    if (err_last()->err != e)
        err_set(e, "%s", err_text(e));
    err_save(&state);
    if (err_class(e) == ERR_CLASS_FAULT)
        log_error("http", "%s %s: %s: %s", route ? route->method : "",
            route ? route->pattern : "", err_name(e), state.msg);
    else
        log_debug("http", "%s: %s", err_name(e), state.msg);
    if (allow)
        memcpy(kept, allow, strlen(allow) + 1);
    http_reply_problem(call->reply, call->lang, &state,
        call->request->bad_status, call->problem.data);
    if (kept[0])
        http_reply_header(call->reply, "Allow", "%s", kept);
}

void
dispatch(void *arg, const struct http_request *request,
    struct http_reply *reply)
{
    struct api *api = arg;
    struct api_call call = {.request = request, .reply = reply};
    const struct route *route = NULL;
    int64_t from = clock_mono_us();
    enum err e;

    buf_init(&call.problem, PROBLEM_MAX);
    call.lang = http_request_lang(request, api->lang);
    e = serve(api, &call, &route);
    if (e)
        fail(&call, route, e);
    buf_finish(&call.problem);
    if (api->metrics)
        metrics_count(api->metrics, reply->status,
            route && (route->flags & ROUTE_STREAM)
                ? -1
                : clock_mono_us() - from);
    log_debug("http", "%s %s %d", request->method,
        route ? route->pattern : "-", reply->status);
}
