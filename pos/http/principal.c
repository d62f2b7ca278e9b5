#include "pos/http/principal.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "base/crypto.h"
#include "base/settings.h"
#include "db/device.h"
#include "pos/staff/device.h"
#include "pos/staff/signin.h"
#include "pos/staff/staff.h"

enum { HOST_MAX = 254 };

bool
principal_is_local(const struct http_request *r)
{
    static const char *const by_proxy[] = {"Forwarded", "X-Forwarded-For",
        "X-Forwarded-Host", "X-Real-IP", "Via"};
    const char *host = http_request_header(r, "Host");
    char name[HOST_MAX];

    if (!r->loopback || !host || !http_host_of(host, name, sizeof(name)) ||
        !settings_host_is_loopback(name))
        return false;
    for (size_t i = 0; i < sizeof(by_proxy) / sizeof(by_proxy[0]); i++)
        if (http_request_header(r, by_proxy[i]))
            return false;
    return true;
}

/* Is `name` among names separated by spaces? */
static bool
is_listed(const char *names, const char *name)
{
    size_t len;

    for (; *names; names += len) {
        names += strspn(names, " ");
        len = strcspn(names, " ");
        if (len == strlen(name) && strncasecmp(names, name, len) == 0)
            return true;
    }
    return false;
}

enum err
principal_check_host(const struct api *api, const struct http_request *r)
{
    const char *host = http_request_header(r, "Host");
    char name[HOST_MAX], own[SETTINGS_HOST];
    uint16_t port;

    if (!host)
        return err_set(ERR_INVALID, "no Host header");
    if (!http_host_of(host, name, sizeof(name)))
        return err_set(ERR_HOST, "no plain host name");
    if (settings_host_is_loopback(name) ||
        is_listed(api->settings->host_names, name))
        return OK;
    if (settings_parse_listen(api->settings->listen, own, &port) == OK &&
        strcasecmp(own, name) == 0)
        return OK;
    return err_set(ERR_HOST, "host %s", name);
}

/* "http://name:8080" is "name:8080"? */
static bool
origin_is(const char *origin, const char *host)
{
    const char *at = strstr(origin, "://");

    return at && strcasecmp(at + 3, host) == 0;
}

enum err
principal_check_origin(const struct api_call *call)
{
    const struct http_request *r = call->request;
    const char *origin = http_request_header(r, "Origin");
    const char *site = http_request_header(r, "Sec-Fetch-Site");

    if (call->who.via == API_VIA_TOKEN)
        return OK; /* no browser sends a token by itself */
    if (origin && !origin_is(origin, http_request_header(r, "Host")))
        return err_set(ERR_CSRF, "written from another page");
    if (site && strcmp(site, "same-origin") != 0)
        return err_set(ERR_CSRF, "written from another site");
    return OK;
}

enum err
principal_check_csrf(const struct api_call *call)
{
    const char *csrf = http_request_header(call->request, "X-CSRF-Token");

    if (call->who.via != API_VIA_SESSION)
        return OK;
    if (!csrf || strlen(csrf) != strlen(call->csrf) ||
        !crypto_equal(csrf, call->csrf, strlen(csrf)))
        return err_set(ERR_CSRF, "X-CSRF-Token is missing or wrong");
    return OK;
}

static enum err
by_token(struct db *db, const char *header, struct api_principal *who)
{
    struct staff s;
    enum err e;

    if (strncasecmp(header, "Bearer ", 7) != 0)
        return err_set(ERR_UNAUTHENTICATED, "only Bearer is known");
    e = token_find(db, header + 7 + strspn(header + 7, " "), &s);
    if (e)
        return e;
    who->via = API_VIA_TOKEN;
    who->staff = s.number;
    who->role = s.role;
    snprintf(who->where, sizeof(who->where), "p%" PRId64, s.number);
    return OK;
}

/* Which till does the browser stand at? */
static enum err
by_device(struct db *db, const struct api *api, const struct http_request *r,
    struct api_principal *who)
{
    char cookie[SECRET_TEXT];
    struct device d;
    struct till till;
    enum err e = ERR_NOT_FOUND;

    if (http_request_cookie(r, COOKIE_DEVICE, cookie, sizeof(cookie)))
        e = device_find(db, cookie, &d);
    if (e == OK) {
        who->enrolled = true;
        who->device = d.id;
        who->till = d.till;
    }
    if (e != ERR_NOT_FOUND)
        return e;
    if (!api->settings->local_till || !principal_is_local(r))
        return OK;
    e = db_till_get(db, api->settings->local_till, &till);
    if (e == OK && till.active) {
        who->enrolled = true;
        who->till = till.number;
    }
    return e == ERR_NOT_FOUND ? OK : e;
}

static enum err
by_session(struct db *db, const struct api *api, struct api_call *call)
{
    char cookie[SECRET_TEXT];
    enum err e;

    if (!http_request_cookie(call->request, COOKIE_SESSION, cookie,
            sizeof(cookie)))
        return OK;
    e = session_find(db, cookie, clock_now(),
        api->settings->session_idle_minutes, &call->session);
    if (e == ERR_UNAUTHENTICATED)
        return OK;
    if (e)
        return e;
    /* A session is good where it was begun. */
    if (!call->who.enrolled || call->session.device != call->who.device ||
        call->session.till != call->who.till)
        return OK;
    call->who.via = API_VIA_SESSION;
    call->who.staff = call->session.staff;
    call->who.role = call->session.role;
    secret_csrf(cookie, call->csrf);
    return OK;
}

enum err
principal_find(struct api *api, struct api_call *call)
{
    const char *header = http_request_header(call->request, "Authorization");
    struct db *db;
    enum err e;

    call->who = (struct api_principal){.via = API_VIA_NONE};
    e = api_reader(api, call, &db);
    if (e)
        return e;
    if (header)
        return by_token(db, header, &call->who);
    e = by_device(db, api, call->request, &call->who);
    snprintf(call->who.where, sizeof(call->who.where), "d%" PRId64,
        call->who.device);
    return e == OK ? by_session(db, api, call) : e;
}

bool
principal_still(struct api *api, const struct http_request *r, enum role least)
{
    struct api_call call = {.request = r};
    enum err e = principal_find(api, &call);

    api_reader_done(api, &call);
    return e == OK && call.who.role >= least;
}
