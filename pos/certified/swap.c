#include "pos/certified/swap.h"

#include <assert.h>
#include <string.h>

#include "base/mem.h"
#include "pos/fact/fact.h"
#include "pos/fact/fact_list.h"

/* All that goes goes first: ids and numbers may change hands. */
static enum err
drop_rows(struct db *db, const struct swap_list *l)
{
    bool found;
    enum err e = OK;

    for (size_t i = 0; e == OK && i < l->ops_len; i++)
        e = db_certified_drop(db, l->list.gen, l->ops[i].c.id, &found);
    return e;
}

static enum err
put_rows(struct db *db, const struct swap_list *l, struct claims *claims)
{
    int64_t place;
    enum err e = db_certified_place_next(db, l->list.gen, &place);

    for (size_t i = 0; e == OK && i < l->ops_len; i++) {
        const struct list_row *row = &l->ops[i];

        if (!row->record)
            continue;
        e = row_put(db, l->list.gen, place++, row);
        if (e == OK)
            e = claims_note(claims, db, l->list.gen, row);
    }
    return e;
}

static enum err
move_names(struct db *db, struct swap *s)
{
    enum err e = OK;

    for (size_t i = 0; e == OK && i < s->lists_len; i++) {
        e = db_certified_list_put(db, &s->lists[i].list);
        if (e == OK && strcmp(s->lists[i].list.name, "file") != 0)
            e = db_certified_list_drop(db, "file");
    }
    return e;
}

/* What left one list may stand in another now. */
static enum err
find_moved(struct db *db, struct diff *d)
{
    enum err e = OK;

    for (size_t i = 0; e == OK && i < d->dropped_len; i++) {
        struct certified is;

        e = db_certified_by_id(db, d->dropped[i].id, &is);
        if (e == OK)
            diff_moved(d, &d->dropped[i], &is);
        else if (e == ERR_NOT_FOUND)
            e = OK;
    }
    return e;
}

/* --- what the showroom holds of it --- */

struct holding {
    const struct list_held *of;
    struct list_held *held;
    size_t len;
};

static enum err
add_held(void *arg, int64_t product_id, int64_t qty_milli)
{
    struct holding *h = arg;

    if (h->len == FACT_HELD)
        return OK;
    h->held[h->len] = *h->of;
    h->held[h->len].product = product_id;
    h->held[h->len++].qty_milli = qty_milli;
    return OK;
}

static enum err
count_held(struct db *db, const struct diff *d, struct holding *h)
{
    enum err e = OK;

    for (size_t i = 0; e == OK && i < d->held_len; i++) {
        h->of = &d->held[i];
        e = db_certified_held(db, d->held[i].id, add_held, h);
    }
    return e;
}

static enum err
write_fact(struct db *db, struct swap *s, const struct holding *h)
{
    struct certified_list lists[FACT_LISTS];
    struct fact_list f = {.staff = s->staff,
        .lists = lists,
        .lists_len = s->lists_len,
        .held = h->held,
        .held_len = h->len};
    struct journal_head head;
    struct fact_time time;
    enum err e = fact_now(db, &time);

    f.at = time.at;
    memcpy(f.counts, s->diff->counts, sizeof(f.counts));
    for (size_t i = 0; i < s->lists_len; i++)
        lists[i] = s->lists[i].list;
    if (e == OK)
        e = fact_list_post(db, &f, &head);
    if (e == OK)
        s->seq = head.seq;
    return e;
}

enum err
swap_write(struct db *db, void *arg)
{
    struct swap *s = arg;
    struct holding h = {.len = 0};
    enum err e = OK;

    assert(s->lists_len > 0 && s->lists_len <= FACT_LISTS);
    for (size_t i = 0; e == OK && i < s->lists_len; i++)
        e = drop_rows(db, &s->lists[i]);
    for (size_t i = 0; e == OK && i < s->lists_len; i++)
        if (s->lists[i].ops_len > 0)
            e = put_rows(db, &s->lists[i], s->claims);
    if (e == OK)
        e = move_names(db, s);
    if (e == OK)
        e = claims_check(s->claims, db);
    if (e == OK)
        e = find_moved(db, s->diff);
    if (e == OK && s->also)
        e = s->also(db, s->also_arg);
    h.held = mem_new(FACT_HELD, sizeof(*h.held));
    if (e == OK)
        e = count_held(db, s->diff, &h);
    if (e == OK)
        e = write_fact(db, s, &h);
    mem_free(h.held);
    return e;
}
