#include "pos/certified/diff.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "db/product.h"
#include "sync/record.h"

/* --- what the catalogue is linked to --- */

static enum err
add_linked(void *arg, const char *id)
{
    struct diff *d = arg;

    if (d->linked_len == d->linked_cap) {
        d->linked_cap = d->linked_cap ? d->linked_cap * 2 : 256;
        d->linked = mem_resize(d->linked, d->linked_cap, sizeof(*d->linked));
    }
    d->linked[d->linked_len++] = mem_dup_str(id);
    return OK;
}

enum err
diff_init(struct diff *d, struct db *db)
{
    *d = (struct diff){.held = NULL};
    return db_certified_linked(db, add_linked, d);
}

void
diff_finish(struct diff *d)
{
    for (size_t i = 0; i < d->linked_len; i++)
        mem_free(d->linked[i]);
    mem_free(d->linked);
    mem_free(d->held);
    mem_free(d->dropped);
    *d = (struct diff){.held = NULL};
}

static int
compare_linked(const void *key, const void *item)
{
    return strcmp(key, *(char *const *)item);
}

static bool
is_linked(const struct diff *d, const char *id)
{
    return d->linked_len > 0
           && bsearch(id, d->linked, d->linked_len, sizeof(*d->linked),
               compare_linked);
}

/* --- one id --- */

enum list_change
diff_judge(const struct diff_side *was, const struct diff_side *is)
{
    if (!was)
        return CHANGE_NEW;
    if (!is)
        return CHANGE_DROPPED;
    if (is->status != was->status) {
        if (is->status == RECORD_REVOKED)
            return CHANGE_WITHDRAWN;
        if (is->status == RECORD_SUSPENDED)
            return CHANGE_SUSPENDED;
        if (is->status == RECORD_ACTIVE && was->status != RECORD_SUPERSEDED)
            return CHANGE_REINSTATED;
        return CHANGE_CHANGED;
    }
    if (is->stars != was->stars)
        return is->stars > was->stars ? CHANGE_UPGRADED : CHANGE_DOWNGRADED;
    if (is->record_len != was->record_len
        || memcmp(is->record, was->record, is->record_len) != 0)
        return CHANGE_CHANGED;
    return CHANGE_NONE;
}

/* What must be done comes before what is good to know. */
static int
weight(enum list_change what)
{
    static const int weights[CHANGES] = {[CHANGE_NEW] = 1,
        [CHANGE_CHANGED] = 2,
        [CHANGE_UPGRADED] = 3,
        [CHANGE_REINSTATED] = 4,
        [CHANGE_DOWNGRADED] = 5,
        [CHANGE_DROPPED] = 6,
        [CHANGE_SUSPENDED] = 7,
        [CHANGE_WITHDRAWN] = 8};

    return weights[what];
}

/* The place for one more; past the limit the least important gives way. */
static struct list_held *
held_place(struct diff *d, enum list_change what)
{
    struct list_held *least = NULL;

    if (d->held_len < FACT_HELD) {
        if (d->held_len == d->held_cap) {
            d->held_cap = d->held_cap ? d->held_cap * 2 : 16;
            d->held = mem_resize(d->held, d->held_cap, sizeof(*d->held));
        }
        return &d->held[d->held_len++];
    }
    for (size_t i = 0; i < d->held_len; i++)
        if (!least || weight(d->held[i].what) < weight(least->what))
            least = &d->held[i];
    return weight(least->what) < weight(what) ? least : NULL;
}

static void
hold(struct diff *d, enum list_change what, const struct diff_side *was,
    const struct diff_side *is)
{
    const struct diff_side *any = is ? is : was;
    struct list_held *h = held_place(d, what);

    if (!h)
        return;
    *h = (struct list_held){.what = what,
        .stars = is ? is->stars : 0,
        .was_stars = was ? was->stars : 0,
        .recall = any->recall};
    db_copy(h->id, sizeof(h->id), any->id);
    db_copy(h->name, sizeof(h->name), any->name);
}

static void
add_dropped(struct diff *d, const struct diff_side *was)
{
    struct diff_dropped *x;

    if (d->dropped_len == DIFF_DROPPED)
        return;
    if (d->dropped_len == d->dropped_cap) {
        d->dropped_cap = d->dropped_cap ? d->dropped_cap * 2 : 16;
        d->dropped =
            mem_resize(d->dropped, d->dropped_cap, sizeof(*d->dropped));
    }
    x = &d->dropped[d->dropped_len++];
    *x = (struct diff_dropped){.stars = was->stars, .status = was->status};
    db_copy(x->id, sizeof(x->id), was->id);
}

void
diff_add(struct diff *d, const struct diff_side *was,
    const struct diff_side *is)
{
    enum list_change what = diff_judge(was, is);

    if (what == CHANGE_NONE)
        return;
    d->counts[what]++;
    if (what == CHANGE_DROPPED)
        add_dropped(d, was);
    if (is_linked(d, is ? is->id : was->id))
        hold(d, what, was, is);
}

void
diff_moved(struct diff *d, const struct diff_dropped *was,
    const struct certified *is)
{
    struct diff_side a = {.stars = was->stars, .status = was->status};
    struct diff_side b = {.stars = is->stars, .status = is->status};
    enum list_change what = diff_judge(&a, &b);
    size_t kept = 0;

    if (what == CHANGE_NONE)
        what = CHANGE_CHANGED;
    d->counts[CHANGE_DROPPED]--;
    d->counts[CHANGE_NEW]--;
    d->counts[what]++;
    for (size_t i = 0; i < d->held_len; i++) {
        struct list_held *h = &d->held[i];

        if (strcmp(h->id, is->id) == 0) {
            if (h->what == CHANGE_DROPPED)
                continue; /* told by the other half */
            h->what = what;
            h->was_stars = was->stars;
        }
        d->held[kept++] = *h;
    }
    d->held_len = kept;
}
