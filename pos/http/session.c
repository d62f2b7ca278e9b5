/* Who am I, sign in, sign out; make a browser a till's. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/settings.h"
#include "pos/http/handlers.h"
#include "pos/http/principal.h"
#include "pos/staff/approve.h"
#include "pos/staff/device.h"
#include "pos/staff/role.h"
#include "pos/staff/signin.h"

enum { DEVICE_COOKIE_S = 400 * 24 * 3600 /* the longest browsers keep one */ };

/* Over TLS when the proxy on this machine says so. */
static const char *
secure(const struct http_request *r)
{
    const char *proto = http_request_header(r, "X-Forwarded-Proto");

    return r->loopback && proto && strcmp(proto, "https") == 0 ? "; Secure"
                                                               : "";
}

static void
set_cookie(struct api_call *call, const char *name, const char *value,
    int max_age_s)
{
    char age[32] = "";

    if (max_age_s >= 0)
        snprintf(age, sizeof(age), "; Max-Age=%d", max_age_s);
    http_reply_header(call->reply, "Set-Cookie",
        "%s=%s; Path=/; HttpOnly; SameSite=Strict%s%s", name, value, age,
        secure(call->request));
}

static void
put_till(struct json_out *out, int64_t till)
{
    char text[24];

    snprintf(text, sizeof(text), "%" PRId64, till);
    json_out_put_str(out, "till", till ? text : NULL);
}

/* Who `call->who` is, for the page's own use. */
static enum err
say_who(struct api *api, struct api_call *call, int status)
{
    const struct api_principal *who = &call->who;
    struct staff_private private;
    struct json_out out;
    struct db *db;
    enum err e = api_reader(api, call, &db);

    if (e == OK)
        e = db_staff_private_get(db, who->staff, &private);
    if (e)
        return e;
    api_json(call, status, &out);
    json_out_obj(&out);
    json_out_put_int(&out, "staff", who->staff);
    json_out_put_str(&out, "name", private.name);
    json_out_put_str(&out, "role", role_name(who->role));
    put_till(&out, who->till);
    json_out_put_int(&out, "cash_rounding",
        api->settings->cash_rounding);
    json_out_put_str(&out, "csrf", call->csrf[0] ? call->csrf : NULL);
    json_out_end_obj(&out);
    json_out_end(&out);
    return OK;
}

enum err
session_get(struct api *api, struct api_call *call)
{
    if (call->who.via == API_VIA_NONE && !call->who.enrolled)
        return err_set(ERR_DEVICE_UNKNOWN, "nobody signs in from here");
    if (call->who.via == API_VIA_NONE) {
        /* The page says which till it is before anybody signs in. */
        err_arg("till", "%" PRId64, call->who.till);
        return err_set(ERR_UNAUTHENTICATED, "nobody is signed in");
    }
    return say_who(api, call, 200);
}

/* Keep the device's cookie alive as long as somebody signs in there. */
static void
renew_device(struct api_call *call)
{
    char cookie[SECRET_TEXT];

    if (call->who.device && http_request_cookie(call->request, COOKIE_DEVICE,
                                cookie, sizeof(cookie)))
        set_cookie(call, COOKIE_DEVICE, cookie, DEVICE_COOKIE_S);
}

enum err
session_post(struct api *api, struct api_call *call)
{
    struct signin_place place = {.where = call->who.where,
        .device = call->who.device,
        .till = call->who.till};
    struct session before = call->session;
    bool replaces = call->who.via == API_VIA_SESSION;
    char secret[SECRET_TEXT];
    const char *pin = NULL;
    int64_t staff = 0;
    enum err e = approve_read(call->body, &staff, &pin);

    if (e == OK && !call->who.enrolled)
        e = err_set(ERR_DEVICE_UNKNOWN, "sign in needs an enrolled device");
    if (e == OK)
        e = signin(api->writer, &place, staff, pin,
            api->settings->session_idle_minutes, &call->session, secret);
    if (e == OK && replaces)
        e = session_end(api->writer, &before);
    if (e)
        return e;
    call->who.via = API_VIA_SESSION;
    call->who.staff = call->session.staff;
    call->who.role = call->session.role;
    secret_csrf(secret, call->csrf);
    set_cookie(call, COOKIE_SESSION, secret, -1);
    renew_device(call);
    return say_who(api, call, 201);
}

enum err
session_delete(struct api *api, struct api_call *call)
{
    enum err e = OK;

    if (call->who.via == API_VIA_SESSION)
        e = session_end(api->writer, &call->session);
    if (e)
        return e;
    set_cookie(call, COOKIE_SESSION, "", 0);
    api_empty(call);
    return OK;
}

enum err
device_post(struct api *api, struct api_call *call)
{
    static const char *const keys[] = {"code", NULL};
    char secret[SECRET_TEXT];
    const char *code = NULL;
    struct json_out out;
    struct device d;
    enum err e = json_only(call->body, keys);

    if (e == OK)
        e = json_get_str(call->body, "code", 16, &code);
    if (e == OK)
        e = device_enrol(api->writer, code, &d, secret);
    if (e)
        return e;
    set_cookie(call, COOKIE_DEVICE, secret, DEVICE_COOKIE_S);
    api_json(call, 201, &out);
    json_out_obj(&out);
    json_out_put_int(&out, "device", d.id);
    put_till(&out, d.till);
    json_out_end_obj(&out);
    json_out_end(&out);
    return OK;
}
