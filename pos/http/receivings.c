/* POST /api/v1/receivings: see pos/http/stock.h. */
#include "pos/http/stock.h"

#include "base/mem.h"
#include "base/money.h"
#include "db/product.h"
#include "db/receiving.h"
#include "db/stock.h"
#include "pos/fact/read.h"
#include "pos/http/ask.h"
#include "pos/http/show.h"
#include "pos/shop.h"
#include "pos/stock/receive.h"

struct asked {
    struct receive_ask ask;
    struct receive_line *lines;
    struct buf *lots; /* cleaned lot codes, one a line */
    size_t lots_len;
    struct buf supplier, note;
};

static enum err
read_line(const struct json *v, struct buf *keep, struct receive_line *l)
{
    static const char *const keys[] = {
        "product", "qty", "lot", "expires", "cost", "agreement", NULL};
    enum err e = json_only(v, keys);

    l->expires_day = DAY_NEVER;
    READ(ask_get_id(v, "product", "p_", &l->product_id));
    READ(json_get_milli(v, "qty", 1, INT32_MAX, &l->qty_milli));
    READ(ask_text(v, "lot", DB_CODE - 1, false, keep, &l->lot_code));
    READ(ask_opt_day(v, "expires", &l->expires_day));
    READ(json_opt_int(v, "cost", 0, MONEY_MAX, &l->cost));
    if (e == OK && json_has(v, "agreement")) {
        json_blame(v, "agreement");
        err_arg("case", "null");
        e = err_set(ERR_FIELD_VALUE, "consignment is not kept yet");
    }
    return e;
}

static enum err
read_asked(const struct json *body, struct asked *a)
{
    static const char *const keys[] = {"supplier", "lines", "note", NULL};
    const struct json *lines;
    enum err e = json_only(body, keys);

    READ(ask_text(body, "supplier", DB_NAME - 1, true, &a->supplier,
        &a->ask.supplier));
    READ(ask_text(body, "note", DB_NOTE - 1, false, &a->note, &a->ask.note));
    READ(json_get_arr(body, "lines", RECEIVING_LINES_MAX, &lines));
    if (e == OK && json_len(lines) == 0) {
        json_blame(body, "lines");
        err_arg("case", "empty");
        e = err_set(ERR_FIELD_VALUE, "no lines");
    }
    if (e != OK)
        return e;
    a->lots_len = json_len(lines);
    a->lines = mem_new(a->lots_len, sizeof(a->lines[0]));
    a->lots = mem_new(a->lots_len, sizeof(a->lots[0]));
    for (size_t i = 0; i < a->lots_len; i++)
        buf_init(&a->lots[i], 1024);
    for (size_t i = 0; e == OK && i < a->lots_len; i++)
        e = read_line(json_at(lines, i), &a->lots[i], &a->lines[i]);
    a->ask.lines = a->lines;
    a->ask.lines_len = a->lots_len;
    return e;
}

static void
finish(struct asked *a)
{
    for (size_t i = 0; i < a->lots_len; i++)
        buf_finish(&a->lots[i]);
    mem_free(a->lots);
    mem_free(a->lines);
    buf_finish(&a->supplier);
    buf_finish(&a->note);
}

static enum err
show_receiving_line(struct json_out *o, struct db *db,
    const struct receiving_line *l)
{
    struct lot lot;
    enum err e = db_lot_get(db, l->lot_id, &lot);

    if (e != OK)
        return e;
    json_out_obj(o);
    json_out_put_int(o, "line", l->n);
    show_id(o, "product", "p_", l->product_id);
    show_id(o, "lot", "l_", l->lot_id);
    json_out_put_str(o, "lot_code", lot.code[0] ? lot.code : NULL);
    show_day(o, "expires", lot.expires_day);
    json_out_put_milli(o, "qty", l->qty_milli);
    json_out_put_int(o, "cost", l->cost);
    json_out_end_obj(o);
    return OK;
}

static enum err
answer(struct api *api, struct api_call *call,
    const struct receive_done *done)
{
    struct receiving_line *lines;
    char supplier[DB_NAME];
    struct receiving r;
    struct json_out out;
    struct db *db;
    size_t len = 0;
    enum err e = api_reader(api, call, &db);

    READ(db_receiving_get(db, done->receiving_id, &r));
    READ(db_supplier_name(db, r.supplier_id, supplier));
    if (e != OK)
        return e;
    lines = mem_new(RECEIVING_LINES_MAX, sizeof(lines[0]));
    e = db_receiving_lines(db, r.id, lines, RECEIVING_LINES_MAX, &len);
    api_json(call, done->replayed ? 200 : 201, &out);
    if (done->replayed)
        http_reply_header(call->reply, "Idempotent-Replayed", "true");
    json_out_obj(&out);
    show_id(&out, "id", "r_", r.id);
    show_time(&out, "at", r.at);
    json_out_put_int(&out, "staff", r.staff);
    json_out_put_str(&out, "supplier", supplier);
    json_out_put_str(&out, "note", r.note);
    json_out_put_int(&out, "seq", r.seq);
    json_out_key(&out, "lines");
    json_out_arr(&out);
    for (size_t i = 0; e == OK && i < len; i++)
        e = show_receiving_line(&out, db, &lines[i]);
    mem_free(lines);
    if (e != OK)
        return e;
    json_out_end_arr(&out);
    json_out_end_obj(&out);
    return OK;
}

enum err
receivings_post(struct api *api, struct api_call *call)
{
    struct asked a = {.ask = {.staff = call->who.staff,
                          .key = call->key,
                          .digest = call->digest}};
    struct receive_done done;
    enum err e;

    buf_init(&a.supplier, 2048);
    buf_init(&a.note, 4096);
    e = read_asked(call->body, &a);
    if (e == OK) {
        api_reader_done(api, call);
        e = receive_commit(api->shop, &a.ask, &done);
    }
    finish(&a);
    return e == OK ? answer(api, call, &done) : e;
}
