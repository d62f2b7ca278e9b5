/* pos/http/handlers.h - every function that answers a route. */
#ifndef POS_HTTP_HANDLERS_H
#define POS_HTTP_HANDLERS_H

#include "pos/http/api.h"

/* health.c, metrics.c */
api_fn health_get;
api_fn metrics_get;

/* static.c, openapi.c */
api_fn page_get;
api_fn page_manager_get;
api_fn asset_get;
api_fn openapi_get;

/* session.c */
api_fn session_get;
api_fn session_post;
api_fn session_delete;
api_fn device_post;

/* stream.c */
api_fn events_get;

#endif
