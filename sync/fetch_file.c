#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/crypto.h"
#include "base/file.h"
#include "base/gzip.h"
#include "sync/fetch_inner.h"

enum { NAME_MAX_BYTES = 4096, INFO_MAX = 2048, BLOCK = 64 * 1024 };

/* A file on its way into the house. */
struct bring {
    struct fetch *f;
    const char *path;
    int64_t length;
    const uint8_t *sha256;
    const char *to;
    char part[NAME_MAX_BYTES], info[NAME_MAX_BYTES];
    /* What .part.info says of .part. */
    char etag[FETCH_ETAG];
    bool packed;
    int fd; /* of .part */
    int64_t have; /* bytes in .part */
    bool begun; /* the answer's first piece was taken */
};

static bool
name_beside(char out[NAME_MAX_BYTES], const char *to, const char *end)
{
    int n = snprintf(out, NAME_MAX_BYTES, "%s%s", to, end);

    return n > 0 && n < NAME_MAX_BYTES;
}

void
fetch_file_forget(const char *to_path)
{
    char name[NAME_MAX_BYTES];

    if (name_beside(name, to_path, ".part"))
        unlink(name);
    if (name_beside(name, to_path, ".part.info"))
        unlink(name);
}

/* .part.info: the path, the ETag and the encoding, a line each. */
static enum err
info_write(const struct bring *b)
{
    struct buf text;
    enum err e;

    buf_init(&text, INFO_MAX);
    buf_printf(&text, "%s\n%s\n%s\n", b->path, b->etag,
        b->packed ? "gzip" : "plain");
    e = text.full ? OK : file_write(b->info, &text);
    buf_finish(&text);
    return e;
}

/* True when .part is the beginning of `path` as the other side had it. */
static bool
info_read(struct bring *b)
{
    struct buf text, want;
    char *etag, *end;
    bool ok;

    buf_init(&text, INFO_MAX);
    buf_init(&want, INFO_MAX);
    buf_printf(&want, "%s\n", b->path);
    ok = !file_read(b->info, &text) && text.len > want.len &&
         strncmp(text.data, want.data, want.len) == 0;
    etag = text.data + (ok ? want.len : 0);
    end = ok ? strchr(etag, '\n') : NULL;
    ok = end && end > etag && end - etag < FETCH_ETAG;
    if (ok) {
        memcpy(b->etag, etag, (size_t)(end - etag));
        b->etag[end - etag] = '\0';
        b->packed = strcmp(end, "\ngzip\n") == 0;
    }
    buf_finish(&text);
    buf_finish(&want);
    return ok;
}

/* The most that .part may hold: nothing packs to more than this. */
static int64_t
wire_max(const struct bring *b)
{
    return b->length + FETCH_PACKED_SLACK + b->length / 1000;
}

