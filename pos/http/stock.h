/* pos/http/stock.h - goods received, what stands where, and why. */
#ifndef POS_HTTP_STOCK_H
#define POS_HTTP_STOCK_H

#include "pos/http/api.h"

enum err receivings_post(struct api *api, struct api_call *call);
enum err stock_list(struct api *api, struct api_call *call);
enum err stock_moves(struct api *api, struct api_call *call);

#endif
