#include "base/lang.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/mem.h"
#include "base/money.h"

enum { KEY_MAX = 200, TEXT_MAX = 2000 };

struct sentence {
    char *key;
    char *text;
};

/* Sorted by key. */
struct table {
    struct sentence *sentences;
    size_t len, cap;
};

static struct table tables[LANG_COUNT]; /* written by lang_load alone */

static void
table_finish(struct table *t)
{
    for (size_t i = 0; i < t->len; i++) {
        mem_free(t->sentences[i].key);
        mem_free(t->sentences[i].text);
    }
    mem_free(t->sentences);
    *t = (struct table){0};
}

static int
compare_sentences(const void *a, const void *b)
{
    const struct sentence *x = a, *y = b;

    return strcmp(x->key, y->key);
}

static enum err
take_sentence(struct table *t, const char *key, const struct json *v)
{
    const char *text;
    enum err e = json_as_str(v, TEXT_MAX, &text);

    if (e)
        return e;
    if (t->len == t->cap) {
        t->cap = t->cap ? t->cap * 2 : 256;
        t->sentences = mem_resize(t->sentences, t->cap, sizeof(*t->sentences));
    }
    t->sentences[t->len].key = mem_dup_str(key);
    t->sentences[t->len].text = mem_dup_str(text);
    t->len++;
    return OK;
}

/* All sentences under `v`, whose dotted key is in `path`. */
static enum err
take_all(struct table *t, struct buf *path, const struct json *v)
{
    size_t before = path->len;

    if (!json_is_obj(v))
        return take_sentence(t, path->data, v);
    for (const struct json *m = json_first(v); m; m = json_next(m)) {
        enum err e;

        if (before)
            buf_add_char(path, '.');
        buf_add_str(path, json_key(m));
        if (path->full)
            return err_set(ERR_TOO_LARGE, "a key past %d bytes", KEY_MAX);
        e = take_all(t, path, m);
        if (e)
            return e;
        buf_cut(path, before);
    }
    return OK;
}

enum err
lang_load(enum lang lang, const char *json, size_t len)
{
    struct table fresh = {0};
    struct json *root;
    struct buf path;
    enum err e = json_parse(json, len, NULL, &root);

    if (e)
        return e;
    buf_init(&path, KEY_MAX);
    e = take_all(&fresh, &path, root);
    if (e) {
        table_finish(&fresh);
    } else {
        qsort(fresh.sentences, fresh.len, sizeof(*fresh.sentences),
            compare_sentences);
        table_finish(&tables[lang]);
        tables[lang] = fresh;
    }
    buf_finish(&path);
    json_free(root);
    return e;
}

void
lang_unload(void)
{
    for (int i = 0; i < LANG_COUNT; i++)
        table_finish(&tables[i]);
}

/* The sentence, or NULL when there is none. */
static const char *
find(enum lang lang, const char *key)
{
    const struct table *t = &tables[lang];
    size_t low = 0, high = t->len;

    while (low < high) {
        size_t mid = low + (high - low) / 2;
        int order = strcmp(key, t->sentences[mid].key);

        if (order == 0)
            return t->sentences[mid].text;
        if (order < 0)
            high = mid;
        else
            low = mid + 1;
    }
    return NULL;
}

const char *
lang_text(enum lang lang, const char *key)
{
    const char *text = find(lang, key);

    return text ? text : key;
}

size_t
lang_count(enum lang lang)
{
    return tables[lang].len;
}

const char *
lang_key_at(enum lang lang, size_t i)
{
    assert(i < tables[lang].len);
    return tables[lang].sentences[i].key;
}

static const char *
value_of(const char *name, size_t len, const struct err_arg *args, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strlen(args[i].name) == len && memcmp(args[i].name, name, len) == 0)
            return args[i].value;
    return NULL;
}

/* What stands between braces: name, or name:dong. */
static void
add_value(const char *name, size_t len, const struct err_arg *args, size_t n,
    struct buf *out)
{
    const char *colon = memchr(name, ':', len);
    const char *value =
        value_of(name, colon ? (size_t)(colon - name) : len, args, n);

    if (!value)
        buf_add_str(out, "…");
    else if (colon)
        money_format(strtoll(value, NULL, 10), out);
    else
        buf_add_str(out, value);
}

static void
add_filled(
    const char *text, const struct err_arg *args, size_t n, struct buf *out)
{
    const char *open, *close;

    while ((open = strchr(text, '{')) && (close = strchr(open, '}'))) {
        buf_add(out, text, (size_t)(open - text));
        add_value(open + 1, (size_t)(close - open - 1), args, n, out);
        text = close + 1;
    }
    buf_add_str(out, text);
}

void
lang_format(enum lang lang, const char *key, const struct err_arg *args,
    size_t n, struct buf *out)
{
    add_filled(lang_text(lang, key), args, n, out);
}

void
lang_error(enum lang lang, const struct err_state *state, struct buf *out)
{
    const char *which = value_of("case", 4, state->args, state->args_len);
    const char *text = NULL;
    struct buf key;

    buf_init(&key, KEY_MAX);
    buf_printf(&key, "err.%s", err_name(state->err));
    if (which) {
        size_t plain = key.len;

        buf_printf(&key, "_%s", which);
        text = find(lang, key.data);
        buf_cut(&key, plain);
    }
    if (!text)
        text = lang_text(lang, key.data);
    add_filled(text, state->args, state->args_len, out);
    buf_finish(&key);
}
