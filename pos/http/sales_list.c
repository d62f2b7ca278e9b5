/* GET /api/v1/sales: receipts of a period, newest first; see sales.h. */
#include "pos/http/sales.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "db/sale.h"
#include "pos/fact/read.h"
#include "pos/http/page.h"
#include "pos/http/show.h"
#include "pos/sell/receipt_no.h"
#include "pos/shop.h"

struct listing {
    struct page page;
    const struct shop *shop;
    int64_t first; /* lowest id of the period */
};

static enum err
show_head(void *arg, const struct sale *s)
{
    struct listing *l = arg;
    struct json_out *o = &l->page.out;
    char no[RECEIPT_NO], till[8];

    if (s->id < l->first || !page_take(&l->page, "%" PRId64, s->id))
        return OK;
    receipt_no_format(l->shop->number, s->id, no);
    snprintf(till, sizeof(till), "%d", (int)s->till);
    json_out_obj(o);
    json_out_put_str(o, "receipt_no", no);
    json_out_put_str(o, "kind", s->kind == SALE ? "sale" : "refund");
    if (s->of_sale) {
        receipt_no_format(l->shop->number, s->of_sale, no);
        json_out_put_str(o, "of", no);
    }
    show_time(o, "at", s->at);
    json_out_put_str(o, "till", till);
    json_out_put_int(o, "staff", s->staff);
    json_out_put_int(o, "total", s->total);
    json_out_put_int(o, "copies", s->copies);
    json_out_end_obj(o);
    return OK;
}

/* Ids of the days from..to, as [first, end). */
static enum err
period(struct api_call *call, struct db *db, int64_t *first, int64_t *end)
{
    int32_t from = 0, to = DAY_NEVER - 1;
    enum err e = api_query_day(call, "from", &from);

    READ(api_query_day(call, "to", &to));
    READ(db_sale_from_time(db, clock_day_start(from), first));
    READ(db_sale_from_time(db, clock_day_start(to + 1), end));
    return e;
}

/* q: a receipt number, whole or its last digits without zeros. */
static enum err
narrow(struct api_call *call, const struct shop *shop, int64_t *first,
    int64_t *end)
{
    const char *q = "";
    int64_t id;
    enum err e = api_query_str(call, "q", RECEIPT_NO - 1, &q);

    if (e != OK || !q[0])
        return e;
    if (receipt_no_parse(q, shop->number, &id) != OK)
        id = strspn(q, "0123456789") == strlen(q) ? strtoll(q, NULL, 10) : 0;
    if (id < *first || id >= *end)
        id = *end; /* nothing */
    *first = id;
    *end = id == *end ? id : id + 1;
    return OK;
}

enum err
sales_list(struct api *api, struct api_call *call)
{
    static const char *const names[] = {
        "from", "to", "q", "limit", "cursor", NULL};
    struct listing l = {.shop = api->shop};
    struct db *db;
    int64_t end = 0, cursor = INT64_MAX;
    enum err e = api_query_only(call, names);

    READ(page_limit(call, &l.page));
    READ(api_query_int(call, "cursor", 1, INT64_MAX - 1, &cursor));
    READ(api_reader(api, call, &db));
    READ(period(call, db, &l.first, &end));
    READ(narrow(call, api->shop, &l.first, &end));
    if (e != OK)
        return e;
    page_begin(call, &l.page);
    e = db_sale_each(db, cursor < end ? cursor : end, l.page.limit + 1,
        show_head,
        &l);
    page_end_items(&l.page);
    page_end(&l.page);
    return e;
}
