/* pos/http/books.h - the registry's list here, and the journal. */
#ifndef POS_HTTP_BOOKS_H
#define POS_HTTP_BOOKS_H

#include "pos/http/api.h"

enum err certified_list(struct api *api, struct api_call *call);
enum err journal_list(struct api *api, struct api_call *call);

#endif
