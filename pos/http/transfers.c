/* Money that is waited for; see payments.h. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/money.h"
#include "base/settings.h"
#include "db/transfer.h"
#include "pos/fact/read.h"
#include "pos/http/ask.h"
#include "pos/http/events.h"
#include "pos/http/page.h"
#include "pos/http/payments.h"
#include "pos/http/show.h"
#include "pos/pay/qr.h"
#include "pos/pay/transfer.h"
#include "pos/sell/receipt_no.h"
#include "pos/shop.h"
#include "pos/staff/approve.h"

enum { KEY_MIN = 16 };

static void
put_till(struct json_out *o, int64_t till)
{
    char text[8];

    snprintf(text, sizeof(text), "%d", (int)till);
    json_out_put_str(o, "till", text);
}

static void
show_transfer(struct json_out *o, const struct api *api,
    const struct transfer *t)
{
    char no[RECEIPT_NO];

    json_out_obj(o);
    show_id(o, "id", "t_", t->id);
    json_out_put_str(o, "code", t->code);
    json_out_put_str(o, "state", transfer_state_name(t->state));
    json_out_put_int(o, "amount", t->amount);
    json_out_put_int(o, "received", t->received);
    json_out_put_str(o, "text", t->text);
    json_out_put_str(o, "account_name", api->settings->bank_name);
    put_till(o, t->till);
    json_out_put_str(o, "cart", t->cart[0] ? t->cart : NULL);
    json_out_put_int(o, "staff", t->staff);
    show_time(o, "created_at", t->created_at);
    if (t->confirmed_by)
        json_out_put_int(o, "confirmed_by", t->confirmed_by);
    else
        json_out_put_null(o, "confirmed_by");
    if (t->sale_id)
        receipt_no_format(api->shop->number, t->sale_id, no);
    json_out_put_str(o, "receipt_no", t->sale_id ? no : NULL);
    json_out_end_obj(o);
}

static enum err
answer(struct api *api, struct api_call *call, int status,
    const struct transfer *t)
{
    struct json_out out;

    api_json(call, status, &out);
    show_transfer(&out, api, t);
    return OK;
}

void
transfers_tell(struct api *api, const struct transfer *t)
{
    struct json_out out;
    struct buf text;

    if (!api->events)
        return;
    buf_init(&text, 256);
    json_out_init(&out, &text);
    json_out_obj(&out);
    show_id(&out, "transfer", "t_", t->id);
    json_out_put_str(&out, "code", t->code);
    json_out_put_str(&out, "state", transfer_state_name(t->state));
    put_till(&out, t->till);
    json_out_end_obj(&out);
    json_out_end(&out);
    events_say(api->events, "transfer", text.data);
    buf_finish(&text);
}

/* As Idempotency-Key is: it will be that of the sale. */
static enum err
read_key(const struct json *body, const char **key_out)
{
    enum err e = json_get_str(body, "key", DB_KEY - 1, key_out);
    bool good = e == OK && strlen(*key_out) >= KEY_MIN;

    for (const char *c = e == OK ? *key_out : ""; *c; c++)
        good = good && *c > ' ' && *c <= '~';
    if (e != OK || good)
        return e;
    json_blame(body, "key");
    return err_set(ERR_FIELD_VALUE, "16 to 64 visible characters are needed");
}

enum err
transfers_post(struct api *api, struct api_call *call)
{
    static const char *const keys[] = {"cart", "till", "amount", "key", NULL};
    struct transfer_ask ask = {.staff = call->who.staff};
    struct transfer t;
    char cart[TRANSFER_CART];
    int64_t cart_id = 0;
    bool seen = false;
    enum err e = json_only(call->body, keys);

    READ(ask_till(call, call->body, &ask.till));
    READ(ask_opt_id(call->body, "cart", "b_", &cart_id));
    READ(json_get_int(call->body, "amount", 1, MONEY_MAX, &ask.amount));
    READ(read_key(call->body, &ask.key));
    snprintf(cart, sizeof(cart), "b_%" PRId64, cart_id);
    ask.cart = cart_id ? cart : NULL;
    READ(transfer_make(api->shop, &ask, &t, &seen));
    if (e != OK)
        return e;
    if (seen)
        http_reply_header(call->reply, "Idempotent-Replayed", "true");
    else
        transfers_tell(api, &t);
    return answer(api, call, seen ? 200 : 201, &t);
}

