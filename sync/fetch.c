#include <assert.h>
#include <curl/curl.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "sync/fetch_inner.h"

enum {
    REDIRECTS_MAX = 3,
    HEAD_MAX = 64 * 1024,    /* bytes of all lines before a body */
    REFUSED_MAX = 16 * 1024, /* of a body nobody reads, to keep the line */
    STALL_BYTES_A_SECOND = 100
};

/* One request on its way: what the callbacks need. */
struct trip {
    struct fetch *f;
    const struct fetch_ask *ask;
    struct fetch_head head;
    int64_t head_bytes, body_bytes;
    const char *which; /* the `case` it was ended for, or NULL */
    const char *why;
    enum err taken; /* what `take` said */
};

/* "Name: value" -> the value without spaces around it, or NULL. */
static bool
header_value(const char *line, size_t len, const char *name, char *out,
    size_t size)
{
    size_t n = strlen(name);

    if (len <= n || strncasecmp(line, name, n) != 0 || line[n] != ':')
        return false;
    for (line += n + 1, len -= n + 1; len > 0 && *line == ' '; len--)
        line++;
    while (len > 0 && strchr("\r\n ", line[len - 1]))
        len--;
    if (len >= size || memchr(line, '\0', len))
        return false;
    memcpy(out, line, len);
    out[len] = '\0';
    return true;
}

/* A strong one, in quotes, and nothing in it that a request must not hold. */
static bool
etag_ok(const char *etag)
{
    size_t len = strlen(etag);

    if (len < 2 || etag[0] != '"' || etag[len - 1] != '"')
        return false;
    for (size_t i = 1; i < len - 1; i++)
        if (etag[i] <= ' ' || etag[i] > '~' || etag[i] == '"')
            return false;
    return true;
}

static size_t
trip_end(struct trip *t, const char *which, const char *why)
{
    t->which = which;
    t->why = why;
    return 0; /* less than was given: libcurl breaks off */
}

/* The first byte of "bytes 100-199/200", or -1. */
static int64_t
range_first(const char *value)
{
    char *end;
    long long first;

    if (strncmp(value, "bytes ", 6) != 0 || value[6] < '0' || value[6] > '9')
        return -1;
    errno = 0;
    first = strtoll(value + 6, &end, 10);
    return errno || *end != '-' ? -1 : first;
}

/* Is the body what was asked for: all of it, or the rest from there on? */
static bool
wanted(const struct trip *t)
{
    return t->head.status == 200 ||
           (t->head.status == 206 && t->ask->if_range &&
               t->head.from == t->ask->from);
}

/* Does the answer announce more than may come? */
static bool
announces_too_much(const struct trip *t, const char *line, size_t len)
{
    char value[32];

    return t->head.status < 300 &&
           header_value(line, len, "Content-Length", value, sizeof(value)) &&
           strtoll(value, NULL, 10) > t->ask->max;
}

/* A line of the answer's head. */
static size_t
on_head(char *line, size_t one, size_t len, void *arg)
{
    struct trip *t = arg;
    char value[256];

    (void)one;
    t->f->stats.received += (int64_t)len;
    t->head_bytes += (int64_t)len;
    if (t->head_bytes > HEAD_MAX)
        return trip_end(t, "too_large", "head of the answer");
    if (announces_too_much(t, line, len))
        return trip_end(t, "too_large", "length of the answer");
    if (len > 5 && strncmp(line, "HTTP/", 5) == 0) {
        const char *space = memchr(line, ' ', len);

        t->head = (struct fetch_head){
            .status = space ? (int)strtol(space, NULL, 10) : 0};
    }
    if (header_value(line, len, "ETag", value, FETCH_ETAG) && etag_ok(value))
        memcpy(t->head.etag, value, sizeof(t->head.etag));
    if (t->head.status == 206 &&
        header_value(line, len, "Content-Range", value, sizeof(value)))
        t->head.from = range_first(value);
    if (!header_value(line, len, "Content-Encoding", value, sizeof(value)))
        return len;
    t->head.packed = strcasecmp(value, "gzip") == 0;
    if (!t->head.packed && strcasecmp(value, "identity") != 0 &&
        t->head.status < 300)
        return trip_end(t, "encoding", "neither gzip nor plain");
    return len;
}

