/* sync/fetch_inner.h - what the files of sync/fetch*.c share. */
#ifndef SYNC_FETCH_INNER_H
#define SYNC_FETCH_INNER_H

#include "sync/fetch.h"
#include "sync/fetch_url.h"

enum {
    FETCH_ETAG = 128, /* bytes with the NUL; a longer one is no ETag to us */
    FETCH_KEPT = 4,
    FETCH_KEPT_BYTES = 64 * 1024,
    FETCH_PACKED_SLACK = 4 * 1024 /* gzip of what does not pack */
};

/* A small file as it last came, for fetch_bytes_again. */
struct fetch_kept {
    char *path;
    char etag[FETCH_ETAG];
    struct buf bytes; /* unpacked */
};

struct fetch {
    void *curl; /* CURL */
    char *base; /* ends with '/' */
    struct url origin;
    char *proxy, *ca_file, *agent;
    long connect_ms, stall_seconds, total_ms;
    bool (*stop)(void *arg);
    void *stop_arg;
    int64_t retry_after;
    struct fetch_stats stats;
    struct fetch_kept kept[FETCH_KEPT];
    size_t kept_next; /* whose turn it is to be forgotten */
};

/* What an answer says of itself before its first byte. */
struct fetch_head {
    int status; /* 200, 206 or 304 when fetch_ask succeeds */
    char etag[FETCH_ETAG]; /* strong, quotes included; or empty */
    bool packed;           /* Content-Encoding: gzip */
    int64_t from;          /* of a 206: its first byte; else 0 */
};

/* One file asked for. */
struct fetch_ask {
    const char *path;
    int64_t max; /* bytes of the body as it comes, from its first one */
    const char *if_not;   /* ETag of what there is: 304 is welcome */
    const char *if_range; /* ETag of what is being continued, */
    int64_t from;         /* from this byte on */
    /* Takes the body of a 200 or 206 piece by piece; an error, set, ends it.
     * `head` is complete. */
    enum err (*take)(void *arg, const struct fetch_head *head,
        const void *bytes, size_t len);
    void *arg;
};

/* A handle of the library, for f->curl. */
void *fetch_curl_open(void);
void fetch_curl_close(void *curl);

/* Ask, follow redirects, hand the body to `take`.  Errors as in
 * sync/fetch.h, besides those of `take`. */
enum err fetch_ask(struct fetch *f, const struct fetch_ask *ask,
    struct fetch_head *head_out);

/* ERR_FETCH (or ERR_NOT_FOUND, ...) with its arguments. */
enum err fetch_refuse(const struct fetch *f, enum err e, const char *path,
    const char *which, const char *why);

#endif
