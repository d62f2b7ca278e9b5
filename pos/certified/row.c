#include "pos/certified/row.h"

#include <stdbool.h>
#include <string.h>

#include "base/mem.h"
#include "db/product.h"
#include "pos/fact/fact_list.h"

void
row_of_line(const struct line *line, struct list_row *out)
{
    const struct ocop_record *r = &line->record;
    struct certified *c = &out->c;

    memset(out, 0, sizeof(*out));
    db_copy(c->id, sizeof(c->id), r->id);
    c->rev = r->rev;
    if (line->drop)
        return;
    c->cert = r->cert;
    c->stars = r->stars;
    c->from_day = r->valid_from_day;
    c->until_day = r->valid_until_day;
    c->status = (int)r->status;
    c->recall = (int)r->recall;
    c->evidence = (int)r->evidence;
    db_copy(c->name, sizeof(c->name), r->name);
    db_copy(c->fold, sizeof(c->fold), line->fold);
    db_copy(c->producer, sizeof(c->producer), r->producer_name);
    db_copy(c->province_code, sizeof(c->province_code), r->province_code);
    db_copy(c->commune_code, sizeof(c->commune_code), r->commune_code);
    db_copy(c->group_code, sizeof(c->group_code), r->group_code);
    db_copy(c->superseded_by, sizeof(c->superseded_by), r->superseded_by);
    out->record = mem_dup(line->text, line->text_len);
    out->record_len = line->text_len;
    memcpy(out->gtins, line->gtins, sizeof(out->gtins));
    out->gtins_len = line->gtins_len;
}

void
row_finish(struct list_row *row)
{
    mem_free(row->record);
    row->record = NULL;
}

struct diff_side
row_side(const struct list_row *row)
{
    return (struct diff_side){.id = row->c.id,
        .name = row->c.name,
        .stars = row->c.stars,
        .status = row->c.status,
        .recall = row->c.recall,
        .record = row->record,
        .record_len = row->record_len};
}

static enum err
claimed(const char *id, int64_t cert)
{
    err_arg("case", "claimed");
    err_arg("id", "%s", id);
    err_arg("cert", "%lld", (long long)cert);
    return err_set(ERR_LIST_REFUSED,
        "%s: its id, or its number %lld, is another record's", id,
        (long long)cert);
}

enum err
row_put(struct db *db, int64_t gen, int64_t place, const struct list_row *row)
{
    enum err e = db_certified_put(
        db, gen, place, &row->c, row->record, row->record_len);

    if (e == ERR_EXISTS)
        return claimed(row->c.id, row->c.cert);
    for (size_t i = 0; e == OK && i < row->gtins_len; i++)
        e = db_certified_put_gtin(db, gen, place, row->gtins[i]);
    return e;
}

/* --- records that two lists may have --- */

void
claims_finish(struct claims *c)
{
    mem_free(c->items);
    *c = (struct claims){.items = NULL};
}

static bool
is_ending(const struct claims *c, int64_t gen)
{
    for (size_t i = 0; i < c->ending_len; i++)
        if (c->ending[i] == gen)
            return true;
    return false;
}

enum err
claims_note(struct claims *c, struct db *db, int64_t gen,
    const struct list_row *row)
{
    int64_t gens[CLAIM_GENS];
    size_t len, others = 0;
    enum err e = db_certified_claims(
        db, row->c.id, row->c.cert, gens, CLAIM_GENS, &len);

    for (size_t i = 0; e == OK && i < len; i++)
        others += gens[i] != gen && !is_ending(c, gens[i]);
    if (e != OK || others == 0)
        return e;
    if (c->len == CLAIMS_MAX)
        return claimed(row->c.id, row->c.cert);
    if (c->len == c->cap) {
        c->cap = c->cap ? c->cap * 2 : 64;
        c->items = mem_resize(c->items, c->cap, sizeof(*c->items));
    }
    db_copy(c->items[c->len].id, sizeof(c->items[0].id), row->c.id);
    c->items[c->len].gen = gen;
    c->items[c->len++].cert = row->c.cert;
    return OK;
}

struct in_force {
    int64_t gens[FACT_LISTS];
    size_t len;
};

static enum err
add_gen(void *arg, const struct certified_list *list)
{
    struct in_force *f = arg;

    if (f->len < FACT_LISTS)
        f->gens[f->len++] = list->gen;
    return OK;
}

static bool
has_gen(const struct in_force *f, int64_t gen)
{
    for (size_t i = 0; i < f->len; i++)
        if (f->gens[i] == gen)
            return true;
    return false;
}

enum err
claims_check(struct claims *c, struct db *db)
{
    struct in_force f = {.len = 0};
    enum err e = db_certified_lists(db, add_gen, &f);

    for (size_t i = 0; e == OK && i < c->len; i++) {
        int64_t gens[CLAIM_GENS];
        size_t len, lists = 0;

        e = db_certified_claims(
            db, c->items[i].id, c->items[i].cert, gens, CLAIM_GENS, &len);
        for (size_t g = 0; e == OK && g < len; g++)
            lists += has_gen(&f, gens[g]);
        if (lists > 1) {
            c->blamed_gen = c->items[i].gen;
            e = claimed(c->items[i].id, c->items[i].cert);
        }
    }
    return e;
}
