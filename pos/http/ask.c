#include "pos/http/ask.h"

#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"

static enum err
parse_id(const struct json *obj, const char *key, const char *prefix,
    const char *text, int64_t *out)
{
    size_t skip = strlen(prefix);
    int64_t n = 0;

    if (strncmp(text, prefix, skip) == 0 && text[skip] >= '1'
        && text[skip] <= '9' && strlen(text + skip) <= 15) {
        const char *at = text + skip;

        while (*at >= '0' && *at <= '9')
            n = n * 10 + (*at++ - '0');
        if (!*at) {
            *out = n;
            return OK;
        }
    }
    json_blame(obj, key);
    err_arg("case", "id");
    err_arg("prefix", "%s", prefix);
    return err_set(ERR_FIELD_VALUE, "no id of the form %sN: %.40s", prefix,
        text);
}

enum err
ask_get_id(const struct json *obj, const char *key, const char *prefix,
    int64_t *out)
{
    const char *text;
    enum err e = json_get_str(obj, key, 40, &text);

    return e == OK ? parse_id(obj, key, prefix, text, out) : e;
}

enum err
ask_opt_id(const struct json *obj, const char *key, const char *prefix,
    int64_t *out)
{
    return json_has(obj, key) ? ask_get_id(obj, key, prefix, out) : OK;
}

enum err
ask_text(const struct json *obj, const char *key, size_t max_bytes,
    bool required, struct buf *keep, const char **out)
{
    const char *raw = "";
    enum err e = required ? json_get_str(obj, key, max_bytes * 3, &raw)
                          : json_opt_str(obj, key, max_bytes * 3, &raw);

    if (e == OK)
        e = text_clean(raw, strlen(raw), keep);
    if (e != OK)
        return e;
    if (keep->full || keep->len > max_bytes) {
        json_blame(obj, key);
        err_arg("case", "length");
        err_arg("max", "%zu", max_bytes);
        return err_set(ERR_FIELD_VALUE, "%s has %zu bytes", key, keep->len);
    }
    if (required && !keep->len) {
        json_blame(obj, key);
        err_arg("case", "empty");
        return err_set(ERR_FIELD_VALUE, "%s is empty", key);
    }
    *out = keep->data;
    return OK;
}

enum err
ask_till(const struct api_call *call, const struct json *body,
    int64_t *till_out)
{
    const char *text = NULL;
    enum err e = json_opt_str(body, "till", 3, &text);

    *till_out = call->who.till;
    if (e == OK && text)
        e = parse_id(body, "till", "", text, till_out);
    if (e != OK)
        return e;
    if (!*till_out)
        return json_get_str(body, "till", 3, &text); /* says it is missing */
    if (*till_out > 255) {
        json_blame(body, "till");
        err_arg("max", "255");
        return err_set(ERR_FIELD_VALUE, "till %" PRId64, *till_out);
    }
    if (call->who.via == API_VIA_SESSION && call->who.till != *till_out)
        return err_set(ERR_FORBIDDEN, "a device of till %" PRId64
            " asked for till %" PRId64, call->who.till, *till_out);
    return OK;
}

enum err
ask_opt_day(const struct json *obj, const char *key, int32_t *out)
{
    const char *text = NULL;
    enum err e = json_opt_str(obj, key, 10, &text);

    if (e != OK || !text)
        return e;
    if (clock_parse_date(text, out) == OK)
        return OK;
    json_blame(obj, key);
    err_arg("case", "date");
    return err_set(ERR_FIELD_VALUE, "no date: %s", text);
}
