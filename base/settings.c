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
find_key(const struct settings_key *key_at(size_t i), const char *name)
{
    const struct settings_key *k;

    for (size_t i = 0; (k = key_at(i)); i++)
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
store_int(void *into, const struct settings_key *k, int n)
{
    memcpy((char *)into + k->offset, &n, sizeof(n)); /* an int or an enum */
}

static enum err
set_int(void *into, const struct settings_key *k, long long n,
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
    store_int(into, k, (int)n);
    return OK;
}

static enum err
set_str(void *into, const struct settings_key *k, const char *value,
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
        memcpy((char *)into + k->offset, clean.data, clean.len + 1);
    }
    buf_finish(&clean);
    return e;
}

static enum err
set_word(void *into, const struct settings_key *k, const char *value,
    const struct place *at)
{
    int i = find_word(k->words, value);

    if (i < 0)
        return refuse_words(at, k->words);
    store_int(into, k, i);
    return OK;
}

static enum err
set_any_str(void *into, const struct settings_key *k, const char *value,
    const struct place *at)
{
    return k->kind == SETTINGS_KIND_WORD ? set_word(into, k, value, at)
                                         : set_str(into, k, value, at);
}

/* Every member at its default; those that have none stay empty. */
static void
set_defaults(const struct settings_key *key_at(size_t i), void *into)
{
    static const struct place here = {"defaults", 0, ""};
    const struct settings_key *k;

    for (size_t i = 0; (k = key_at(i)); i++) {
        enum err e = OK;

        if (k->standard)
            e = k->kind == SETTINGS_KIND_INT
                    ? set_int(into, k, strtoll(k->standard, NULL, 10), &here)
                    : set_any_str(into, k, k->standard, &here);

        assert(!e);
    }
}

void
settings_default(struct settings *out)
{
    memset(out, 0, sizeof(*out));
    set_defaults(settings_key_at, out);
}

static enum err
take_setting(const struct settings_key *key_at(size_t i), void *into,
    config_setting_t *setting, const char *file)
{
    struct place at = {file, (int)config_setting_source_line(setting),
        config_setting_name(setting)};
    const struct settings_key *k = find_key(key_at, at.key);
    int type = config_setting_type(setting);
    bool is_int = type == CONFIG_TYPE_INT || type == CONFIG_TYPE_INT64;

    if (!k)
        return refuse(&at, "unknown");
    if (k->kind == SETTINGS_KIND_INT && is_int)
        return set_int(into, k, config_setting_get_int64(setting), &at);
    if (k->kind != SETTINGS_KIND_INT && type == CONFIG_TYPE_STRING)
        return set_any_str(
            into, k, config_setting_get_string(setting), &at);
    err_arg("want", "%s", k->kind == SETTINGS_KIND_INT ? "integer" : "string");
    return refuse(&at, "type");
}

/* One printer: what stands between its braces. */
static enum err
take_printer(struct settings *s, config_setting_t *group, const char *file)
{
    struct settings_printer *p = &s->printers[s->printers_len];
    struct place at = {file, (int)config_setting_source_line(group), ""};
    const struct settings_key *k;
    enum err e = OK;

    if (!config_setting_is_group(group)) {
        at.key = "printers";
        err_arg("want", "{ ... }");
        return refuse(&at, "type");
    }
    set_defaults(settings_printer_key_at, p);
    p->paper_mm = s->paper_mm;
    for (int i = 0; !e && i < config_setting_length(group); i++)
        e = take_setting(settings_printer_key_at, p,
            config_setting_get_elem(group, (unsigned)i), file);
    for (size_t i = 0; !e && (k = settings_printer_key_at(i)); i++) {
        at.key = k->name;
        if (!k->standard && !*((const char *)p + k->offset))
            e = refuse(&at, "empty");
    }
    at.key = "id";
    if (!e && settings_printer_find(s, p->id))
        e = refuse(&at, "printer_twice");
    if (e)
        return e;
    settings_printer_derive(p);
    at.key = "roles";
    if (p->language && p->roles != SETTINGS_LABEL)
        return refuse(&at, "printer_language");
    s->printers_len++;
    return OK;
}

static enum err
take_printers(struct settings *s, config_setting_t *list, const char *file)
{
    struct place at = {file, (int)config_setting_source_line(list), "printers"};
    int n = config_setting_length(list);
    enum err e = OK;

    if (!config_setting_is_list(list)) {
        err_arg("want", "( { ... }, ... )");
        return refuse(&at, "type");
    }
    if (n > SETTINGS_PRINTERS) {
        err_arg("max", "%d", SETTINGS_PRINTERS);
        return refuse(&at, "printers_many");
    }
    for (int i = 0; !e && i < n; i++)
        e = take_printer(s, config_setting_get_elem(list, (unsigned)i), file);
    return e;
}

/* The key `printer` is a list of one.  */
static void
take_one_printer(struct settings *s)
{
    struct settings_printer *p = &s->printers[0];

    if (strcmp(s->printer, "null:") == 0)
        return;
    set_defaults(settings_printer_key_at, p);
    p->paper_mm = s->paper_mm;
    memcpy(p->id, "receipt", sizeof("receipt"));
    memcpy(p->at, s->printer, sizeof(p->at));
    memcpy(p->role_words, "receipt drawer label",
        sizeof("receipt drawer label"));
    settings_printer_derive(p);
    s->printers_len = 1;
}

/* After all else: a printer that does not say its paper has that of the key
 * paper_mm, wherever it stands; and receipts are as wide as their printer's. */
static enum err
check_printers(const config_t *config, const char *file, struct settings *s)
{
    config_setting_t *list = config_lookup(config, "printers");
    const config_setting_t *one = config_lookup(config, "printer");
    const struct settings_printer *first;
    struct place at = {file, 0, "printers"};
    enum err e = OK;

    if (list && one) {
        at.line = (int)config_setting_source_line(list);
        return refuse(&at, "printers_both");
    }
    if (list)
        e = take_printers(s, list, file);
    else
        take_one_printer(s);
    first = settings_printer_for(s, SETTINGS_RECEIPT, s->local_till);
    if (!e && first)
        s->paper_mm = first->paper_mm;
    return e;
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

        for (int i = 0; !e && i < n; i++) {
            config_setting_t *one = config_setting_get_elem(root, (unsigned)i);

            if (strcmp(config_setting_name(one), "printers") != 0)
                e = take_setting(settings_key_at, out, one, path);
        }
    }
    if (!e)
        e = check_printers(&config, path, out);
    if (!e)
        e = check_orders(&config, path, out);
    config_destroy(&config);
    buf_finish(&text);
    return e;
}
