#include "sync/registry/named.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"

void
named_finish(struct named *n)
{
    mem_free(n->all);
    *n = (struct named){.all = NULL};
}

static struct named_target *
add(struct named *n)
{
    if (n->len == n->cap) {
        n->cap = n->cap ? n->cap * 2 : 64;
        n->all = mem_resize(n->all, n->cap, sizeof(*n->all));
    }
    return &n->all[n->len++];
}

static enum err
take(void *arg, const struct reg_target *t)
{
    struct named_target *to = add(arg);

    snprintf(to->path, sizeof(to->path), "%s", t->path);
    snprintf(to->custom, sizeof(to->custom), "%s", t->custom);
    to->length = t->length;
    memcpy(to->sha256, t->sha256, sizeof(to->sha256));
    return OK;
}

enum err
named_load(struct publisher *p, const char *role, struct named *out)
{
    *out = (struct named){.all = NULL};
    return db_reg_targets(p->db, role, take, out);
}

const struct named_target *
named_next(const struct named *n, const char *prefix, size_t *at)
{
    while (*at < n->len) {
        const struct named_target *t = &n->all[(*at)++];

        if (strncmp(t->path, prefix, strlen(prefix)) == 0)
            return t;
    }
    return NULL;
}

void
named_keep(struct named *n, const struct named *old, const char *prefix)
{
    const struct named_target *t;
    size_t at = 0;

    while ((t = named_next(old, prefix, &at)) != NULL)
        *add(n) = *t;
}

void
named_place(const char *path, const uint8_t sha256[32], char out[TREE_NAME])
{
    const char *slash = strrchr(path, '/');
    int folder = slash ? (int)(slash + 1 - path) : 0;
    char hex[2 * CRYPTO_HASH + 1];

    crypto_hex(sha256, CRYPTO_HASH, hex);
    snprintf(out, TREE_NAME, "targets/%.*s%s.%s", folder, path, hex,
        path + folder);
}

enum err
named_add(struct named *n, struct publisher *p, const char *path,
    const void *bytes, size_t len, const char *custom)
{
    struct named_target *t = add(n);
    char place[TREE_NAME];

    memset(t, 0, sizeof(*t));
    snprintf(t->path, sizeof(t->path), "%s", path);
    snprintf(t->custom, sizeof(t->custom), "%s", custom);
    t->length = (int64_t)len;
    crypto_sha256(bytes, len, t->sha256);
    if (len > TUF_BYTES_MAX)
        return err_set(ERR_TOO_LARGE, "%s: %zu bytes", path, len);
    named_place(path, t->sha256, place);
    return tree_put_once(&p->tree, place, bytes, len);
}

static const struct named_target *
find(const struct named *n, const char *path)
{
    for (size_t i = 0; i < n->len; i++)
        if (strcmp(n->all[i].path, path) == 0)
            return &n->all[i];
    return NULL;
}

static bool
same(const struct named_target *a, const struct named_target *b)
{
    return b && a->length == b->length
           && memcmp(a->sha256, b->sha256, sizeof(a->sha256)) == 0
           && strcmp(a->custom, b->custom) == 0;
}

static enum err
put(struct publisher *p, const char *role, const struct named_target *t)
{
    struct reg_target row = {.path = t->path,
        .role = role,
        .length = t->length,
        .custom = t->custom,
        .at = p->now};

    memcpy(row.sha256, t->sha256, sizeof(row.sha256));
    return db_reg_target_put(p->db, &row);
}

enum err
named_store(struct named *n, struct publisher *p, const char *role,
    const struct named *old, bool *changed_out)
{
    enum err e = OK;

    *changed_out = false;
    for (size_t i = 0; e == OK && i < old->len; i++) {
        if (find(n, old->all[i].path))
            continue;
        *changed_out = true;
        e = db_reg_target_drop(p->db, old->all[i].path);
    }
    for (size_t i = 0; e == OK && i < n->len; i++) {
        if (same(&n->all[i], find(old, n->all[i].path)))
            continue;
        *changed_out = true;
        e = put(p, role, &n->all[i]);
    }
    return e;
}
