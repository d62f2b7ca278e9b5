#include "sync/registry/metadata.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "db/registry/published.h"
#include "sync/tuf/write.h"

enum { METADATA_MAX = 16 * 1024 * 1024 };

/* A file being written. */
struct draft {
    struct publisher *p;
    struct version *v;
    int64_t expires_at;
    struct buf text;
    struct canon c;
};

static void
draft_begin(
    struct draft *d, struct publisher *p, const char *role, int64_t seconds)
{
    *d = (struct draft){.p = p, .v = publisher_version(p, role)};
    assert(d->v);
    d->expires_at = p->now + seconds;
    buf_init(&d->text, METADATA_MAX);
    canon_init(&d->c, &d->text);
    canon_obj(&d->c);
}

/* By those who sign now and, while a top role's keys change, also by those who
 * signed before: the file is then good under the old root and the new, so
 * there is no moment at which a client finds it signed by strangers. */
static enum err
sign(struct draft *d, struct buf *out)
{
    const char *role = d->v->role;
    const struct authority *before = authorities_find(&d->p->before, role);
    struct signers signers = {.len = 0};
    enum err e = authority_sign_with(
        authorities_find(&d->p->after, role), d->p->keys, &signers);

    if (e == OK && before && before < &d->p->before.roles[TUF_TOPS]) {
        e = authority_sign_with(before, d->p->keys, &signers);
        /* A key that was lost is replaced without it; not so the root's. */
        if (e == ERR_SIGNING_KEY && strcmp(role, "root") != 0)
            e = OK;
    }
    if (e == OK)
        e = tuf_sign(
            d->text.data, d->text.len, signers.all, signers.len, out);
    signers_wipe(&signers);
    return e;
}

static enum err
draft_end(struct draft *d)
{
    struct reg_metadata m = {.role = d->v->role,
        .version = d->v->version + 1,
        .signed_at = d->p->now,
        .expires_at = d->expires_at};
    struct buf file;
    enum err e;

    canon_end_obj(&d->c);
    canon_end(&d->c);
    buf_init(&file, METADATA_MAX);
    e = d->text.full ? err_set(ERR_TOO_LARGE, "metadata of %s", m.role)
                     : sign(d, &file);
    m.bytes = file.data;
    m.len = file.len;
    if (e == OK)
        e = db_reg_metadata_add(d->p->db, &m);
    if (e == OK) {
        d->v->version = m.version;
        d->v->expires_at = m.expires_at;
        d->v->length = (int64_t)m.len;
    }
    buf_finish(&file);
    buf_finish(&d->text);
    return e;
}

static int64_t
days(int n)
{
    return (int64_t)n * DAY_S;
}

/* Keys of roles from..to, sorted by their ids, none twice. */
struct key_row {
    const char *id;
    const uint8_t *public;
};

static int
by_id(const void *a, const void *b)
{
    const struct key_row *x = a, *y = b;

    return strcmp(x->id, y->id);
}

static void
write_keys(struct canon *c, const struct authority *roles, size_t n)
{
    struct key_row *rows = mem_new(n * AUTHORITY_KEYS, sizeof(*rows));
    size_t len = 0;

    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < roles[i].len; k++)
            rows[len++] = (struct key_row){
                .id = roles[i].keys[k].id, .public = roles[i].keys[k].public};
    qsort(rows, len, sizeof(*rows), by_id);
    canon_key(c, "keys");
    canon_obj(c);
    for (size_t i = 0; i < len; i++) {
        if (i > 0 && strcmp(rows[i].id, rows[i - 1].id) == 0)
            continue;
        canon_key(c, rows[i].id);
        tuf_write_key(c, rows[i].public);
    }
    canon_end_obj(c);
    mem_free(rows);
}

static void
role_ids(const struct authority *role, const char *ids[AUTHORITY_KEYS])
{
    for (size_t i = 0; i < role->len; i++)
        ids[i] = role->keys[i].id;
}

enum err
metadata_root(struct publisher *p)
{
    static const char *const order[] = {
        "root", "snapshot", "targets", "timestamp"};
    const char *ids[AUTHORITY_KEYS];
    struct draft d;

    draft_begin(&d, p, "root", days(DAYS_ROOT));
    tuf_write_type(&d.c, "root");
    canon_put_bool(&d.c, "consistent_snapshot", true);
    tuf_write_expires(&d.c, d.expires_at);
    write_keys(&d.c, p->after.roles, TUF_TOPS);
    canon_key(&d.c, "roles");
    canon_obj(&d.c);
    for (size_t i = 0; i < TUF_TOPS; i++) {
        const struct authority *role = authorities_find(&p->after, order[i]);

        role_ids(role, ids);
        canon_key(&d.c, order[i]);
        tuf_write_role(&d.c, ids, role->len, role->threshold);
    }
    canon_end_obj(&d.c);
    tuf_write_tail(&d.c, d.v->version + 1);
    return draft_end(&d);
}

/* One delegation: keys of `role`, terminating, to `name`. */
static void
write_delegation(struct canon *c, const struct authority *role,
    const char *name, const char *const *paths, size_t paths_len)
{
    canon_obj(c);
    canon_key(c, "keyids");
    canon_arr(c);
    for (size_t i = 0; i < role->len; i++)
        canon_str(c, role->keys[i].id);
    canon_end_arr(c);
    canon_put_str(c, "name", name);
    canon_key(c, "paths");
    canon_arr(c);
    for (size_t i = 0; i < paths_len; i++)
        canon_str(c, paths[i]);
    canon_end_arr(c);
    canon_put_bool(c, "terminating", true);
    canon_put_int(c, "threshold", role->threshold);
    canon_end_obj(c);
}

