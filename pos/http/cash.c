/* What happens at a drawer without a receipt; see shifts.h. */
#include <inttypes.h>
#include <stdio.h>

#include "base/money.h"
#include "pos/fact/read.h"
#include "pos/http/ask.h"
#include "pos/http/page.h"
#include "pos/http/shifts.h"
#include "pos/http/show.h"
#include "pos/sell/cash.h"

static void
put_move(struct json_out *o, const struct cash_move *m)
{
    char till[8];

    snprintf(till, sizeof(till), "%d", (int)m->till);
    json_out_obj(o);
    show_id(o, "id", "c_", m->id);
    json_out_put_str(o, "kind", cash_kind_name(m->kind));
    if (m->kind != CASH_DRAWER)
        json_out_put_int(o, "amount", m->amount);
    json_out_put_str(o, "reason", m->reason);
    json_out_put_str(o, "till", till);
    if (m->shift_id)
        show_id(o, "shift", "s_", m->shift_id);
    else
        json_out_put_null(o, "shift");
    json_out_put_int(o, "staff", m->staff);
    show_time(o, "at", m->at);
    json_out_end_obj(o);
}

static enum err
commit(struct api *api, struct api_call *call, struct cash_ask *ask)
{
    struct cash_done done;
    struct cash_move move;
    struct json_out out;
    struct db *db;
    enum err e;

    ask->staff = call->who.staff;
    ask->key = call->key;
    ask->digest = call->digest;
    e = cash_commit(api->shop, ask, &done);
    READ(api_reader(api, call, &db));
    READ(db_cash_get(db, done.move_id, &move));
    if (e != OK)
        return e;
    api_json(call, done.replayed ? 200 : 201, &out);
    if (done.replayed)
        http_reply_header(call->reply, "Idempotent-Replayed", "true");
    put_move(&out, &move);
    return OK;
}

/* {"in":200000} or {"out":200000}: one of them. */
static enum err
read_amount(const struct json *body, struct cash_ask *ask)
{
    bool in = json_has(body, "in"), out = json_has(body, "out");

    ask->kind = out ? CASH_OUT : CASH_IN;
    if (!in || !out)
        return json_get_int(
            body, out ? "out" : "in", 1, MONEY_MAX, &ask->amount);
    json_blame(body, "out");
    err_arg("case", "both");
    err_arg("other", "in");
    return err_set(ERR_FIELD_VALUE, "in and out");
}

enum err
shifts_cash(struct api *api, struct api_call *call)
{
    static const char *const keys[] = {"in", "out", "reason", NULL};
    struct cash_ask ask = {.till = call->who.till};
    struct buf reason;
    enum err e = api_param_id(call, "id", "s_", 1, INT64_MAX, &ask.shift_id);

    buf_init(&reason, 1024);
    READ(json_only(call->body, keys));
    READ(read_amount(call->body, &ask));
    READ(ask_text(call->body, "reason", CASH_REASON - 1, true, &reason,
        &ask.reason));
    READ(commit(api, call, &ask));
    buf_finish(&reason);
    return e;
}

enum err
drawer_open(struct api *api, struct api_call *call)
{
    static const char *const keys[] = {"till", "reason", NULL};
    struct cash_ask ask = {.kind = CASH_DRAWER};
    struct buf reason;
    enum err e = json_only(call->body, keys);

    buf_init(&reason, 1024);
    READ(ask_till(call, call->body, &ask.till));
    READ(ask_text(call->body, "reason", CASH_REASON - 1, true, &reason,
        &ask.reason));
    READ(commit(api, call, &ask));
    buf_finish(&reason);
    return e;
}

static enum err
show_one(void *arg, const struct cash_move *m)
{
    struct page *page = arg;

    if (page_take(page, "%" PRId64, m->id))
        put_move(&page->out, m);
    return OK;
}

enum err
shifts_cash_list(struct api *api, struct api_call *call)
{
    static const char *const names[] = {"limit", "cursor", NULL};
    int64_t id, before = INT64_MAX;
    struct shift shift;
    struct page page;
    struct db *db;
    enum err e = api_query_only(call, names);

    READ(api_param_id(call, "id", "s_", 1, INT64_MAX, &id));
    READ(page_limit(call, &page));
    READ(api_query_int(call, "cursor", 1, INT64_MAX, &before));
    READ(api_reader(api, call, &db));
    READ(db_shift_get(db, id, &shift));
    if (e != OK)
        return e;
    page_begin(call, &page);
    e = db_cash_each(db, id, before, page.limit + 1, show_one, &page);
    page_end_items(&page);
    page_end(&page);
    return e;
}
