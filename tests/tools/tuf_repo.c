#include "tests/tools/tuf_repo.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/crypto.h"

enum { FILE_MAX_BYTES = 4 * 1024 * 1024 };

void
repo_keys_new(
    struct repo *r, struct repo_keys *keys, size_t n, int64_t threshold)
{
    uint8_t seed[CRYPTO_SEED] = {0}, public[CRYPTO_PUBLIC];
    uint8_t secret[CRYPTO_SECRET];

    assert(n <= REPO_KEYS);
    *keys = (struct repo_keys){
        .len = n, .signing = n, .threshold = threshold};
    for (size_t i = 0; i < n; i++) {
        r->seed++;
        memcpy(seed, &r->seed, sizeof(r->seed));
        crypto_keypair_of_seed(seed, public, secret);
        tuf_signer_init(&keys->signers[i], secret);
    }
}

void
repo_init(struct repo *r)
{
    struct repo_top *tops[] = {&r->root, &r->timestamp, &r->snapshot};

    memset(r, 0, sizeof(*r));
    r->consistent = r->hashes = true;
    buf_init(&r->asked, FILE_MAX_BYTES);
    for (size_t i = 0; i < 3; i++) {
        repo_keys_new(r, &tops[i]->keys, 1, 1);
        tops[i]->version = 1;
        tops[i]->expires_at = REPO_NOW + 10 * REPO_DAY;
    }
    r->root.expires_at = REPO_NOW + 365 * REPO_DAY;
    repo_add_role(r, 0, "targets", NULL);
}

void
repo_finish(struct repo *r)
{
    for (size_t i = 0; i < r->files_len; i++)
        buf_finish(&r->files[i].bytes);
    buf_finish(&r->asked);
}

size_t
repo_add_role(
    struct repo *r, size_t parent, const char *name, const char *pattern)
{
    struct repo_role *role = &r->roles[r->roles_len];

    assert(r->roles_len < REPO_ROLES);
    snprintf(role->name, sizeof(role->name), "%s", name);
    role->parent = parent;
    role->pattern = pattern;
    role->version = 1;
    role->expires_at = REPO_NOW + 30 * REPO_DAY;
    repo_keys_new(r, &role->keys, 1, 1);
    return r->roles_len++;
}

void
repo_add_target(
    struct repo *r, size_t role, const char *path, const char *text)
{
    struct repo_role *to = &r->roles[role];

    assert(to->targets_len < REPO_TARGETS);
    to->targets[to->targets_len].path = path;
    to->targets[to->targets_len++].text = text;
}

struct repo_file *
repo_find(struct repo *r, const char *name)
{
    for (size_t i = 0; i < r->files_len; i++)
        if (strcmp(r->files[i].name, name) == 0)
            return &r->files[i];
    return NULL;
}

void
repo_put(struct repo *r, const char *name, const char *bytes, size_t len)
{
    struct repo_file *file = repo_find(r, name);

    if (!file) {
        assert(r->files_len < REPO_FILES);
        file = &r->files[r->files_len++];
        snprintf(file->name, sizeof(file->name), "%s", name);
        buf_init(&file->bytes, FILE_MAX_BYTES);
    }
    buf_clear(&file->bytes);
    buf_add(&file->bytes, bytes, len);
}

void
repo_remove(struct repo *r, const char *name)
{
    struct repo_file *file = repo_find(r, name);

    if (file)
        file->name[0] = '\0';
}

void
repo_put_signed(struct repo *r, const char *name, const char *text,
    const struct repo_keys *keys)
{
    struct buf out;

    buf_init(&out, FILE_MAX_BYTES);
    assert(tuf_sign(text, strlen(text), keys->signers, keys->signing, &out)
        == OK);
    repo_put(r, name, out.data, out.len);
    buf_finish(&out);
}

static int
compare_ids(const void *a, const void *b)
{
    return strcmp(a, b);
}

/* "keys": all of these, sorted by their ids. */
static void
write_keys(struct canon *c, const struct repo_keys *const *keys, size_t n)
{
    struct {
        char id[TUF_KEYID];
        uint8_t public[CRYPTO_PUBLIC];
    } all[REPO_ROLES * REPO_KEYS];
    size_t len = 0;

    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < keys[i]->len; k++, len++) {
            memcpy(all[len].id, keys[i]->signers[k].id, TUF_KEYID);
            memcpy(all[len].public,
                keys[i]->signers[k].secret + CRYPTO_SEED, CRYPTO_PUBLIC);
        }
    if (len > 0)
        qsort(all, len, sizeof(*all), compare_ids);
    canon_key(c, "keys");
    canon_obj(c);
    for (size_t i = 0; i < len; i++) {
        if (i > 0 && strcmp(all[i].id, all[i - 1].id) == 0)
            continue;
        canon_key(c, all[i].id);
        tuf_write_key(c, all[i].public);
    }
    canon_end_obj(c);
}

