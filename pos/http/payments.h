/* pos/http/payments.h - transfers that are waited for, and what the bank tells:
 * routes.c says which is which. */
#ifndef POS_HTTP_PAYMENTS_H
#define POS_HTTP_PAYMENTS_H

#include "pos/http/api.h"

struct transfer;

/* transfers.c */
api_fn transfers_post;
api_fn transfers_list;
api_fn transfers_get;
api_fn transfers_qr;
api_fn transfers_cancel;
api_fn transfers_confirm;

/* bank_notices.c */
api_fn bank_notices_list;
api_fn bank_notices_sepay;

/* Say to all who listen that it is not as it was.  Not a fact: no id. */
void transfers_tell(struct api *api, const struct transfer *t);

#endif
