#include "pos/http/sales.h"

#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/settings.h"
#include "drivers/escpos.h"
#include "drivers/png.h"
#include "pos/fact/read.h"
#include "pos/http/ask.h"
#include "pos/http/carts.h"
#include "pos/http/sale_ask.h"
#include "pos/http/show.h"
#include "pos/print/draw.h"
#include "pos/print/printers.h"
#include "pos/print/reprint.h"
#include "pos/sell/refund.h"
#include "pos/shop.h"

/* The receipt a write made, or made before. */
static enum err
answer(struct api *api, struct api_call *call, const struct sale_done *done)
{
    struct json_out out;
    struct receipt r;
    struct db *db;
    enum err e = api_reader(api, call, &db);

    if (e == OK)
        e = receipt_read(db, api->shop, done->sale_id, &r);
    if (e != OK)
        return e;
    api_json(call, done->replayed ? 200 : 201, &out);
    if (done->replayed)
        http_reply_header(call->reply, "Idempotent-Replayed", "true");
    e = show_receipt(&out, &r, api->shop);
    receipt_finish(&r);
    return e;
}

/* The lines as they would be sold now, beside the problem. */
static void
tell_quote(struct api_call *call, const struct sale_quote *quote)
{
    struct json_out out;

    buf_clear(&call->problem);
    json_out_init(&out, &call->problem);
    json_out_obj(&out);
    json_out_put_int(&out, "total", quote->total);
    show_lines(&out, quote->lines, quote->lines_len, NULL);
    json_out_end_obj(&out);
}

/* A repeated request finds its receipt before anything of it is judged again:
 * a manager's PIN in it was right then, whatever it is now. */
static enum err
seen(struct api *api, struct api_call *call, struct sale_done *done)
{
    struct db *db;
    enum err e = api_reader(api, call, &db);

    return e == OK ? request_seen(db, call->key, call->digest, REQUEST_RECEIPT,
                         done)
                   : e;
}

static void
say_sold(struct api *api, const struct sale_ask *ask,
    const struct sale_done *done)
{
    struct cart cart = {.id = ask->cart_id, .version = done->cart_version,
        .till = ask->till};

    carts_say(api, &cart, "sold");
}

enum err
sales_post(struct api *api, struct api_call *call)
{
    struct sale_asked asked;
    struct sale_done done;
    struct sale_quote quote = {0};
    enum err e = seen(api, call, &done);

    if (e != OK || done.replayed)
        return e == OK ? answer(api, call, &done) : e;
    e = sale_asked_read(api, call, &asked);
    if (e == OK) {
        api_reader_done(api, call);
        e = sale_commit(api->shop, &asked.ask, &done, &quote);
    }
    if (e == ERR_PRICE_CHANGED)
        tell_quote(call, &quote);
    if (e == ERR_CART_CHANGED)
        carts_tell_changed(api, call, asked.ask.cart_id);
    if (e == OK && asked.ask.cart_id && !done.replayed)
        say_sold(api, &asked.ask, &done);
    sale_quote_finish(&quote);
    sale_asked_finish(&asked);
    return e == OK ? answer(api, call, &done) : e;
}

static enum err
read_refund_lines(const struct json *body, struct refund_ask_line *lines,
    size_t *len_out)
{
    static const char *const keys[] = {"line", "qty", "to", NULL};
    static const char *const accounts[] = {"shelf", "damaged", NULL};
    const struct json *list = NULL;
    enum err e = json_opt_arr(body, "lines", SALE_LINES_MAX, &list);

    *len_out = json_len(list);
    for (size_t i = 0; e == OK && i < *len_out; i++) {
        const struct json *v = json_at(list, i);
        int to = 0;

        READ(json_only(v, keys));
        READ(json_get_int(v, "line", 1, SALE_LINES_MAX, &lines[i].line));
        READ(json_get_milli(v, "qty", 1, INT32_MAX, &lines[i].qty_milli));
        READ(json_opt_word(v, "to", accounts, &to));
        lines[i].to = to ? ACCOUNT_DAMAGED : ACCOUNT_SHELF;
    }
    if (e == OK && list && *len_out == 0) {
        json_blame(body, "lines");
        err_arg("case", "empty");
        e = err_set(ERR_FIELD_VALUE, "no lines to give back");
    }
    return e;
}

