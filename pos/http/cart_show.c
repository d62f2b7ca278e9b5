/* A cart as the API writes it; see carts.h. */
#include <inttypes.h>
#include <stdio.h>

#include "base/json_out.h"
#include "pos/http/carts.h"
#include "pos/http/show.h"
#include "pos/sell/cart_look.h"

/* What a line, or the bill, is marked with: for each why, one word. */
static const struct {
    unsigned used, stops;
    const char *word;
} notes[] = {
    {OVERRIDE_STOCK_SHORT, STOP_SHORT, "short"},
    {OVERRIDE_LOT_EXPIRED, 0, "expired"},
    {OVERRIDE_WITHDRAWN, 0, "withdrawn"},
    {0, STOP_RECALLED, "recalled"},
    {OVERRIDE_DISCOUNT, STOP_DISCOUNT, "discount"},
    {OVERRIDE_PRICE, 0, "price"},
    {0, STOP_RETIRED, "retired"},
    {0, STOP_NO_PRICE, "no_price"},
};

static void
put_notes(struct json_out *o, unsigned used, unsigned stops, bool expiring)
{
    json_out_key(o, "notes");
    json_out_arr(o);
    for (size_t i = 0; i < sizeof(notes) / sizeof(notes[0]); i++)
        if ((used & notes[i].used) || (stops & notes[i].stops))
            json_out_str(o, notes[i].word);
    if (expiring)
        json_out_str(o, "expiring");
    json_out_end_arr(o);
}

static void
put_needs(struct json_out *o, unsigned used)
{
    if (used)
        json_out_put_str(o, "needs", "manager");
    else
        json_out_put_null(o, "needs");
}

static void
put_line(struct json_out *o, const struct cart_view *v, size_t i)
{
    const struct cart_line *asked = &v->asked[i];
    const struct sale_line *l = &v->lines[i];
    const struct look *look = &v->looks[i];
    int64_t share = l->discount - look->own_discount;

    json_out_obj(o);
    json_out_put_int(o, "line", asked->n);
    show_id(o, "product", "p_", l->product_id);
    json_out_put_str(o, "name", l->name);
    json_out_put_str(o, "unit", l->unit);
    json_out_put_milli(o, "qty", l->qty_milli);
    json_out_put_int(o, "price", l->price);
    json_out_put_int(o, "list_price", look->list_price);
    json_out_put_int(o, "discount", look->own_discount);
    json_out_put_int(o, "amount", l->amount + share);
    json_out_put_int(o, "share", share);
    if (asked->lot_id)
        show_id(o, "lot", "l_", asked->lot_id);
    else
        json_out_put_null(o, "lot");
    if (look->stocked)
        json_out_put_milli(o, "stock", look->stock_milli);
    else
        json_out_put_null(o, "stock");
    show_line_ocop(o, &l->ocop);
    put_notes(o, look->used, look->stops, cart_expiring(v, i));
    put_needs(o, look->used);
    json_out_end_obj(o);
}

static void
put_discount(struct json_out *o, const struct cart_view *v)
{
    if (!v->cart.percent && !v->cart.discount) {
        json_out_put_null(o, "discount");
        return;
    }
    json_out_key(o, "discount");
    json_out_obj(o);
    if (v->cart.percent)
        json_out_put_milli(o, "percent", v->cart.percent);
    else
        json_out_put_null(o, "percent");
    json_out_put_int(o, "amount", v->off);
    json_out_end_obj(o);
}

static void
put_override(struct json_out *o, unsigned used)
{
    json_out_key(o, "override");
    json_out_arr(o);
    for (unsigned bit = 1; bit <= OVERRIDE_ALL; bit <<= 1)
        if (used & bit)
            json_out_str(o, override_name(bit));
    json_out_end_arr(o);
}

static void
put_head(struct json_out *o, const struct cart_view *v)
{
    const struct cart *c = &v->cart;
    char till[8];

    snprintf(till, sizeof(till), "%d", (int)c->till);
    show_id(o, "id", "b_", c->id);
    json_out_put_int(o, "version", c->version);
    json_out_put_str(o, "till", till);
    json_out_put_str(o, "state", cart_state_name(c->state));
    json_out_put_str(o, "label", c->label);
    json_out_put_str(o, "key", c->key);
}

static void
put_foot(struct json_out *o, const struct cart_view *v)
{
    json_out_put_int(o, "total", v->total);
    put_needs(o, v->used);
    json_out_put_int(o, "staff", v->cart.staff);
    show_time(o, "created_at", v->cart.created_at);
    show_time(o, "changed_at", v->cart.changed_at);
}

void
cart_show(struct json_out *o, const struct cart_view *v)
{
    json_out_obj(o);
    put_head(o, v);
    json_out_put_str(o, "note", v->cart.note);
    json_out_key(o, "lines");
    json_out_arr(o);
    for (size_t i = 0; i < v->len; i++)
        put_line(o, v, i);
    json_out_end_arr(o);
    json_out_put_int(o, "subtotal", v->subtotal);
    put_discount(o, v);
    json_out_put_int(o, "rounded", v->rounded);
    put_notes(o, v->used, v->stops, false);
    put_override(o, v->used);
    put_foot(o, v);
    json_out_end_obj(o);
}

void
cart_show_short(struct json_out *o, const struct cart_view *v)
{
    json_out_obj(o);
    put_head(o, v);
    json_out_put_int(o, "lines_count", (int64_t)v->len);
    put_foot(o, v);
    json_out_end_obj(o);
}
