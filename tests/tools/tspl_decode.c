#include "tests/tools/tspl_decode.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { LINE_MAX_BYTES = 80, DOTS_MM = 8 };

struct reading {
    const uint8_t *bytes;
    size_t len, at;
    struct tspl_label *label;
};

static bool
fail(struct reading *r, const char *why)
{
    if (!r->label->why) {
        r->label->why = why;
        r->label->at = r->at;
    }
    return false;
}

static bool
obeyed_at_once(struct reading *r)
{
    for (size_t i = 0; i + 1 < r->len; i++)
        if (r->bytes[i + 1] == '!' &&
            (r->bytes[i] == 0x1b || r->bytes[i] == '~')) {
            r->at = i;
            fail(r, "a sequence that is obeyed at once");
            return true;
        }
    return false;
}

/* Text up to one of `ends`, which is passed. */
static bool
word(struct reading *r, const char *ends, char out[LINE_MAX_BYTES])
{
    size_t n = 0;

    while (r->at < r->len && !strchr(ends, r->bytes[r->at])) {
        if (n == LINE_MAX_BYTES - 1)
            return fail(r, "a word that does not end");
        out[n++] = (char)r->bytes[r->at++];
    }
    if (r->at == r->len)
        return fail(r, "the bytes end in a command");
    r->at++;
    out[n] = '\0';
    return true;
}

static bool
new_line(struct reading *r)
{
    if (r->at + 2 > r->len || memcmp(r->bytes + r->at, "\r\n", 2) != 0)
        return fail(r, "no CR LF");
    r->at += 2;
    return true;
}

static bool
number(struct reading *r, const char *ends, int *out)
{
    char text[LINE_MAX_BYTES], *end;

    if (!word(r, ends, text))
        return false;
    *out = (int)strtol(text, &end, 10);
    return (*text && (!*end || strcmp(end, " mm") == 0)) ||
           fail(r, "no number");
}

static bool
size(struct reading *r)
{
    struct tspl_label *l = r->label;

    if (!number(r, ",", &l->width_mm) || !number(r, "\r", &l->height_mm))
        return false;
    r->at--;
    if (l->width_mm < 1 || l->width_mm > 200 || l->height_mm < 1 ||
        l->height_mm > 200)
        return fail(r, "no label of that size");
    l->width = (size_t)l->width_mm * DOTS_MM;
    l->height = (size_t)l->height_mm * DOTS_MM;
    mem_free(l->dots);
    l->dots = mem_new(l->width, l->height);
    return new_line(r);
}

static bool
two_numbers(struct reading *r, int *first, int *second)
{
    if (!number(r, ",", first) || !number(r, "\r", second))
        return false;
    r->at--;
    return new_line(r);
}

static void
put_byte(struct tspl_label *l, size_t x, size_t y, uint8_t byte)
{
    for (size_t bit = 0; bit < 8; bit++)
        l->dots[y * l->width + x + bit] = !(byte >> (7 - bit) & 1);
}

static bool
bitmap(struct reading *r)
{
    struct tspl_label *l = r->label;
    int v[5]; /* x, y, bytes across, rows, mode */

    for (int i = 0; i < 5; i++)
        if (!number(r, ",", &v[i]) || v[i] < 0)
            return fail(r, "no BITMAP like that");
    if (v[4] != 0 || v[0] % 8 != 0)
        return fail(r, "a BITMAP mode that is not overwriting");
    if ((size_t)v[0] + (size_t)v[2] * 8 > l->width ||
        (size_t)(v[1] + v[3]) > l->height)
        return fail(r, "a picture beside the label");
    if (r->len - r->at < (size_t)v[2] * (size_t)v[3])
        return fail(r, "the bytes end in a picture");
    for (int row = 0; row < v[3]; row++)
        for (int i = 0; i < v[2]; i++)
            put_byte(l, (size_t)(v[0] + 8 * i), (size_t)(v[1] + row),
                r->bytes[r->at++]);
    return new_line(r);
}

static bool
command(struct reading *r)
{
    struct tspl_label *l = r->label;
    char name[LINE_MAX_BYTES];
    int a = 0, b = 0;

    if (!word(r, " \r", name))
        return false;
    if (strcmp(name, "CLS") == 0) {
        r->at--;
        memset(l->dots, 0, l->width * l->height);
        return new_line(r);
    }
    if (strcmp(name, "SIZE") == 0)
        return size(r);
    if (strcmp(name, "GAP") == 0)
        return two_numbers(r, &l->gap_mm, &b);
    if (strcmp(name, "DIRECTION") == 0 || strcmp(name, "REFERENCE") == 0)
        return two_numbers(r, &a, &b) && (a + b == 0 || fail(r, "moved"));
    if (strcmp(name, "BITMAP") == 0)
        return bitmap(r);
    if (strcmp(name, "PRINT") != 0)
        return fail(r, "no command of that name");
    if (!two_numbers(r, &a, &b))
        return false;
    l->printed += a * b;
    return true;
}

void
tspl_decode(const void *bytes, size_t len, struct tspl_label *label_out)
{
    struct reading r = {.bytes = bytes, .len = len, .label = label_out};

    *label_out = (struct tspl_label){.why = NULL};
    if (obeyed_at_once(&r))
        return;
    while (r.at < len && command(&r))
        ;
}

void
tspl_label_finish(struct tspl_label *label)
{
    mem_free(label->dots);
    *label = (struct tspl_label){.why = NULL};
}
