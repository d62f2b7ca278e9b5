#include "base/file.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static enum err
refuse(enum err e, const char *path, const char *why)
{
    err_arg("file", "%s", path);
    err_arg("why", "%s", why);
    return err_set(e, "%s: %s", path, why);
}

enum err
file_read(const char *path, struct buf *out)
{
    FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
    char block[16 * 1024];
    enum err e = OK;
    size_t n;

    if (!file)
        return refuse(ERR_FILE, path, strerror(errno));
    while (!out->full && (n = fread(block, 1, sizeof(block), file)) > 0)
        buf_add(out, block, n);
    if (ferror(file)) /* a folder opens, but cannot be read */
        e = refuse(ERR_FILE, path, strerror(errno));
    else if (out->full)
        e = refuse(ERR_TOO_LARGE, path, "larger than accepted");
    if (file != stdin)
        fclose(file);
    return e;
}