static void
write_keyids(struct canon *c, const struct repo_keys *keys)
{
    canon_key(c, "keyids");
    canon_arr(c);
    for (size_t i = 0; i < keys->len; i++)
        canon_str(c, keys->signers[i].id);
    canon_end_arr(c);
}

static void
write_role(struct canon *c, const char *name, const struct repo_keys *keys)
{
    canon_key(c, name);
    canon_obj(c);
    write_keyids(c, keys);
    canon_put_int(c, "threshold", keys->threshold);
    canon_end_obj(c);
}

/* Signed by the new keys and by those before. */
void
repo_put_root(struct repo *r)
{
    const struct repo_keys *keys[] = {&r->root.keys, &r->snapshot.keys,
        &r->roles[0].keys, &r->timestamp.keys};
    struct repo_keys signing = {.len = 0};
    char name[REPO_NAME];
    struct buf text;
    struct canon c;

    buf_init(&text, FILE_MAX_BYTES);
    canon_init(&c, &text);
    canon_obj(&c);
    tuf_write_type(&c, "root");
    canon_put_bool(&c, "consistent_snapshot", r->consistent);
    tuf_write_expires(&c, r->root.expires_at);
    write_keys(&c, keys, 4);
    canon_key(&c, "roles");
    canon_obj(&c);
    write_role(&c, "root", keys[0]);
    write_role(&c, "snapshot", keys[1]);
    write_role(&c, "targets", keys[2]);
    write_role(&c, "timestamp", keys[3]);
    canon_end_obj(&c);
    tuf_write_tail(&c, r->root.version);
    canon_end_obj(&c);
    canon_end(&c);
    for (size_t i = 0; i < r->root.keys.signing; i++)
        signing.signers[signing.signing++] = r->root.keys.signers[i];
    for (size_t i = 0; i < r->root_before.signing; i++)
        signing.signers[signing.signing++] = r->root_before.signers[i];
    snprintf(name, sizeof(name), "%" PRId64 ".root.json", r->root.version);
    repo_put_signed(r, name, text.data, &signing);
    buf_finish(&text);
}

static void
write_delegation(struct canon *c, const struct repo_role *role)
{
    canon_obj(c);
    write_keyids(c, &role->keys);
    canon_put_str(c, "name", role->name);
    canon_key(c, role->pattern ? "paths" : "path_hash_prefixes");
    canon_arr(c);
    canon_str(c, role->pattern ? role->pattern : role->prefix);
    canon_end_arr(c);
    canon_put_bool(c, "terminating", role->terminating);
    canon_put_int(c, "threshold", role->keys.threshold);
    canon_end_obj(c);
}

static void
write_delegations(struct repo *r, struct canon *c, size_t parent)
{
    const struct repo_keys *keys[REPO_ROLES];
    size_t n = 0;

    for (size_t i = 1; i < r->roles_len; i++)
        if (r->roles[i].parent == parent)
            keys[n++] = &r->roles[i].keys;
    if (n == 0)
        return;
    canon_key(c, "delegations");
    canon_obj(c);
    write_keys(c, keys, n);
    canon_key(c, "roles");
    canon_arr(c);
    for (size_t i = 1; i < r->roles_len; i++)
        if (r->roles[i].parent == parent)
            write_delegation(c, &r->roles[i]);
    canon_end_arr(c);
    canon_end_obj(c);
}

/* Paths must have been added in the order of their bytes. */
static void
write_targets(struct canon *c, const struct repo_role *role)
{
    char hex[2 * CRYPTO_HASH + 1];
    uint8_t hash[CRYPTO_HASH];

    canon_key(c, "targets");
    canon_obj(c);
    for (size_t i = 0; i < role->targets_len; i++) {
        const char *text = role->targets[i].text;

        crypto_sha256(text, strlen(text), hash);
        crypto_hex(hash, sizeof(hash), hex);
        canon_key(c, role->targets[i].path);
        canon_obj(c);
        canon_key(c, "hashes");
        canon_obj(c);
        canon_put_str(c, "sha256", hex);
        canon_end_obj(c);
        canon_put_int(c, "length", (int64_t)strlen(text));
        canon_end_obj(c);
    }
    canon_end_obj(c);
}

static void
file_name(const struct repo *r, const char *role, int64_t version,
    char name[REPO_NAME])
{
    struct buf quoted;

    buf_init(&quoted, REPO_NAME);
    tuf_quote(role, &quoted);
    if (r->consistent)
        snprintf(name, REPO_NAME, "%" PRId64 ".%s.json", version,
            quoted.data);
    else
        snprintf(name, REPO_NAME, "%s.json", quoted.data);
    buf_finish(&quoted);
}

