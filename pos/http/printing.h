/* pos/http/printing.h - printers and what they print, through the API: routes.c
 * says which is which. */
#ifndef POS_HTTP_PRINTING_H
#define POS_HTTP_PRINTING_H

#include "pos/http/api.h"

/* printers.c */
enum err printers_list(struct api *api, struct api_call *call);
enum err printers_test(struct api *api, struct api_call *call);

/* print_jobs.c */
enum err print_jobs_list(struct api *api, struct api_call *call);
enum err print_jobs_get(struct api *api, struct api_call *call);
enum err print_jobs_answer(struct api *api, struct api_call *call);
enum err print_jobs_cancel(struct api *api, struct api_call *call);

#endif
