/* base/zip.h - files inside a ZIP archive in memory; the door to libzip.
 *
 * An archive from outside is bounded: ZIP_PARTS_MAX entries, and each is
 * unpacked up to a limit given by the caller, so that a few kilobytes cannot
 * become gigabytes. */
#ifndef BASE_ZIP_H
#define BASE_ZIP_H

#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

enum { ZIP_PARTS_MAX = 4096 };

struct unzip;

/* `bytes` stay the caller's until unzip_close.  ERR_INVALID with the case
 * "zip" when they are no archive; ERR_TOO_LARGE past ZIP_PARTS_MAX. */
enum err unzip_open(const void *bytes, size_t len, struct unzip **out);
void unzip_close(struct unzip *z); /* NULL is taken */

/* Append the entry `name` to `out`.  ERR_NOT_FOUND when there is none;
 * ERR_TOO_LARGE when it does not fit `out`; ERR_INVALID (case "zip") when it
 * is damaged, encrypted or packed in a way that is not read here. */
enum err unzip_part(struct unzip *z, const char *name, struct buf *out);

#endif