/* Open .part: what there is, when it can be gone on with, else empty. */
static enum err
part_open(struct bring *b)
{
    struct stat st;
    bool known = info_read(b);

    b->have = 0;
    b->begun = false;
    b->fd = open(b->part, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (b->fd < 0 || fstat(b->fd, &st) != 0)
        return file_failed(b->part);
    if (known && st.st_size > 0 && st.st_size < wire_max(b))
        b->have = st.st_size;
    else
        b->etag[0] = '\0';
    if (b->have == 0 && ftruncate(b->fd, 0) != 0)
        return file_failed(b->part);
    if (lseek(b->fd, 0, SEEK_END) < 0)
        return file_failed(b->part);
    return OK;
}

/* The first piece: is it what was being waited for, or all of it anew? */
static enum err
part_begin(struct bring *b, const struct fetch_head *head)
{
    b->begun = true;
    if (head->status == 206 && head->packed != b->packed)
        return fetch_refuse(b->f, ERR_FETCH, b->path, "encoding",
            "goes on in another encoding");
    if (head->status == 206)
        return OK;
    b->have = 0;
    b->packed = head->packed;
    memcpy(b->etag, head->etag, sizeof(b->etag));
    if (ftruncate(b->fd, 0) != 0 || lseek(b->fd, 0, SEEK_SET) < 0)
        return file_failed(b->part);
    unlink(b->info);
    return b->etag[0] ? info_write(b) : OK;
}

static enum err
take(void *arg, const struct fetch_head *head, const void *bytes, size_t len)
{
    struct bring *b = arg;
    const char *at = bytes;
    enum err e = b->begun ? OK : part_begin(b, head);

    while (!e && len > 0) {
        ssize_t n = write(b->fd, at, len);

        if (n < 0 && errno != EINTR)
            return file_failed(b->part);
        at += n > 0 ? n : 0;
        len -= n > 0 ? (size_t)n : 0;
        b->have += n > 0 ? n : 0;
    }
    return e;
}

static enum err
refuse_length(const struct bring *b, int64_t got)
{
    err_arg("want", "%lld", (long long)b->length);
    err_arg("got", "%lld", (long long)got);
    return fetch_refuse(
        b->f, ERR_FETCH, b->path, "length", "not as long as signed");
}

/* Unpack .part when it is packed; *name_out is then the file to look at. */
static enum err
part_unpack(struct bring *b, char plain[NAME_MAX_BYTES], const char **name_out)
{
    char why[200];
    enum err e;

    *name_out = b->part;
    if (!b->packed)
        return OK;
    *name_out = plain;
    e = gzip_unpack_file(b->part, plain, b->length);
    if (!e || e == ERR_FILE || e == ERR_SYSTEM)
        return e;
    if (e == ERR_TOO_LARGE)
        return refuse_length(b, b->length + 1);
    snprintf(why, sizeof(why), "%s", err_msg());
    return fetch_refuse(b->f, ERR_FETCH, b->path, "encoding", why);
}

static enum err
check_hash(const struct bring *b, const char *name)
{
    static const char wrong[] = "not the signed hash";
    uint8_t block[BLOCK], hash[CRYPTO_HASH];
    struct crypto_hash h;
    int fd = open(name, O_RDONLY | O_CLOEXEC);
    ssize_t n;

    if (fd < 0)
        return file_failed(name);
    crypto_hash_init(&h);
    while ((n = read(fd, block, sizeof(block))) > 0)
        crypto_hash_add(&h, block, (size_t)n);
    crypto_hash_end(&h, hash);
    close(fd);
    if (n < 0)
        return file_failed(name);
    if (memcmp(hash, b->sha256, sizeof(hash)) == 0)
        return OK;
    return fetch_refuse(b->f, ERR_FETCH, b->path, "hash", wrong);
}

/* All has come: unpack, check, move to its place. */
static enum err
part_finish(struct bring *b)
{
    char plain[NAME_MAX_BYTES];
    const char *name;
    struct stat st;
    enum err e;

    if (!name_beside(plain, b->to, ".plain"))
        return file_failed(b->to);
    e = part_unpack(b, plain, &name);
    if (!e && stat(name, &st) != 0)
        e = file_failed(name);
    if (!e && st.st_size != b->length)
        e = refuse_length(b, st.st_size);
    if (!e && b->sha256)
        e = check_hash(b, name);
    if (!e && rename(name, b->to) != 0)
        e = file_failed(b->to);
    if (e)
        unlink(plain);
    fetch_file_forget(b->to);
    return e;
}

/* One try.  *anew_out: it went on with what an earlier one had left, and that
 * does not fit: somebody else's beginning, or nothing is left to send. */
static enum err
bring_once(struct bring *b, bool *anew_out)
{
    struct fetch_head head = {0};
    struct fetch_ask ask = {
        .path = b->path, .max = wire_max(b), .take = take, .arg = b};
    enum err e = part_open(b);

    if (!e && b->have > 0) {
        ask.if_range = b->etag;
        ask.from = b->have;
    }
    if (!e)
        e = fetch_ask(b->f, &ask, &head);
    if (!e && !b->begun)
        e = part_begin(b, &head); /* an empty body */
    if (b->fd >= 0)
        close(b->fd);
    *anew_out = ask.if_range && head.status == (e ? 416 : 206);
    if (!e)
        return part_finish(b);
    if (*anew_out || !b->etag[0] || b->have == 0)
        fetch_file_forget(b->to);
    return e;
}

enum err
fetch_file(struct fetch *f, const char *path, int64_t length,
    const uint8_t *sha256, int64_t max, const char *to_path)
{
    struct bring b = {.f = f,
        .path = path,
        .length = length,
        .sha256 = sha256,
        .to = to_path,
        .fd = -1};
    bool anew;
    enum err e;

    if (length < 0 || length > max) {
        err_arg("max", "%lld", (long long)max);
        return fetch_refuse(f, ERR_FETCH, path, "too_large", "its length");
    }
    if (!name_beside(b.part, to_path, ".part") ||
        !name_beside(b.info, to_path, ".part.info")) {
        errno = ENAMETOOLONG;
        return file_failed(to_path);
    }
    e = bring_once(&b, &anew);
    return e == ERR_FETCH && anew ? bring_once(&b, &anew) : e;
}
