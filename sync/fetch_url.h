/* sync/fetch_url.h - the addresses that are fetched from: so few forms that
 * nobody can read them in two ways. */
#ifndef SYNC_FETCH_URL_H
#define SYNC_FETCH_URL_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"

enum { URL_HOST = 254, URL_MAX = 1024 };

struct url {
    bool https;
    char host[URL_HOST]; /* lower case; IPv6 without brackets */
    int port;
    const char *path; /* in the text parsed; "" or begins with '/' */
};

/* "https://host[:port][/path]": no user, no query, no fragment, nothing in the
 * path that needs quoting; at most URL_MAX bytes.  False for all else. */
bool url_parse(const char *text, struct url *out);

/* https, or http to 127.0.0.0/8, ::1 or localhost. */
bool url_is_safe(const struct url *u);
bool url_is_loopback(const struct url *u);
/* Scheme, host and port are the same. */
bool url_same_origin(const struct url *a, const struct url *b);

/* Append the file name `path`, which is written as an address wants it: all
 * but letters, digits and `/-._~` as %XX (tuf_quote).  False when it is not, is
 * empty, or has an empty, "." or ".." part. */
bool url_add_path(const char *path, struct buf *out);

#endif
