/* pos/http/openapi.h - the description of the API, put together from one part
 * a resource (pos/http/openapi/). */
#ifndef POS_HTTP_OPENAPI_H
#define POS_HTTP_OPENAPI_H

#include "base/buf.h"
#include "base/err.h"

enum { OPENAPI_MAX = 1024 * 1024 };

/* Append the document.  ERR_JSON when a part is broken: found at the start of
 * the daemon, and by a test before. */
enum err openapi_build(struct buf *out);

#endif
