/* Numbers in comments are those of section 5 of the specification. */
#include "sync/tuf/client.h"

#include <inttypes.h>
#include <string.h>

#include "base/mem.h"
#include "sync/tuf/keep.h"
#include "sync/tuf/trust.h"

/* A delegated role that was verified for one parent. */
struct loaded {
    char *role, *parent;
    struct tuf_targets targets;
    struct loaded *next;
};

struct tuf_client {
    const struct tuf_scheme *const *schemes;
    const struct tuf_source *source;
    struct tuf_kept *kept;
    int64_t now;
    struct tuf_trust trust;
    struct loaded *loaded;
};

struct tuf_client *
tuf_client_new(const struct tuf_scheme *const *schemes,
    const struct tuf_source *source, struct tuf_kept *kept)
{
    struct tuf_client *c = mem_new(1, sizeof(*c));

    c->schemes = schemes;
    c->source = source;
    c->kept = kept;
    return c;
}

static void
forget_all(struct tuf_client *c)
{
    while (c->loaded) {
        struct loaded *l = c->loaded;

        c->loaded = l->next;
        tuf_targets_finish(&l->targets);
        mem_free(l->role);
        mem_free(l->parent);
        mem_free(l);
    }
    tuf_trust_finish(&c->trust);
}

void
tuf_client_free(struct tuf_client *c)
{
    if (!c)
        return;
    forget_all(c);
    mem_free(c);
}

/* "3.p01.json", or "p01.json" when `version` is 0. */
static enum err
fetch(struct tuf_client *c, const char *role, int64_t version, size_t max,
    struct buf *out)
{
    struct buf name;
    enum err e;

    buf_init(&name, (size_t)3 * TUF_NAME_MAX + 32);
    if (version > 0)
        buf_printf(&name, "%" PRId64 ".", version);
    tuf_quote(role, &name);
    buf_add_str(&name, ".json");
    buf_init(out, max);
    e = c->source->get(c->source->arg, name.data, max, out);
    if (e == OK && out->full)
        e = err_set(ERR_TOO_LARGE, "%s is past %zu bytes", name.data, max);
    buf_finish(&name);
    return e;
}

/* What the parent announced, under the name that goes with it. */
static enum err
fetch_file(struct tuf_client *c, const char *role,
    const struct tuf_file *file, struct buf *out)
{
    return fetch(c, role, c->trust.root.consistent ? file->version : 0,
        file->length >= 0 ? (size_t)file->length : TUF_UNSIZED_BYTES, out);
}

/* 5.3: one root after the other, each kept before the next is asked for. */
static enum err
refresh_root(struct tuf_client *c)
{
    const struct tuf_kept_file *kept = tuf_kept_find(c->kept, "root");
    struct tuf_signed *head = &c->trust.root.head;
    struct buf bytes;
    enum err e;

    if (!kept)
        return err_set(ERR_NOT_FOUND, "no root to trust first");
    e = tuf_trust_start(&c->trust, c->schemes, kept->bytes, kept->len);
    if (e == OK)
        tuf_keep_seen(c->kept, "root", head);
    for (int i = 0; e == OK && i < TUF_ROOT_STEPS; i++) {
        e = fetch(c, "root", head->version + 1, TUF_ROOT_BYTES, &bytes);
        if (e == ERR_NOT_FOUND) {
            buf_finish(&bytes);
            e = OK;
            break;
        }
        if (e == OK)
            e = tuf_trust_next_root(&c->trust, bytes.data, bytes.len);
        if (e == OK)
            tuf_keep(c->kept, "root", bytes.data, head);
        buf_finish(&bytes);
    }
    if (c->trust.rotated) { /* 5.3.11; also when the last root was refused */
        tuf_keep_forget(c->kept, "timestamp");
        tuf_keep_forget(c->kept, "snapshot");
    }
    return e == OK ? tuf_trust_root_final(&c->trust, c->now) : e;
}

