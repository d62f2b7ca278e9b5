/* pos/http/dispatch.h - from a request to the function that answers it.
 *
 * In this order: the target is decent, the Host is ours, the route exists, the
 * caller may, a write comes from our own page, the body is JSON of a bearable
 * size, the key is there - then the handler.  After it no reader is left and
 * no transaction open; a failure becomes a problem in the caller's language.
 */
#ifndef POS_HTTP_DISPATCH_H
#define POS_HTTP_DISPATCH_H

#include "base/http_server.h"
#include "pos/http/api.h"

/* `arg` is the struct api; see struct http_config. */
http_handle_fn dispatch;
http_limit_fn dispatch_body_limit;

#endif
