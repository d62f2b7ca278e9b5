#include "base/settings.h"

#include <assert.h>
#include <libconfig.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/text.h"

/* Where a value stands, for the sentence that refuses it. */
struct place {
    const char *file;
    int line;
    const char *key;
};

/* The case picks the sentence err.settings_<case>; other arguments of it are
 * given before. */
static enum err
refuse(const struct place *at, const char *which)
{
    err_arg("case", "%s", which);
    err_arg("file", "%s", at->file);
    err_arg("line", "%d", at->line);
    err_arg("key", "%s", at->key);
    return err_set(
        ERR_SETTINGS, "%s:%d: %s: %s", at->file, at->line, at->key, which);
}

static const struct settings_key *
find_key(const char *name)
{
    const struct settings_key *k;

    for (size_t i = 0; (k = settings_key_at(i)); i++)
        if (strcmp(k->name, name) == 0)
            return k;
    return NULL;
}

static int
find_word(const char *const *words, const char *value)
{
    for (int i = 0; words[i]; i++)
        if (strcmp(words[i], value) == 0)
            return i;
    return -1;
}

static enum err
refuse_words(const struct place *at, const char *const *words)
{
    struct buf list;
    enum err e;

    buf_init(&list, 100);
    for (size_t i = 0; words[i]; i++)
        buf_printf(&list, "%s%s", i ? ", " : "", words[i]);
    err_arg("words", "%s", list.data);
    e = refuse(at, "words");
    buf_finish(&list);
    return e;
}

static void
store_int(struct settings *s, const struct settings_key *k, int n)
{
    memcpy((char *)s + k->offset, &n, sizeof(n)); /* an int or an enum */
}

static enum err
set_int(struct settings *s, const struct settings_key *k, long long n,
    const struct place *at)
{
    char text[24];

    snprintf(text, sizeof(text), "%lld", n);
    if (k->words && find_word(k->words, text) < 0)
        return refuse_words(at, k->words);
    if (n < k->min || n > k->max) {
        err_arg("min", "%d", k->min);
        err_arg("max", "%d", k->max);
        return refuse(at, "range");
    }
    store_int(s, k, (int)n);
    return OK;
}

static enum err
set_str(struct settings *s, const struct settings_key *k, const char *value,
    const struct place *at)
{
    struct buf clean;
    const char *wrong;
    enum err e = OK;

    buf_init(&clean, k->size - 1);
    if (!text_is_utf8(value, strlen(value)))
        e = refuse(at, "text");
    else if (k->kind == SETTINGS_KIND_TEXT)
        (void)text_clean(value, strlen(value), &clean);
    else
        buf_add_str(&clean, value);
    wrong = k->wrong ? k->wrong(clean.data) : NULL;
    if (!e && clean.full) {
        err_arg("max", "%zu", k->size - 1);
        e = refuse(at, "length");
    } else if (!e && wrong) {
        e = refuse(at, wrong);
    } else if (!e) {
        memcpy((char *)s + k->offset, clean.data, clean.len + 1);
    }
    buf_finish(&clean);
    return e;
}

static enum err
set_word(struct settings *s, const struct settings_key *k, const char *value,
    const struct place *at)
{
    int i = find_word(k->words, value);

    if (i < 0)
        return refuse_words(at, k->words);
    store_int(s, k, i);
    return OK;
}

static enum err
set_any_str(struct settings *s, const struct settings_key *k, const char *value,
    const struct place *at)
{
    return k->kind == SETTINGS_KIND_WORD ? set_word(s, k, value, at)
                                         : set_str(s, k, value, at);
}

void
settings_default(struct settings *out)
{
    static const struct place here = {"defaults", 0, ""};
    const struct settings_key *k;

    memset(out, 0, sizeof(*out));
    for (size_t i = 0; (k = settings_key_at(i)); i++) {
        enum err e =
            k->kind == SETTINGS_KIND_INT
                ? set_int(out, k, strtoll(k->standard, NULL, 10), &here)
                : set_any_str(out, k, k->standard, &here);

        assert(!e);
    }
}

static enum err
take_setting(struct settings *s, config_setting_t *setting, const char *file)
{
    struct place at = {file, (int)config_setting_source_line(setting),
        config_setting_name(setting)};
    const struct settings_key *k = find_key(at.key);
    int type = config_setting_type(setting);
    bool is_int = type == CONFIG_TYPE_INT || type == CONFIG_TYPE_INT64;

    if (!k)
        return refuse(&at, "unknown");
    if (k->kind == SETTINGS_KIND_INT && is_int)
        return set_int(s, k, config_setting_get_int64(setting), &at);
    if (k->kind != SETTINGS_KIND_INT && type == CONFIG_TYPE_STRING)
        return set_any_str(s, k, config_setting_get_string(setting), &at);
    err_arg("want", "%s", k->kind == SETTINGS_KIND_INT ? "integer" : "string");
    return refuse(&at, "type");
}

/* `low` must not be above `high`; told at the line of the one in the file. */
static enum err
check_order(const config_t *config, const char *file, const char *low,
    int low_value, const char *high, int high_value)
{
    const config_setting_t *setting = config_lookup(config, low);
    struct place at = {file, 0, low};

    if (low_value <= high_value)
        return OK;
    if (!setting)
        setting = config_lookup(config, high);
    if (setting)
        at.line = (int)config_setting_source_line(setting);
    err_arg("other", "%s", high);
    return refuse(&at, "above");
}

static enum err
check_orders(const config_t *config, const char *file, const struct settings *s)
{
    enum err e = check_order(config, file, "discount_limit_cashier_percent",
        s->discount_limit_cashier_percent, "discount_limit_manager_percent",
        s->discount_limit_manager_percent);

    if (!e)
        e = check_order(config, file, "connections_per_address",
            s->connections_per_address, "connections_max", s->connections_max);
    return e;
}

static enum err
refuse_syntax(const config_t *config, const char *file)
{
    const char *why = config_error_text(config);
    struct place at = {file, config_error_line(config), ""};

    if (strstr(why, "duplicate"))
        return refuse(&at, "duplicate");
    err_arg("why", "%s", why);
    return refuse(&at, "syntax");
}

/* libconfig would read other files: what is in force must stand in one. */
static enum err
check_bytes(const char *file, const struct buf *text)
{
    struct place at = {file, 1, ""};

    if (memchr(text->data, '\0', text->len))
        return refuse(&at, "text");
    for (const char *p = text->data; *p; p++, at.line++) {
        p += strspn(p, " \t");
        if (strncmp(p, "@include", 8) == 0)
            return refuse(&at, "include");
        p += strcspn(p, "\n");
        if (!*p)
            break;
    }
    return OK;
}

static enum err
read_text(const char *path, struct buf *text)
{
    struct place at = {path, 0, ""};

    if (!file_read(path, text))
        return check_bytes(path, text);
    err_arg("why", "%s", err_msg());
    return refuse(&at, "unreadable");
}

enum err
settings_load(const char *path, struct settings *out)
{
    struct buf text;
    config_t config;
    enum err e;

    settings_default(out);
    config_init(&config);
    buf_init(&text, SETTINGS_FILE_MAX);
    e = read_text(path, &text);
    if (!e && !config_read_string(&config, text.data))
        e = refuse_syntax(&config, path);
    if (!e) {
        config_setting_t *root = config_root_setting(&config);
        int n = config_setting_length(root);

        for (int i = 0; !e && i < n; i++)
            e = take_setting(
                out, config_setting_get_elem(root, (unsigned)i), path);
    }
    if (!e)
        e = check_orders(&config, path, out);
    config_destroy(&config);
    buf_finish(&text);
    return e;
}
