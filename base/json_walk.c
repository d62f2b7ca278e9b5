#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "base/json_node.h"

enum { PATH_MAX_BYTES = 1024 };

enum json_type
json_type(const struct json *v)
{
    return v->type;
}

bool
json_is_obj(const struct json *v)
{
    return v && v->type == JSON_OBJ;
}

bool
json_is_arr(const struct json *v)
{
    return v && v->type == JSON_ARR;
}

bool
json_is_str(const struct json *v)
{
    return v && v->type == JSON_STR;
}

bool
json_is_int(const struct json *v)
{
    return v && v->type == JSON_INT;
}

bool
json_is_null(const struct json *v)
{
    return v && v->type == JSON_NULL;
}

size_t
json_len(const struct json *v)
{
    return v ? v->len : 0;
}

const struct json *
json_at(const struct json *v, size_t i)
{
    return i < json_len(v) ? v->items + i : NULL;
}

const struct json *
json_first(const struct json *v)
{
    return json_at(v, 0);
}

const struct json *
json_next(const struct json *v)
{
    if (!v->parent)
        return NULL;
    return json_at(v->parent, (size_t)(v - v->parent->items) + 1);
}

const char *
json_key(const struct json *v)
{
    return v->key;
}

const struct json *
json_find(const struct json *obj, const char *key)
{
    if (!json_is_obj(obj))
        return NULL;
    for (const struct json *m = json_first(obj); m; m = json_next(m))
        if (m->key[0] == key[0] && strcmp(m->key, key) == 0)
            return m;
    return NULL;
}

bool
json_has(const struct json *obj, const char *key)
{
    const struct json *m = json_find(obj, key);

    return m && m->type != JSON_NULL;
}

static void
add_path(const struct json *v, struct buf *path)
{
    if (!v || !v->parent)
        return;
    add_path(v->parent, path);
    if (!v->key) {
        buf_printf(path, "[%td]", v - v->parent->items);
        return;
    }
    if (path->len)
        buf_add_char(path, '.');
    buf_add_str(path, v->key);
}

void
json_blame(const struct json *v, const char *key)
{
    struct buf path;

    buf_init(&path, PATH_MAX_BYTES);
    add_path(v, &path);
    if (key && path.len)
        buf_add_char(&path, '.');
    if (key)
        buf_add_str(&path, key);
    err_at("%s", path.data);
    err_arg("field", "%s", path.len ? path.data : "body");
    buf_finish(&path);
}
