/* base/gzip.h - gzip (RFC 1952), with the limit named by whoever unpacks.
 *
 * What is unpacked never takes more than it was allowed, however small the
 * packed bytes are: a file that swells is found out at the limit, not after.
 * The only door to zlib. */
#ifndef BASE_GZIP_H
#define BASE_GZIP_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

/* Append `len` bytes, packed as well as gzip can and without a time or a name:
 * the same bytes give the same file.  ERR_TOO_LARGE when `out` is full. */
enum err gzip_pack(const void *bytes, size_t len, struct buf *out);

/* Append what `len` packed bytes hold, at most `max` bytes of it and what
 * `out` takes.  ERR_TOO_LARGE with the argument `max`; ERR_INVALID with the
 * case `gzip` when they are no gzip file, broken, cut short, or followed by
 * something else.  After a failure `out` is as it was before. */
enum err gzip_unpack(
    const void *bytes, size_t len, size_t max, struct buf *out);

/* The same from file to file; `out_path` is written anew and gone after a
 * failure.  ERR_FILE with `file` and `why` besides. */
enum err gzip_unpack_file(
    const char *in_path, const char *out_path, int64_t max);

#endif
