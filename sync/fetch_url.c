#include "sync/fetch_url.h"

#include <ctype.h>
#include <string.h>

#include "base/settings.h"

static bool
among(char c, const char *others)
{
    return c && (isalnum((unsigned char)c) || strchr(others, c));
}

/* The host at `at`, brackets removed; where it ends, or NULL. */
static const char *
parse_host(const char *at, char host_out[URL_HOST])
{
    bool six = *at == '[';
    size_t n = 0;

    at += six;
    for (; among(*at, six ? ":" : ".-"); at++) {
        if (n == URL_HOST - 1)
            return NULL;
        host_out[n++] = (char)tolower((unsigned char)*at);
    }
    host_out[n] = '\0';
    if (n == 0 || (six && *at++ != ']'))
        return NULL;
    return at;
}

static const char *
parse_port(const char *at, int *port_out)
{
    int port = 0;

    if (*at != ':')
        return at;
    for (at++; *at >= '0' && *at <= '9' && port <= 65535; at++)
        port = port * 10 + (*at - '0');
    *port_out = port;
    return port >= 1 && port <= 65535 ? at : NULL;
}

bool
url_parse(const char *text, struct url *out)
{
    const char *at = text;

    *out = (struct url){0};
    if (strlen(text) > URL_MAX)
        return false;
    out->https = strncmp(at, "https://", 8) == 0;
    if (!out->https && strncmp(at, "http://", 7) != 0)
        return false;
    at += out->https ? 8 : 7;
    out->port = out->https ? 443 : 80;
    at = parse_host(at, out->host);
    if (at)
        at = parse_port(at, &out->port);
    if (!at || (*at && *at != '/'))
        return false;
    out->path = at;
    while (among(*at, "/._~%+-"))
        at++;
    return *at == '\0';
}

bool
url_is_loopback(const struct url *u)
{
    return settings_host_is_loopback(u->host);
}

bool
url_is_safe(const struct url *u)
{
    return u->https || url_is_loopback(u);
}

bool
url_same_origin(const struct url *a, const struct url *b)
{
    return a->https == b->https && a->port == b->port &&
           strcmp(a->host, b->host) == 0;
}

/* "", "." and ".." are no names, and what they mean is decided elsewhere. */
static bool
part_ok(const char *part, size_t len)
{
    return len > 0 && !(part[0] == '.' && len == 1) &&
           !(part[0] == '.' && part[1] == '.' && len == 2);
}

static bool
quoted(const char *c)
{
    return c[0] == '%' && isxdigit((unsigned char)c[1]) &&
           isxdigit((unsigned char)c[2]);
}

bool
url_add_path(const char *path, struct buf *out)
{
    const char *part = path;

    do {
        size_t len = strcspn(part, "/");

        if (!part_ok(part, len))
            return false;
        part += len;
    } while (*part++ == '/');
    for (const char *c = path; *c; c++)
        if (!among(*c, "/._~-") && !quoted(c))
            return false;
    buf_add_str(out, path);
    return !out->full;
}
