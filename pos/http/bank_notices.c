/* What the bank tells of money that came; see payments.h. */
#include <inttypes.h>

#include "base/clock.h"
#include "base/settings.h"
#include "db/transfer.h"
#include "pos/fact/read.h"
#include "pos/http/page.h"
#include "pos/http/payments.h"
#include "pos/http/show.h"
#include "pos/pay/notice.h"
#include "pos/shop.h"

enum err
bank_notices_sepay(struct api *api, struct api_call *call)
{
    const struct http_request *r = call->request;
    struct bank_notice notice;
    struct transfer transfer;
    struct json_out out;
    bool told = false;
    enum err e = notice_check(api->settings, clock_now(),
        http_request_header(r, "X-SePay-Timestamp"),
        http_request_header(r, "X-SePay-Signature"), r->body, r->body_len);

    READ(notice_take(api->shop, call->body, &notice, &transfer, &told));
    if (e != OK)
        return e;
    if (told && transfer.id)
        transfers_tell(api, &transfer);
    api_json(call, 200, &out);
    json_out_obj(&out);
    json_out_put_bool(&out, "success", true);
    json_out_end_obj(&out);
    return OK;
}

static enum err
show_row(void *arg, const struct bank_notice *n)
{
    struct page *page = arg;
    struct json_out *o = &page->out;

    if (!page_take(page, "%" PRId64, n->id))
        return OK;
    json_out_obj(o);
    show_id(o, "id", "bn_", n->id);
    json_out_put_str(o, "source", "sepay");
    json_out_put_int(o, "number", n->number);
    show_time(o, "at", n->at);
    json_out_put_int(o, "amount", n->amount);
    json_out_put_str(o, "code", n->code[0] ? n->code : NULL);
    json_out_put_str(o, "content", n->content);
    json_out_put_str(o, "reference", n->reference);
    json_out_put_str(o, "state", bank_notice_state_name(n->state));
    if (n->transfer_id)
        show_id(o, "transfer", "t_", n->transfer_id);
    else
        json_out_put_null(o, "transfer");
    json_out_end_obj(o);
    return OK;
}

static enum err
read_state(const struct api_call *call, enum bank_notice_state *state_out)
{
    const char *word = "";
    enum err e = api_query_str(call, "state", 16, &word);

    if (e != OK || !*word)
        return e;
    *state_out = bank_notice_state_parse(word);
    if (*state_out)
        return OK;
    err_at("state");
    err_arg("field", "state");
    return err_set(ERR_FIELD_VALUE, "no state \"%s\" of a notice", word);
}

/* Without a state: all that found no bill of its amount. */
enum err
bank_notices_list(struct api *api, struct api_call *call)
{
    static const char *const names[] = {"state", "limit", "cursor", NULL};
    enum bank_notice_state state = 0;
    int64_t before = INT64_MAX;
    struct page page;
    struct db *db;
    enum err e = api_query_only(call, names);

    READ(read_state(call, &state));
    READ(page_limit(call, &page));
    READ(api_query_int(call, "cursor", 1, INT64_MAX, &before));
    READ(api_reader(api, call, &db));
    if (e != OK)
        return e;
    page_begin(call, &page);
    e = db_bank_notice_each(
        db, state, state == 0, before, page.limit + 1, show_row, &page);
    if (e != OK)
        return e;
    page_end_items(&page);
    page_end(&page);
    return OK;
}
