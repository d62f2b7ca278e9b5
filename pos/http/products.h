/* pos/http/products.h - the catalogue through the API. */
#ifndef POS_HTTP_PRODUCTS_H
#define POS_HTTP_PRODUCTS_H

#include "pos/http/api.h"
#include "pos/sell/scan.h"

enum err products_list(struct api *api, struct api_call *call);
enum err products_get(struct api *api, struct api_call *call);
enum err products_by_code(struct api *api, struct api_call *call);
enum err products_post(struct api *api, struct api_call *call);
enum err products_patch(struct api *api, struct api_call *call);

/* "items":[{"qty","product"}]: what a scan may mean, as of `now`. */
enum err products_put_hits(struct json_out *out, struct db *db,
    const struct scan *scan, int64_t now);

#endif
