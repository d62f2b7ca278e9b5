/* pos/http/certified.h - certified products through the API: the lists, and
 * which product is which. */
#ifndef POS_HTTP_CERTIFIED_H
#define POS_HTTP_CERTIFIED_H

#include <stdint.h>

#include "base/json_out.h"
#include "db/certified.h"
#include "pos/http/api.h"

struct db;

/* The members of a certified product into the object that is begun: all of the
 * record, judged as of `today`, the list it stands in, what of it is here. */
enum err show_certified(struct json_out *o, struct db *db,
    const struct certified *c, int32_t today);

enum err certified_list(struct api *api, struct api_call *call);

enum err certificates_get(struct api *api, struct api_call *call);
enum err certificates_put(struct api *api, struct api_call *call);
enum err certificates_delete(struct api *api, struct api_call *call);

#endif
