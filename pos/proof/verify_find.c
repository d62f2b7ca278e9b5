#include "pos/proof/verify_find.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/crypto.h"
#include "base/text.h"

/* A value out of damaged books may be anything: what is no clean text is
 * shown as hex. */
void
verify_put(struct verify_finding *f, const char *name, const char *text)
{
    struct err_arg *a = &f->args[f->args_len];
    size_t len = strlen(text);
    struct buf clean;

    if (f->args_len == ERR_ARGS)
        return;
    f->args_len++;
    snprintf(a->name, sizeof(a->name), "%s", name);
    buf_init(&clean, 4096);
    if (len >= sizeof(a->value)) {
        len = sizeof(a->value) - 1;
        while (len > 0 && ((unsigned char)text[len] & 0xc0) == 0x80)
            len--;
    }
    if (text_clean(text, len, &clean) != OK) {
        len = len < sizeof(a->value) / 2 ? len : sizeof(a->value) / 2 - 1;
        crypto_hex((const uint8_t *)text, len, a->value);
    } else {
        snprintf(a->value, sizeof(a->value), "%s", clean.data);
    }
    buf_finish(&clean);
}

void
verify_put_int(struct verify_finding *f, const char *name, int64_t n)
{
    char text[24];

    snprintf(text, sizeof(text), "%" PRId64, n);
    verify_put(f, name, text);
}

void
verify_put_hex(struct verify_finding *f, const char *name,
    const uint8_t *bytes, size_t len)
{
    char hex[ERR_ARG_VALUE];

    crypto_hex(bytes, len < sizeof(hex) / 2 ? len : sizeof(hex) / 2 - 1, hex);
    verify_put(f, name, hex);
}

void
verify_tell(struct verify_sink *sink, const struct verify_finding *f)
{
    sink->count++;
    if (sink->fn)
        sink->fn(sink->arg, f);
}

void
verify_differs(struct verify_sink *sink, int64_t seq, const char *what,
    int64_t expected, int64_t found)
{
    struct verify_finding f = {.seq = seq, .what = what};

    verify_put_int(&f, "expected", expected);
    verify_put_int(&f, "found", found);
    verify_tell(sink, &f);
}

enum err
verify_damage(struct verify_sink *sink, enum err e)
{
    struct verify_finding f = {.what = "damaged"};

    if (e != ERR_DB_BROKEN && e != ERR_DB && e != ERR_BOOKS)
        return e;
    verify_put(&f, "why", err_msg());
    verify_tell(sink, &f);
    return OK;
}

void
verify_sentence(
    enum lang lang, const struct verify_finding *f, struct buf *out)
{
    char key[64];
    struct err_arg record;

    if (f->seq) {
        snprintf(record.name, sizeof(record.name), "seq");
        snprintf(record.value, sizeof(record.value), "%" PRId64, f->seq);
        lang_format(lang, "verify.of_record", &record, 1, out);
        buf_add_char(out, ' ');
    }
    snprintf(key, sizeof(key), "verify.%s", f->what);
    lang_format(lang, key, f->args, f->args_len, out);
}
