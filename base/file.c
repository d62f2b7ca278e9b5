#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static enum err
refuse(enum err e, const char *path, const char *why)
{
    err_arg("file", "%s", path);
    err_arg("why", "%s", why);
    return err_set(e, "%s: %s", path, why);
}

enum err
file_failed(const char *path)
{
    return refuse(ERR_FILE, path, strerror(errno));
}

enum err
file_read(const char *path, struct buf *out)
{
    FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
    char block[16 * 1024];
    enum err e = OK;
    size_t n;

    if (!file)
        return file_failed(path);
    while (!out->full && (n = fread(block, 1, sizeof(block), file)) > 0)
        buf_add(out, block, n);
    if (ferror(file)) /* a folder opens, but cannot be read */
        e = file_failed(path);
    else if (out->full)
        e = refuse(ERR_TOO_LARGE, path, "larger than accepted");
    if (file != stdin)
        fclose(file);
    return e;
}

static bool
write_all(int fd, const struct buf *bytes)
{
    size_t at = 0;

    while (at < bytes->len) {
        ssize_t n = write(fd, bytes->data + at, bytes->len - at);

        if (n < 0 && errno != EINTR)
            return false;
        at += n > 0 ? (size_t)n : 0;
    }
    return fsync(fd) == 0;
}

enum err
file_write(const char *path, const struct buf *bytes)
{
    struct buf beside;
    enum err e = OK;
    int fd;

    buf_init(&beside, 4096);
    buf_printf(&beside, "%s.new", path);
    unlink(beside.data); /* of an attempt that was broken off */
    fd = open(beside.data, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0 || !write_all(fd, bytes) || rename(beside.data, path) != 0)
        e = file_failed(path);
    if (fd >= 0)
        close(fd);
    if (e)
        unlink(beside.data);
    buf_finish(&beside);
    return e;
}