/* A piece of the answer's body. */
static size_t
on_body(char *bytes, size_t one, size_t len, void *arg)
{
    struct trip *t = arg;

    (void)one;
    t->f->stats.received += (int64_t)len;
    t->body_bytes += (int64_t)len;
    if (!wanted(t)) /* it is refused anyway; see how long it takes */
        return t->body_bytes > REFUSED_MAX ? 0 : len;
    if (t->body_bytes + t->head.from > t->ask->max)
        return trip_end(t, "too_large", "body of the answer");
    t->taken = t->ask->take(t->ask->arg, &t->head, bytes, len);
    return t->taken ? 0 : len;
}

static int
on_wait(void *arg, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
    const struct fetch *f = arg;

    (void)a;
    (void)b;
    (void)c;
    (void)d;
    return f->stop && f->stop(f->stop_arg);
}

static struct curl_slist *
request_headers(const struct fetch_ask *ask)
{
    /* Asked for and unpacked by us: libcurl would lose count of the wire, and
     * could not go on in the middle. */
    struct curl_slist *list = curl_slist_append(NULL, "Accept-Encoding: gzip");
    struct buf line;

    buf_init(&line, 512);
    if (ask->if_not) {
        buf_printf(&line, "If-None-Match: %s", ask->if_not);
        list = curl_slist_append(list, line.data);
    }
    if (ask->if_range) {
        buf_clear(&line);
        buf_printf(&line, "Range: bytes=%lld-", (long long)ask->from);
        list = curl_slist_append(list, line.data);
        buf_clear(&line);
        buf_printf(&line, "If-Range: %s", ask->if_range);
        list = curl_slist_append(list, line.data);
    }
    buf_finish(&line);
    return list;
}

static void
set_limits(const struct fetch *f)
{
    CURL *c = f->curl;

    curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS, f->connect_ms);
    curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, f->total_ms);
    curl_easy_setopt(c, CURLOPT_LOW_SPEED_TIME, f->stall_seconds);
    curl_easy_setopt(c, CURLOPT_LOW_SPEED_LIMIT, (long)STALL_BYTES_A_SECOND);
    curl_easy_setopt(c, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(c, CURLOPT_XFERINFOFUNCTION, on_wait);
    curl_easy_setopt(c, CURLOPT_XFERINFODATA, (void *)(uintptr_t)f);
}

