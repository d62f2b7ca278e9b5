/* pos/http/labels.h - shelf labels and price tags. */
#ifndef POS_HTTP_LABELS_H
#define POS_HTTP_LABELS_H

#include "pos/http/api.h"

/* GET /api/v1/products/{id}/label.png?kind=shelf|price&lot=l_9&printer=ID */
api_fn labels_png;
/* POST /api/v1/labels */
api_fn labels_post;

#endif
