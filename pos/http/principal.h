/* pos/http/principal.h - who asks, by token, session or device. */
#ifndef POS_HTTP_PRINCIPAL_H
#define POS_HTTP_PRINCIPAL_H

#include "pos/http/api.h"

/* The cookies' names. */
#define COOKIE_SESSION "ocop_session"
#define COOKIE_DEVICE "ocop_device"

/* Fill call->who, and session and csrf.  Nobody is a principal too.
 * ERR_UNAUTHENTICATED for a token that is none (a wrong cookie is just
 * nobody); ERR_DB and the like when it cannot be known. */
enum err principal_find(struct api *api, struct api_call *call);

/* May whoever made this request still do what `least` may?  For answers that
 * go on for long. */
bool principal_still(struct api *api, const struct http_request *r,
    enum role least);

/* From this machine itself, and not handed on by a proxy. */
bool principal_is_local(const struct http_request *r);

/* A name of ours in Host; else ERR_HOST.  A page that made its own name point
 * here is kept from reading us so. */
enum err principal_check_host(const struct api *api,
    const struct http_request *r);

/* A write by a browser came from our own page: Origin and Sec-Fetch-Site are
 * ours or absent; else ERR_CSRF. */
enum err principal_check_origin(const struct api_call *call);
/* And, when signed in, X-CSRF-Token is right; else ERR_CSRF. */
enum err principal_check_csrf(const struct api_call *call);

#endif