static enum err
receipt_param(struct api *api, struct api_call *call, int64_t *id_out)
{
    return receipt_no_parse(api_param(call, "receipt_no"), api->shop->number,
        id_out);
}

enum err
sales_refund(struct api *api, struct api_call *call)
{
    static const char *const keys[] = {
        "lines", "method", "reason", "till", NULL};
    static const char *const methods[] = {"cash", "transfer", NULL};
    struct refund_ask ask = {.key = call->key,
        .digest = call->digest,
        .staff = call->who.staff,
        .till = call->who.till};
    struct refund_ask_line *lines;
    struct sale_done done;
    struct buf reason;
    int method = 0;
    enum err e = json_only(call->body, keys);

    buf_init(&reason, 4096);
    lines = mem_new(SALE_LINES_MAX, sizeof(lines[0]));
    ask.lines = lines;
    READ(receipt_param(api, call, &ask.sale_id));
    if (json_has(call->body, "till"))
        READ(ask_till(call, call->body, &ask.till));
    READ(read_refund_lines(call->body, lines, &ask.lines_len));
    READ(json_get_word(call->body, "method", methods, &method));
    READ(ask_text(call->body, "reason", DB_NOTE - 1, true, &reason,
        &ask.reason));
    ask.method = method ? PAY_TRANSFER : PAY_CASH;
    if (e == OK) {
        api_reader_done(api, call);
        e = refund_commit(api->shop, &ask, &done);
    }
    mem_free(lines);
    buf_finish(&reason);
    return e == OK ? answer(api, call, &done) : e;
}

enum err
sales_get(struct api *api, struct api_call *call)
{
    struct sale_done done = {0};
    enum err e = receipt_param(api, call, &done.sale_id);

    READ(answer(api, call, &done));
    if (e == OK)
        call->reply->status = 200;
    return e;
}

/* The receipt's dots as the printer of its till gets them, and what that does
 * wrong. */
static enum err
draw(struct api *api, struct api_call *call, struct raster *raster,
    unsigned *quirks_out)
{
    const struct settings_printer *where = NULL;
    struct sale sale;
    struct db *db;
    int64_t id;
    enum err e = receipt_param(api, call, &id);

    READ(api_reader(api, call, &db));
    if (e == OK && db_sale_get(db, id, &sale) == OK)
        where = printers_for(api->shop, SETTINGS_RECEIPT, sale.till);
    READ(draw_receipt(db, api->shop, api->shop->font, id, NULL,
        draw_width(where ? where->paper_mm : api->settings->paper_mm),
        raster));
    *quirks_out = printers_quirks(api->shop->print, where);
    if (e == OK)
        escpos_scrub(raster, *quirks_out);
    return e;
}

enum err
sales_png(struct api *api, struct api_call *call)
{
    struct raster raster;
    unsigned quirks;
    enum err e = draw(api, call, &raster, &quirks);

    if (e != OK)
        return e;
    call->reply->status = 200;
    call->reply->type = "image/png";
    e = png_encode(&raster, &call->reply->body);
    raster_finish(&raster);
    return e;
}

enum err
sales_escpos(struct api *api, struct api_call *call)
{
    struct raster raster;
    unsigned quirks;
    enum err e = draw(api, call, &raster, &quirks);

    if (e != OK)
        return e;
    call->reply->status = 200;
    call->reply->type = "application/octet-stream";
    escpos_encode(&raster, quirks, &call->reply->body);
    raster_finish(&raster);
    return OK;
}

enum err
sales_reprint(struct api *api, struct api_call *call)
{
    struct json_out out;
    struct reprint_ask ask = {
        .staff = call->who.staff, .till = call->who.till};
    struct reprinted done;
    enum err e = receipt_param(api, call, &ask.sale_id);

    if (e == OK)
        e = reprint_commit(api->shop, &ask, &done);
    if (e != OK)
        return e;
    api_json(call, 201, &out);
    json_out_obj(&out);
    json_out_put_str(&out, "receipt_no", api_param(call, "receipt_no"));
    json_out_put_int(&out, "copy", done.copy);
    json_out_put_bool(&out, "printing", done.printing);
    json_out_end_obj(&out);
    return OK;
}
