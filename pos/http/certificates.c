/* /api/v1/products/{id}/certificates: what a product is linked to, and what it
 * may be. */
#include "base/clock.h"
#include "base/mem.h"
#include "db/link.h"
#include "db/product.h"
#include "pos/certified/link.h"
#include "pos/certified/suggest.h"
#include "pos/fact/read.h"
#include "pos/http/certified.h"
#include "pos/http/show.h"

/* A link to what is on no list tells only the id. */
static enum err
show_link(struct json_out *o, struct db *db, const struct link *link,
    int32_t today)
{
    struct certified c;
    enum err e = db_certified_by_id(db, link->registry_id, &c);

    json_out_obj(o);
    json_out_put_str(o, "registry_id", link->registry_id);
    json_out_put_str(o, "how", link_how_words[link->how - 1]);
    json_out_put_bool(o, "listed", e == OK);
    if (e == OK)
        e = show_certified(o, db, &c, today);
    else if (e == ERR_NOT_FOUND)
        e = OK;
    json_out_end_obj(o);
    return e;
}

static enum err
show_links(struct json_out *o, struct db *db, int64_t id, int32_t today)
{
    struct link links[LINKS_MAX];
    size_t len;
    enum err e = db_links_of(db, id, links, &len);

    json_out_key(o, "links");
    json_out_arr(o);
    for (size_t i = 0; e == OK && i < len; i++)
        e = show_link(o, db, &links[i], today);
    json_out_end_arr(o);
    return e;
}

static enum err
show_suggestions(struct json_out *o, struct db *db, int64_t id,
    int32_t today)
{
    struct suggestion *s = mem_new(SUGGESTIONS, sizeof(*s));
    size_t len;
    enum err e = certified_suggest(db, id, s, &len);

    json_out_key(o, "suggestions");
    json_out_arr(o);
    for (size_t i = 0; e == OK && i < len; i++) {
        json_out_obj(o);
        json_out_put_str(o, "registry_id", s[i].record.id);
        json_out_put_str(o, "why", suggest_why_name(s[i].why));
        json_out_put_int(o, "score", s[i].score);
        e = show_certified(o, db, &s[i].record, today);
        json_out_end_obj(o);
    }
    json_out_end_arr(o);
    mem_free(s);
    return e;
}

static enum err
answer(struct api *api, struct api_call *call, int64_t id)
{
    int64_t now = clock_now();
    struct certificate c;
    struct json_out out;
    struct product p;
    struct db *db;
    enum err e = api_reader(api, call, &db);

    READ(db_product_get(db, id, &p));
    READ(certificate_of_product(db, id, clock_day(now), &c));
    if (e != OK)
        return e;
    api_json(call, 200, &out);
    json_out_obj(&out);
    show_id(&out, "product", "p_", id);
    show_certificate(&out, &c);
    e = show_links(&out, db, id, clock_day(now));
    READ(show_suggestions(&out, db, id, clock_day(now)));
    json_out_end_obj(&out);
    return e;
}

static enum err
change(struct api *api, struct api_call *call, bool link)
{
    struct link_ask ask = {.staff = call->who.staff,
        .registry_id = api_param(call, "registry_id"), .link = link};
    enum err e =
        api_param_id(call, "id", "p_", 1, INT64_MAX, &ask.product_id);

    if (e == OK)
        e = link_commit(api->shop, &ask);
    return e == OK ? answer(api, call, ask.product_id) : e;
}

enum err
certificates_get(struct api *api, struct api_call *call)
{
    int64_t id;
    enum err e = api_param_id(call, "id", "p_", 1, INT64_MAX, &id);

    return e == OK ? answer(api, call, id) : e;
}

enum err
certificates_put(struct api *api, struct api_call *call)
{
    return change(api, call, true);
}

enum err
certificates_delete(struct api *api, struct api_call *call)
{
    return change(api, call, false);
}
