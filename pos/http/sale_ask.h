/* pos/http/sale_ask.h - the body of POST /api/v1/sales, read. */
#ifndef POS_HTTP_SALE_ASK_H
#define POS_HTTP_SALE_ASK_H

#include "base/buf.h"
#include "pos/http/api.h"
#include "pos/sell/sale.h"

/* What was asked, with what its pointers point to. */
struct sale_asked {
    struct sale_ask ask;
    struct sale_ask_line *lines;
    struct sale_ask_payment payments[SALE_PAYMENTS_MAX];
    struct buf references[SALE_PAYMENTS_MAX]; /* as cleaned */
    struct buf note;
};

/* Read it, the manager's approval included (which is checked here and may
 * take a while).  sale_asked_finish in every case. */
enum err sale_asked_read(struct api *api, struct api_call *call,
    struct sale_asked *out);
void sale_asked_finish(struct sale_asked *a);

#endif
