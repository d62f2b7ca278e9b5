#include "base/args.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_MAX_BYTES = 60 };

static enum err
refuse(const char *which, const char *option)
{
    err_arg("case", "%s", which);
    err_arg("option", "%.*s", NAME_MAX_BYTES, option);
    return err_set(ERR_INVALID, "%s: %.*s", which, NAME_MAX_BYTES, option);
}

/* The row of the option `name` of `len` bytes, or NULL; what ends the row. */
static const char *
find_option(args_spec spec, const char *name, size_t len, char *kind_out)
{
    for (size_t i = 0; spec[i]; i++) {
        size_t n = strcspn(spec[i], "=*");

        if (n == len && strncmp(spec[i], name, len) == 0) {
            *kind_out = spec[i][n];
            return spec[i];
        }
    }
    return NULL;
}

/* Names without what ends their row are the same pointer for every giver. */
static bool
same_name(const char *row, const char *name)
{
    size_t n = strcspn(row, "=*");

    return strlen(name) == n && strncmp(row, name, n) == 0;
}

static enum err
add_option(struct args *out, const char *name, const char *value)
{
    if (out->options_len == ARGS_OPTIONS)
        return refuse("option_many", name);
    out->options[out->options_len++] =
        (struct args_option){.name = name, .value = value};
    return OK;
}

/* The option in argv[*i], which moves to its value when that stands apart. */
static enum err
read_option(int argc, const char *const *argv, int *i, args_spec spec,
    struct args *out)
{
    const char *name = argv[*i] + 2, *value = NULL;
    size_t len = strcspn(name, "=");
    char kind;
    const char *row = find_option(spec, name, len, &kind);

    if (!row)
        return refuse("option", argv[*i]);
    if (name[len] == '=')
        value = name + len + 1;
    if (!kind && value)
        return refuse("option_bare", argv[*i]);
    if (kind && !value) {
        if (*i + 1 == argc)
            return refuse("option_value", argv[*i]);
        value = argv[++*i];
    }
    return add_option(out, row, value);
}

enum err
args_read(
    int argc, const char *const *argv, args_spec spec, struct args *out)
{
    bool words_only = false;
    enum err e = OK;

    for (int i = 0; e == OK && i < argc; i++) {
        if (!words_only && strcmp(argv[i], "--") == 0)
            words_only = true;
        else if (!words_only && strncmp(argv[i], "--", 2) == 0)
            e = read_option(argc, argv, &i, spec, out);
        else if (out->words_len == ARGS_WORDS)
            e = refuse("words", argv[i]);
        else
            out->words[out->words_len++] = argv[i];
    }
    return e;
}

enum err
args_check(const struct args *a, args_spec spec, size_t words_min,
    size_t words_max)
{
    if (a->words_len < words_min)
        return refuse("words_few", "");
    if (a->words_len > words_max)
        return refuse("words", a->words[words_max]);
    for (size_t i = 0; spec[i]; i++) {
        size_t n = strcspn(spec[i], "=*");
        bool there = false;

        for (size_t k = 0; k < a->options_len; k++)
            there = there || a->options[k].name == spec[i];
        if (spec[i][n] == '*' && !there) {
            err_arg("case", "option_missing");
            err_arg("option", "--%.*s", (int)n, spec[i]);
            return err_set(ERR_INVALID, "--%.*s is missing", (int)n, spec[i]);
        }
    }
    return OK;
}

bool
args_has(const struct args *a, const char *name)
{
    for (size_t i = 0; i < a->options_len; i++)
        if (same_name(a->options[i].name, name))
            return true;
    return false;
}

const char *
args_str(const struct args *a, const char *name, const char *otherwise)
{
    const char *value = otherwise;

    for (size_t i = 0; i < a->options_len; i++)
        if (same_name(a->options[i].name, name))
            value = a->options[i].value;
    return value;
}

static enum err
read_int(const char *text, const char *name, int64_t min, int64_t max,
    int64_t *out)
{
    size_t digits = strspn(text, "0123456789");
    long long n = 0;

    errno = 0;
    if (digits > 0 && !text[digits])
        n = strtoll(text, NULL, 10);
    if (digits == 0 || text[digits] || errno || n < min || n > max) {
        err_arg("case", "range");
        err_arg("field", "%s", name);
        err_arg("min", "%" PRId64, min);
        err_arg("max", "%" PRId64, max);
        return err_set(ERR_FIELD_VALUE, "%s is %.40s", name, text);
    }
    *out = n;
    return OK;
}

size_t
args_all(const struct args *a, const char *name,
    const char *values_out[ARGS_OPTIONS])
{
    size_t n = 0;

    for (size_t i = 0; i < a->options_len; i++)
        if (same_name(a->options[i].name, name))
            values_out[n++] = a->options[i].value;
    return n;
}

enum err
args_int(const struct args *a, const char *name, int64_t min, int64_t max,
    int64_t *out)
{
    const char *text = args_str(a, name, NULL);

    return text ? read_int(text, name, min, max, out) : OK;
}

enum err
args_word_int(const struct args *a, size_t i, const char *name, int64_t min,
    int64_t max, int64_t *out)
{
    return read_int(a->words[i], name, min, max, out);
}
