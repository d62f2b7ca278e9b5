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

/* A word of base/err.def, as the API writes it? */
static bool
is_code(const char *word)
{
    for (int e = OK + 1; e < ERR_COUNT; e++)
        if (strcmp(err_name((enum err)e), word) == 0)
            return true;
    return false;
}

/* Under "code" of a problem every word is one that can come. */
static void
check_codes(const struct json *v)
{
    const struct json *code = json_find(json_find(v, "properties"), "code");
    const struct json *words = json_find(code, "enum"), *word;
    const char *text;

    for (word = json_first(words); word; word = json_next(word)) {
        CHECK(json_as_str(word, 40, &text) == OK);
        if (!is_code(text))
            fprintf(stderr, "no failure is called %s\n", text);
        CHECK(is_code(text));
    }
    for (v = json_first(v); v; v = json_next(v))
        check_codes(v);
}

static void
test_openapi__the_codes_of_problems_are_those_there_are(void)
{
    CHECK(is_code("idempotency_key_reused") && !is_code("key_reused"));
    check_codes(doc);
}

/* What OpenAPI 3.1 demands of an operation, as far as ours go. */
static void
check_structure(const struct json *op)
{
    const struct json *v, *all = json_find(op, "responses");
    const char *text = "";

    CHECK(json_get_str(op, "operationId", 40, &text) == OK);
    CHECK(json_get_str(op, "summary", 200, &text) == OK);
    CHECK(json_len(all) > 0);
    for (v = json_first(all); v; v = json_next(v))
        CHECK(json_has(v, "$ref") ||
            json_get_str(v, "description", 200, &text) == OK);
    for (v = json_first(json_find(op, "parameters")); v; v = json_next(v)) {
        if (json_has(v, "$ref"))
            continue;
        CHECK(json_get_str(v, "in", 10, &text) == OK);
        CHECK(json_has(v, "schema"));
        CHECK((strcmp(text, "path") == 0) == json_has(v, "required"));
    }
    v = json_find(op, "requestBody");
    CHECK(!v || json_has(json_find(v, "content"), "application/json"));
}

static void
test_openapi__every_operation_has_what_the_standard_demands(void)
{
    const char *one, *other;

    for (size_t i = 0; i < routes_len; i++) {
        check_structure(operation(&routes[i]));
        json_get_str(operation(&routes[i]), "operationId", 40, &one);
        for (size_t j = 0; j < i; j++) {
            json_get_str(operation(&routes[j]), "operationId", 40, &other);
            CHECK(strcmp(one, other) != 0);
        }
    }
}

/* A problem of each kind that the dispatcher itself finds is told. */
static void
test_openapi__says_which_problems_a_guarded_route_has(void)
{
    for (size_t i = 0; i < routes_len; i++) {
        const struct route *r = &routes[i];
        const struct json *all = json_find(operation(r), "responses");

        if (r->flags & ROUTE_PLAIN)
            continue;
        CHECK(json_has(all, "default") && json_has(all, "503"));
        CHECK(json_has(all, "401") && json_has(all, "403"));
        CHECK(!(r->flags & ROUTE_BODY) ||
            (json_has(all, "400") && json_has(all, "413") &&
                json_has(all, "415")));
        CHECK(!(r->flags & (ROUTE_KEY | ROUTE_MAY_KEY)) ||
            (json_has(all, "200") && json_has(all, "422")));
        CHECK(r->who == ANYONE || !strchr(r->pattern, '{') ||
            json_has(all, "404"));
    }
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
    RUN(test_openapi__the_codes_of_problems_are_those_there_are);
    RUN(test_openapi__every_operation_has_what_the_standard_demands);
    RUN(test_openapi__says_which_problems_a_guarded_route_has);
    RUN(test_routes__the_table_is_sound);
    json_free(doc);
    return T_END();
}
