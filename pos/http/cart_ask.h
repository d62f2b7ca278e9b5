/* pos/http/cart_ask.h - the body of PATCH /api/v1/carts/{id}, read. */
#ifndef POS_HTTP_CART_ASK_H
#define POS_HTTP_CART_ASK_H

#include "base/buf.h"
#include "pos/http/api.h"
#include "pos/sell/cart.h"

/* What was asked, with what its pointers point to. */
struct cart_asked {
    struct cart_ask ask;
    uint8_t digest[32];
    struct cart_do dos[CART_DOS_MAX];
    struct buf texts[CART_DOS_MAX]; /* as cleaned */
};

/* cart_asked_finish in every case. */
enum err cart_asked_read(const struct api_call *call, struct cart_asked *out);
void cart_asked_finish(struct cart_asked *a);

/* 16 to 64 visible ASCII signs: a key or an op. */
enum err cart_ask_key(const struct json *obj, const char *name,
    bool required, const char **out);

#endif
