#include "sync/registry/folder.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "db/registry/published.h"

enum { COMPARED_MAX = 16 * 1024 * 1024 };

/* "7.p01.json"; "timestamp.json" has no number. */
static void
place(const char *role, int64_t version, char out[TREE_NAME])
{
    if (strcmp(role, "timestamp") == 0)
        snprintf(out, TREE_NAME, "timestamp.json");
    else
        snprintf(out, TREE_NAME, "%" PRId64 ".%s.json", version, role);
}

/* Does the folder have the file as it is? */
static bool
is_there(const struct tree *tree, const char *name,
    const struct reg_metadata *m)
{
    char path[PATH_MAX + TREE_NAME];
    struct buf found;
    bool same;

    snprintf(path, sizeof(path), "%s/%s", tree->root, name);
    buf_init(&found, COMPARED_MAX);
    same = file_read(path, &found) == OK && found.len == m->len
           && memcmp(found.data, m->bytes, m->len) == 0;
    buf_finish(&found);
    return same;
}

static enum err
put(void *arg, const struct reg_metadata *m)
{
    struct publisher *p = arg;
    char name[TREE_NAME];

    place(m->role, m->version, name);
    return is_there(&p->tree, name, m)
               ? OK
               : tree_put(&p->tree, name, m->bytes, m->len);
}

static enum err
put_all_but_last(void *arg, const struct reg_metadata *m)
{
    bool last = strcmp(m->role, "timestamp") == 0
                || strcmp(m->role, "root") == 0;

    return last ? OK : put(arg, m);
}

static enum err
put_one(struct publisher *p, const char *role)
{
    enum err e = db_reg_metadata_last(p->db, role, put, p);

    return e == OK ? tree_flush(&p->tree) : e;
}

enum err
folder_update(struct publisher *p)
{
    enum err e = OK;

    /* The very first root has no root before it. */
    if (publisher_version(p, "root")->version == 1)
        e = put_one(p, "root");
    if (e == OK)
        e = db_reg_metadata_each(p->db, put_all_but_last, p);
    if (e == OK)
        e = tree_flush(&p->tree);
    if (e == OK)
        e = put_one(p, "timestamp");
    return e == OK ? put_one(p, "root") : e;
}

/* Names in force, sorted. */
struct names {
    char (*all)[TREE_NAME];
    size_t len, cap;
};

static char *
add_name(struct names *n)
{
    if (n->len == n->cap) {
        n->cap = n->cap ? n->cap * 2 : 256;
        n->all = mem_resize(n->all, n->cap, sizeof(*n->all));
    }
    return n->all[n->len++];
}

static enum err
add_target(void *arg, const struct reg_target *t)
{
    const char *slash = strrchr(t->path, '/');
    int folder = slash ? (int)(slash + 1 - t->path) : 0;
    char hex[2 * CRYPTO_HASH + 1];

    crypto_hex(t->sha256, CRYPTO_HASH, hex);
    snprintf(add_name(arg), TREE_NAME, "targets/%.*s%s.%s", folder, t->path,
        hex, t->path + folder);
    return OK;
}

struct gather {
    struct publisher *p;
    struct names *names;
};

static enum err
add_role(void *arg, const char *role)
{
    struct gather *g = arg;

    return db_reg_targets(g->p->db, role, add_target, g->names);
}

static int
by_name(const void *a, const void *b)
{
    return strcmp(a, b);
}

static bool
is_root(const char *name)
{
    return strcmp(name + strspn(name, "0123456789"), ".root.json") == 0;
}

static bool
named(void *arg, const char *name)
{
    struct names *n = arg;
    char key[TREE_NAME];

    if (is_root(name))
        return true;
    snprintf(key, sizeof(key), "%s", name);
    return bsearch(key, n->all, n->len, sizeof(*n->all), by_name) != NULL;
}

enum err
folder_clean(struct publisher *p, size_t *removed_out)
{
    struct names names = {.all = NULL};
    struct gather gather = {.p = p, .names = &names};
    enum err e = publisher_each_role(p, add_role, &gather);

    for (size_t i = 0; e == OK && i < p->versions_len; i++)
        place(p->versions[i].role, p->versions[i].version, add_name(&names));
    if (e == OK) {
        qsort(names.all, names.len, sizeof(*names.all), by_name);
        e = tree_clean(&p->tree, p->now, (int64_t)FOLDER_KEEPS_DAYS * DAY_S,
            named, &names, removed_out);
    }
    mem_free(names.all);
    return e;
}
