#include <string.h>

#include "pos/http/handlers.h"
#include "web_assets.h"

static const struct web_asset *
find(const char *folder, const char *name)
{
    size_t len = strlen(folder);

    for (size_t i = 0; i < web_assets_len; i++)
        if (strncmp(web_assets[i].path, folder, len) == 0 &&
            strcmp(web_assets[i].path + len, name) == 0)
            return &web_assets[i];
    return NULL;
}

/* Is `etag` among those of If-None-Match? */
static bool
has_it(const struct http_request *r, const char *etag)
{
    const char *known = http_request_header(r, "If-None-Match");

    return known && (strcmp(known, "*") == 0 || strstr(known, etag));
}

static enum err
send(struct api_call *call, const struct web_asset *a)
{
    struct http_reply *reply = call->reply;

    if (!a)
        return err_set(ERR_NO_ROUTE, "no such page");
    http_reply_header(reply, "ETag", "%s", a->etag);
    http_reply_cache(reply, a->immutable
            ? "public, max-age=31536000, immutable"
            : "no-cache");
    reply->page = true;
    if (has_it(call->request, a->etag)) {
        reply->status = 304;
        return OK;
    }
    reply->type = a->type;
    reply->fixed = a->bytes;
    reply->fixed_len = a->len;
    return OK;
}

enum err
page_get(struct api *api, struct api_call *call)
{
    (void)api;
    return send(call, find("/", ""));
}

enum err
page_manager_get(struct api *api, struct api_call *call)
{
    (void)api;
    return send(call, find("/quan-ly", ""));
}

enum err
asset_get(struct api *api, struct api_call *call)
{
    (void)api;
    return send(call, find("/assets/", api_param(call, "file")));
}