struct listing {
    struct page page;
    const struct api *api;
};

static enum err
show_row(void *arg, const struct transfer *t)
{
    struct listing *l = arg;

    if (page_take(&l->page, "%" PRId64, t->id))
        show_transfer(&l->page.out, l->api, t);
    return OK;
}

static enum err
read_state(const struct api_call *call, enum transfer_state *state_out)
{
    const char *word = "";
    enum err e = api_query_str(call, "state", 16, &word);

    if (e != OK || !*word)
        return e;
    *state_out = transfer_state_parse(word);
    if (*state_out)
        return OK;
    err_at("state");
    err_arg("field", "state");
    return err_set(ERR_FIELD_VALUE, "no state \"%s\" of a transfer", word);
}

/* With a state only what has paid nothing yet, but of cancelled ones: that is
 * what a till and a closing shift ask for. */
enum err
transfers_list(struct api *api, struct api_call *call)
{
    static const char *const names[] = {"state", "limit", "cursor", NULL};
    struct listing l = {.api = api};
    enum transfer_state state = 0;
    int64_t before = INT64_MAX;
    struct db *db;
    enum err e = api_query_only(call, names);

    READ(read_state(call, &state));
    READ(page_limit(call, &l.page));
    READ(api_query_int(call, "cursor", 1, INT64_MAX, &before));
    READ(api_reader(api, call, &db));
    if (e != OK)
        return e;
    page_begin(call, &l.page);
    e = db_transfer_each(
        db, state, state != 0, before, l.page.limit + 1, show_row, &l);
    if (e != OK)
        return e;
    page_end_items(&l.page);
    page_end(&l.page);
    return OK;
}

static enum err
id_of(const struct api_call *call, int64_t *id_out)
{
    return api_param_id(call, "id", "t_", 1, INT64_MAX, id_out);
}

static enum err
find(struct api *api, struct api_call *call, struct transfer *out)
{
    struct db *db;
    int64_t id = 0;
    enum err e = id_of(call, &id);

    READ(api_reader(api, call, &db));
    READ(db_transfer_get(db, id, out));
    return e;
}

enum err
transfers_get(struct api *api, struct api_call *call)
{
    struct transfer t;
    enum err e = find(api, call, &t);

    return e == OK ? answer(api, call, 200, &t) : e;
}

enum err
transfers_qr(struct api *api, struct api_call *call)
{
    static const char *const names[] = {"module", NULL};
    int64_t module = PAY_QR_MODULE;
    struct transfer t;
    enum err e = api_query_only(call, names);

    READ(api_query_int(call, "module", 1, PAY_QR_MODULE_MAX, &module));
    READ(find(api, call, &t));
    if (e != OK)
        return e;
    call->reply->status = 200;
    call->reply->type = "image/png";
    return pay_qr_png(t.text, (int)module, &call->reply->body);
}

enum err
transfers_cancel(struct api *api, struct api_call *call)
{
    struct transfer t;
    int64_t id = 0;
    enum err e = id_of(call, &id);

    READ(transfer_cancel(
        api->shop, id, call->who.role >= ROLE_MANAGER, &t));
    if (e != OK)
        return e;
    transfers_tell(api, &t);
    return answer(api, call, 200, &t);
}

enum err
transfers_confirm(struct api *api, struct api_call *call)
{
    static const char *const keys[] = {"approval", NULL};
    const struct json *approval;
    struct transfer t;
    int64_t id = 0, by = 0;
    enum err e = json_only(call->body, keys);

    READ(id_of(call, &id));
    READ(json_get_obj(call->body, "approval", &approval));
    READ(find(api, call, &t)); /* before a PIN is asked of anybody */
    if (e != OK)
        return e;
    api_reader_done(api, call);
    READ(approve(api->writer, call->who.where, approval, ROLE_CASHIER, &by));
    READ(transfer_confirm(api->shop, id, call->who.staff, by, &t));
    return e == OK ? answer(api, call, 200, &t) : e;
}
