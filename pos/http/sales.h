/* pos/http/sales.h - receipts through the API: routes.c says which is which. */
#ifndef POS_HTTP_SALES_H
#define POS_HTTP_SALES_H

#include "pos/http/api.h"

enum err sales_post(struct api *api, struct api_call *call);
enum err sales_list(struct api *api, struct api_call *call);
enum err sales_get(struct api *api, struct api_call *call);
enum err sales_refund(struct api *api, struct api_call *call);
enum err sales_png(struct api *api, struct api_call *call);
enum err sales_escpos(struct api *api, struct api_call *call);
enum err sales_reprint(struct api *api, struct api_call *call);

#endif
