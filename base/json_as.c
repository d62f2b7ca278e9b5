#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "base/json_node.h"
#include "base/json_out.h"

enum { WORDS_MAX = 160 };

static enum err
wrong_type(const struct json *v, const char *want)
{
    json_blame(v, NULL);
    err_arg("want", "%s", want);
    return err_set(ERR_FIELD_TYPE, "%s was expected", want);
}

static enum err
missing(void)
{
    return err_set(ERR_FIELD_MISSING, "a value is missing");
}

static enum err
out_of_range(const struct json *v, const char *min, const char *max)
{
    json_blame(v, NULL);
    err_arg("case", "range");
    err_arg("min", "%s", min);
    err_arg("max", "%s", max);
    return err_set(ERR_FIELD_VALUE, "not within %s and %s", min, max);
}

static enum err
too_much(const struct json *v, const char *which, size_t max)
{
    json_blame(v, NULL);
    err_arg("case", "%s", which);
    err_arg("max", "%zu", max);
    return err_set(ERR_FIELD_VALUE, "%s: more than %zu", which, max);
}

enum err
json_as_str(const struct json *v, size_t max_bytes, const char **str_out)
{
    if (!v)
        return missing();
    if (v->type != JSON_STR)
        return wrong_type(v, "string");
    if (strlen(v->str) > max_bytes)
        return too_much(v, "length", max_bytes);
    *str_out = v->str;
    return OK;
}

static enum err
int_out_of_range(const struct json *v, int64_t min, int64_t max)
{
    char low[JSON_MILLI_MAX], high[JSON_MILLI_MAX];

    snprintf(low, sizeof(low), "%" PRId64, min);
    snprintf(high, sizeof(high), "%" PRId64, max);
    return out_of_range(v, low, high);
}

/* A plain number, but past 2^53? */
static bool
is_past(const struct json *v)
{
    return v->type == JSON_NUMBER && v->milli != 0;
}

enum err
json_as_int(const struct json *v, int64_t min, int64_t max, int64_t *out)
{
    if (!v)
        return missing();
    if (is_past(v))
        return int_out_of_range(v, min, max);
    if (v->type != JSON_INT)
        return wrong_type(v, "integer");
    if (v->milli / 1000 < min || v->milli / 1000 > max)
        return int_out_of_range(v, min, max);
    *out = v->milli / 1000;
    return OK;
}

enum err
json_as_bool(const struct json *v, bool *out)
{
    if (!v)
        return missing();
    if (v->type != JSON_BOOL)
        return wrong_type(v, "boolean");
    *out = v->milli != 0;
    return OK;
}

enum err
json_as_milli(
    const struct json *v, int64_t min_milli, int64_t max_milli, int64_t *out)
{
    char low[JSON_MILLI_MAX], high[JSON_MILLI_MAX];

    if (!v)
        return missing();
    if (v->type != JSON_INT && v->type != JSON_DECIMAL &&
        v->type != JSON_NUMBER)
        return wrong_type(v, "number");
    if (v->type == JSON_NUMBER && !is_past(v))
        return too_much(v, "decimals", 3);
    if (v->milli < min_milli || v->milli > max_milli || is_past(v)) {
        json_milli_print(low, min_milli);
        json_milli_print(high, max_milli);
        return out_of_range(v, low, high);
    }
    *out = v->milli;
    return OK;
}

static enum err
no_such_word(const struct json *v, const char *const words[])
{
    struct buf list;

    buf_init(&list, WORDS_MAX);
    for (size_t i = 0; words[i]; i++)
        buf_printf(&list, "%s%s", i ? ", " : "", words[i]);
    json_blame(v, NULL);
    err_arg("case", "words");
    err_arg("words", "%s", list.data);
    err_set(ERR_FIELD_VALUE, "none of %s", list.data);
    buf_finish(&list);
    return ERR_FIELD_VALUE;
}

enum err
json_as_word(const struct json *v, const char *const words[], int *index_out)
{
    if (!v)
        return missing();
    if (v->type != JSON_STR)
        return wrong_type(v, "string");
    for (int i = 0; words[i]; i++) {
        if (strcmp(v->str, words[i]) == 0) {
            *index_out = i;
            return OK;
        }
    }
    return no_such_word(v, words);
}

enum err
json_as_arr(const struct json *v, size_t max_items, const struct json **arr_out)
{
    if (!v)
        return missing();
    if (v->type != JSON_ARR)
        return wrong_type(v, "array");
    if (v->len > max_items)
        return too_much(v, "items", max_items);
    *arr_out = v;
    return OK;
}

enum err
json_as_obj(const struct json *v, const struct json **obj_out)
{
    if (!v)
        return missing();
    if (v->type != JSON_OBJ)
        return wrong_type(v, "object");
    *obj_out = v;
    return OK;
}
