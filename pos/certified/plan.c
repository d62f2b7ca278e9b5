#include "pos/certified/plan.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/crypto.h"
#include "db/product.h"
#include "sync/lines.h"

enum { PATH = 64 };

/* What `custom.ocop` of a target says; false when it says nothing of lists. */
struct told {
    const char *kind;
    int64_t seq, from;
    const char *state;
};

static bool
read_told(const struct tuf_target *t, struct told *out)
{
    const struct json *ocop = NULL;

    *out = (struct told){.state = ""};
    return t->custom && json_get_obj(t->custom, "ocop", &ocop) == OK
           && json_get_str(ocop, "kind", 16, &out->kind) == OK
           && json_get_int(ocop, "seq", 1, JSON_INT_MAX, &out->seq) == OK
           && json_opt_int(ocop, "from", 1, JSON_INT_MAX, &out->from) == OK
           && json_opt_str(ocop, "state", 64, &out->state) == OK;
}

/* The newest whole list among the targets of its role. */
static void
find_full(struct planned *p, const struct tuf_targets *targets,
    const struct tuf_delegation *d)
{
    for (size_t i = 0; i < targets->targets_len; i++) {
        const struct tuf_target *t = &targets->targets[i];
        char path[PATH];
        struct told told;

        if (!read_told(t, &told) || strcmp(told.kind, "full") != 0
            || told.seq <= p->seq)
            continue;
        snprintf(path, sizeof(path), "%s/list-%" PRId64 ".ndjson", p->name,
            told.seq);
        if (strcmp(t->path, path) != 0 || !tuf_delegation_covers(d, path))
            continue;
        p->full = t;
        p->seq = told.seq;
    }
}

/* The way from the list in force to it, when it is the shorter one. */
static void
find_delta(struct planned *p, const struct tuf_targets *targets,
    const struct tuf_delegation *d)
{
    char path[PATH], hex[65];

    crypto_hex(p->full->sha256, 32, hex);
    snprintf(path, sizeof(path), "%s/delta-%" PRId64 "-%" PRId64 ".ndjson",
        p->name, p->force.list_seq, p->seq);
    for (size_t i = 0; i < targets->targets_len; i++) {
        const struct tuf_target *t = &targets->targets[i];
        struct told told;

        if (strcmp(t->path, path) == 0 && tuf_delegation_covers(d, path)
            && read_told(t, &told) && strcmp(told.kind, "delta") == 0
            && told.from == p->force.list_seq && told.seq == p->seq
            && strcmp(told.state, hex) == 0 && t->length < p->full->length)
            p->delta = t;
    }
}

static enum err
gone(const char *name)
{
    err_arg("case", "gone");
    err_arg("list", "%s", name);
    return err_set(ERR_LIST_REFUSED, "list %s is published no more", name);
}

/* One role: its list, and how to come to it. */
static enum err
plan_role(struct planned *p, struct tuf_client *client, struct db *db,
    const struct tuf_delegation *d)
{
    const struct tuf_targets *targets;
    bool has = tuf_snapshot_find(tuf_client_snapshot(client), d->name);
    enum err e = db_certified_list(db, p->name, &p->force);

    if (e == ERR_NOT_FOUND)
        e = OK;
    if (e == OK && has)
        e = tuf_client_role(client, d->name, &targets);
    if (e == OK && has)
        find_full(p, targets, d);
    if (e != OK || !p->full)
        return e; /* a province that has no list yet */
    if (p->force.gen && p->force.list_seq == p->seq
        && memcmp(p->force.sha256, p->full->sha256, 32) == 0)
        return OK;
    p->how = PLAN_FULL;
    if (p->force.gen)
        find_delta(p, targets, d);
    if (p->delta)
        p->how = PLAN_DELTA;
    return OK;
}

struct checking {
    struct plan *plan;
    const struct plan_left *left;
};

bool
plan_leaves(const struct plan_left *left, const char *name)
{
    for (size_t i = 0; i < left->len; i++)
        if (strcmp(left->names[i], name) == 0)
            return true;
    return false;
}

/* A list in force must still be spoken of. */
static enum err
check_there(void *arg, const struct certified_list *list)
{
    const struct checking *c = arg;
    struct plan *p = c->plan;

    if (!lines_is_list(list->name) || plan_leaves(c->left, list->name))
        return OK;
    for (size_t i = 0; i < p->len; i++)
        if (strcmp(p->lists[i].name, list->name) == 0)
            return OK;
    memcpy(p->blamed, list->name, sizeof(p->blamed));
    return gone(list->name);
}

static enum err
too_many(void)
{
    err_arg("case", "many");
    err_arg("max", "%d", FACT_LISTS);
    return err_set(ERR_LIST_REFUSED, "more than %d lists", FACT_LISTS);
}

enum err
plan_make(struct plan *p, struct tuf_client *client, struct db *db,
    const struct plan_left *left)
{
    struct checking checking = {.plan = p, .left = left};
    const struct tuf_targets *top;
    enum err e = tuf_client_role(client, "targets", &top);

    memset(p, 0, sizeof(*p));
    for (size_t i = 0; e == OK && i < top->delegations_len; i++) {
        const struct tuf_delegation *d = &top->delegations[i];
        struct planned *at = &p->lists[p->len];

        if (!lines_is_list(d->name) || plan_leaves(left, d->name))
            continue;
        if (p->len == FACT_LISTS)
            return too_many();
        memset(at, 0, sizeof(*at));
        db_copy(at->name, sizeof(at->name), d->name);
        e = plan_role(at, client, db, d);
        if (e == ERR_LIST_UNTRUSTED || e == ERR_LIST_EXPIRED)
            memcpy(p->blamed, at->name, sizeof(p->blamed));
        if (!at->full)
            continue;
        p->changes += at->how != PLAN_KEEP;
        p->len++;
    }
    return e == OK ? db_certified_lists(db, check_there, &checking) : e;
}
