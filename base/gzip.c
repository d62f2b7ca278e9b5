#include "base/gzip.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "base/file.h"

enum {
    BLOCK = 32 * 1024,
    WINDOW = 15 + 16, /* the largest window; + 16: a gzip file, not zlib's */
    MEMORY = 9
};

/* Where unpacked bytes go, and how many may still come. */
struct sink {
    int64_t left;
    struct buf *out; /* or NULL, then: */
    int fd;
};

static enum err
refuse_broken(const char *why)
{
    err_arg("case", "gzip");
    return err_set(ERR_INVALID, "gzip: %s", why);
}

static enum err
refuse_large(int64_t max)
{
    err_arg("max", "%lld", (long long)max);
    return err_set(
        ERR_TOO_LARGE, "gzip: unpacks to more than %lld", (long long)max);
}

enum err
gzip_pack(const void *bytes, size_t len, struct buf *out)
{
    unsigned char block[BLOCK];
    z_stream z = {.next_in = (z_const Bytef *)(uintptr_t)bytes};
    size_t left = len;
    int status;

    if (deflateInit2(&z, Z_BEST_COMPRESSION, Z_DEFLATED, WINDOW, MEMORY,
            Z_DEFAULT_STRATEGY) != Z_OK)
        return err_set(ERR_SYSTEM, "gzip: cannot start");
    do {
        if (z.avail_in == 0 && left > 0) {
            z.avail_in = left > UINT_MAX ? UINT_MAX : (uInt)left;
            left -= z.avail_in;
        }
        z.next_out = block;
        z.avail_out = BLOCK;
        status = deflate(&z, left > 0 ? Z_NO_FLUSH : Z_FINISH);
        buf_add(out, block, BLOCK - z.avail_out);
    } while (status == Z_OK && !out->full);
    deflateEnd(&z);
    if (!out->full)
        return OK;
    err_arg("max", "%zu", out->max);
    return err_set(ERR_TOO_LARGE, "gzip: packs to more than %zu", out->max);
}

static bool
write_all(int fd, const unsigned char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t n = write(fd, bytes, len);

        if (n < 0 && errno != EINTR)
            return false;
        bytes += n > 0 ? n : 0;
        len -= n > 0 ? (size_t)n : 0;
    }
    return true;
}

/* False when the sink takes no more; `left` below zero when that was the
 * limit. */
static bool
sink_take(struct sink *sink, const unsigned char *bytes, size_t len)
{
    if ((int64_t)len > sink->left) {
        sink->left = -1;
        return false;
    }
    sink->left -= (int64_t)len;
    if (!sink->out)
        return write_all(sink->fd, bytes, len);
    buf_add(sink->out, bytes, len);
    if (sink->out->full)
        sink->left = -1;
    return !sink->out->full;
}

/* Unpack what `z` has been given.  Z_OK: wants more; Z_STREAM_END: the file
 * ends here; Z_BUF_ERROR: the sink is full; else broken. */
static int
unpack_some(z_stream *z, struct sink *sink)
{
    unsigned char block[BLOCK];
    int status;

    do {
        z->next_out = block;
        z->avail_out = BLOCK;
        status = inflate(z, Z_NO_FLUSH);
        if (status == Z_BUF_ERROR) /* no input left: not yet an error */
            return Z_OK;
        if (status != Z_OK && status != Z_STREAM_END)
            return status;
        if (!sink_take(sink, block, BLOCK - z->avail_out))
            return Z_BUF_ERROR;
    } while (status == Z_OK && (z->avail_in > 0 || z->avail_out == 0));
    return status;
}

enum err
gzip_unpack(const void *bytes, size_t len, size_t max, struct buf *out)
{
    struct sink sink = {.left = max > INT64_MAX ? INT64_MAX : (int64_t)max,
        .out = out};
    z_stream z = {.next_in = (z_const Bytef *)(uintptr_t)bytes};
    size_t before = out->len, left = len;
    enum err e = OK;
    int status;

    if (inflateInit2(&z, WINDOW) != Z_OK)
        return err_set(ERR_SYSTEM, "gzip: cannot start");
    do {
        z.avail_in = left > UINT_MAX ? UINT_MAX : (uInt)left;
        left -= z.avail_in;
        status = unpack_some(&z, &sink);
    } while (status == Z_OK && left > 0);
    if (status == Z_BUF_ERROR)
        e = refuse_large((int64_t)max);
    else if (status == Z_OK)
        e = refuse_broken("cut short");
    else if (status != Z_STREAM_END)
        e = refuse_broken(z.msg ? z.msg : "not a gzip file");
    else if (z.avail_in > 0 || left > 0)
        e = refuse_broken("bytes after the end");
    inflateEnd(&z);
    if (e)
        buf_cut(out, before);
    return e;
}

static enum err
unpack_fd(int in, const char *in_path, struct sink *sink,
    const char *out_path, int64_t max)
{
    unsigned char block[BLOCK];
    z_stream z = {0};
    enum err e = OK;
    int status = Z_OK;
    ssize_t n = 0;

    if (inflateInit2(&z, WINDOW) != Z_OK)
        return err_set(ERR_SYSTEM, "gzip: cannot start");
    while (status == Z_OK && (n = read(in, block, sizeof(block))) > 0) {
        z.next_in = block;
        z.avail_in = (uInt)n;
        status = unpack_some(&z, sink);
    }
    if (n < 0)
        e = file_failed(in_path);
    else if (status == Z_BUF_ERROR)
        e = sink->left < 0 ? refuse_large(max) : file_failed(out_path);
    else if (status == Z_OK)
        e = refuse_broken("cut short");
    else if (status != Z_STREAM_END)
        e = refuse_broken(z.msg ? z.msg : "not a gzip file");
    else if (z.avail_in > 0 || read(in, block, 1) > 0)
        e = refuse_broken("bytes after the end");
    inflateEnd(&z);
    return e;
}

enum err
gzip_unpack_file(const char *in_path, const char *out_path, int64_t max)
{
    struct sink sink = {.left = max, .fd = -1};
    int in = open(in_path, O_RDONLY | O_CLOEXEC);
    enum err e;

    if (in < 0)
        return file_failed(in_path);
    sink.fd = open(
        out_path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (sink.fd < 0)
        e = file_failed(out_path);
    else
        e = unpack_fd(in, in_path, &sink, out_path, max);
    if (sink.fd >= 0 && close(sink.fd) != 0 && !e)
        e = file_failed(out_path);
    if (e && sink.fd >= 0)
        unlink(out_path);
    close(in);
    return e;
}
