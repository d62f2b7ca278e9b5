#include "pos/http/carts.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "pos/fact/read.h"
#include "pos/http/ask.h"
#include "pos/http/cart_ask.h"
#include "pos/http/events.h"
#include "pos/http/page.h"
#include "pos/http/products.h"
#include "pos/http/show.h"
#include "pos/sell/cart_look.h"
#include "pos/shop.h"

void
carts_say(struct api *api, const struct cart *c, const char *state)
{
    char data[160];

    if (!api->events)
        return;
    snprintf(data, sizeof(data), "{\"cart\":\"b_%" PRId64
        "\",\"version\":%" PRId64 ",\"till\":\"%d\",\"state\":\"%s\"}",
        c->id, c->version, (int)c->till, state);
    events_say(api->events, "cart", data);
}

static enum err
id_of(const struct api_call *call, int64_t *id_out)
{
    return api_param_id(call, "id", "b_", 1, INT64_MAX, id_out);
}

/* The cart as it is now, as the one value of `o`. */
static enum err
put_cart(struct api *api, struct api_call *call, int64_t id,
    struct json_out *o)
{
    struct cart_view view;
    struct cart cart;
    struct db *db;
    enum err e = api_reader(api, call, &db);

    READ(cart_get(db, api->shop->number, id, &cart));
    if (e != OK)
        return e;
    e = cart_look(db, api->shop, &cart, &view);
    if (e == OK)
        cart_show(o, &view);
    cart_view_finish(&view);
    return e;
}

static enum err
answer(struct api *api, struct api_call *call, int64_t id, int status,
    bool replayed)
{
    struct json_out out;

    api_json(call, status, &out);
    if (replayed)
        http_reply_header(call->reply, "Idempotent-Replayed", "true");
    return put_cart(api, call, id, &out);
}

void
carts_tell_changed(struct api *api, struct api_call *call, int64_t id)
{
    struct err_state why;
    struct json_out out;

    err_save(&why);
    api_reader_done(api, call); /* what it is now, not as it was before */
    buf_clear(&call->problem);
    json_out_init(&out, &call->problem);
    json_out_obj(&out);
    json_out_key(&out, "cart");
    if (put_cart(api, call, id, &out) == OK)
        json_out_end_obj(&out);
    else
        buf_clear(&call->problem); /* sold or gone a moment ago */
    err_load(&why);
}

/* The products that the code may mean. */
static void
tell_choice(struct api *api, struct api_call *call, const char *code)
{
    int64_t now = clock_now();
    struct err_state why;
    struct json_out out;
    struct scan scan;
    struct db *db;
    enum err e;

    err_save(&why);
    buf_clear(&call->problem);
    json_out_init(&out, &call->problem);
    json_out_obj(&out);
    e = api_reader(api, call, &db);
    READ(scan_read(db, code, clock_day(now), &scan));
    READ(products_put_hits(&out, db, &scan, now));
    if (e == OK)
        json_out_end_obj(&out);
    else
        buf_clear(&call->problem);
    err_load(&why);
}

enum err
carts_post(struct api *api, struct api_call *call)
{
    static const char *const keys[] = {"till", "key", "label", NULL};
    struct cart_open ask = {.staff = call->who.staff};
    struct cart_done done;
    struct buf label;
    enum err e = json_only(call->body, keys);

    buf_init(&label, 2048);
    READ(ask_till(call, call->body, &ask.till));
    READ(cart_ask_key(call->body, "key", false, &ask.key));
    READ(ask_text(call->body, "label", CART_LABEL - 1, false, &label,
        &ask.label));
    READ(cart_open(api->shop, &ask, &done));
    buf_finish(&label);
    if (e != OK)
        return e;
    if (!done.replayed)
        carts_say(api, &done.cart, "open");
    return answer(api, call, done.cart.id, done.replayed ? 200 : 201,
        done.replayed);
}

enum err
carts_get(struct api *api, struct api_call *call)
{
    int64_t id;
    enum err e = id_of(call, &id);

    return e == OK ? answer(api, call, id, 200, false) : e;
}

enum err
carts_patch(struct api *api, struct api_call *call)
{
    struct cart_asked *asked = mem_new(1, sizeof(*asked));
    struct cart_done done = {.at = 0};
    enum err e = cart_asked_read(call, asked);

    READ(id_of(call, &asked->ask.cart_id));
    READ(cart_change(api->shop, &asked->ask, &done));
    if (e == ERR_CART_CHANGED)
        carts_tell_changed(api, call, asked->ask.cart_id);
    if (e == ERR_CHOOSE)
        tell_choice(api, call, asked->dos[done.at].code);
    cart_asked_finish(asked);
    mem_free(asked);
    if (e != OK)
        return e;
    if (!done.replayed)
        carts_say(api, &done.cart, cart_state_name(done.cart.state));
    return answer(api, call, done.cart.id, 200, done.replayed);
}

enum err
carts_delete(struct api *api, struct api_call *call)
{
    static const char *const names[] = {"version", NULL};
    struct cart_ask ask = {.staff = call->who.staff};
    struct cart_done done;
    enum err e = id_of(call, &ask.cart_id);

    if (call->who.via == API_VIA_SESSION)
        ask.own_till = call->who.till;
    READ(api_query_only(call, names));
    READ(api_query_int(call, "version", 1, INT64_MAX - 1, &ask.version));
    ask.any_version = !ask.version;
    READ(cart_remove(api->shop, &ask, &done));
    if (e == ERR_CART_CHANGED)
        carts_tell_changed(api, call, ask.cart_id);
    if (e != OK)
        return e;
    carts_say(api, &done.cart, "void");
    api_empty(call);
    return OK;
}

struct listing {
    struct page page;
    struct api *api;
    struct db *db;
};

static enum err
show_row(void *arg, const struct cart *c)
{
    struct listing *l = arg;
    struct cart_view view;
    enum err e;

    if (!page_take(&l->page, "%" PRId64, c->id))
        return OK;
    e = cart_look(l->db, l->api->shop, c, &view);
    if (e == OK)
        cart_show_short(&l->page.out, &view);
    cart_view_finish(&view);
    return e;
}

static enum err
read_state(const struct api_call *call, struct cart_filter *filter)
{
    const char *word = "";
    enum err e = api_query_str(call, "state", 20, &word);

    if (e != OK || !*word)
        return e;
    for (int s = CART_OPEN; s < CART_SOLD; s++)
        if (strcmp(word, cart_state_name((enum cart_state)s)) == 0) {
            filter->state = (enum cart_state)s;
            return OK;
        }
    err_at("state");
    err_arg("case", "words");
    err_arg("field", "state");
    err_arg("words", "open, parked, waiting");
    return err_set(ERR_FIELD_VALUE, "no state \"%s\" of a cart", word);
}

enum err
carts_list(struct api *api, struct api_call *call)
{
    static const char *const names[] = {
        "till", "state", "limit", "cursor", NULL};
    struct cart_filter filter = {.after = 0};
    struct listing l = {.api = api};
    enum err e = api_query_only(call, names);

    READ(page_limit(call, &l.page));
    READ(api_query_int(call, "till", 1, 255, &filter.till));
    READ(api_query_int(call, "cursor", 1, INT64_MAX - 1, &filter.after));
    READ(read_state(call, &filter));
    READ(api_reader(api, call, &l.db));
    if (e != OK)
        return e;
    page_begin(call, &l.page);
    filter.limit = l.page.limit + 1;
    e = db_cart_each(l.db, &filter, show_row, &l);
    if (e != OK)
        return e;
    page_end_items(&l.page);
    page_end(&l.page);
    return OK;
}
