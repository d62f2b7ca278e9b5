/* A role's keys, changed for new ones. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "db/db.h"
#include "db/registry/showrooms.h"
#include "sync/registry/publish_work.h"

static bool
is_top(const struct authorities *a, const struct authority *role)
{
    return role < &a->roles[TUF_TOPS];
}

/* A new key where the i-th was. */
static enum err
replace(struct work *w, struct authority *role, size_t i)
{
    struct keys *keys = w->p.keys;
    const struct key *old = keys_find(keys, role->keys[i].id), *made;
    /* Who keeps the old one elsewhere keeps it well. */
    bool guarded = old ? old->protected : true;
    enum err e = keys_make(
        keys, w->rotate->folder, role->role, guarded, w->p.now, &made);

    if (e != OK)
        return e;
    memcpy(role->keys[i].id, made->id, TUF_KEYID);
    memcpy(role->keys[i].public, made->public, CRYPTO_PUBLIC);
    w->rotate->made++;
    return OK;
}

static enum err
replace_all(struct work *w, struct authority *role)
{
    const char *old = w->rotate->old;
    enum err e = OK;

    for (size_t i = 0; e == OK && i < role->len; i++)
        if (!old || strcmp(old, role->keys[i].id) == 0)
            e = replace(w, role, i);
    if (e != OK || w->rotate->made > 0)
        return e;
    err_arg("case", "missing");
    err_arg("file", "%s", old ? old : role->role);
    return err_set(ERR_SIGNING_KEY, "no such key of %s", role->role);
}

/* The files that must say or bear the new keys. */
static enum err
sign_anew(struct work *w, const struct authority *role)
{
    bool top = is_top(&w->p.after, role);
    bool targets = !top || strcmp(role->role, "targets") == 0;
    enum err e = OK;

    if (targets)
        e = metadata_targets(&w->p);
    if (e == OK && !top)
        e = metadata_role(&w->p, role->role);
    if (e == OK && strcmp(role->role, "vn") == 0)
        e = metadata_role(&w->p, "vn-pages");
    w->moved = targets || strcmp(role->role, "snapshot") == 0;
    if (e == OK)
        e = work_seal(w);
    return e == OK && top ? metadata_root(&w->p) : e;
}

static enum err
note(struct work *w)
{
    char detail[128];

    snprintf(detail, sizeof(detail), "{\"keys\":%zu,\"role\":\"%s\"}",
        w->rotate->made, w->rotate->role);
    return db_reg_act_add(w->p.db, w->p.now, w->p.by, "key_rotate", detail);
}

static enum err
do_rotate(struct work *w)
{
    struct authority *role = NULL;
    enum err e = work_begun(w);

    for (size_t i = 0; e == OK && i < w->p.after.len; i++)
        if (strcmp(w->p.after.roles[i].role, w->rotate->role) == 0)
            role = &w->p.after.roles[i];
    if (e == OK && !role) {
        err_arg("case", "role");
        err_arg("what", "%.40s", w->rotate->role);
        e = err_set(ERR_NOT_FOUND, "no role %.40s", w->rotate->role);
    }
    if (e == OK)
        e = replace_all(w, role);
    if (e == OK)
        e = sign_anew(w, role);
    return e == OK ? note(w) : e;
}

/* The files of keys that no longer sign, out of the way.  It is no failure
 * when that does not work: they sign nothing wherever they are. */
static void
retire(const struct publish_rotate *rotate, const struct authorities *before,
    const struct authorities *after, const struct keys *keys)
{
    const struct authority *was = authorities_find(before, rotate->role);
    const struct authority *is = authorities_find(after, rotate->role);
    char folder[PATH_MAX], path[2 * PATH_MAX];

    snprintf(folder, sizeof(folder), "%.*s/retired", PATH_MAX - 16,
        rotate->folder);
    mkdir(folder, 0700);
    for (size_t i = 0; was && is && i < was->len; i++) {
        const struct key *key = keys_find(keys, was->keys[i].id);

        if (!key || strcmp(was->keys[i].id, is->keys[i].id) == 0
            || strncmp(key->path, rotate->folder, strlen(rotate->folder)) != 0)
            continue;
        snprintf(path, sizeof(path), "%s%s", folder, strrchr(key->path, '/'));
        rename(key->path, path);
    }
}

enum err
publish_rotate(const struct publish_ask *ask, struct publish_rotate *rotate,
    struct published *out)
{
    struct work *w = mem_new(1, sizeof(*w));
    enum err e;

    w->rotate = rotate;
    rotate->made = 0;
    e = work_run(ask, w, do_rotate, out);
    if (e == OK)
        retire(rotate, &w->p.before, &w->p.after, ask->keys);
    mem_free(w);
    return e;
}
