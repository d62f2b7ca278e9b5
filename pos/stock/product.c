#include "pos/stock/product.h"

#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "db/writer.h"
#include "pos/certified/link.h"
#include "pos/fact/fact.h"
#include "pos/sell/scan.h"
#include "pos/shop.h"

static enum err
value_missing(const char *field)
{
    err_at("%s", field);
    err_arg("field", "%s", field);
    return err_set(ERR_FIELD_MISSING, "a new product needs %s", field);
}

static enum err
value_empty(const char *field)
{
    err_at("%s", field);
    err_arg("field", "%s", field);
    err_arg("case", "empty");
    return err_set(ERR_FIELD_VALUE, "%s is empty", field);
}

/* Whether it is new or changed. */
static enum err
check_texts(const struct product_ask *ask)
{
    if (ask->has_sku && !ask->sku[0])
        return value_empty("sku");
    if (ask->has_name && !ask->name[0])
        return value_empty("name");
    if (ask->has_unit && !ask->unit[0])
        return value_empty("unit");
    return OK;
}

static enum err
check_complete(const struct product_ask *ask)
{
    if (!ask->has_sku)
        return value_missing("sku");
    if (!ask->has_name)
        return value_missing("name");
    if (!ask->has_unit)
        return value_missing("unit");
    if (!ask->has_vat)
        return value_missing("vat_class");
    if (!ask->has_price)
        return value_missing("price");
    return OK;
}

static enum err
check_vat(struct db *db, const char *vat_class, int32_t day)
{
    int rate;
    enum err e = db_vat_rate(db, vat_class, day, &rate);

    if (e != ERR_NOT_FOUND)
        return e;
    err_at("vat_class");
    err_arg("field", "vat_class");
    err_arg("case", "words");
    err_arg("words", "0, 5, 8, 10, KCT, KKKNT");
    return err_set(ERR_FIELD_VALUE, "no VAT class %s", vat_class);
}

static enum err
check_sku(struct db *db, const struct product *p)
{
    struct product other;
    enum err e = db_product_by_sku(db, p->sku, &other);

    if (e == ERR_NOT_FOUND || (e == OK && other.id == p->id))
        return OK;
    if (e != OK)
        return e;
    err_at("sku");
    err_arg("case", "product");
    err_arg("what", "%s", p->sku);
    return err_set(ERR_EXISTS, "p_%" PRId64 " has the SKU %s", other.id,
        p->sku);
}

/* Put what was asked over what is there. */
static void
merge(const struct product_ask *ask, struct product *p)
{
    if (ask->has_sku)
        db_copy(p->sku, sizeof(p->sku), ask->sku);
    if (ask->has_name)
        db_copy(p->name, sizeof(p->name), ask->name);
    if (ask->has_unit)
        db_copy(p->unit, sizeof(p->unit), ask->unit);
    if (ask->has_vat)
        db_copy(p->vat_class, sizeof(p->vat_class), ask->vat_class);
    if (ask->has_registry)
        db_copy(p->registry_id, sizeof(p->registry_id), ask->registry_id);
    if (ask->has_kind)
        p->kind = ask->kind;
    if (ask->has_retired)
        p->retired = ask->retired;
}

/* The codes it had, or those asked for in their normal form, none twice. */
static enum err
merge_codes(struct db *db, const struct product_ask *ask,
    struct fact_product *f)
{
    enum err e = OK;

    if (!ask->has_codes)
        return db_barcode_list(db, f->product.id, f->codes, PRODUCT_CODES_MAX,
            &f->codes_len);
    for (size_t i = 0; e == OK && i < ask->codes_len; i++) {
        struct barcode *b = &f->codes[f->codes_len];
        size_t same = 0;

        e = scan_normal_code(ask->codes[i].code, b->code);
        b->qty_milli = ask->codes[i].qty_milli;
        while (same < f->codes_len
               && strcmp(f->codes[same].code, b->code) != 0)
            same++;
        f->codes_len += same == f->codes_len;
    }
    return e;
}

static bool
changes_product(const struct product_ask *ask)
{
    return !ask->id || ask->has_sku || ask->has_name || ask->has_unit
           || ask->has_kind || ask->has_vat || ask->has_registry
           || ask->has_retired || ask->has_codes;
}

static enum err
put_price(struct db *db, const struct product_ask *ask, int64_t id,
    int64_t at)
{
    struct fact_price price = {.at = at,
        .staff = ask->staff,
        .product_id = id,
        .from_at = at,
        .price = ask->price};
    struct journal_head head;

    return fact_price_post(db, &price, &head);
}

/* By its codes, and by what follows its certificates. */
static enum err
link_itself(struct db *db, int64_t id)
{
    struct certified_links links = {.product_id = id};
    enum err e;

    do
        e = certified_links_write(db, &links);
    while (e == OK && links.more);
    return e;
}

enum err
product_write(struct db *db, const struct product_ask *ask, int64_t *id_out)
{
    struct fact_product f = {.staff = ask->staff,
        .product = {.kind = PRODUCT_PIECE}};
    struct journal_head head;
    struct fact_time time;
    enum err e = check_texts(ask);

    if (e == OK)
        e = fact_now(db, &time);
    if (e == OK && ask->id)
        e = db_product_get(db, ask->id, &f.product);
    else if (e == OK)
        e = check_complete(ask);
    if (e == OK && !ask->id) {
        e = db_product_last_id(db, &f.product.id);
        f.product.id++;
    }
    if (e != OK)
        return e;
    f.at = time.at;
    merge(ask, &f.product);
    e = check_vat(db, f.product.vat_class, clock_day(time.at));
    if (e == OK)
        e = check_sku(db, &f.product);
    if (e == OK)
        e = merge_codes(db, ask, &f);
    if (e == OK && changes_product(ask))
        e = fact_product_post(db, &f, &head);
    if (e == OK && ask->has_price)
        e = put_price(db, ask, f.product.id, time.at);
    if (e == OK && (ask->has_codes || ask->has_registry))
        e = link_itself(db, f.product.id);
    *id_out = f.product.id;
    return e;
}

struct commit {
    const struct product_ask *ask;
    int64_t *id;
};

static enum err
commit_write(struct db *db, void *arg)
{
    struct commit *c = arg;

    return product_write(db, c->ask, c->id);
}

enum err
product_commit(struct shop *shop, const struct product_ask *ask,
    int64_t *id_out)
{
    struct commit c = {.ask = ask, .id = id_out};

    return db_write(shop->writer, "product", commit_write, &c);
}
