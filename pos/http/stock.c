#include "pos/http/stock.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "db/product.h"
#include "db/stock.h"
#include "pos/fact/read.h"
#include "pos/http/ask.h"
#include "pos/http/show.h"

enum { PAGE_MAX = 200 };

struct listing {
    struct json_out out;
    int64_t limit, shown;
    int64_t product, lot; /* shown last */
    bool more;
};

static enum err
show_balance(void *arg, const struct balance *b)
{
    struct listing *l = arg;

    if (l->shown == l->limit) {
        l->more = true;
        return OK;
    }
    json_out_obj(&l->out);
    show_id(&l->out, "product", "p_", b->product_id);
    show_id(&l->out, "lot", "l_", b->lot_id);
    json_out_put_str(&l->out, "lot_code", b->lot_code[0] ? b->lot_code : NULL);
    show_day(&l->out, "expires", b->expires_day);
    json_out_key(&l->out, "accounts");
    json_out_obj(&l->out);
    for (int a = ACCOUNT_SUPPLIER; a < ACCOUNT_END; a++)
        json_out_put_milli(&l->out, account_name((enum account)a),
            b->qty_milli[a]);
    json_out_end_obj(&l->out);
    json_out_end_obj(&l->out);
    l->shown++;
    l->product = b->product_id;
    l->lot = b->lot_id;
    return OK;
}

/* The cursor is "product-lot", the pair shown last. */
static enum err
read_cursor(struct api_call *call, int64_t *product, int64_t *lot)
{
    const char *text = NULL;
    char *end;
    enum err e = api_query_str(call, "cursor", 40, &text);

    if (e != OK || !text)
        return e;
    *product = strtoll(text, &end, 10);
    if (*product > 0 && *end == '-') {
        *lot = strtoll(end + 1, &end, 10);
        if (*lot > 0 && !*end)
            return OK;
    }
    err_at("cursor");
    err_arg("field", "cursor");
    return err_set(ERR_FIELD_VALUE, "no cursor of ours: %s", text);
}

/* Products whose shelf has less than `low` units left. */
static enum err
list_low(struct listing *l, struct db *db, int64_t low, int64_t after)
{
    struct stock_low rows[PAGE_MAX + 1];
    size_t len;
    enum err e = db_stock_low(db, clock_day(clock_now()), low * 1000, after,
        (size_t)l->limit + 1, rows, &len);

    for (size_t i = 0; e == OK && i < len; i++) {
        if (l->shown == l->limit) {
            l->more = true;
            break;
        }
        json_out_obj(&l->out);
        show_id(&l->out, "product", "p_", rows[i].product_id);
        json_out_put_str(&l->out, "name", rows[i].name);
        json_out_put_milli(&l->out, "stock", rows[i].qty_milli);
        json_out_end_obj(&l->out);
        l->shown++;
        l->product = rows[i].product_id;
        l->lot = 1;
    }
    return e;
}

enum err
stock_list(struct api *api, struct api_call *call)
{
    static const char *const names[] = {
        "product", "low", "limit", "cursor", NULL};
    struct listing l = {.limit = 50};
    const char *text = NULL;
    int64_t product = 0, low = 0, after = 0, after_lot = 0;
    struct db *db;
    enum err e = api_query_only(call, names);

    READ(api_query_str(call, "product", 20, &text));
    if (e == OK && text
        && (strncmp(text, "p_", 2) != 0
            || (product = strtoll(text + 2, NULL, 10)) <= 0)) {
        err_at("product");
        err_arg("field", "product");
        err_arg("case", "id");
        err_arg("prefix", "p_");
        e = err_set(ERR_FIELD_VALUE, "no product id: %s", text);
    }
    READ(api_query_int(call, "low", 0, 1000000, &low));
    READ(api_query_int(call, "limit", 1, PAGE_MAX, &l.limit));
    READ(read_cursor(call, &after, &after_lot));
    READ(api_reader(api, call, &db));
    if (e != OK)
        return e;
    api_json(call, 200, &l.out);
    json_out_obj(&l.out);
    json_out_key(&l.out, "items");
    json_out_arr(&l.out);
    if (low)
        e = list_low(&l, db, low, after);
    else
        e = db_stock_balances(db, product, after, after_lot, l.limit + 1,
            show_balance, &l);
    if (e != OK)
        return e;
    json_out_end_arr(&l.out);
    if (l.more) {
        char cursor[48];

        snprintf(cursor, sizeof(cursor), "%" PRId64 "-%" PRId64, l.product,
            l.lot);
        json_out_put_str(&l.out, "cursor", cursor);
    } else {
        json_out_put_null(&l.out, "cursor");
    }
    json_out_end_obj(&l.out);
    return OK;
}

static enum err
show_move(void *arg, const struct stock_move *m)
{
    struct listing *l = arg;

    if (l->shown == l->limit) {
        l->more = true;
        return OK;
    }
    json_out_obj(&l->out);
    show_id(&l->out, "id", "m_", m->id);
    json_out_put_int(&l->out, "seq", m->seq);
    json_out_put_int(&l->out, "line", m->line);
    show_id(&l->out, "lot", "l_", m->lot_id);
    json_out_put_milli(&l->out, "qty", m->qty_milli);
    json_out_put_str(&l->out, "from", account_name(m->from));
    json_out_put_str(&l->out, "to", account_name(m->to));
    json_out_end_obj(&l->out);
    l->shown++;
    l->lot = m->id;
    return OK;
}

enum err
stock_moves(struct api *api, struct api_call *call)
{
    static const char *const names[] = {"limit", "cursor", NULL};
    struct listing l = {.limit = 50};
    int64_t product, before = INT64_MAX;
    struct product p;
    struct db *db;
    enum err e = api_param_id(call, "product", "p_", 1, INT64_MAX, &product);

    READ(api_query_only(call, names));
    READ(api_query_int(call, "limit", 1, PAGE_MAX, &l.limit));
    READ(api_query_int(call, "cursor", 1, INT64_MAX, &before));
    READ(api_reader(api, call, &db));
    READ(db_product_get(db, product, &p));
    if (e != OK)
        return e;
    api_json(call, 200, &l.out);
    json_out_obj(&l.out);
    json_out_key(&l.out, "items");
    json_out_arr(&l.out);
    e = db_stock_history(db, product, before, l.limit + 1, show_move, &l);
    if (e != OK)
        return e;
    json_out_end_arr(&l.out);
    if (l.more)
        show_id(&l.out, "cursor", "", l.lot);
    else
        json_out_put_null(&l.out, "cursor");
    json_out_end_obj(&l.out);
    return OK;
}
