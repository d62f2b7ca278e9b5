#include "pos/certified/take.h"

#include <string.h>

#include "db/certified.h"
#include "pos/certified/diff.h"
#include "pos/certified/row.h"
#include "pos/certified/swap.h"
#include "sync/lines.h"
#include "sync/list.h"

static const char name[] = "file";

static enum err
refuse_if_signed(void *arg, const struct certified_list *list)
{
    (void)arg;
    if (strcmp(list->name, name) == 0)
        return OK;
    err_arg("case", "list_signed");
    err_arg("list", "%s", list->name);
    return err_set(ERR_INVALID, "the registry's list %s is in force",
        list->name);
}

/* The rows of a new generation, each held against the one before. */
static enum err
stage(struct db *db, const struct list *list, int64_t gen, struct before *b,
    struct diff *d)
{
    struct lines lines;
    struct line line;
    enum err e = OK;

    lines_init(&lines, name, false);
    for (size_t i = 0; e == OK && i < list->len; i++) {
        const struct list_item *item = &list->items[i];
        struct list_row row;
        struct diff_side side;

        e = lines_read(&lines, item->record, item->record_len, &line);
        if (e != OK)
            break;
        row_of_line(&line, &row);
        side = row_side(&row);
        e = before_meet(b, d, &side);
        if (e == OK)
            e = row_put(db, gen, (int64_t)i, &row);
        row_finish(&row);
    }
    lines_finish(&lines);
    return e == OK ? before_meet(b, d, NULL) : e;
}

static enum err
sweep_all(struct db *db)
{
    bool more = true;
    enum err e = OK;

    while (e == OK && more)
        e = db_certified_sweep(db, INT64_MAX, INT32_MAX, &more);
    return e;
}

static void
count(struct certified_take *take, const struct swap *s)
{
    const int64_t *n = s->diff->counts;

    take->seq = s->seq;
    take->added = n[CHANGE_NEW];
    take->changed = n[CHANGE_CHANGED] + n[CHANGE_UPGRADED]
                    + n[CHANGE_DOWNGRADED] + n[CHANGE_REINSTATED];
    take->withdrawn = n[CHANGE_WITHDRAWN] + n[CHANGE_SUSPENDED]
                      + n[CHANGE_DROPPED];
}

static enum err
replace(struct db *db, struct certified_take *take, struct swap_list *l,
    const struct certified_list *was)
{
    struct diff d;
    struct claims claims = {.items = NULL};
    struct swap s = {.lists = l, .lists_len = 1, .diff = &d,
        .claims = &claims, .staff = take->staff};
    struct before b;
    enum err e = diff_init(&d, db);

    before_init(&b, NULL, db, was);
    if (e == OK)
        e = db_certified_gen_next(db, &l->list.gen);
    if (e == OK)
        e = stage(db, take->list, l->list.gen, &b, &d);
    if (e == OK)
        e = swap_write(db, &s);
    if (e == OK)
        e = sweep_all(db);
    if (e == OK)
        count(take, &s);
    before_finish(&b);
    claims_finish(&claims);
    diff_finish(&d);
    return e;
}

enum err
certified_take_write(struct db *db, void *arg)
{
    struct certified_take *take = arg;
    struct certified_list was = {.list_seq = 0};
    struct swap_list l = {.ops = NULL};
    enum err e = db_certified_lists(db, refuse_if_signed, NULL);

    if (e == OK)
        e = db_certified_list(db, name, &was);
    if (e != OK && e != ERR_NOT_FOUND)
        return e;
    if (take->list->len == 0) {
        err_arg("case", "list_empty");
        return err_set(ERR_INVALID, "a list without records");
    }
    take->list_seq = was.list_seq + 1;
    l.list = (struct certified_list){.list_seq = take->list_seq,
        .records = (int64_t)take->list->len};
    memcpy(l.list.name, name, sizeof(name));
    memcpy(l.list.sha256, take->list->sha256, sizeof(l.list.sha256));
    return replace(db, take, &l, &was);
}
