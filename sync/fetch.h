/* sync/fetch.h - files of one registry over https, and nothing but its files.
 *
 * The other side is not trusted with anything: not with the size of its
 * answers, their time, their encoding, or where they come from.  What arrives
 * is checked by whoever asked (sync/tuf); here it is only bounded.
 *
 * - https everywhere, certificates always verified; plain http only to this
 *   machine itself (127.0.0.0/8, ::1, localhost), and then past any proxy.
 * - A redirect is followed to the same scheme, host and port, three times.
 * - Compressed answers are unpacked here, under the same limits.
 * - A proxy is taken from the settings, else from the environment
 *   (https_proxy, no_proxy).
 *
 * Every failure of the network or of the other side is ERR_FETCH with the
 * arguments `host`, `file` and a `case`: unreachable, proxy, tls, status
 * (+ `status`), too_large (+ `max`), too_slow, redirect, cut (the connection
 * ended before the file), encoding (+ `why`), length (+ `want`, `got`), hash,
 * name (a path that no registry has).  ERR_NOT_FOUND, with the case `fetch`,
 * for 404, 403 and 410.  ERR_STOPPING when `stop` said so.
 *
 * A fetch belongs to one thread at a time; it keeps its connection open for
 * the next file.  The program ignores SIGPIPE.  The only door to libcurl is
 * sync/fetch.c. */
#ifndef SYNC_FETCH_H
#define SYNC_FETCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

struct fetch;

struct fetch_config {
    const char *base_url; /* "https://ocop.example.vn/v1/"; a last slash is
                             added when there is none */
    const char *proxy;    /* "http://host:port", "socks5h://host:port";
                             NULL or empty: as the environment says */
    const char *ca_file;  /* PEM; NULL or empty: those of the system */
    const char *agent;    /* User-Agent; NULL: "ocop-pos" */
    int connect_seconds;  /* 0: 15 */
    int stall_seconds;    /* so long below 100 bytes a second; 0: 20 */
    int total_seconds;    /* of one file; 0: 600 */
    /* Asked about once a second while waiting; true ends it.  May be NULL. */
    bool (*stop)(void *arg);
    void *stop_arg;
};

/* ERR_FETCH with the case `address` (+ `url`) when base_url is anything but
 * https, or http to this machine, or carries a name, a query or a fragment;
 * with the case `proxy` for a proxy that is none.  Nothing is connected yet.
 * The texts of `config` are copied. */
enum err fetch_open(const struct fetch_config *config, struct fetch **out);
void fetch_close(struct fetch *f);

/* Append the file `path` ("timestamp.json", below base_url, written as an
 * address wants it: tuf_quote) to `out`: at most `max` bytes of it, unpacked.
 * On failure `out` is as it was before. */
enum err fetch_bytes(
    struct fetch *f, const char *path, size_t max, struct buf *out);

/* The same for what is asked again and again: when the other side says that
 * the file is still the one this fetch had before (ETag, 304), it is taken
 * from memory.  A few small files are kept so. */
enum err fetch_bytes_again(
    struct fetch *f, const char *path, size_t max, struct buf *out);

/* Bring the file `path`, which has exactly `length` bytes unpacked and, when
 * not NULL, this SHA-256, into `to_path`.  More than `max` is refused before
 * anything is asked.  What has come is kept beside it (`to_path`.part and
 * .part.info) and a later call goes on from there when the other side still
 * has the same file.  `to_path` appears whole or not at all; a `length` or
 * hash that does not hold leaves nothing behind.  ERR_FILE besides. */
enum err fetch_file(struct fetch *f, const char *path, int64_t length,
    const uint8_t *sha256, int64_t max, const char *to_path);

/* Remove what an earlier fetch_file to `to_path` may have left. */
void fetch_file_forget(const char *to_path);

/* How long the other side asked to be left alone with its last 429 or 503;
 * 0: it did not. */
int64_t fetch_retry_after(const struct fetch *f);

/* On the wire since fetch_open: heads and bodies as they came, without what
 * TLS adds. */
struct fetch_stats {
    int64_t requests;
    int64_t received; /* bytes */
    int64_t sent;     /* bytes; heads of requests */
};
void fetch_stats(const struct fetch *f, struct fetch_stats *out);

#endif