/* Each delegated role has the paths below its own name, nothing else. */
static void
write_delegations(struct publisher *p, struct canon *c)
{
    const struct authority *roles = &p->after.roles[TUF_TOPS];
    size_t n = p->after.len - TUF_TOPS;
    char path[KEY_ROLE + 3];
    const char *paths[] = {path};

    canon_key(c, "delegations");
    canon_obj(c);
    write_keys(c, roles, n);
    canon_key(c, "roles");
    canon_arr(c);
    for (size_t i = 0; i < n; i++) {
        snprintf(path, sizeof(path), "%s/*", roles[i].role);
        write_delegation(c, &roles[i], roles[i].role, paths, 1);
    }
    canon_end_arr(c);
    canon_end_obj(c);
}

enum err
metadata_targets(struct publisher *p)
{
    struct draft d;

    draft_begin(&d, p, "targets", days(DAYS_TARGETS));
    tuf_write_type(&d.c, "targets");
    write_delegations(p, &d.c);
    tuf_write_expires(&d.c, d.expires_at);
    tuf_write_spec(&d.c);
    canon_key(&d.c, "targets");
    canon_obj(&d.c);
    canon_end_obj(&d.c);
    canon_put_int(&d.c, "version", d.v->version + 1);
    return draft_end(&d);
}

/* The blocks of names are many and change daily; showrooms have no use for
 * them.  So the centre names them in a file apart; whoever looks for the path
 * of one finds it through this delegation. */
static void
write_pages_delegation(struct publisher *p, struct canon *c)
{
    static const char *const paths[] = {"vn/names-*.json"};
    const struct authority *vn = authorities_find(&p->after, "vn");

    canon_key(c, "delegations");
    canon_obj(c);
    write_keys(c, vn, 1);
    canon_key(c, "roles");
    canon_arr(c);
    write_delegation(c, vn, "vn-pages", paths, 1);
    canon_end_arr(c);
    canon_end_obj(c);
}

static enum err
write_target(void *arg, const struct reg_target *t)
{
    struct canon *c = arg;
    char hex[2 * CRYPTO_HASH + 1];

    crypto_hex(t->sha256, sizeof(t->sha256), hex);
    canon_key(c, t->path);
    canon_obj(c);
    canon_key(c, "custom");
    canon_obj(c);
    canon_key(c, "ocop");
    json_out_raw(&c->out, t->custom, strlen(t->custom));
    canon_end_obj(c);
    canon_key(c, "hashes");
    canon_obj(c);
    canon_put_str(c, "sha256", hex);
    canon_end_obj(c);
    canon_put_int(c, "length", t->length);
    canon_end_obj(c);
    return OK;
}

enum err
metadata_role(struct publisher *p, const char *role)
{
    struct draft d;
    enum err e;

    draft_begin(&d, p, role, days(DAYS_TARGETS));
    tuf_write_type(&d.c, "targets");
    if (strcmp(role, "vn") == 0)
        write_pages_delegation(p, &d.c);
    tuf_write_expires(&d.c, d.expires_at);
    tuf_write_spec(&d.c);
    canon_key(&d.c, "targets");
    canon_obj(&d.c);
    e = db_reg_targets(p->db, role, write_target, &d.c);
    if (e != OK) {
        buf_finish(&d.text);
        return e;
    }
    canon_end_obj(&d.c);
    canon_put_int(&d.c, "version", d.v->version + 1);
    return draft_end(&d);
}

struct file_row {
    char name[KEY_ROLE + 5]; /* "p01.json" */
    const struct version *v;
};

static int
by_name(const void *a, const void *b)
{
    const struct file_row *x = a, *y = b;

    return strcmp(x->name, y->name);
}

/* No hashes: the signature over each file and its version say enough, and a
 * showroom fetches this after every publication. */
static void
write_version(struct canon *c, const struct version *v)
{
    struct tuf_file file = {.version = v->version, .length = v->length};

    tuf_write_file(c, &file);
}

enum err
metadata_snapshot(struct publisher *p)
{
    struct file_row rows[AUTHORITIES];
    struct draft d;
    size_t n = 0;

    draft_begin(&d, p, "snapshot", days(DAYS_SNAPSHOT));
    for (size_t i = 0; i < p->versions_len; i++) {
        const struct version *v = &p->versions[i];

        if (strcmp(v->role, "root") == 0 || strcmp(v->role, "snapshot") == 0
            || strcmp(v->role, "timestamp") == 0)
            continue;
        snprintf(rows[n].name, sizeof(rows[n].name), "%s.json", v->role);
        rows[n++].v = v;
    }
    qsort(rows, n, sizeof(*rows), by_name);
    tuf_write_head(&d.c, "snapshot", d.expires_at);
    canon_key(&d.c, "meta");
    canon_obj(&d.c);
    for (size_t i = 0; i < n; i++) {
        canon_key(&d.c, rows[i].name);
        write_version(&d.c, rows[i].v);
    }
    canon_end_obj(&d.c);
    tuf_write_tail(&d.c, d.v->version + 1);
    return draft_end(&d);
}

enum err
metadata_timestamp(struct publisher *p)
{
    struct draft d;

    draft_begin(&d, p, "timestamp",
        p->timestamp_s ? p->timestamp_s : days(DAYS_TIMESTAMP));
    tuf_write_head(&d.c, "timestamp", d.expires_at);
    canon_key(&d.c, "meta");
    canon_obj(&d.c);
    canon_key(&d.c, "snapshot.json");
    write_version(&d.c, publisher_version(p, "snapshot"));
    canon_end_obj(&d.c);
    tuf_write_tail(&d.c, d.v->version + 1);
    return draft_end(&d);
}
