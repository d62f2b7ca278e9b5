/* tests/unit/t_ask.h - a request to the dispatcher, without a socket.
 *
 *     t_ask("POST", "/api/v1/x", "{}", "Host: localhost\nOrigin: null");
 *     t_reply.status ...
 *     t_member("code")
 *
 * Each line of the headers is "Name: value".  The peer is this machine. */
#ifndef TESTS_UNIT_T_ASK_H
#define TESTS_UNIT_T_ASK_H

#include <stdio.h>
#include <string.h>

#include "base/http_request.h"
#include "base/json.h"
#include "pos/http/dispatch.h"
#include "tests/unit/t_api.h"

static struct http_reply t_reply;

/* Headers from `text`, which is cut up in place. */
static inline void
t_ask_headers(struct http_request *r, char *text)
{
    char *end, *value;

    for (text += strspn(text, "\n"); *text; text = end + strspn(end, "\n")) {
        end = text + strcspn(text, "\n");
        if (*end)
            *end++ = '\0';
        value = strstr(text, ": ");
        if (!value)
            abort();
        *value = '\0';
        http_request_add_header(r, text, value + 2);
    }
}

static inline int
t_ask(const char *method, const char *target, const char *body,
    const char *headers)
{
    struct http_request r = {.method = method, .loopback = true};
    static char text[2048];

    snprintf(text, sizeof(text), "%s%s", headers ? headers : "",
        headers && strstr(headers, "Host: ") ? "" : "\nHost: localhost:80");
    t_ask_headers(&r, text);
    http_request_target(&r, target);
    r.body = body ? body : "";
    r.body_len = strlen(r.body);
    r.body_too_large = r.body_len > dispatch_body_limit(&t_api, &r);
    http_reply_finish(&t_reply);
    http_reply_init(&t_reply);
    dispatch(&t_api, &r, &t_reply);
    http_request_finish(&r);
    return t_reply.status;
}

/* A text member of the JSON reply, "" when there is none; borrowed until the
 * next call. */
static inline const char *
t_member(const char *key)
{
    static char value[512];
    const char *s = "";
    struct json *root;

    value[0] = '\0';
    if (json_parse(t_reply.body.data, t_reply.body.len, NULL, &root))
        return value;
    json_opt_str(root, key, sizeof(value), &s);
    snprintf(value, sizeof(value), "%s", s);
    json_free(root);
    return value;
}

/* The value of a cookie the reply sets, in `out`. */
static inline bool
t_cookie(const char *name, char *out, size_t size)
{
    size_t len = strlen(name);

    for (size_t i = 0; i < t_reply.headers_len; i++) {
        const char *v = t_reply.headers[i].value;

        if (strcmp(t_reply.headers[i].name, "Set-Cookie") != 0 ||
            strncmp(v, name, len) != 0 || v[len] != '=')
            continue;
        snprintf(out, size, "%.*s", (int)strcspn(v + len + 1, ";"),
            v + len + 1);
        return true;
    }
    return false;
}

#endif
