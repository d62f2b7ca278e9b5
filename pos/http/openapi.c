#include "pos/http/openapi.h"

#include "base/canon.h"
#include "base/json.h"
#include "openapi_books.h"
#include "openapi_carts.h"
#include "openapi_common.h"
#include "openapi_labels.h"
#include "openapi_payments.h"
#include "openapi_printing.h"
#include "openapi_products.h"
#include "openapi_sales.h"
#include "openapi_session.h"
#include "openapi_shifts.h"
#include "openapi_stock.h"
#include "openapi_sync.h"
#include "pos/http/handlers.h"

/* The parts; the first also has `info` and `components`. */
static const struct {
    const unsigned char *text;
    size_t len;
} parts[] = {
    {openapi_common, openapi_common_len},
    {openapi_session, openapi_session_len},
    {openapi_products, openapi_products_len},
    {openapi_carts, openapi_carts_len},
    {openapi_sales, openapi_sales_len},
    {openapi_stock, openapi_stock_len},
    {openapi_shifts, openapi_shifts_len},
    {openapi_books, openapi_books_len},
    {openapi_sync, openapi_sync_len},
    {openapi_printing, openapi_printing_len},
    {openapi_payments, openapi_payments_len},
    {openapi_labels, openapi_labels_len},
};

enum { PARTS = sizeof(parts) / sizeof(parts[0]) };

/* The members of `obj` into the object that is being written. */
static enum err
add_members(struct json_out *out, const struct json *obj)
{
    const struct json *v;
    struct buf text;
    enum err e = OK;

    buf_init(&text, OPENAPI_MAX);
    for (v = json_first(obj); v && e == OK; v = json_next(v)) {
        buf_clear(&text);
        e = canon_of_json(v, &text);
        if (e)
            break;
        json_out_key(out, json_key(v));
        json_out_raw(out, text.data, text.len);
    }
    buf_finish(&text);
    return e;
}

/* One object `key` of the members that each part has under it. */
static enum err
gather(struct json_out *out, struct json *const roots[PARTS], const char *key)
{
    const struct json *obj;
    enum err e = OK;

    for (size_t i = 0; i < PARTS && e == OK; i++) {
        e = json_get_obj(roots[i], key, &obj);
        if (e == OK)
            e = add_members(out, obj);
    }
    return e;
}

static enum err
write_all(struct json_out *out, struct json *const roots[PARTS])
{
    const struct json *obj;
    enum err e;

    json_out_obj(out);
    json_out_put_str(out, "openapi", "3.1.0");
    e = json_get_obj(roots[0], "info", &obj);
    json_out_key(out, "info");
    json_out_obj(out);
    if (e == OK)
        e = add_members(out, obj);
    json_out_end_obj(out);
    json_out_key(out, "paths");
    json_out_obj(out);
    if (e == OK)
        e = gather(out, roots, "paths");
    json_out_end_obj(out);
    json_out_key(out, "components");
    json_out_obj(out);
    if (e == OK)
        e = json_get_obj(roots[0], "components", &obj);
    if (e == OK)
        e = add_members(out, obj);
    json_out_key(out, "schemas");
    json_out_obj(out);
    if (e == OK)
        e = gather(out, roots, "schemas");
    json_out_end_obj(out);
    json_out_end_obj(out);
    json_out_end_obj(out);
    json_out_end(out);
    return e;
}

enum err
openapi_build(struct buf *out)
{
    struct json *roots[PARTS] = {NULL};
    struct json_out o;
    enum err e = OK;

    for (size_t i = 0; i < PARTS && e == OK; i++)
        e = json_parse((const char *)parts[i].text, parts[i].len, NULL,
            &roots[i]);
    json_out_init(&o, out);
    if (e == OK)
        e = write_all(&o, roots);
    for (size_t i = 0; i < PARTS; i++)
        json_free(roots[i]);
    return e;
}

enum err
openapi_get(struct api *api, struct api_call *call)
{
    if (!api->openapi)
        return err_set(ERR_BUSY, "the description is not ready");
    call->reply->type = "application/json";
    call->reply->fixed = api->openapi;
    call->reply->fixed_len = api->openapi_len;
    return OK;
}
