#include "base/http_reply.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/json_out.h"
#include "base/mem.h"

enum { HEADER_VALUE_MAX = 1024 };

void
http_reply_init(struct http_reply *reply)
{
    *reply = (struct http_reply){.status = 200};
    buf_init(&reply->body, HTTP_BODY_MAX);
}

void
http_reply_finish(struct http_reply *reply)
{
    for (size_t i = 0; i < reply->headers_len; i++)
        mem_free(reply->headers[i].value);
    if (reply->stream.done)
        reply->stream.done(reply->stream.arg);
    if (reply->has_file)
        close(reply->file.fd);
    buf_finish(&reply->body);
    *reply = (struct http_reply){.status = 0};
}

void
http_reply_reset(struct http_reply *reply)
{
    http_reply_finish(reply);
    http_reply_init(reply);
}

void
http_reply_header(struct http_reply *reply, const char *name, const char *fmt,
    ...)
{
    char value[HEADER_VALUE_MAX];
    va_list ap;
    int n;

    assert(reply->headers_len < HTTP_HEADERS_OUT);
    va_start(ap, fmt);
    n = vsnprintf(value, sizeof(value), fmt, ap);
    va_end(ap);
    assert(n >= 0 && (size_t)n < sizeof(value));
    for (const char *c = value; *c; c++)
        assert((unsigned char)*c >= 0x20 && *c != 0x7f);
    reply->headers[reply->headers_len].name = name;
    reply->headers[reply->headers_len].value = mem_dup_str(value);
    reply->headers_len++;
}

const char *
http_reply_get(const struct http_reply *reply, const char *name)
{
    for (size_t i = 0; i < reply->headers_len; i++)
        if (strcasecmp(reply->headers[i].name, name) == 0)
            return reply->headers[i].value;
    return NULL;
}

void
http_reply_cache(struct http_reply *reply, const char *value)
{
    reply->cache = true;
    http_reply_header(reply, "Cache-Control", "%s", value);
}

int
http_status(enum err_class class)
{
    switch (class) {
    case ERR_CLASS_NONE:
        return 200;
    case ERR_CLASS_INVALID:
        return 400;
    case ERR_CLASS_UNAUTH:
        return 401;
    case ERR_CLASS_FORBIDDEN:
        return 403;
    case ERR_CLASS_MISSING:
        return 404;
    case ERR_CLASS_METHOD:
        return 405;
    case ERR_CLASS_CONFLICT:
        return 409;
    case ERR_CLASS_GONE:
        return 410;
    case ERR_CLASS_TOO_LARGE:
        return 413;
    case ERR_CLASS_MEDIA:
        return 415;
    case ERR_CLASS_REUSED:
        return 422;
    case ERR_CLASS_RETRY:
        return 503;
    case ERR_CLASS_FAULT:
        break;
    }
    return 500;
}

const char *
http_status_text(int status)
{
    static const struct {
        int status;
        const char *text;
    } texts[] = {{200, "OK"}, {201, "Created"}, {204, "No Content"},
        {206, "Partial Content"}, {304, "Not Modified"},
        {400, "Bad Request"}, {401, "Unauthorized"},
        {403, "Forbidden"}, {404, "Not Found"}, {405, "Method Not Allowed"},
        {409, "Conflict"}, {410, "Gone"}, {413, "Content Too Large"},
        {414, "URI Too Long"},
        {415, "Unsupported Media Type"}, {416, "Range Not Satisfiable"},
        {422, "Unprocessable Content"},
        {429, "Too Many Requests"}, {431, "Request Header Fields Too Large"},
        {500, "Internal Server Error"}, {503, "Service Unavailable"}};

    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        if (texts[i].status == status)
            return texts[i].text;
    return "Unknown";
}

/* Headers that the kind of failure asks for. */
static void
problem_headers(struct http_reply *reply, enum lang lang,
    const struct err_state *state)
{
    const char *seconds = "1";

    http_reply_header(reply, "Content-Language",
        lang == LANG_EN ? "en" : "vi");
    if (err_class(state->err) == ERR_CLASS_UNAUTH)
        http_reply_header(reply, "WWW-Authenticate",
            "Bearer realm=\"ocop-pos\"");
    if (err_class(state->err) != ERR_CLASS_RETRY)
        return;
    for (size_t i = 0; i < state->args_len; i++)
        if (strcmp(state->args[i].name, "seconds") == 0)
            seconds = state->args[i].value;
    http_reply_header(reply, "Retry-After", "%s", seconds);
}

/* The arguments of the sentence, for programs that write their own. */
static void
problem_args(struct json_out *out, const struct err_state *state)
{
    json_out_key(out, "args");
    json_out_obj(out);
    for (size_t i = 0; i < state->args_len; i++) {
        size_t before = 0;

        while (strcmp(state->args[before].name, state->args[i].name) != 0)
            before++;
        if (before == i) /* a name stands once */
            json_out_put_str(out, state->args[i].name, state->args[i].value);
    }
    json_out_end_obj(out);
}

static void
problem_members(struct json_out *out, enum lang lang,
    const struct err_state *state, int status)
{
    struct buf detail;

    buf_init(&detail, 4096);
    lang_error(lang, state, &detail);
    json_out_put_str(out, "type", "about:blank");
    json_out_put_str(out, "title", http_status_text(status));
    json_out_put_int(out, "status", status);
    json_out_put_str(out, "code", err_name(state->err));
    json_out_put_str(out, "detail", detail.data);
    buf_finish(&detail);
    if (err_class(state->err) == ERR_CLASS_FAULT)
        return; /* paths of files and the like are for the log */
    if (state->args_len)
        problem_args(out, state);
    if (!state->path[0])
        return;
    json_out_key(out, "errors");
    json_out_arr(out);
    json_out_obj(out);
    json_out_put_str(out, "path", state->path);
    json_out_put_str(out, "code", err_name(state->err));
    json_out_end_obj(out);
    json_out_end_arr(out);
}

void
http_reply_problem(struct http_reply *reply, enum lang lang,
    const struct err_state *state, int status, const char *extra)
{
    struct json_out out;

    if (!status)
        status = http_status(err_class(state->err));
    http_reply_reset(reply);
    reply->status = status;
    reply->type = "application/problem+json";
    problem_headers(reply, lang, state);
    json_out_init(&out, &reply->body);
    json_out_obj(&out);
    problem_members(&out, lang, state, status);
    json_out_end_obj(&out);
    json_out_end(&out);
    if (!extra || strlen(extra) < 3) /* nothing, or "{}" */
        return;
    assert(extra[0] == '{');
    buf_cut(&reply->body, reply->body.len - 1);
    buf_add_char(&reply->body, ',');
    buf_add_str(&reply->body, extra + 1);
}

const struct http_fixed_header *
http_reply_security(void)
{
    static const struct http_fixed_header headers[] = {
        {"X-Content-Type-Options", "nosniff"},
        {"X-Frame-Options", "DENY"},
        {"Referrer-Policy", "no-referrer"},
        {"Cross-Origin-Opener-Policy", "same-origin"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
        {"Permissions-Policy",
            "camera=(self), geolocation=(), microphone=(), payment=()"},
        {NULL, NULL}};

    return headers;
}

const char *
http_reply_csp(const struct http_reply *reply)
{
    if (reply->page)
        return "default-src 'self'; img-src 'self' blob: data:; "
               "object-src 'none'; base-uri 'none'; form-action 'none'; "
               "frame-ancestors 'none'";
    return "default-src 'none'; base-uri 'none'; form-action 'none'; "
           "frame-ancestors 'none'";
}