static enum err
refresh_timestamp(struct tuf_client *c)
{
    const struct tuf_kept_file *kept = tuf_kept_find(c->kept, "timestamp");
    struct tuf_trust *t = &c->trust;
    struct buf bytes;
    bool newer;
    enum err e;

    if (kept && tuf_trust_kept_timestamp(t, kept->bytes, kept->len) == OK)
        tuf_keep_seen(c->kept, "timestamp", &t->timestamp.head);
    e = fetch(c, "timestamp", 0, TUF_TIMESTAMP_BYTES, &bytes);
    if (e == OK)
        e = tuf_trust_timestamp(t, bytes.data, bytes.len, c->now, &newer);
    if (e == OK && newer)
        tuf_keep(c->kept, "timestamp", bytes.data, &t->timestamp.head);
    buf_finish(&bytes);
    return e;
}

static enum err
refresh_snapshot(struct tuf_client *c)
{
    const struct tuf_kept_file *kept = tuf_kept_find(c->kept, "snapshot");
    struct tuf_trust *t = &c->trust;
    struct buf bytes;
    enum err e;

    if (kept && tuf_trust_kept_snapshot(t, kept->bytes, kept->len) == OK) {
        tuf_keep_seen(c->kept, "snapshot", &t->snapshot.head);
        if (tuf_trust_snapshot_final(t, c->now) == OK)
            return OK;
    }
    e = fetch_file(c, "snapshot", &t->timestamp.snapshot, &bytes);
    if (e == OK)
        e = tuf_trust_snapshot(t, bytes.data, bytes.len, c->now);
    if (e == OK)
        tuf_keep(c->kept, "snapshot", bytes.data, &t->snapshot.head);
    buf_finish(&bytes);
    return e;
}

/* The role as `parent` delegates it, or the top role when there is none. */
static enum err
trust_targets(struct tuf_client *c, const struct tuf_targets *parent,
    const char *role, const char *bytes, size_t len, struct tuf_targets *out)
{
    if (!parent)
        return tuf_trust_targets(&c->trust, bytes, len, c->now);
    return tuf_trust_delegated(
        &c->trust, parent, role, bytes, len, c->now, out);
}

/* The kept one when it is still the snapshot's, else a fetched one. */
static enum err
refresh_targets(struct tuf_client *c, const struct tuf_targets *parent,
    const char *role, struct tuf_targets *out)
{
    const struct tuf_kept_file *kept = tuf_kept_find(c->kept, role);
    const struct tuf_file *file = tuf_snapshot_find(&c->trust.snapshot, role);
    struct buf bytes;
    enum err e;

    if (kept && trust_targets(
                    c, parent, role, kept->bytes, kept->len, out) == OK) {
        tuf_keep_seen(c->kept, role, &out->head);
        return OK;
    }
    if (!file || (parent && !tuf_targets_delegation(parent, role)))
        /* the reason in words, as for bytes that were fetched */
        return trust_targets(c, parent, role, "", 0, out);
    e = fetch_file(c, role, file, &bytes);
    if (e == OK)
        e = trust_targets(c, parent, role, bytes.data, bytes.len, out);
    if (e == OK)
        tuf_keep(c->kept, role, bytes.data, &out->head);
    buf_finish(&bytes);
    return e;
}

enum err
tuf_client_refresh(struct tuf_client *c, int64_t now)
{
    enum err e;

    forget_all(c);
    c->now = now;
    e = refresh_root(c);
    if (e == OK)
        e = refresh_timestamp(c);
    if (e == OK)
        e = refresh_snapshot(c);
    if (e == OK)
        e = refresh_targets(c, NULL, "targets", &c->trust.targets);
    return e;
}

/* The role for this parent, from before or now. */
static enum err
load(struct tuf_client *c, const struct tuf_targets *parent,
    const char *parent_name, const char *role, const struct tuf_targets **out)
{
    struct loaded *l;
    enum err e;

    if (!parent) {
        *out = &c->trust.targets;
        return OK;
    }
    for (l = c->loaded; l; l = l->next)
        if (strcmp(l->role, role) == 0 && strcmp(l->parent, parent_name) == 0)
            break;
    if (!l) {
        l = mem_new(1, sizeof(*l));
        e = refresh_targets(c, parent, role, &l->targets);
        if (e != OK) {
            mem_free(l);
            return e;
        }
        l->role = mem_dup_str(role);
        l->parent = mem_dup_str(parent_name);
        l->next = c->loaded;
        c->loaded = l;
    }
    *out = &l->targets;
    return OK;
}

