/* What a piece of work on the repository begins with. */
#include <stdio.h>
#include <string.h>

#include "db/registry/published.h"
#include "sync/registry/metadata.h"

struct version *
publisher_version(struct publisher *p, const char *role)
{
    struct version *v;

    for (size_t i = 0; i < p->versions_len; i++)
        if (strcmp(p->versions[i].role, role) == 0)
            return &p->versions[i];
    if (p->versions_len == AUTHORITIES)
        return NULL;
    v = &p->versions[p->versions_len++];
    *v = (struct version){.version = 0};
    snprintf(v->role, sizeof(v->role), "%s", role);
    return v;
}

bool
publisher_ends_soon(struct publisher *p, const char *role, int days)
{
    const struct version *v = publisher_version(p, role);

    return !v || v->expires_at - p->now < (int64_t)days * DAY_S / 3;
}

static enum err
take_version(void *arg, const struct reg_metadata *m)
{
    struct publisher *p = arg;
    struct version *v = publisher_version(p, m->role);
    enum err e = OK;

    if (!v)
        return err_set(ERR_BOOKS, "more than %d roles", AUTHORITIES);
    v->version = m->version;
    v->expires_at = m->expires_at;
    v->length = (int64_t)m->len;
    return e;
}

static enum err
take_root(void *arg, const struct reg_metadata *m)
{
    return authorities_of_root(arg, m->bytes, m->len);
}

static enum err
take_targets(void *arg, const struct reg_metadata *m)
{
    return authorities_of_targets(arg, m->bytes, m->len);
}

enum err
publisher_open(struct publisher *p, const char *dir)
{
    enum err e;

    p->versions_len = 0;
    p->before.len = 0;
    e = db_reg_metadata_each(p->db, take_version, p);
    if (e == OK && p->versions_len > 0)
        e = db_reg_metadata_last(p->db, "root", take_root, &p->before);
    if (e == OK && p->versions_len > 0)
        e = db_reg_metadata_last(p->db, "targets", take_targets, &p->before);
    p->after = p->before;
    return e == OK ? tree_open(dir, &p->tree) : e;
}

void
publisher_finish(struct publisher *p)
{
    tree_finish(&p->tree);
}

enum err
publisher_each_role(struct publisher *p, publisher_role_fn *fn, void *arg)
{
    enum err e = OK;

    for (size_t i = TUF_TOPS; e == OK && i < p->after.len; i++) {
        e = fn(arg, p->after.roles[i].role);
        if (e == OK && strcmp(p->after.roles[i].role, "vn") == 0)
            e = fn(arg, "vn-pages");
    }
    return e;
}
