/* base/file.h - whole files of known size. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/buf.h"
#include "base/err.h"

/* Append the file to `out`, which was born with the largest size accepted;
 * "-" is standard input.  ERR_FILE when it cannot be read, ERR_TOO_LARGE when
 * it does not fit; the arguments `file` and `why` say more. */
enum err file_read(const char *path, struct buf *out);

/* Put `bytes` into the file, whole or not at all: beside it first, then moved
 * over it, readable by its owner alone.  ERR_FILE with the same arguments. */
enum err file_write(const char *path, const struct buf *bytes);

/* ERR_FILE for `path` with the reason of errno, in the same arguments: for
 * whoever works on a file by other calls. */
enum err file_failed(const char *path);

#endif
