#include "db/writer.h"
#include "pos/http/handlers.h"

enum err
health_get(struct api *api, struct api_call *call)
{
    bool ok = writer_ok(api->writer);
    struct json_out out;

    api_json(call, ok ? 200 : 503, &out);
    json_out_obj(&out);
    json_out_put_str(&out, "status", ok ? "ok" : "cannot write");
    json_out_end_obj(&out);
    json_out_end(&out);
    if (!ok)
        http_reply_header(call->reply, "Retry-After", "5");
    return OK;
}
