/* pos/http/api.h - what every resource of the API is given, and may use.
 *
 * A handler reads input, calls one function of pos/, writes the reply:
 *
 *     enum err
 *     product_get(struct api *api, struct api_call *call)
 *     {
 *         struct json_out out;
 *         struct db *db;
 *         enum err e;
 *
 *         e = api_reader(api, call, &db);
 *         ...
 *         api_json(call, 200, &out);
 *         json_out_obj(&out);
 *         ...
 *         return OK;
 *     }
 *
 * It returns OK with call->reply filled, or an error that is set; then the
 * dispatcher throws away what the reply held and answers with the problem.
 * It need not give the reader back: the dispatcher does, and asserts that no
 * transaction is open. */
#ifndef POS_HTTP_API_H
#define POS_HTTP_API_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/http_reply.h"
#include "base/http_request.h"
#include "base/json.h"
#include "base/json_out.h"
#include "base/lang.h"
#include "db/session.h"
#include "db/staff.h"
#include "pos/staff/secret.h"

struct db;
struct route;
struct writer;
struct readers;
struct settings;
struct events;
struct metrics;
struct http_server;

/* The daemon's things; borrowed, they outlive the server. */
struct api {
    struct writer *writer;
    struct readers *readers;
    const struct settings *settings;
    struct events *events;   /* NULL: no event stream (503) */
    struct metrics *metrics; /* NULL: none are counted */
    struct http_server *_Atomic server; /* for metrics; NULL until it is open:
                                           it answers before that is known */
    const char *openapi;        /* openapi_build; NULL: 503 */
    size_t openapi_len;
    enum lang lang; /* when the client does not say */
    const struct route *routes; /* a test's own; NULL: pos/http/routes.h */
    size_t routes_len;
    struct shop *shop; /* what the resources need besides; pos/posd.c */
};

enum api_via { API_VIA_NONE, API_VIA_TOKEN, API_VIA_SESSION };

/* Who asks. */
struct api_principal {
    enum api_via via;
    int64_t staff; /* 0: nobody */
    enum role role;
    int64_t device; /* 0: none, or the browser on this machine (local_till) */
    int64_t till;   /* of the device; 0: none */
    bool enrolled;  /* the device is known, also when nobody is signed in */
    char where[GUARD_SUBJECT]; /* of pin_check and approve */
};

enum { API_PARAMS = 4 };

struct api_call {
    const struct http_request *request;
    struct http_reply *reply;
    struct api_principal who;
    enum lang lang;
    const struct json *body; /* an object; NULL unless the route takes one */
    const char *key; /* Idempotency-Key; NULL unless the route needs one */
    uint8_t digest[32]; /* SHA-256 of method, path and body; with `key` */
    struct http_field params[API_PARAMS]; /* see api_param */
    size_t params_len;

    /* Members to add to the problem when the handler fails ("lines" of
     * price_changed): one JSON object, or empty. */
    struct buf problem;

    struct session session;  /* with API_VIA_SESSION */
    char csrf[SECRET_TEXT];  /* of that session; else empty */

    /* The dispatcher's own. */
    struct db *reader;
};

typedef enum err api_fn(struct api *api, struct api_call *call);

/* A path parameter by its name in the pattern; asking for another is a bug. */
const char *api_param(const struct api_call *call, const char *name);

/* A path parameter as a number in min..max after `prefix` ("p_17" with "p_",
 * "1" with ""); ERR_NOT_FOUND when it is none: such a thing cannot exist. */
enum err api_param_id(const struct api_call *call, const char *name,
    const char *prefix, int64_t min, int64_t max, int64_t *out);

/* ERR_FIELD_UNKNOWN when the query has a name that is not in the
 * NULL-terminated list. */
enum err api_query_only(const struct api_call *call,
    const char *const names[]);

/* A query value; leaves *out as it was when absent.  ERR_FIELD_VALUE. */
enum err api_query_str(const struct api_call *call, const char *name,
    size_t max_bytes, const char **out);
enum err api_query_int(const struct api_call *call, const char *name,
    int64_t min, int64_t max, int64_t *out);
/* "p_17" with the prefix "p_". */
enum err api_query_id(const struct api_call *call, const char *name,
    const char *prefix, int64_t *out);
/* YYYY-MM-DD as a Vietnam day. */
enum err api_query_day(const struct api_call *call, const char *name,
    int32_t *out);

/* A reading connection for the rest of this call, waited for when all are
 * taken; the same one, and the same snapshot, when asked again. */
enum err api_reader(struct api *api, struct api_call *call,
    struct db **db_out);

/* Give it back early: before a write, or before the reply streams. */
void api_reader_done(struct api *api, struct api_call *call);

/* Start a JSON answer in call->reply. */
void api_json(struct api_call *call, int status, struct json_out *out);

/* Answer 204. */
void api_empty(struct api_call *call);

#endif
