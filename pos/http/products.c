#include "pos/http/products.h"

#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "base/money.h"
#include "base/text.h"
#include "db/search.h"
#include "pos/fact/read.h"
#include "pos/http/ask.h"
#include "pos/http/page.h"
#include "pos/http/show.h"
#include "pos/sell/scan.h"
#include "pos/stock/product.h"

static enum err
show_by_id(struct json_out *out, struct db *db, int64_t id, int64_t now)
{
    struct product p;
    enum err e = db_product_get(db, id, &p);

    return e == OK ? show_product(out, db, &p, now) : e;
}

enum err
products_list(struct api *api, struct api_call *call)
{
    static const char *const names[] = {"q", "limit", "cursor", NULL};
    struct search_hit hits[PAGE_LIMIT_MAX + 1];
    int64_t after = 0, now = clock_now();
    const char *q = "";
    struct page page;
    struct buf fold;
    struct db *db;
    size_t len = 0;
    enum err e = api_query_only(call, names);

    READ(api_query_str(call, "q", 200, &q));
    READ(page_limit(call, &page));
    READ(api_query_int(call, "cursor", 0, INT64_MAX, &after));
    READ(api_reader(api, call, &db));
    buf_init(&fold, 1024);
    READ(text_fold(q, strlen(q), &fold));
    if (e == OK && (fold.len || !q[0])) /* signs alone find nothing */
        e = db_search(db, fold.data, after, hits, (size_t)page.limit + 1,
            &len);
    buf_finish(&fold);
    if (e != OK)
        return e;
    page_begin(call, &page);
    for (size_t i = 0; e == OK && i < len; i++)
        if (page_take(&page, "%" PRId64, hits[i].rank))
            e = show_by_id(&page.out, db, hits[i].product_id, now);
    if (e != OK)
        return e;
    page_end_items(&page);
    page_end(&page);
    return OK;
}

enum err
products_get(struct api *api, struct api_call *call)
{
    struct json_out out;
    struct db *db;
    int64_t id;
    enum err e = api_param_id(call, "id", "p_", 1, INT64_MAX, &id);

    READ(api_reader(api, call, &db));
    if (e != OK)
        return e;
    api_json(call, 200, &out);
    return show_by_id(&out, db, id, clock_now());
}

static const char *
kind_name(enum code_kind kind)
{
    switch (kind) {
    case CODE_GTIN:
        return "gtin";
    case CODE_IN_STORE:
        return "in_store";
    case CODE_GS1:
        return "gs1";
    case CODE_EMV:
        return "payment";
    case CODE_RECEIPT:
        return "receipt";
    case CODE_LABEL:
        return "label";
    case CODE_URL:
        return "url";
    case CODE_OTHER:
        break;
    }
    return "other";
}

enum err
products_put_hits(struct json_out *out, struct db *db,
    const struct scan *scan, int64_t now)
{
    enum err e = OK;

    json_out_key(out, "items");
    json_out_arr(out);
    for (size_t i = 0; e == OK && i < scan->hits_len; i++) {
        json_out_obj(out);
        json_out_put_milli(out, "qty", scan->hits[i].qty_milli);
        json_out_key(out, "product");
        e = show_by_id(out, db, scan->hits[i].product_id, now);
        if (e == OK)
            json_out_end_obj(out);
    }
    if (e == OK)
        json_out_end_arr(out);
    return e;
}

/* {"code","kind","items":[{"qty","product":{..}}],"lot","expires"} */
enum err
products_by_code(struct api *api, struct api_call *call)
{
    const char *code = api_param(call, "code");
    int64_t now = clock_now();
    struct json_out out;
    struct scan scan;
    struct db *db;
    enum err e = api_reader(api, call, &db);

    READ(scan_read(db, code, clock_day(now), &scan));
    if (e != OK)
        return e;
    api_json(call, 200, &out);
    json_out_obj(&out);
    json_out_put_str(&out, "code", code);
    json_out_put_str(&out, "kind", kind_name(scan.kind));
    json_out_put_str(&out, "lot", scan.lot_code[0] ? scan.lot_code : NULL);
    show_day(&out, "expires", scan.expires_day ? scan.expires_day : DAY_NEVER);
    e = products_put_hits(&out, db, &scan, now);
    if (e == OK)
        json_out_end_obj(&out);
    return e;
}

