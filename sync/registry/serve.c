#include "sync/registry/serve.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LONG = 2 * PATH_MAX, ETAG = 64 };

/* A file found. */
struct found {
    int fd;
    uint64_t size;
    bool packed;     /* NAME.gz is given for NAME */
    bool has_packed; /* there is one */
    char etag[ETAG];
};

/* An answer of the status alone.  Showrooms ask every hour for a root that is
 * not there yet; nobody between may remember that it was not. */
static void
plain(struct http_reply *reply, int status)
{
    reply->status = status;
    reply->bare = true;
    http_reply_cache(reply, "no-cache");
}

static bool
ends(const char *name, const char *end)
{
    size_t n = strlen(name), m = strlen(end);

    return n >= m && strcmp(name + n - m, end) == 0;
}

/* A name as the publisher makes them: nothing hidden, no way up. */
static bool
is_name(const char *name)
{
    return name[0] && name[0] != '.' && !strchr(name, '/')
           && !ends(name, ".new");
}

/* The path of the request inside www, or false. */
static bool
path_of(const struct serve *s, const struct http_request *r, char out[LONG])
{
    int at = snprintf(out, LONG, "%s", s->www);

    if (r->segments_len < 2 || strcmp(r->segments[0], "v1") != 0)
        return false;
    for (size_t i = 0; i < r->segments_len; i++) {
        if (!is_name(r->segments[i]))
            return false;
        at += snprintf(out + at, (size_t)(LONG - at), "/%s", r->segments[i]);
        if (at >= PATH_MAX)
            return false;
    }
    return true;
}

/* Open a regular file; its entity tag is of its time and size. */
static bool
open_file(const char *path, struct found *f)
{
    struct stat is;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);

    if (fd < 0)
        return false;
    if (fstat(fd, &is) != 0 || !S_ISREG(is.st_mode)) {
        close(fd);
        return false;
    }
    f->fd = fd;
    f->size = (uint64_t)is.st_size;
    snprintf(f->etag, sizeof(f->etag), "\"%" PRIx64 "-%" PRIx64 "\"",
        (uint64_t)is.st_mtim.tv_sec << 30 | (uint64_t)is.st_mtim.tv_nsec,
        f->size);
    return true;
}

/* Does Accept-Encoding take gzip?  "gzip;q=0" does not. */
static bool
takes_gzip(const struct http_request *r)
{
    const char *at = http_request_header(r, "Accept-Encoding");

    for (; at && *at; at += strcspn(at, ","), at += *at == ',') {
        at += strspn(at, " \t");
        if (strncasecmp(at, "gzip", 4) != 0)
            continue;
        at += 4 + strspn(at + 4, " \t");
        if (*at == ',' || !*at)
            return true;
        at += strspn(at, "; \t");
        return strncmp(at, "q=", 2) == 0 && strtod(at + 2, NULL) > 0;
    }
    return false;
}

static bool
find(const struct serve *s, const struct http_request *r, struct found *f)
{
    char path[LONG];
    size_t len;

    if (!path_of(s, r, path))
        return false;
    len = strlen(path);
    memcpy(path + len, ".gz", 4);
    f->has_packed = access(path, F_OK) == 0;
    f->packed = f->has_packed && takes_gzip(r) && open_file(path, f);
    path[len] = '\0';
    return f->packed || open_file(path, f);
}

/* Is the tag in the list, compared weakly? */
static bool
has_tag(const char *list, const char *etag)
{
    return list && (strcmp(list, "*") == 0 || strstr(list, etag));
}

enum serve_range
serve_range(
    const char *header, uint64_t size, uint64_t *from, uint64_t *len)
{
    unsigned long long first, last = size - 1;
    const char *at;
    char *end;

    if (!header || strncmp(header, "bytes=", 6) != 0 || strchr(header, ','))
        return RANGE_NONE;
    at = header + 6;
    if (*at == '-') { /* the last so many */
        first = strtoull(at + 1, &end, 10);
        if (at[1] < '0' || at[1] > '9' || *end)
            return RANGE_NONE;
        *len = first < size ? first : size;
        *from = size - *len;
        return *len ? RANGE_PART : RANGE_BEYOND;
    }
    if (*at < '0' || *at > '9')
        return RANGE_NONE;
    first = strtoull(at, &end, 10);
    if (*end++ != '-')
        return RANGE_NONE;
    if (*end >= '0' && *end <= '9')
        last = strtoull(end, &end, 10);
    if (*end || (last < first && first < size))
        return RANGE_NONE;
    if (first >= size)
        return RANGE_BEYOND;
    *from = first;
    *len = (last < size ? last + 1 : size) - first;
    return RANGE_PART;
}

static const char *
type_of(const char *name)
{
    static const struct {
        const char *end, *type;
    } types[] = {{".ndjson", "application/x-ndjson"},
        {".json", "application/json"}, {".gz", "application/gzip"}};

    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
        if (ends(name, types[i].end))
            return types[i].type;
    return "application/octet-stream";
}

/* The whole file, or the part asked for. */
static void
send(const struct http_request *r, struct http_reply *reply, struct found *f)
{
    const char *if_range = http_request_header(r, "If-Range");
    const char *range = http_request_header(r, "Range");
    uint64_t from = 0, len = f->size;
    enum serve_range part = RANGE_NONE;

    if (strcmp(r->method, "GET") == 0
        && (!if_range || strcmp(if_range, f->etag) == 0))
        part = serve_range(range, f->size, &from, &len);
    if (part == RANGE_BEYOND) {
        close(f->fd);
        reply->status = 416;
        http_reply_header(
            reply, "Content-Range", "bytes */%" PRIu64, f->size);
        return;
    }
    if (part == RANGE_PART) {
        reply->status = 206;
        http_reply_header(reply, "Content-Range",
            "bytes %" PRIu64 "-%" PRIu64 "/%" PRIu64, from, from + len - 1,
            f->size);
    }
    reply->file = (struct http_file){.fd = f->fd, .from = from, .len = len};
    reply->has_file = true;
}

void
serve_answer(
    void *arg, const struct http_request *request, struct http_reply *reply)
{
    const struct serve *s = arg;
    const char *name = request->segments_len
                           ? request->segments[request->segments_len - 1]
                           : "";
    struct found f = {.fd = -1};

    if (strcmp(request->method, "GET") != 0
        && strcmp(request->method, "HEAD") != 0) {
        plain(reply, 405);
        http_reply_header(reply, "Allow", "GET, HEAD");
        return;
    }
    if (http_request_check(request) != OK || !find(s, request, &f)) {
        plain(reply, request->bad
                         ? (request->bad_status ? request->bad_status : 400)
                         : 404);
        return;
    }
    reply->bare = true;
    http_reply_header(reply, "ETag", "%s", f.etag);
    http_reply_cache(reply, strcmp(name, "timestamp.json") == 0
                                ? "no-cache"
                                : "max-age=31536000, immutable");
    if (f.has_packed)
        http_reply_header(reply, "Vary", "Accept-Encoding");
    if (has_tag(http_request_header(request, "If-None-Match"), f.etag)) {
        close(f.fd);
        reply->status = 304;
        return;
    }
    reply->type = type_of(name);
    if (f.packed)
        http_reply_header(reply, "Content-Encoding", "gzip");
    if (strcmp(request->segments[1], "targets") == 0)
        http_reply_header(reply, "Accept-Ranges", "bytes");
    send(request, reply, &f);
}
