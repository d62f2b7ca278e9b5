#include "base/buf.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"

static char empty[1];

void
buf_init(struct buf *b, size_t max)
{
    *b = (struct buf){.data = empty, .max = max};
}

void
buf_finish(struct buf *b)
{
    if (b->cap)
        mem_free(b->data);
    *b = (struct buf){.data = empty};
}

void
buf_clear(struct buf *b)
{
    b->full = false;
    buf_cut(b, 0);
}

void
buf_cut(struct buf *b, size_t len)
{
    assert(len <= b->len);
    b->len = len;
    if (b->cap)
        b->data[len] = '\0';
}

/* Room for `more` bytes and the NUL; false, and `full`, when past the limit. */
static bool
reserve(struct buf *b, size_t more)
{
    size_t cap;

    if (more > b->max - b->len) {
        b->full = true;
        return false;
    }
    if (b->len + more < b->cap)
        return true;
    cap = b->cap ? b->cap : 64;
    while (cap <= b->len + more)
        cap *= 2;
    if (cap > b->max + 1)
        cap = b->max + 1;
    b->data = mem_resize(b->cap ? b->data : NULL, cap, 1);
    b->cap = cap;
    return true;
}

void
buf_add(struct buf *b, const void *bytes, size_t len)
{
    if (!reserve(b, len))
        return;
    if (len)
        memcpy(b->data + b->len, bytes, len);
    b->len += len;
    b->data[b->len] = '\0';
}

void
buf_add_str(struct buf *b, const char *str)
{
    buf_add(b, str, strlen(str));
}

void
buf_add_char(struct buf *b, char c)
{
    buf_add(b, &c, 1);
}

void
buf_vprintf(struct buf *b, const char *fmt, va_list ap)
{
    va_list again;
    int n;

    va_copy(again, ap);
    n = vsnprintf(NULL, 0, fmt, again);
    va_end(again);
    assert(n >= 0);
    if (!reserve(b, (size_t)n))
        return;
    vsnprintf(b->data + b->len, (size_t)n + 1, fmt, ap);
    b->len += (size_t)n;
}

void
buf_printf(struct buf *b, const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    buf_vprintf(b, fmt, ap);
    va_end(ap);
}

char *
buf_take(struct buf *b)
{
    char *data = b->cap ? b->data : mem_new(1, 1);

    buf_init(b, b->max);
    return data;
}
