/* base/buf.h - bytes that grow up to a limit given at birth.
 *
 *     struct buf b;
 *     buf_init(&b, 64 * 1024);
 *     buf_printf(&b, "%d lines", n);
 *     if (b.full) ...                   // something did not fit, and is not in
 *     buf_finish(&b);
 *
 * What would pass the limit is left out whole and `full` is set; it stays set,
 * so one check after many additions is enough.  `data` always ends with a NUL
 * that `len` does not count, and is never NULL. */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct buf {
    char *data;
    size_t len;
    size_t cap;
    size_t max; /* bytes, NUL not counted */
    bool full;
};

void buf_init(struct buf *b, size_t max);
void buf_finish(struct buf *b);

/* Empty it, keeping the memory. */
void buf_clear(struct buf *b);

/* Cut to `len` bytes, which must not be more than there are. */
void buf_cut(struct buf *b, size_t len);

void buf_add(struct buf *b, const void *bytes, size_t len);
void buf_add_str(struct buf *b, const char *str);
void buf_add_char(struct buf *b, char c);
void buf_printf(struct buf *b, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
void buf_vprintf(struct buf *b, const char *fmt, va_list ap)
    __attribute__((format(printf, 2, 0)));

/* Give the bytes away (NUL-terminated, mem_free by the new owner); `b` is as
 * after buf_init. */
char *buf_take(struct buf *b);

#endif
