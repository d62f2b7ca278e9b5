#include "pos/http/shifts.h"

#include <inttypes.h>

#include "base/money.h"
#include "pos/fact/read.h"
#include "pos/http/ask.h"
#include "pos/http/page.h"
#include "pos/http/show.h"
#include "pos/sell/shift.h"

enum err
shifts_post(struct api *api, struct api_call *call)
{
    static const char *const keys[] = {"till", "float", NULL};
    int64_t till = 0, float_dong = 0;
    struct json_out out;
    struct shift s;
    enum err e = json_only(call->body, keys);

    READ(ask_till(call, call->body, &till));
    READ(json_get_int(call->body, "float", 0, MONEY_MAX, &float_dong));
    READ(shift_open(api->shop, till, call->who.staff, float_dong, &s));
    if (e != OK)
        return e;
    api_json(call, 201, &out);
    show_shift(&out, &s);
    return OK;
}

static enum err
show_one(void *arg, const struct shift *s)
{
    struct page *page = arg;

    if (page_take(page, "%" PRId64, s->id))
        show_shift(&page->out, s);
    return OK;
}

enum err
shifts_list(struct api *api, struct api_call *call)
{
    static const char *const names[] = {
        "till", "open", "limit", "cursor", NULL};
    struct page page;
    int64_t till = 0, open = 0, before = INT64_MAX;
    struct db *db;
    enum err e = api_query_only(call, names);

    READ(api_query_int(call, "till", 1, 255, &till));
    READ(api_query_int(call, "open", 0, 1, &open));
    READ(page_limit(call, &page));
    READ(api_query_int(call, "cursor", 1, INT64_MAX, &before));
    READ(api_reader(api, call, &db));
    if (e != OK)
        return e;
    page_begin(call, &page);
    e = db_shift_each(db, till, open != 0, before, page.limit + 1, show_one,
        &page);
    if (e != OK)
        return e;
    page_end_items(&page);
    page_end(&page);
    return OK;
}

enum err
shifts_close(struct api *api, struct api_call *call)
{
    static const char *const keys[] = {"counted", NULL};
    int64_t id, counted = 0;
    struct json_out out;
    struct shift s;
    enum err e = api_param_id(call, "id", "s_", 1, INT64_MAX, &id);

    READ(json_only(call->body, keys));
    READ(json_get_int(call->body, "counted", 0, MONEY_MAX, &counted));
    READ(shift_close(api->shop, id, call->who.staff, counted, &s));
    if (e != OK)
        return e;
    api_json(call, 200, &out);
    show_shift(&out, &s);
    return OK;
}

/* X while it is open, Z once it is closed: one reading of the kept sums. */
enum err
shifts_report(struct api *api, struct api_call *call)
{
    struct json_out out;
    struct shift s;
    struct db *db;
    int64_t id;
    enum err e = api_param_id(call, "id", "s_", 1, INT64_MAX, &id);

    READ(api_reader(api, call, &db));
    READ(db_shift_get(db, id, &s));
    if (e != OK)
        return e;
    api_json(call, 200, &out);
    json_out_obj(&out);
    json_out_put_str(&out, "report", s.closed ? "Z" : "X");
    json_out_key(&out, "shift");
    show_shift(&out, &s);
    json_out_end_obj(&out);
    return OK;
}