void
repo_put_role(struct repo *r, size_t index)
{
    const struct repo_role *role = &r->roles[index];
    char name[REPO_NAME];
    struct buf text;
    struct canon c;

    buf_init(&text, FILE_MAX_BYTES);
    canon_init(&c, &text);
    canon_obj(&c);
    tuf_write_type(&c, "targets");
    write_delegations(r, &c, index);
    tuf_write_expires(&c, role->expires_at);
    tuf_write_spec(&c);
    write_targets(&c, role);
    canon_put_int(&c, "version", role->version);
    canon_end_obj(&c);
    canon_end(&c);
    file_name(r, role->name, role->version, name);
    repo_put_signed(r, name, text.data, &role->keys);
    buf_finish(&text);
}

/* What a parent says of the file of that name, as it lies there. */
static void
write_file(struct repo *r, struct canon *c, const char *role, int64_t version)
{
    struct tuf_file said = {.version = version, .length = -1};
    char name[REPO_NAME];
    struct repo_file *file;

    file_name(r, role, version, name);
    file = repo_find(r, name);
    if (r->hashes && file) {
        said.length = (int64_t)file->bytes.len;
        said.has_sha256 = true;
        crypto_sha256(file->bytes.data, file->bytes.len, said.sha256);
    }
    tuf_write_file(c, &said);
}

static int
compare_roles(const void *a, const void *b)
{
    const struct repo_role *const *x = a, *const *y = b;
    char p[REPO_NAME + 8], q[REPO_NAME + 8];

    snprintf(p, sizeof(p), "%s.json", (*x)->name);
    snprintf(q, sizeof(q), "%s.json", (*y)->name);
    return strcmp(p, q);
}

void
repo_put_snapshot(struct repo *r)
{
    const struct repo_role *sorted[REPO_ROLES];
    char name[REPO_NAME + 8];
    struct buf text;
    struct canon c;

    for (size_t i = 0; i < r->roles_len; i++)
        sorted[i] = &r->roles[i];
    qsort(sorted, r->roles_len, sizeof(*sorted), compare_roles);
    buf_init(&text, FILE_MAX_BYTES);
    canon_init(&c, &text);
    canon_obj(&c);
    tuf_write_head(&c, "snapshot", r->snapshot.expires_at);
    canon_key(&c, "meta");
    canon_obj(&c);
    for (size_t i = 0; i < r->roles_len; i++) {
        if (i > 0 && strcmp(sorted[i]->name, sorted[i - 1]->name) == 0)
            continue; /* two parents delegate to it */
        snprintf(name, sizeof(name), "%s.json", sorted[i]->name);
        canon_key(&c, name);
        write_file(r, &c, sorted[i]->name, sorted[i]->version);
    }
    canon_end_obj(&c);
    tuf_write_tail(&c, r->snapshot.version);
    canon_end_obj(&c);
    canon_end(&c);
    file_name(r, "snapshot", r->snapshot.version, name);
    repo_put_signed(r, name, text.data, &r->snapshot.keys);
    buf_finish(&text);
}

void
repo_put_timestamp(struct repo *r)
{
    struct buf text;
    struct canon c;

    buf_init(&text, FILE_MAX_BYTES);
    canon_init(&c, &text);
    canon_obj(&c);
    tuf_write_head(&c, "timestamp", r->timestamp.expires_at);
    canon_key(&c, "meta");
    canon_obj(&c);
    canon_key(&c, "snapshot.json");
    write_file(r, &c, "snapshot", r->snapshot.version);
    canon_end_obj(&c);
    tuf_write_tail(&c, r->timestamp.version);
    canon_end_obj(&c);
    canon_end(&c);
    repo_put_signed(r, "timestamp.json", text.data, &r->timestamp.keys);
    buf_finish(&text);
}

void
repo_publish(struct repo *r)
{
    repo_put_root(r);
    for (size_t i = 0; i < r->roles_len; i++)
        repo_put_role(r, i);
    repo_put_snapshot(r);
    repo_put_timestamp(r);
}

void
repo_publish_next(struct repo *r)
{
    for (size_t i = 0; i < r->roles_len; i++)
        r->roles[i].version++;
    r->snapshot.version++;
    r->timestamp.version++;
    repo_publish(r);
}

static enum err
get(void *arg, const char *name, size_t max, struct buf *out)
{
    struct repo *r = arg;
    struct repo_file *file = repo_find(r, name);

    buf_printf(&r->asked, "%s ", name);
    if (!file)
        return err_set(ERR_NOT_FOUND, "no %s", name);
    (void)max; /* `out` was born with it */
    buf_add(out, file->bytes.data, file->bytes.len);
    return OK;
}

struct tuf_source
repo_source(struct repo *r)
{
    return (struct tuf_source){.arg = r, .get = get};
}
