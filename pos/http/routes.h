/* pos/http/routes.h - the table of all addresses.  It is the documentation:
 * what can be asked, who may, and which function answers.
 *
 * What is not in the table is refused, and a row without a role stops the
 * start. */
#ifndef POS_HTTP_ROUTES_H
#define POS_HTTP_ROUTES_H

#include <stddef.h>

#include "pos/http/api.h"

/* Who may call a route.  0 is not among them, so that a forgotten one shows. */
enum route_who {
    ANYONE = 1,   /* no sign-in; the handler looks for itself */
    LOOPBACK,     /* this machine, or any token */
    VIEWER,
    CASHIER,
    MANAGER,
    OWNER
};

enum route_flag {
    ROUTE_KEY = 1,    /* needs Idempotency-Key */
    ROUTE_BODY = 2,   /* takes a JSON object, and needs it */
    ROUTE_STREAM = 4, /* answers without end */
    ROUTE_PLAIN = 8,  /* with ANYONE: nobody looks who asks */
    ROUTE_SIGNIN = 16, /* what is in the body proves more than X-CSRF-Token */
    ROUTE_MAY_KEY = 32 /* takes Idempotency-Key, and does without */
};

struct route {
    const char *method; /* GET answers HEAD too */
    const char *pattern; /* "/api/v1/sales/{receipt_no}/refunds" */
    enum route_who who;
    unsigned flags;
    size_t body_max; /* bytes; 0: 64 KiB with ROUTE_BODY */
    api_fn *handler;
};

extern const struct route routes[];
extern const size_t routes_len;

/* Stops the program when a row has no method, pattern, role or handler, two
 * rows are the same, or a writing row takes a body without ROUTE_BODY. */
void routes_check(const struct route *table, size_t len);

/* The row for this request, with the pattern's parameters in `call` (may be
 * NULL).  ERR_NO_ROUTE, or ERR_METHOD with the methods that exist in `allow`
 * ("GET, HEAD, POST"). */
enum err routes_find(const struct route *table, size_t len,
    const struct http_request *request, struct api_call *call,
    const struct route **route_out, char *allow, size_t allow_size);

#endif