static void
set_peer(const struct fetch *f)
{
    CURL *c = f->curl;

    curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR,
        f->origin.https ? "https" : "http");
    curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(c, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(c, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(c, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(c, CURLOPT_USERAGENT, f->agent);
    curl_easy_setopt(c, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    if (f->ca_file)
        curl_easy_setopt(c, CURLOPT_CAINFO, f->ca_file);
    if (url_is_loopback(&f->origin)) /* plain http must not leave us */
        curl_easy_setopt(c, CURLOPT_PROXY, "");
    else if (f->proxy)
        curl_easy_setopt(c, CURLOPT_PROXY, f->proxy);
}

/* Which `case` libcurl's answer is. */
static const char *
case_of(const struct trip *t, CURLcode code)
{
    long proxy_said = 0;
    curl_off_t connected_us = 0;

    curl_easy_getinfo(t->f->curl, CURLINFO_HTTP_CONNECTCODE, &proxy_said);
    curl_easy_getinfo(t->f->curl, CURLINFO_PRETRANSFER_TIME_T, &connected_us);
    if (proxy_said != 0 && proxy_said != 200)
        return "proxy";
    switch (code) {
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_PROXY:
        return "proxy";
    case CURLE_COULDNT_CONNECT: /* to whom?  The environment's we know not */
        return t->f->proxy ? "proxy" : "unreachable";
    case CURLE_OPERATION_TIMEDOUT:
        return connected_us > 0 ? "too_slow" : "unreachable";
    case CURLE_PARTIAL_FILE:
    case CURLE_GOT_NOTHING:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_BAD_CONTENT_ENCODING:
        return "cut";
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS:
        return "tls";
    default:
        return "unreachable";
    }
}

static enum err
refuse_status(const struct trip *t)
{
    int status = t->head.status;
    char why[32];

    snprintf(why, sizeof(why), "status %d", status);
    if (status == 403 || status == 404 || status == 410)
        return fetch_refuse(t->f, ERR_NOT_FOUND, t->ask->path, "fetch", why);
    err_arg("status", "%d", status);
    return fetch_refuse(t->f, ERR_FETCH, t->ask->path, "status", why);
}

static bool
is_redirect(int status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 ||
           status == 308;
}

/* Judge how the trip ended. */
static enum err
trip_judge(struct trip *t, CURLcode code, const char *said)
{
    const struct fetch_ask *ask = t->ask;
    int status = t->head.status;

    if (t->taken)
        return t->taken;
    if (code == CURLE_ABORTED_BY_CALLBACK)
        return err_set(ERR_STOPPING, "%s: told to stop", ask->path);
    if (t->which) {
        err_arg("max", "%lld", (long long)ask->max);
        return fetch_refuse(t->f, ERR_FETCH, ask->path, t->which, t->why);
    }
    if (code != CURLE_OK && (status == 0 || wanted(t) ||
                                status == 304 || code != CURLE_WRITE_ERROR))
        return fetch_refuse(t->f, ERR_FETCH, ask->path, case_of(t, code),
            said[0] ? said : curl_easy_strerror(code));
    if (wanted(t) || (status == 304 && ask->if_not))
        return OK;
    return refuse_status(t);
}

static enum err
trip_make(struct trip *t, const char *url)
{
    CURL *c = t->f->curl;
    struct curl_slist *headers = request_headers(t->ask);
    char said[CURL_ERROR_SIZE] = "";
    curl_off_t after = 0;
    long sent = 0;
    CURLcode code;

    curl_easy_reset(c); /* the connection stays */
    set_peer(t->f);
    set_limits(t->f);
    curl_easy_setopt(c, CURLOPT_URL, url);
    curl_easy_setopt(c, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(c, CURLOPT_ERRORBUFFER, said);
    curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, on_head);
    curl_easy_setopt(c, CURLOPT_HEADERDATA, t);
    curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(c, CURLOPT_WRITEDATA, t);
    t->f->stats.requests++;
    code = curl_easy_perform(c);
    curl_easy_getinfo(c, CURLINFO_REQUEST_SIZE, &sent);
    curl_easy_getinfo(c, CURLINFO_RETRY_AFTER, &after);
    curl_easy_setopt(c, CURLOPT_ERRORBUFFER, NULL);
    curl_slist_free_all(headers);
    t->f->stats.sent += sent;
    t->f->retry_after = after;
    return trip_judge(t, code, said);
}

/* Where the answer points to, when it is still the same place. */
static enum err
follow(const struct trip *t, struct buf *url)
{
    char *to = NULL;
    struct url next;

    curl_easy_getinfo(t->f->curl, CURLINFO_REDIRECT_URL, &to);
    if (!to || !url_parse(to, &next) ||
        !url_same_origin(&t->f->origin, &next)) {
        err_arg("to", "%s", to ? to : "");
        return fetch_refuse(t->f, ERR_FETCH, t->ask->path, "redirect",
            to ? to : "to nowhere");
    }
    buf_clear(url);
    buf_add_str(url, to);
    return OK;
}

enum err
fetch_ask(struct fetch *f, const struct fetch_ask *ask,
    struct fetch_head *head_out)
{
    struct trip t;
    struct buf url;
    enum err e;

    buf_init(&url, (size_t)URL_MAX * 3);
    buf_add_str(&url, f->base);
    if (!url_add_path(ask->path, &url)) {
        buf_finish(&url);
        return fetch_refuse(f, ERR_FETCH, ask->path, "name", "no file name");
    }
    for (int i = 0;; i++) {
        t = (struct trip){.f = f, .ask = ask};
        e = trip_make(&t, url.data);
        if (!e || !is_redirect(t.head.status))
            break;
        if (i == REDIRECTS_MAX) {
            e = fetch_refuse(f, ERR_FETCH, ask->path, "redirect", "too many");
            break;
        }
        e = follow(&t, &url);
        if (e)
            break;
    }
    buf_finish(&url);
    *head_out = t.head;
    return e;
}

static pthread_once_t library = PTHREAD_ONCE_INIT;

static void
library_start(void)
{
    curl_global_init(CURL_GLOBAL_DEFAULT);
}

void *
fetch_curl_open(void)
{
    CURL *curl;

    pthread_once(&library, library_start);
    curl = curl_easy_init();
    assert(curl); /* no memory, or a library that is none */
    return curl;
}

void
fetch_curl_close(void *curl)
{
    curl_easy_cleanup(curl);
}
