#include "drivers/doc.h"

#include <assert.h>
#include <stdarg.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"

const struct doc_style doc_plain = {DOC_NORMAL, false, DOC_LEFT};
const struct doc_style doc_centre = {DOC_NORMAL, false, DOC_CENTRE};
const struct doc_style doc_right = {DOC_NORMAL, false, DOC_RIGHT};
const struct doc_style doc_strong = {DOC_NORMAL, true, DOC_LEFT};
const struct doc_style doc_strong_centre = {DOC_NORMAL, true, DOC_CENTRE};
const struct doc_style doc_small = {DOC_SMALL, false, DOC_LEFT};
const struct doc_style doc_small_centre = {DOC_SMALL, false, DOC_CENTRE};
const struct doc_style doc_title = {DOC_LARGE, true, DOC_CENTRE};
const struct doc_style doc_total = {DOC_LARGE, true, DOC_LEFT};

struct doc {
    struct doc_element *elements;
    size_t len, cap;
    size_t bytes; /* of text held */
    struct err_state failure;
};

struct doc *
doc_new(void)
{
    return mem_new(1, sizeof(struct doc));
}

/* Cell texts are const for the reader and ours to free. */
static void
free_texts(struct doc_element *el)
{
    for (int i = 0; i < el->cells_len; i++)
        mem_free((char *)el->cells[i].text);
}

void
doc_free(struct doc *d)
{
    if (!d)
        return;
    for (size_t i = 0; i < d->len; i++)
        free_texts(&d->elements[i]);
    mem_free(d->elements);
    mem_free(d);
}

/* The failure just set stays. */
static void
fail(struct doc *d, enum err e)
{
    assert(e != OK);
    err_save(&d->failure);
}

static bool
failed(const struct doc *d)
{
    return d->failure.err != OK;
}

enum err
doc_err(const struct doc *d)
{
    return failed(d) ? err_load(&d->failure) : OK;
}

size_t
doc_len(const struct doc *d)
{
    return d->len;
}

const struct doc_element *
doc_at(const struct doc *d, size_t i)
{
    assert(i < d->len);
    return &d->elements[i];
}

/* Takes over the texts of `el`, also when there is no room for it. */
static void
add(struct doc *d, struct doc_element *el)
{
    if (d->len == DOC_ELEMENTS_MAX) {
        fail(d, err_set(ERR_TOO_LARGE, "a slip of over %d elements",
                    DOC_ELEMENTS_MAX));
        free_texts(el);
        return;
    }
    if (d->len == d->cap) {
        d->cap = d->cap ? d->cap * 2 : 64;
        d->elements = mem_resize(d->elements, d->cap, sizeof(*el));
    }
    d->elements[d->len++] = *el;
}

static bool
has_controls(const char *text)
{
    for (; *text; text++)
        if (((unsigned char)*text < 0x20 && *text != '\n') || *text == 0x7f)
            return true;
    return false;
}

/* A copy of `text` in NFC, or NULL and the slip has failed. */
static char *
take_text(struct doc *d, const char *text)
{
    struct buf b;
    char *copy = NULL;

    buf_init(&b, DOC_BYTES_MAX - d->bytes);
    if (has_controls(text)) {
        fail(d, err_set(ERR_TEXT, "a control character in a slip's text"));
        goto out;
    }
    if (text_nfc(text, strlen(text), &b) != OK) {
        fail(d, err_last()->err);
        goto out;
    }
    d->bytes += b.len;
    copy = buf_take(&b);
out:
    buf_finish(&b);
    return copy;
}

void
doc_columns(struct doc *d, struct doc_style style, const struct doc_cell *cells,
    size_t n)
{
    struct doc_element el = {.kind = DOC_ROW, .style = style};

    assert(n >= 1 && n <= DOC_CELLS_MAX);
    if (failed(d))
        return;
    for (size_t i = 0; i < n; i++) {
        struct doc_cell cell = cells[i];

        assert(cell.weight >= 0 && cell.weight <= 1000);
        cell.text = take_text(d, cells[i].text);
        if (!cell.text) {
            free_texts(&el);
            return;
        }
        el.cells[el.cells_len++] = cell;
    }
    add(d, &el);
}

void
doc_pair(
    struct doc *d, struct doc_style style, const char *left, const char *right)
{
    struct doc_cell cells[] = {{left, 1, DOC_LEFT}, {right, 0, DOC_RIGHT}};

    doc_columns(d, style, cells, 2);
}

void
doc_text(struct doc *d, struct doc_style style, const char *fmt, ...)
{
    struct doc_cell cell = {.weight = 1, .align = style.align};
    struct buf b;
    va_list ap;

    buf_init(&b, DOC_BYTES_MAX);
    va_start(ap, fmt);
    buf_vprintf(&b, fmt, ap);
    va_end(ap);
    if (b.full && !failed(d))
        fail(d,
            err_set(ERR_TOO_LARGE, "a line of over %d bytes", DOC_BYTES_MAX));
    cell.text = b.data;
    doc_columns(d, style, &cell, 1);
    buf_finish(&b);
}

void
doc_rule(struct doc *d, enum doc_rule rule)
{
    struct doc_element el = {.kind = DOC_RULE, .rule = rule};

    if (!failed(d))
        add(d, &el);
}

void
doc_feed(struct doc *d, int lines)
{
    struct doc_element el = {.kind = DOC_FEED, .count = 4 * lines};

    assert(lines >= 1 && lines <= DOC_FEED_MAX);
    if (!failed(d))
        add(d, &el);
}

void
doc_gap(struct doc *d)
{
    struct doc_element el = {.kind = DOC_FEED, .count = 1};

    if (!failed(d))
        add(d, &el);
}

void
doc_qr(struct doc *d, const char *text, int module_dots)
{
    struct doc_element el = {.kind = DOC_QR, .count = module_dots};

    assert(module_dots == 0 || (module_dots >= 3 && module_dots <= 8));
    if (failed(d))
        return;
    if (strlen(text) > DOC_QR_BYTES_MAX) {
        fail(d, err_set(ERR_TOO_LARGE, "a QR code of over %d bytes",
                    DOC_QR_BYTES_MAX));
        return;
    }
    el.cells[0].text = take_text(d, text);
    if (!el.cells[0].text)
        return;
    el.cells_len = 1;
    add(d, &el);
}

void
doc_pattern(struct doc *d, enum doc_pattern pattern)
{
    struct doc_element el = {.kind = DOC_PATTERN, .pattern = pattern};

    if (!failed(d))
        add(d, &el);
}

void
doc_cut(struct doc *d, enum doc_cut cut)
{
    struct doc_element el = {.kind = DOC_CUT, .cut = cut};

    if (!failed(d))
        add(d, &el);
}

void
doc_pulse(struct doc *d)
{
    struct doc_element el = {.kind = DOC_PULSE};

    if (!failed(d))
        add(d, &el);
}
