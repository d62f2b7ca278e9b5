#include <string.h>

#include "base/mem.h"
#include "sync/fetch_inner.h"

/* Append the path without the 64 digits and the dot before its last part: they
 * tell nobody anything. */
static void
add_shown(const char *path, struct buf *out)
{
    const char *slash = strrchr(path, '/'), *last = slash ? slash + 1 : path;
    bool hashed = strspn(last, "0123456789abcdef") == 64 && last[64] == '.';

    buf_add(out, path, (size_t)(last - path));
    buf_add_str(out, hashed ? last + 65 : last);
}

enum err
fetch_refuse(const struct fetch *f, enum err e, const char *path,
    const char *which, const char *why)
{
    struct buf shown;

    buf_init(&shown, strlen(path));
    add_shown(path, &shown);
    err_arg("case", "%s", which);
    err_arg("host", "%s", f->origin.host);
    err_arg("file", "%s", shown.data);
    err_arg("why", "%s", why);
    buf_finish(&shown);
    return err_set(e, "%s: %s: %s: %s", f->origin.host, path, which, why);
}

int64_t
fetch_retry_after(const struct fetch *f)
{
    return f->retry_after;
}

void
fetch_stats(const struct fetch *f, struct fetch_stats *out)
{
    *out = f->stats;
}

static char *
copy(const char *text)
{
    return text && text[0] ? mem_dup_str(text) : NULL;
}

static int
or_else(int given, int standard)
{
    return given > 0 ? given : standard;
}

static bool
proxy_ok(const char *proxy)
{
    static const char *const schemes[] = {
        "http://", "https://", "socks5://", "socks5h://"};

    for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++)
        if (strncmp(proxy, schemes[i], strlen(schemes[i])) == 0)
            return proxy[strlen(schemes[i])] != '\0';
    return false;
}

static enum err
refuse_config(const char *which, const char *what)
{
    err_arg("case", "%s", which);
    err_arg("url", "%s", what);
    return err_set(ERR_FETCH, "not accepted: %s %s", which, what);
}

enum err
fetch_open(const struct fetch_config *config, struct fetch **out)
{
    const char *base = config->base_url;
    struct fetch *f;
    struct url u;

    *out = NULL;
    if (!url_parse(base, &u) || !url_is_safe(&u))
        return refuse_config("address", base);
    if (config->proxy && config->proxy[0] && !proxy_ok(config->proxy))
        return refuse_config("proxy_address", config->proxy);
    f = mem_new(1, sizeof(*f));
    f->curl = fetch_curl_open();
    f->base = mem_new(strlen(base) + 2, 1);
    memcpy(f->base, base, strlen(base));
    if (base[strlen(base) - 1] != '/')
        f->base[strlen(base)] = '/';
    url_parse(f->base, &f->origin);
    f->proxy = url_is_loopback(&u) ? NULL : copy(config->proxy);
    f->ca_file = copy(config->ca_file);
    f->agent = mem_dup_str(config->agent ? config->agent : "ocop-pos");
    f->connect_ms = 1000L * (or_else(config->connect_seconds, 15));
    f->stall_seconds = or_else(config->stall_seconds, 20);
    f->total_ms = 1000L * (or_else(config->total_seconds, 600));
    f->stop = config->stop;
    f->stop_arg = config->stop_arg;
    *out = f;
    return OK;
}

void
fetch_close(struct fetch *f)
{
    if (!f)
        return;
    for (size_t i = 0; i < FETCH_KEPT; i++) {
        mem_free(f->kept[i].path);
        if (f->kept[i].path)
            buf_finish(&f->kept[i].bytes);
    }
    fetch_curl_close(f->curl);
    mem_free(f->base);
    mem_free(f->proxy);
    mem_free(f->ca_file);
    mem_free(f->agent);
    mem_free(f);
}
