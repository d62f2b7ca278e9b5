#include <string.h>

#include "base/json.h"
#include "base/json_node.h"

enum err
json_only(const struct json *obj, const char *const keys[])
{
    const struct json *self;
    enum err e = json_as_obj(obj, &self);

    if (e)
        return e;
    for (const struct json *m = json_first(obj); m; m = json_next(m)) {
        size_t i = 0;

        while (keys[i] && strcmp(keys[i], m->key) != 0)
            i++;
        if (!keys[i]) {
            json_blame(m, NULL);
            return err_set(ERR_FIELD_UNKNOWN, "%s is not known", m->key);
        }
    }
    return OK;
}

/* The member, or NULL when absent or null; ERR_FIELD_TYPE when `obj` is none.
 */
static enum err
optional(const struct json *obj, const char *key, const struct json **m_out)
{
    const struct json *self;
    enum err e = json_as_obj(obj, &self);

    if (e)
        return e;
    *m_out = json_has(obj, key) ? json_find(obj, key) : NULL;
    return OK;
}

static enum err
required(const struct json *obj, const char *key, const struct json **m_out)
{
    enum err e = optional(obj, key, m_out);

    if (e || *m_out)
        return e;
    json_blame(obj, key);
    return err_set(ERR_FIELD_MISSING, "%s is missing", key);
}

enum err
json_get_str(const struct json *obj, const char *key, size_t max_bytes,
    const char **str_out)
{
    const struct json *m;
    enum err e = required(obj, key, &m);

    return e ? e : json_as_str(m, max_bytes, str_out);
}

enum err
json_get_int(const struct json *obj, const char *key, int64_t min, int64_t max,
    int64_t *out)
{
    const struct json *m;
    enum err e = required(obj, key, &m);

    return e ? e : json_as_int(m, min, max, out);
}

enum err
json_get_bool(const struct json *obj, const char *key, bool *out)
{
    const struct json *m;
    enum err e = required(obj, key, &m);

    return e ? e : json_as_bool(m, out);
}

enum err
json_get_milli(const struct json *obj, const char *key, int64_t min_milli,
    int64_t max_milli, int64_t *out)
{
    const struct json *m;
    enum err e = required(obj, key, &m);

    return e ? e : json_as_milli(m, min_milli, max_milli, out);
}

enum err
json_get_word(const struct json *obj, const char *key,
    const char *const words[], int *index_out)
{
    const struct json *m;
    enum err e = required(obj, key, &m);

    return e ? e : json_as_word(m, words, index_out);
}

enum err
json_get_arr(const struct json *obj, const char *key, size_t max_items,
    const struct json **arr_out)
{
    const struct json *m;
    enum err e = required(obj, key, &m);

    return e ? e : json_as_arr(m, max_items, arr_out);
}

enum err
json_get_obj(
    const struct json *obj, const char *key, const struct json **obj_out)
{
    const struct json *m;
    enum err e = required(obj, key, &m);

    return e ? e : json_as_obj(m, obj_out);
}

enum err
json_opt_str(const struct json *obj, const char *key, size_t max_bytes,
    const char **str_out)
{
    const struct json *m;
    enum err e = optional(obj, key, &m);

    return e || !m ? e : json_as_str(m, max_bytes, str_out);
}

enum err
json_opt_int(const struct json *obj, const char *key, int64_t min, int64_t max,
    int64_t *out)
{
    const struct json *m;
    enum err e = optional(obj, key, &m);

    return e || !m ? e : json_as_int(m, min, max, out);
}

enum err
json_opt_bool(const struct json *obj, const char *key, bool *out)
{
    const struct json *m;
    enum err e = optional(obj, key, &m);

    return e || !m ? e : json_as_bool(m, out);
}

enum err
json_opt_milli(const struct json *obj, const char *key, int64_t min_milli,
    int64_t max_milli, int64_t *out)
{
    const struct json *m;
    enum err e = optional(obj, key, &m);

    return e || !m ? e : json_as_milli(m, min_milli, max_milli, out);
}

enum err
json_opt_word(const struct json *obj, const char *key,
    const char *const words[], int *index_out)
{
    const struct json *m;
    enum err e = optional(obj, key, &m);

    return e || !m ? e : json_as_word(m, words, index_out);
}

enum err
json_opt_arr(const struct json *obj, const char *key, size_t max_items,
    const struct json **arr_out)
{
    const struct json *m;
    enum err e = optional(obj, key, &m);

    return e || !m ? e : json_as_arr(m, max_items, arr_out);
}

enum err
json_opt_obj(
    const struct json *obj, const char *key, const struct json **obj_out)
{
    const struct json *m;
    enum err e = optional(obj, key, &m);

    return e || !m ? e : json_as_obj(m, obj_out);
}
