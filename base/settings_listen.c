/* Where the daemon listens: HOST:PORT, and only on this machine. */
#include <string.h>

#include "base/settings.h"

static enum err
refuse(const char *listen)
{
    err_arg("case", "option");
    err_arg("key", "--listen");
    return err_set(ERR_SETTINGS, "listen: %.80s", listen);
}

static bool
parse_port(const char *digits, uint16_t *port_out)
{
    unsigned port = 0;

    if (!*digits || strlen(digits) > 5 || digits[strspn(digits, "0123456789")])
        return false;
    for (; *digits; digits++)
        port = port * 10 + (unsigned)(*digits - '0');
    *port_out = (uint16_t)port;
    return port <= UINT16_MAX;
}

enum err
settings_parse_listen(
    const char *listen, char host_out[SETTINGS_HOST], uint16_t *port_out)
{
    const char *colon = strrchr(listen, ':');
    size_t len = colon ? (size_t)(colon - listen) : 0;

    if (!parse_port(colon ? colon + 1 : "", port_out))
        return refuse(listen);
    if (len > 2 && listen[0] == '[' && listen[len - 1] == ']') {
        listen++;
        len -= 2;
    } else if (memchr(listen, ':', len)) {
        return refuse(listen); /* IPv6 stands in brackets */
    }
    if (len == 0 || len >= SETTINGS_HOST)
        return refuse(listen);
    memcpy(host_out, listen, len);
    host_out[len] = '\0';
    return OK;
}

/* One decimal number 0..255 with nothing but digits; to behind it. */
static const char *
skip_octet(const char *p)
{
    size_t n = strspn(p, "0123456789");
    int value = 0;

    for (size_t i = 0; i < n && i < 3; i++)
        value = value * 10 + (p[i] - '0');
    return n >= 1 && n <= 3 && value <= 255 ? p + n : NULL;
}

/* 127.a.b.c in full: a short form means other things to other programs. */
static bool
is_127(const char *host)
{
    const char *p = host;

    if (strncmp(p, "127.", 4) != 0)
        return false;
    for (int i = 0; i < 4; i++) {
        p = skip_octet(p);
        if (!p || *p != (i < 3 ? '.' : '\0'))
            return false;
        p++;
    }
    return true;
}

bool
settings_host_is_loopback(const char *host)
{
    return is_127(host) || strcmp(host, "::1") == 0 ||
           strcmp(host, "localhost") == 0;
}

bool
settings_listen_is_loopback(const struct settings *s)
{
    char host[SETTINGS_HOST];
    uint16_t port;

    return !settings_parse_listen(s->listen, host, &port) &&
           settings_host_is_loopback(host);
}

enum err
settings_set_listen(struct settings *s, const char *listen)
{
    char host[SETTINGS_HOST];
    uint16_t port;
    enum err e = settings_parse_listen(listen, host, &port);

    if (e)
        return e;
    if (!settings_host_is_loopback(host) || strlen(listen) >= SETTINGS_HOST)
        return refuse(listen);
    memcpy(s->listen, listen, strlen(listen) + 1);
    return OK;
}