enum err
tuf_client_role(struct tuf_client *c, const char *role,
    const struct tuf_targets **out)
{
    if (!c->trust.has_targets)
        return err_set(ERR_NOT_FOUND, "not refreshed yet");
    return load(c, strcmp(role, "targets") == 0 ? NULL : &c->trust.targets,
        "targets", role, out);
}

/* A role that is still to be visited, and who delegates to it. */
struct visit {
    const char *role, *parent_name;
    const struct tuf_targets *parent;
};

struct walk {
    struct visit *todo; /* the last is visited next */
    size_t todo_len, todo_cap;
    const char *done[TUF_ROLES_MAX];
    size_t done_len;
};

static void
walk_add(struct walk *w, const struct visit *visit)
{
    if (w->todo_len == w->todo_cap) {
        w->todo_cap = w->todo_cap ? w->todo_cap * 2 : 8;
        w->todo = mem_resize(w->todo, w->todo_cap, sizeof(*w->todo));
    }
    w->todo[w->todo_len++] = *visit;
}

static bool
walk_was_at(const struct walk *w, const char *role)
{
    for (size_t i = 0; i < w->done_len; i++)
        if (strcmp(w->done[i], role) == 0)
            return true;
    return false;
}

/* 5.6.7.2: those who may speak of the path, the most trusted one last; behind
 * a terminating one there is nobody else. */
static void
walk_add_children(struct walk *w, const struct tuf_targets *targets,
    const char *role, const char *path)
{
    size_t n = 0;

    while (n < targets->delegations_len) {
        const struct tuf_delegation *d = &targets->delegations[n++];

        if (d->terminating && tuf_delegation_covers(d, path)) {
            w->todo_len = 0;
            break;
        }
    }
    while (n-- > 0) {
        const struct tuf_delegation *d = &targets->delegations[n];

        if (tuf_delegation_covers(d, path))
            walk_add(w, &(struct visit){.role = d->name,
                            .parent_name = role,
                            .parent = targets});
    }
}

static enum err
walk_on(struct tuf_client *c, struct walk *w, const char *path,
    const struct tuf_target **out, const char **role_out)
{
    while (w->todo_len > 0 && w->done_len < TUF_ROLES_MAX) {
        const struct visit visit = w->todo[--w->todo_len];
        const struct tuf_targets *targets;
        enum err e;

        if (walk_was_at(w, visit.role))
            continue;
        e = load(c, visit.parent, visit.parent_name, visit.role, &targets);
        if (e != OK)
            return e;
        w->done[w->done_len++] = visit.role;
        *out = tuf_targets_find(targets, path);
        if (*out) {
            if (role_out)
                *role_out = visit.role;
            return OK;
        }
        walk_add_children(w, targets, visit.role, path);
    }
    return err_set(ERR_NOT_FOUND, "no role names %s", path);
}

enum err
tuf_client_target(struct tuf_client *c, const char *path,
    const struct tuf_target **out, const char **role_out)
{
    struct walk w = {.todo_len = 0};
    enum err e;

    if (!c->trust.has_targets)
        return err_set(ERR_NOT_FOUND, "not refreshed yet");
    walk_add(&w, &(struct visit){.role = "targets"});
    e = walk_on(c, &w, path, out, role_out);
    mem_free(w.todo);
    return e;
}

const struct tuf_root *
tuf_client_root(const struct tuf_client *c)
{
    return c->trust.root.head.doc ? &c->trust.root : NULL;
}

const struct tuf_timestamp *
tuf_client_timestamp(const struct tuf_client *c)
{
    return c->trust.has_timestamp ? &c->trust.timestamp : NULL;
}

const struct tuf_snapshot *
tuf_client_snapshot(const struct tuf_client *c)
{
    return c->trust.has_snapshot ? &c->trust.snapshot : NULL;
}
