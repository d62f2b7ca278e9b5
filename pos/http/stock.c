#include "pos/http/stock.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "db/product.h"
#include "db/stock.h"
#include "pos/fact/read.h"
#include "pos/http/ask.h"
#include "pos/http/page.h"
#include "pos/http/show.h"

static enum err
show_balance(void *arg, const struct balance *b)
{
    struct page *page = arg;
    struct json_out *o = &page->out;

    if (!page_take(page, "%" PRId64 "-%" PRId64, b->product_id, b->lot_id))
        return OK;
    json_out_obj(o);
    show_id(o, "product", "p_", b->product_id);
    show_id(o, "lot", "l_", b->lot_id);
    json_out_put_str(o, "lot_code", b->lot_code[0] ? b->lot_code : NULL);
    show_day(o, "expires", b->expires_day);
    json_out_key(o, "accounts");
    json_out_obj(o);
    for (int a = ACCOUNT_SUPPLIER; a < ACCOUNT_END; a++)
        json_out_put_milli(o, account_name((enum account)a),
            b->qty_milli[a]);
    json_out_end_obj(o);
    json_out_end_obj(o);
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
list_low(struct page *page, struct db *db, int64_t product, int64_t low,
    int64_t after)
{
    struct stock_low *rows = mem_new(PAGE_LIMIT_MAX + 1, sizeof(rows[0]));
    struct json_out *o = &page->out;
    size_t len;
    enum err e = db_stock_low(db, product, clock_day(clock_now()), low * 1000,
        after, (size_t)page->limit + 1, rows, &len);

    for (size_t i = 0; e == OK && i < len; i++) {
        if (!page_take(page, "%" PRId64 "-1", rows[i].product_id))
            break;
        json_out_obj(o);
        show_id(o, "product", "p_", rows[i].product_id);
        json_out_put_str(o, "name", rows[i].name);
        json_out_put_milli(o, "stock", rows[i].qty_milli);
        json_out_end_obj(o);
    }
    mem_free(rows);
    return e;
}

enum err
stock_list(struct api *api, struct api_call *call)
{
    static const char *const names[] = {
        "product", "low", "limit", "cursor", NULL};
    struct page page;
    int64_t product = 0, low = 0, after = 0, after_lot = 0;
    struct db *db;
    enum err e = api_query_only(call, names);

    READ(api_query_id(call, "product", "p_", &product));
    READ(api_query_int(call, "low", 0, 1000000, &low));
    READ(page_limit(call, &page));
    READ(read_cursor(call, &after, &after_lot));
    READ(api_reader(api, call, &db));
    if (e != OK)
        return e;
    page_begin(call, &page);
    if (low)
        e = list_low(&page, db, product, low, after);
    else
        e = db_stock_balances(db, product, after, after_lot, page.limit + 1,
            show_balance, &page);
    if (e != OK)
        return e;
    page_end_items(&page);
    page_end(&page);
    return OK;
}

static enum err
show_move(void *arg, const struct stock_move *m)
{
    struct page *page = arg;
    struct json_out *o = &page->out;

    if (!page_take(page, "%" PRId64, m->id))
        return OK;
    json_out_obj(o);
    show_id(o, "id", "m_", m->id);
    json_out_put_int(o, "seq", m->seq);
    json_out_put_int(o, "line", m->line);
    show_id(o, "lot", "l_", m->lot_id);
    json_out_put_milli(o, "qty", m->qty_milli);
    json_out_put_str(o, "from", account_name(m->from));
    json_out_put_str(o, "to", account_name(m->to));
    json_out_end_obj(o);
    return OK;
}

enum err
stock_moves(struct api *api, struct api_call *call)
{
    static const char *const names[] = {"limit", "cursor", NULL};
    struct page page;
    int64_t product, before = INT64_MAX;
    struct product p;
    struct db *db;
    enum err e = api_param_id(call, "product", "p_", 1, INT64_MAX, &product);

    READ(api_query_only(call, names));
    READ(page_limit(call, &page));
    READ(api_query_int(call, "cursor", 1, INT64_MAX, &before));
    READ(api_reader(api, call, &db));
    READ(db_product_get(db, product, &p));
    if (e != OK)
        return e;
    page_begin(call, &page);
    e = db_stock_history(db, product, before, page.limit + 1, show_move,
        &page);
    if (e != OK)
        return e;
    page_end_items(&page);
    page_end(&page);
    return OK;
}
