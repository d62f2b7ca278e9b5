#include "pos/http/api.h"

#include <assert.h>
#include <string.h>

#include "base/clock.h"
#include "db/db.h"
#include "db/readers.h"

const char *
api_param(const struct api_call *call, const char *name)
{
    size_t len = strlen(name);

    for (size_t i = 0; i < call->params_len; i++) {
        const char *known = call->params[i].name; /* "{name}..." */

        if (strncmp(known + 1, name, len) == 0 && known[1 + len] == '}')
            return call->params[i].value;
    }
    assert(0 && "a parameter that the pattern does not have");
    return "";
}

/* Plain digits of at most 18, without leading zeros; -1 for anything else. */
static int64_t
number(const char *s)
{
    int64_t n = 0;
    size_t len = strlen(s);

    if (len == 0 || len > 18 || strspn(s, "0123456789") != len ||
        (s[0] == '0' && len > 1))
        return -1;
    for (; *s; s++)
        n = n * 10 + (*s - '0');
    return n;
}

enum err
api_param_id(const struct api_call *call, const char *name, const char *prefix,
    int64_t min, int64_t max, int64_t *out)
{
    const char *value = api_param(call, name);
    size_t len = strlen(prefix);
    int64_t n = -1;

    if (strncmp(value, prefix, len) == 0)
        n = number(value + len);
    if (n >= min && n <= max) {
        *out = n;
        return OK;
    }
    err_arg("what", "%.60s", value);
    return err_set(ERR_NOT_FOUND, "no %s %.40s", name, value);
}

enum err
api_query_only(const struct api_call *call, const char *const names[])
{
    const struct http_request *r = call->request;

    for (size_t i = 0; i < r->query_len; i++) {
        size_t known = 0;

        while (names[known] && strcmp(names[known], r->query[i].name) != 0)
            known++;
        if (names[known])
            continue;
        err_at("%s", r->query[i].name);
        err_arg("field", "%s", r->query[i].name);
        return err_set(ERR_FIELD_UNKNOWN, "the query has %s",
            r->query[i].name);
    }
    return OK;
}

static enum err
query_bad(const char *name, const char *what)
{
    err_at("%s", name);
    err_arg("field", "%s", name);
    return err_set(ERR_FIELD_VALUE, "%s: %s", name, what);
}

enum err
api_query_str(const struct api_call *call, const char *name, size_t max_bytes,
    const char **out)
{
    const char *value = http_request_query(call->request, name);

    if (!value)
        return OK;
    if (strlen(value) > max_bytes)
        return query_bad(name, "too long");
    *out = value;
    return OK;
}

enum err
api_query_int(const struct api_call *call, const char *name, int64_t min,
    int64_t max, int64_t *out)
{
    const char *value = http_request_query(call->request, name);
    int64_t n;

    if (!value)
        return OK;
    n = number(value);
    if (n < 0 || n < min || n > max)
        return query_bad(name, "not a number in its range");
    *out = n;
    return OK;
}

enum err
api_query_id(const struct api_call *call, const char *name,
    const char *prefix, int64_t *out)
{
    const char *value = http_request_query(call->request, name);
    size_t len = strlen(prefix);
    int64_t n = -1;

    if (!value)
        return OK;
    if (strncmp(value, prefix, len) == 0)
        n = number(value + len);
    if (n < 1) {
        err_arg("case", "id");
        err_arg("prefix", "%s", prefix);
        return query_bad(name, "not an id");
    }
    *out = n;
    return OK;
}

enum err
api_query_day(const struct api_call *call, const char *name, int32_t *out)
{
    const char *value = http_request_query(call->request, name);

    if (!value)
        return OK;
    if (clock_parse_date(value, out) != OK)
        return query_bad(name, "not a day, YYYY-MM-DD");
    return OK;
}

enum err
api_reader(struct api *api, struct api_call *call, struct db **db_out)
{
    if (!call->reader)
        call->reader = readers_take(api->readers);
    *db_out = call->reader;
    return OK;
}

void
api_reader_done(struct api *api, struct api_call *call)
{
    if (!call->reader)
        return;
    assert(!db_in_write(call->reader));
    readers_give(api->readers, call->reader);
    call->reader = NULL;
}

void
api_json(struct api_call *call, int status, struct json_out *out)
{
    call->reply->status = status;
    call->reply->type = "application/json";
    json_out_init(out, &call->reply->body);
}

void
api_empty(struct api_call *call)
{
    call->reply->status = 204;
    call->reply->type = NULL;
}
