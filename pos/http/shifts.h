/* pos/http/shifts.h - shifts through the API. */
#ifndef POS_HTTP_SHIFTS_H
#define POS_HTTP_SHIFTS_H

#include "pos/http/api.h"

enum err shifts_post(struct api *api, struct api_call *call);
enum err shifts_list(struct api *api, struct api_call *call);
enum err shifts_close(struct api *api, struct api_call *call);
enum err shifts_report(struct api *api, struct api_call *call);
enum err shifts_print(struct api *api, struct api_call *call);

/* cash.c */
enum err shifts_cash(struct api *api, struct api_call *call);
enum err shifts_cash_list(struct api *api, struct api_call *call);
enum err drawer_open(struct api *api, struct api_call *call);

#endif
