#include "sync/registry/publish.h"

#include <string.h>

#include "base/mem.h"
#include "db/db.h"
#include "sync/registry/folder.h"
#include "sync/registry/labels.h"
#include "sync/registry/lists.h"
#include "sync/registry/publish_work.h"

struct write {
    struct work *work;
    work_fn *fn;
};

static enum err
run_write(struct db *db, void *arg)
{
    struct write *w = arg;
    enum err e = w->fn(w->work);

    (void)db;
    /* The files are there, durable, before the books say so. */
    return e == OK ? tree_flush(&w->work->p.tree) : e;
}

static void
tell(struct work *w)
{
    const struct version *t = publisher_version(&w->p, "timestamp");

    w->out->snapshot = publisher_version(&w->p, "snapshot")->version;
    w->out->timestamp = t->version;
    w->out->expires_at = t->expires_at;
}

enum err
work_run(const struct publish_ask *ask, struct work *w, work_fn *fn,
    struct published *out)
{
    struct write write = {.work = w, .fn = fn};
    enum err e;

    *out = (struct published){.roles = 0};
    w->out = out;
    w->p = (struct publisher){.db = ask->db,
        .keys = ask->keys,
        .now = ask->now,
        .by = ask->by,
        .timestamp_s = ask->timestamp_s};
    e = publisher_open(&w->p, ask->dir);
    if (e == OK && w->p.versions_len > 0)
        e = folder_update(&w->p);
    if (e == OK)
        e = db_write_alone(ask->db, "publish", run_write, &write);
    if (e == OK)
        e = folder_update(&w->p);
    if (e == OK)
        e = folder_clean(&w->p, &out->removed);
    if (e == OK)
        tell(w);
    publisher_finish(&w->p);
    return e;
}

static enum err
sign_role(struct work *w, const char *role)
{
    w->moved = true;
    w->out->roles++;
    return metadata_role(&w->p, role);
}

enum err
work_begun(struct work *w)
{
    if (w->p.before.len > 0)
        return OK;
    err_arg("case", "registry");
    return err_set(ERR_NOT_FOUND, "nothing was published here");
}

enum err
work_seal(struct work *w)
{
    enum err e = OK;

    if (w->moved || publisher_ends_soon(&w->p, "snapshot", DAYS_SNAPSHOT))
        e = metadata_snapshot(&w->p);
    return e == OK ? metadata_timestamp(&w->p) : e;
}

static enum err
sign_empty(void *arg, const char *role)
{
    return sign_role(arg, role);
}

static enum err
do_first(struct work *w)
{
    enum err e;

    if (w->p.before.len > 0)
        return err_set(ERR_EXISTS, "this registry has published");
    w->p.after = *w->first;
    w->moved = true;
    e = metadata_root(&w->p);
    if (e == OK)
        e = metadata_targets(&w->p);
    if (e == OK)
        e = publisher_each_role(&w->p, sign_empty, w);
    return e == OK ? work_seal(w) : e;
}

enum err
publish_first(const struct publish_ask *ask, const struct authorities *first,
    struct published *out)
{
    struct work *w = mem_new(1, sizeof(*w));
    enum err e;

    w->first = first;
    e = work_run(ask, w, do_first, out);
    mem_free(w);
    return e;
}

static enum err
make_list(struct work *w, const char *role, const struct named *old,
    struct named *now)
{
    struct published_list *to = &w->out->lists[w->out->lists_len];
    struct list_made made;
    enum err e = lists_make(&w->p, role, old, now, &made);

    if (e != OK || made.seq == 0)
        return e;
    memcpy(to->role, role, strlen(role) + 1);
    to->seq = made.seq;
    to->records = made.records;
    to->changes = made.changes;
    w->out->lists_len++;
    return OK;
}

/* Do both name the same file that begins so, or none? */
static bool
same(const struct named *old, const struct named *now, const char *prefix)
{
    size_t i = 0, j = 0;
    const struct named_target *a = named_next(old, prefix, &i);
    const struct named_target *b = named_next(now, prefix, &j);

    return a && b ? strcmp(a->path, b->path) == 0 : a == b;
}

/* What a role names, and its next version when that is something else. */
static enum err
publish_role(void *arg, const char *role)
{
    struct work *w = arg;
    bool changed = false, pages = strcmp(role, "vn-pages") == 0;
    struct named old = {.all = NULL}, now = {.all = NULL};
    enum err e = named_load(&w->p, role, &old);

    if (e == OK && pages)
        e = names_make(&w->p, &now);
    else if (e == OK)
        e = make_list(w, role, &old, &now);
    if (e == OK && strcmp(role, "vn") == 0)
        e = showrooms_make(&w->p, &old, &now);
    if (e == OK && strcmp(role, "vn") == 0)
        e = labels_make(&w->p, &now);
    if (e == OK && strcmp(role, "vn") == 0)
        e = status_make(&w->p, &old, &now);
    if (e == OK)
        e = named_store(&now, &w->p, role, &old, &changed);
    if (e == OK && changed)
        e = sign_role(w, role);
    if ((changed && pages) || !same(&old, &now, "vn/status-")
        || !same(&old, &now, "vn/showrooms-"))
        w->out->pages = true;
    named_finish(&old);
    named_finish(&now);
    return e;
}

static enum err
do_changes(struct work *w)
{
    enum err e = work_begun(w);

    if (e == OK)
        e = publisher_each_role(&w->p, publish_role, w);
    return e == OK ? work_seal(w) : e;
}

enum err
publish_changes(const struct publish_ask *ask, struct published *out)
{
    struct work *w = mem_new(1, sizeof(*w));
    enum err e = work_run(ask, w, do_changes, out);

    mem_free(w);
    return e;
}

/* Keys that are not at hand are no reason to leave the timestamp unsigned. */
static enum err
forgive(struct work *w, const char *role, enum err e)
{
    if (e != ERR_SIGNING_KEY)
        return e;
    memcpy(w->out->late, role, strlen(role) + 1);
    w->out->late_at = publisher_version(&w->p, role)->expires_at;
    return OK;
}

static enum err
renew_role(void *arg, const char *role)
{
    struct work *w = arg;
    enum err e;

    if (!publisher_ends_soon(&w->p, role, DAYS_TARGETS))
        return OK;
    e = metadata_role(&w->p, role);
    if (e == OK) {
        w->moved = true;
        w->out->roles++;
    }
    return forgive(w, role, e);
}

static enum err
do_renew(struct work *w)
{
    enum err e = work_begun(w);

    if (e == OK && publisher_ends_soon(&w->p, "root", DAYS_ROOT))
        e = forgive(w, "root", metadata_root(&w->p));
    if (e == OK && publisher_ends_soon(&w->p, "targets", DAYS_TARGETS)) {
        e = metadata_targets(&w->p);
        w->moved = w->moved || e == OK;
        e = forgive(w, "targets", e);
    }
    if (e == OK)
        e = publisher_each_role(&w->p, renew_role, w);
    return e == OK ? work_seal(w) : e;
}

enum err
publish_renew(const struct publish_ask *ask, struct published *out)
{
    struct work *w = mem_new(1, sizeof(*w));
    enum err e = work_run(ask, w, do_renew, out);

    mem_free(w);
    return e;
}
