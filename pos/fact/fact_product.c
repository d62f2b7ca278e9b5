#include "pos/fact/fact_product.h"

#include <string.h>

#include "base/canon.h"
#include "base/mem.h"
#include "base/money.h"
#include "base/text.h"
#include "db/link.h"
#include "db/search.h"
#include "pos/fact/fact.h"
#include "pos/fact/read.h"

const char *const product_kind_words[] = {
    "piece", "weighed", "basket", "service", NULL};

/* What the product is found by: its name, the name's initials, its SKU. */
static enum err
search_words(const struct product *p, struct buf *out)
{
    enum err e = text_fold(p->name, strlen(p->name), out);
    char *fold;

    if (e != OK)
        return e;
    fold = mem_dup_str(out->data);
    buf_add_char(out, ' ');
    text_initials(fold, out);
    mem_free(fold);
    buf_add_char(out, ' ');
    return text_fold(p->sku, strlen(p->sku), out);
}

static enum err
project(struct db *db, const struct fact_product *f)
{
    struct buf fold;
    enum err e = db_product_put(db, &f->product);

    if (e == OK)
        e = db_barcode_set(db, f->product.id, f->codes, f->codes_len,
            f->product.seq);
    if (e == OK)
        e = db_link_declare(db, f->product.id, f->product.registry_id,
            f->product.seq);
    if (e != OK)
        return e;
    buf_init(&fold, 4096);
    e = search_words(&f->product, &fold);
    if (e == OK)
        e = db_search_put(db, f->product.id,
            f->product.retired ? NULL : fold.data);
    buf_finish(&fold);
    return e;
}

static void
write_product(const struct fact_product *f, struct canon *c)
{
    const struct product *p = &f->product;

    canon_put_int(c, "at", f->at);
    canon_key(c, "barcodes");
    canon_arr(c);
    for (size_t i = 0; i < f->codes_len; i++) {
        canon_obj(c);
        canon_put_str(c, "code", f->codes[i].code);
        canon_put_int(c, "qty_milli", f->codes[i].qty_milli);
        canon_end_obj(c);
    }
    canon_end_arr(c);
    canon_put_str(c, "kind", product_kind_words[p->kind - 1]);
    canon_put_str(c, "name", p->name);
    canon_put_int(c, "product", p->id);
    if (p->registry_id[0])
        canon_put_str(c, "registry_id", p->registry_id);
    if (p->retired)
        canon_put_bool(c, "retired", true);
    canon_put_str(c, "sku", p->sku);
    canon_put_int(c, "staff", f->staff);
    canon_put_str(c, "unit", p->unit);
    canon_put_str(c, "vat_class", p->vat_class);
}

enum err
fact_product_post(struct db *db, struct fact_product *f,
    struct journal_head *head_out)
{
    struct fact_body body;
    enum err e;

    write_product(f, fact_body_begin(&body));
    e = fact_body_post(&body, db, "product", head_out);
    if (e != OK)
        return e;
    f->product.seq = head_out->seq;
    return project(db, f);
}

static enum err
read_codes(const struct json *body, struct fact_product *f)
{
    const struct json *codes;
    enum err e = json_get_arr(body, "barcodes", PRODUCT_CODES_MAX, &codes);

    for (size_t i = 0; e == OK && i < json_len(codes); i++) {
        struct barcode *b = &f->codes[f->codes_len++];
        const struct json *v = json_at(codes, i);

        e = read_text(v, "code", b->code, sizeof(b->code));
        READ(json_get_int(v, "qty_milli", 1, MONEY_MAX, &b->qty_milli));
    }
    return e;
}

enum err
fact_product_replay(struct db *db, const struct journal_record *rec,
    const struct json *body)
{
    struct fact_product f = {0};
    struct product *p = &f.product;
    int kind;
    enum err e = json_get_word(body, "kind", product_kind_words, &kind);

    READ(json_get_int(body, "product", 1, JSON_INT_MAX, &p->id));
    READ(read_text(body, "name", p->name, sizeof(p->name)));
    READ(read_text(body, "sku", p->sku, sizeof(p->sku)));
    READ(read_text(body, "unit", p->unit, sizeof(p->unit)));
    READ(read_text(body, "vat_class", p->vat_class, sizeof(p->vat_class)));
    if (json_has(body, "registry_id"))
        READ(read_text(body, "registry_id", p->registry_id,
            sizeof(p->registry_id)));
    READ(json_opt_bool(body, "retired", &p->retired));
    READ(read_codes(body, &f));
    if (e != OK)
        return e;
    p->kind = (enum product_kind)(kind + 1);
    p->seq = rec->seq;
    return project(db, &f);
}

enum err
fact_price_post(struct db *db, const struct fact_price *f,
    struct journal_head *head_out)
{
    struct fact_body body;
    struct canon *c = fact_body_begin(&body);
    enum err e;

    canon_put_int(c, "at", f->at);
    canon_put_int(c, "from", f->from_at);
    canon_put_int(c, "price", f->price);
    canon_put_int(c, "product", f->product_id);
    canon_put_int(c, "staff", f->staff);
    e = fact_body_post(&body, db, "price", head_out);
    if (e == OK)
        e = db_price_put(db, f->product_id, f->from_at, f->price,
            head_out->seq);
    return e;
}

enum err
fact_price_replay(struct db *db, const struct journal_record *rec,
    const struct json *body)
{
    int64_t product_id, from_at, price;
    enum err e = json_get_int(body, "product", 1, JSON_INT_MAX, &product_id);

    READ(json_get_int(body, "from", 0, JSON_INT_MAX, &from_at));
    READ(json_get_int(body, "price", 0, MONEY_MAX, &price));
    READ(db_price_put(db, product_id, from_at, price, rec->seq));
    return e;
}
