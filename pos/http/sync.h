/* pos/http/sync.h - how the lists of certified products stand, and asking the
 * registry now. */
#ifndef POS_HTTP_SYNC_H
#define POS_HTTP_SYNC_H

#include "pos/http/api.h"

enum err sync_get(struct api *api, struct api_call *call);
enum err sync_post(struct api *api, struct api_call *call);
enum err sync_changes(struct api *api, struct api_call *call);

#endif
