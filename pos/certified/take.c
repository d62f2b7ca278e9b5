#include "pos/certified/take.h"

#include <string.h>

#include "base/mem.h"
#include "db/certified.h"
#include "db/product.h"
#include "pos/fact/fact.h"
#include "pos/fact/fact_list.h"
#include "sync/list.h"

/* Both lists walked side by side, in the order of the ids. */
struct merge {
    const struct list *list;
    struct certified_take *take;
    size_t at;     /* the next record of the new list */
    bool *put;     /* by record of the new list: it is new or changed */
    int64_t *drop; /* certificate numbers of rows that go */
    size_t drop_len, drop_cap;
};

static void
drop_row(struct merge *m, const struct certified_row *row)
{
    if (m->drop_len == m->drop_cap) {
        m->drop_cap = m->drop_cap ? m->drop_cap * 2 : 64;
        m->drop = mem_resize(m->drop, m->drop_cap, sizeof(*m->drop));
    }
    m->drop[m->drop_len++] = row->cert;
}

static enum err
merge_row(void *arg, const struct certified_row *row)
{
    struct merge *m = arg;
    const struct list *list = m->list;
    const struct list_item *item;
    bool was_active = row->status == RECORD_ACTIVE;

    while (m->at < list->len && strcmp(list->items[m->at].id, row->id) < 0) {
        m->take->added++;
        m->put[m->at++] = true;
    }
    if (m->at == list->len || strcmp(list->items[m->at].id, row->id) > 0) {
        m->take->withdrawn += was_active;
        drop_row(m, row);
        return OK;
    }
    item = &list->items[m->at];
    if (strcmp(item->record, row->record) != 0) {
        if (was_active && item->status != RECORD_ACTIVE)
            m->take->withdrawn++;
        else
            m->take->changed++;
        m->put[m->at] = true;
        drop_row(m, row);
    }
    m->at++;
    return OK;
}

void
certified_row_of(const struct list_item *item, struct certified *c)
{
    *c = (struct certified){.cert = item->cert,
        .rev = item->rev,
        .stars = item->stars,
        .from_day = item->from_day,
        .until_day = item->until_day,
        .status = (int)item->status,
        .recall = (int)item->recall,
        .evidence = (int)item->evidence};
    db_copy(c->id, sizeof(c->id), item->id);
    db_copy(c->name, sizeof(c->name), item->name);
    db_copy(c->fold, sizeof(c->fold), item->fold);
    db_copy(c->producer, sizeof(c->producer), item->producer);
    db_copy(c->province_code, sizeof(c->province_code), item->province_code);
    db_copy(c->commune_code, sizeof(c->commune_code), item->commune_code);
    db_copy(c->group_code, sizeof(c->group_code), item->group_code);
}

/* All that goes goes first: numbers may have changed hands. */
static enum err
write_rows(struct db *db, const struct merge *m)
{
    struct certified c;
    enum err e = OK;

    for (size_t i = 0; e == OK && i < m->drop_len; i++)
        e = db_certified_drop(db, m->drop[i]);
    for (size_t i = 0; e == OK && i < m->list->len; i++) {
        const struct list_item *item = &m->list->items[i];

        if (!m->put[i])
            continue;
        certified_row_of(item, &c);
        e = db_certified_put(db, &c, item->record, item->record_len);
    }
    return e;
}

static enum err
write_fact(struct db *db, struct certified_take *take)
{
    struct fact_list f = {.staff = take->staff,
        .added = take->added,
        .changed = take->changed,
        .withdrawn = take->withdrawn,
        .list = {.list_seq = take->list_seq,
            .records = (int64_t)take->list->len}};
    struct journal_head head;
    struct fact_time time;
    enum err e = fact_now(db, &time);

    f.list.applied_at = time.at;
    memcpy(f.list.sha256, take->list->sha256, sizeof(f.list.sha256));
    if (e == OK)
        e = fact_list_post(db, &f, &head);
    if (e == OK)
        take->seq = head.seq;
    return e;
}

enum err
certified_take_write(struct db *db, void *arg)
{
    struct certified_take *take = arg;
    struct certified_list before = {.list_seq = 0};
    struct merge m = {.list = take->list, .take = take};
    enum err e;

    if (take->list->len == 0) {
        err_arg("case", "list_empty");
        return err_set(ERR_INVALID, "a list without records");
    }
    take->added = take->changed = take->withdrawn = 0;
    e = db_certified_list(db, &before);
    if (e != OK && e != ERR_NOT_FOUND)
        return e;
    take->list_seq = before.list_seq + 1;
    m.put = mem_new(take->list->len, sizeof(*m.put));
    e = db_certified_rows(db, merge_row, &m);
    for (; e == OK && m.at < take->list->len; m.at++) {
        take->added++;
        m.put[m.at] = true;
    }
    if (e == OK)
        e = write_rows(db, &m);
    if (e == OK)
        e = write_fact(db, take);
    mem_free(m.put);
    mem_free(m.drop);
    return e;
}