/* Cleaned texts of a product, owned while it is written. */
struct texts {
    struct buf sku, name, unit, registry;
};

static enum err
read_codes(const struct json *body, struct product_ask *ask)
{
    static const char *const keys[] = {"code", "qty", NULL};
    const struct json *list = NULL;
    enum err e = json_opt_arr(body, "barcodes", PRODUCT_CODES_MAX, &list);

    ask->has_codes = list != NULL;
    for (size_t i = 0; e == OK && i < json_len(list); i++) {
        const struct json *v = json_at(list, i);
        struct barcode *b = &ask->codes[ask->codes_len++];

        b->qty_milli = 1000;
        READ(json_only(v, keys));
        READ(read_text(v, "code", b->code, sizeof(b->code)));
        READ(json_opt_milli(v, "qty", 1, INT32_MAX, &b->qty_milli));
        if (e == OK && !b->code[0]) {
            json_blame(v, "code");
            err_arg("case", "empty");
            e = err_set(ERR_FIELD_VALUE, "an empty code");
        }
    }
    return e;
}

static enum err
read_ask(const struct json *body, struct product_ask *ask, struct texts *keep)
{
    static const char *const keys[] = {"sku", "name", "unit", "price",
        "vat_class", "kind", "barcodes", "registry_id", "retired", NULL};
    int kind = 0;
    enum err e = json_only(body, keys);

    ask->has_sku = json_has(body, "sku");
    ask->has_name = json_has(body, "name");
    ask->has_unit = json_has(body, "unit");
    ask->has_vat = json_has(body, "vat_class");
    ask->has_kind = json_has(body, "kind");
    ask->has_price = json_has(body, "price");
    ask->has_retired = json_has(body, "retired");
    ask->has_registry = json_find(body, "registry_id") != NULL;
    READ(ask_text(body, "sku", DB_SKU - 1, false, &keep->sku, &ask->sku));
    READ(ask_text(body, "name", DB_NAME - 1, false, &keep->name, &ask->name));
    READ(ask_text(body, "unit", DB_UNIT - 1, false, &keep->unit, &ask->unit));
    READ(ask_text(body, "registry_id", DB_ID - 1, false, &keep->registry,
        &ask->registry_id));
    READ(json_opt_str(body, "vat_class", DB_VAT - 1, &ask->vat_class));
    READ(json_opt_word(body, "kind", product_kind_words, &kind));
    READ(json_opt_int(body, "price", 0, MONEY_MAX, &ask->price));
    READ(json_opt_bool(body, "retired", &ask->retired));
    READ(read_codes(body, ask));
    ask->kind = (enum product_kind)(kind + 1);
    return e;
}

static enum err
put(struct api *api, struct api_call *call, int64_t id, int status)
{
    struct product_ask ask = {.id = id, .staff = call->who.staff};
    struct texts keep;
    struct json_out out;
    struct db *db;
    enum err e;

    buf_init(&keep.sku, 1024);
    buf_init(&keep.name, 2048);
    buf_init(&keep.unit, 1024);
    buf_init(&keep.registry, 1024);
    e = read_ask(call->body, &ask, &keep);
    if (e == OK) {
        api_reader_done(api, call);
        e = product_commit(api->shop, &ask, &id);
    }
    buf_finish(&keep.sku);
    buf_finish(&keep.name);
    buf_finish(&keep.unit);
    buf_finish(&keep.registry);
    READ(api_reader(api, call, &db));
    if (e != OK)
        return e;
    api_json(call, status, &out);
    return show_by_id(&out, db, id, clock_now());
}

enum err
products_post(struct api *api, struct api_call *call)
{
    return put(api, call, 0, 201);
}

enum err
products_patch(struct api *api, struct api_call *call)
{
    int64_t id;
    enum err e = api_param_id(call, "id", "p_", 1, INT64_MAX, &id);

    return e == OK ? put(api, call, id, 200) : e;
}
