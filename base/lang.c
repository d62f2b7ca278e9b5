#include "base/lang.h"

#include <assert.h>
#include <stdbool.h>
#include <stdio.h>
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

/* What stands between braces: name, or name:dong; false when not given. */
static bool
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
    return value != NULL;
}

/* Append the sentence with its values; false when one was not given. */
static bool
add_filled(
    const char *text, const struct err_arg *args, size_t n, struct buf *out)
{
    const char *open, *close;
    bool whole = true;

    while ((open = strchr(text, '{')) && (close = strchr(open, '}'))) {
        buf_add(out, text, (size_t)(open - text));
        whole &= add_value(open + 1, (size_t)(close - open - 1), args, n, out);
        text = close + 1;
    }
    buf_add_str(out, text);
    return whole;
}

void
lang_format(enum lang lang, const char *key, const struct err_arg *args,
    size_t n, struct buf *out)
{
    (void)add_filled(lang_text(lang, key), args, n, out);
}

/* Append err.<name><suffix> when there is one and all it shows is given. */
static bool
add_error(enum lang lang, const struct err_state *state, const char *mark,
    const char *suffix, struct buf *out)
{
    size_t before = out->len;
    const char *text;
    struct buf key;
    bool told;

    buf_init(&key, KEY_MAX);
    buf_printf(&key, "err.%s%s%s", err_name(state->err), mark, suffix);
    text = find(lang, key.data);
    told = text && add_filled(text, state->args, state->args_len, out);
    if (!told)
        buf_cut(out, before);
    buf_finish(&key);
    return told;
}

/* The path of the field at fault serves as {field} when that was not given. */
static void
add_field(struct err_state *state)
{
    struct err_arg *arg = &state->args[state->args_len];

    if (!state->path[0] || state->args_len == ERR_ARGS ||
        value_of("field", 5, state->args, state->args_len))
        return;
    snprintf(arg->name, sizeof(arg->name), "field");
    snprintf(arg->value, sizeof(arg->value), "%s", state->path);
    state->args_len++;
}

void
lang_error(enum lang lang, const struct err_state *state, struct buf *out)
{
    struct err_state known = *state;
    const char *which = value_of("case", 4, known.args, known.args_len);
    char key[64];

    add_field(&known);
    if (which && add_error(lang, &known, "_", which, out))
        return;
    if (add_error(lang, &known, "", "", out))
        return;
    if (add_error(lang, &known, "_", "plain", out))
        return;
    snprintf(key, sizeof(key), "err.%s", err_name(known.err));
    lang_format(lang, key, known.args, known.args_len, out);
}
