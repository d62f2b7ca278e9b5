/* pos/http/books.h - the journal through the API. */
#ifndef POS_HTTP_BOOKS_H
#define POS_HTTP_BOOKS_H

#include "pos/http/api.h"

enum err journal_list(struct api *api, struct api_call *call);

#endif
