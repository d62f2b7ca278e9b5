#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/json.h"
#include "pos/http/openapi.h"
#include "pos/http/routes.h"
#include "tests/unit/t.h"

static struct json *doc;
static const struct json *paths;

static void
open_doc(void)
{
    struct json_limits limits = {.max_bytes = OPENAPI_MAX, .max_depth = 40};
    struct buf text;

    buf_init(&text, OPENAPI_MAX);
    CHECK(openapi_build(&text) == OK);
    CHECK(json_parse(text.data, text.len, &limits, &doc) == OK);
    CHECK(json_get_obj(doc, "paths", &paths) == OK);
    buf_finish(&text);
}

static const struct json *
operation(const struct route *r)
{
    const struct json *path = json_find(paths, r->pattern), *op;

    for (op = json_first(path); op; op = json_next(op))
        if (strcasecmp(json_key(op), r->method) == 0)
            return op;
    return NULL;
}

static void
test_openapi__describes_every_route(void)
{
    for (size_t i = 0; i < routes_len; i++)
        if (!operation(&routes[i])) {
            fprintf(stderr, "%s %s\n", routes[i].method, routes[i].pattern);
            CHECK(0 && "described");
        }
}

static bool
is_route(const char *method, const char *pattern)
{
    for (size_t i = 0; i < routes_len; i++)
        if (strcasecmp(routes[i].method, method) == 0 &&
            strcmp(routes[i].pattern, pattern) == 0)
            return true;
    return false;
}

static void
test_openapi__describes_nothing_else(void)
{
    const struct json *path, *op;

    for (path = json_first(paths); path; path = json_next(path))
        for (op = json_first(path); op; op = json_next(op))
            if (!is_route(json_key(op), json_key(path))) {
                fprintf(stderr, "%s %s\n", json_key(op), json_key(path));
                CHECK(0 && "a route");
            }
}

/* Does the operation list a parameter by this reference, or of this name in
 * the path? */
static bool
has_parameter(const struct json *op, const char *ref, const char *name)
{
    const struct json *all = json_find(op, "parameters"), *p;
    const char *text;

    for (p = json_first(all); p; p = json_next(p)) {
        text = "";
        json_opt_str(p, "$ref", 100, &text);
        if (ref && strcmp(text, ref) == 0)
            return true;
        json_opt_str(p, "name", 100, &text);
        if (name && strcmp(text, name) == 0)
            return true;
    }
    return false;
}

static void
check_operation(const struct route *r, const struct json *op)
{
    static const char *const roles[] = {[ANYONE] = "", [LOOPBACK] = "",
        [VIEWER] = "viewer", [CASHIER] = "cashier", [MANAGER] = "manager",
        [OWNER] = "owner"};
    const char *role = "";
    char name[40];

    json_opt_str(op, "x-role", 20, &role);
    CHECK_STR(role, roles[r->who]);
    CHECK(!!(r->flags & ROUTE_BODY) == (json_find(op, "requestBody") != NULL));
    CHECK(!!(r->flags & ROUTE_KEY) ==
        has_parameter(op, "#/components/parameters/Key", NULL));
    for (const char *at = strchr(r->pattern, '{'); at;
         at = strchr(at + 1, '{')) {
        snprintf(name, sizeof(name), "%.*s", (int)strcspn(at + 1, "}"),
            at + 1);
        CHECK(has_parameter(op, NULL, name));
    }
}

static void
test_openapi__says_role_body_key_and_parameters_as_the_table_does(void)
{
    for (size_t i = 0; i < routes_len; i++)
        if (operation(&routes[i]))
            check_operation(&routes[i], operation(&routes[i]));
}

/* Every "$ref" under `v` leads somewhere. */
static void
check_refs(const struct json *v)
{
    const struct json *at;
    const char *ref = "";
    char piece[60];

    if (json_is_obj(v))
        json_opt_str(v, "$ref", 200, &ref);
    if (*ref) {
        at = doc;
        for (ref += 1; *ref == '/' && at; ref += strlen(piece)) {
            ref++;
            snprintf(piece, sizeof(piece), "%.*s", (int)strcspn(ref, "/"),
                ref);
            at = json_find(at, piece);
        }
        if (!at)
            fprintf(stderr, "nothing at %s\n", piece);
        CHECK(at);
    }
    for (v = json_first(v); v; v = json_next(v))
        check_refs(v);
}

static void
test_openapi__every_reference_leads_somewhere(void)
{
    check_refs(doc);
}

static void
test_routes__the_table_is_sound(void)
{
    routes_check(routes, routes_len);
}

int
main(void)
{
    open_doc();
    RUN(test_openapi__describes_every_route);
    RUN(test_openapi__describes_nothing_else);
    RUN(test_openapi__says_role_body_key_and_parameters_as_the_table_does);
    RUN(test_openapi__every_reference_leads_somewhere);
    RUN(test_routes__the_table_is_sound);
    json_free(doc);
    return T_END();
}
