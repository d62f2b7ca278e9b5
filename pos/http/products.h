/* pos/http/products.h - the catalogue through the API. */
#ifndef POS_HTTP_PRODUCTS_H
#define POS_HTTP_PRODUCTS_H

#include "pos/http/api.h"

enum err products_list(struct api *api, struct api_call *call);
enum err products_get(struct api *api, struct api_call *call);
enum err products_by_code(struct api *api, struct api_call *call);
enum err products_post(struct api *api, struct api_call *call);
enum err products_patch(struct api *api, struct api_call *call);

#endif
