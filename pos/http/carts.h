/* pos/http/carts.h - open bills through the API: routes.c says which is
 * which. */
#ifndef POS_HTTP_CARTS_H
#define POS_HTTP_CARTS_H

#include "pos/http/api.h"
#include "pos/sell/cart.h"

struct cart_view;

api_fn carts_post;
api_fn carts_list;
api_fn carts_get;
api_fn carts_patch;
api_fn carts_delete;

/* Tell listeners that it is another now; `state` "void" when it is gone. */
void carts_say(struct api *api, const struct cart *c, const char *state);

/* After ERR_CART_CHANGED: the cart as it is, beside the problem. */
void carts_tell_changed(struct api *api, struct api_call *call, int64_t id);

/* cart_show.c: the whole of it, and what a list tells of it. */
void cart_show(struct json_out *o, const struct cart_view *v);
void cart_show_short(struct json_out *o, const struct cart_view *v);

#endif
