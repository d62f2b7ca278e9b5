#include "base/err.h"

#include <assert.h>
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static _Thread_local struct err_state last;
/* Arguments and path of the failure that is about to be set. */
static _Thread_local struct err_state next;

static const struct {
    const char *upper;
    enum err_class class;
    const char *text;
} rows[] = {
    [OK] = {"OK", ERR_CLASS_NONE, "no error"},
#define ERR(name, class, text) [ERR_##name] = {#name, ERR_CLASS_##class, text},
#include "base/err.def"
#undef ERR
};

/* vsnprintf, never ending inside a UTF-8 sequence. */
static void
print_cut(char *to, size_t size, const char *fmt, va_list ap)
{
    int n = vsnprintf(to, size, fmt, ap);
    size_t end;

    if (n < 0) {
        to[0] = '\0';
        return;
    }
    if ((size_t)n < size)
        return;
    end = size - 1;
    while (end > 0 && ((unsigned char)to[end - 1] & 0xC0u) == 0x80u)
        end--;
    if (end > 0 && ((unsigned char)to[end - 1] & 0xC0u) == 0xC0u)
        end--; /* the head of the sequence that was cut */
    to[end] = '\0';
}

enum err
err_set(enum err e, const char *fmt, ...)
{
    va_list ap;

    assert(e > OK && e < ERR_COUNT);
    next.err = e;
    va_start(ap, fmt);
    print_cut(next.msg, sizeof(next.msg), fmt, ap);
    va_end(ap);
    last = next;
    next.args_len = 0;
    next.path[0] = '\0';
    return e;
}

void
err_arg(const char *name, const char *fmt, ...)
{
    struct err_arg *arg;
    va_list ap;

    if (next.args_len == ERR_ARGS)
        return;
    arg = &next.args[next.args_len++];
    snprintf(arg->name, sizeof(arg->name), "%s", name);
    va_start(ap, fmt);
    print_cut(arg->value, sizeof(arg->value), fmt, ap);
    va_end(ap);
}

void
err_at(const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    print_cut(next.path, sizeof(next.path), fmt, ap);
    va_end(ap);
}

const struct err_state *
err_last(void)
{
    return &last;
}

const char *
err_msg(void)
{
    return last.msg;
}

void
err_save(struct err_state *state_out)
{
    *state_out = last;
}

enum err
err_load(const struct err_state *state)
{
    last = *state;
    return last.err;
}

const char *
err_name(enum err e)
{
    static _Thread_local char lower[32];
    size_t i;

    assert(e >= OK && e < ERR_COUNT);
    if (e == ERR_KEY_REUSED)
        return "idempotency_key_reused"; /* the contract's own word */
    for (i = 0; rows[e].upper[i] && i < sizeof(lower) - 1; i++)
        lower[i] = (char)tolower((unsigned char)rows[e].upper[i]);
    lower[i] = '\0';
    return lower;
}

const char *
err_text(enum err e)
{
    assert(e >= OK && e < ERR_COUNT);
    return rows[e].text;
}

enum err_class
err_class(enum err e)
{
    assert(e >= OK && e < ERR_COUNT);
    return rows[e].class;
}
