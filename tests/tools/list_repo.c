#include "tests/tools/list_repo.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/canon.h"
#include "base/crypto.h"
#include "base/file.h"
#include "base/gzip.h"

enum { TEXT_MAX = 64 * 1024 * 1024, PACKED_MAX = 1024 * 1024, PATH = 400,
    DAY_S = 86400 };

static void
must(enum err e, const char *what)
{
    if (e == OK)
        return;
    fprintf(stderr, "list_repo: %s: %s\n", what, err_msg());
    abort();
}

static void
make_dir(const char *path)
{
    if (mkdir(path, 0700) != 0 && errno != EEXIST)
        must(err_set(ERR_FILE, "%s: %s", path, strerror(errno)), "mkdir");
}

static void
put_file(const char *path, const char *bytes, size_t len)
{
    FILE *f = fopen(path, "wb");

    if (!f || fwrite(bytes, 1, len, f) != len || fclose(f) != 0)
        must(err_set(ERR_FILE, "%s: %s", path, strerror(errno)), "write");
}

/* The same packed beside it, as a registry has it; of what is small. */
static void
put_packed(const char *path, const char *bytes, size_t len)
{
    char gz[PATH + 4];
    struct buf out;

    if (len > PACKED_MAX)
        return;
    buf_init(&out, 2 * PACKED_MAX);
    must(gzip_pack(bytes, len, &out), "pack");
    snprintf(gz, sizeof(gz), "%s.gz", path);
    put_file(gz, out.data, out.len);
    buf_finish(&out);
}

/* --- targets --- */

struct list_repo_role *
list_repo_role(struct list_repo *r, const char *name)
{
    struct list_repo_role *role;
    char path[PATH];

    for (size_t i = 0; i < r->roles_len; i++)
        if (strcmp(r->roles[i].name, name) == 0)
            return &r->roles[i];
    role = &r->roles[r->roles_len++];
    *role = (struct list_repo_role){.version = 0};
    snprintf(role->name, sizeof(role->name), "%s", name);
    snprintf(path, sizeof(path), "%s/targets/%s", r->dir, name);
    make_dir(path);
    return role;
}

static void
target_name(const struct list_repo_role *role, const struct list_repo_file *f,
    const char *hex, char out[PATH])
{
    const char *dot = hex[0] ? "." : "";

    if (f->from)
        snprintf(out, PATH, "%s/%s%sdelta-%" PRId64 "-%" PRId64 ".ndjson",
            role->name, hex, dot, f->from, f->seq);
    else
        snprintf(out, PATH, "%s/%s%slist-%" PRId64 ".ndjson", role->name, hex,
            dot, f->seq);
}

void
list_repo_path(const struct list_repo *r, const struct list_repo_role *role,
    const struct list_repo_file *f, char out[400])
{
    char hex[65], name[PATH];

    crypto_hex(f->sha256, 32, hex);
    target_name(role, f, hex, name);
    snprintf(out, PATH, "%s/targets/%.180s", r->dir, name);
}

static void
put_target(struct list_repo *r, struct list_repo_role *role,
    struct list_repo_file *f, const char *text, size_t len)
{
    char path[PATH];

    f->length = (int64_t)len;
    crypto_sha256(text, len, f->sha256);
    list_repo_path(r, role, f, path);
    put_file(path, text, len);
    put_packed(path, text, len);
    role->changed = 1;
}

void
list_repo_list(struct list_repo *r, const char *name, int64_t seq,
    const char *text, size_t len)
{
    struct list_repo_role *role = list_repo_role(r, name);

    role->full = (struct list_repo_file){.seq = seq};
    role->deltas_len = 0;
    put_target(r, role, &role->full, text, len);
}

void
list_repo_delta(struct list_repo *r, const char *name, int64_t from,
    const char *text, size_t len)
{
    struct list_repo_role *role = list_repo_role(r, name);
    struct list_repo_file *f = &role->deltas[role->deltas_len++];

    *f = (struct list_repo_file){.from = from, .seq = role->full.seq};
    put_target(r, role, f, text, len);
}

/* --- metadata --- */

static void
write_target(struct canon *c, const struct list_repo_role *role,
    const struct list_repo_file *f)
{
    char hex[65], name[PATH];

    target_name(role, f, "", name);
    canon_key(c, name);
    canon_obj(c);
    canon_key(c, "custom");
    canon_obj(c);
    canon_key(c, "ocop");
    canon_obj(c);
    if (f->from)
        canon_put_int(c, "from", f->from);
    canon_put_str(c, "kind", f->from ? "delta" : "full");
    canon_put_int(c, "seq", f->seq);
    if (f->from) {
        crypto_hex(role->full.sha256, 32, hex);
        canon_put_str(c, "state", hex);
    }
    canon_end_obj(c);
    canon_end_obj(c);
    crypto_hex(f->sha256, 32, hex);
    canon_key(c, "hashes");
    canon_obj(c);
    canon_put_str(c, "sha256", hex);
    canon_end_obj(c);
    canon_put_int(c, "length", f->length);
    canon_end_obj(c);
}

/* Sign and put; its length and hash. */
static void
put_signed(struct list_repo *r, const char *name, struct canon *c,
    struct buf *text, int64_t *length_out, uint8_t sha256_out[32])
{
    char path[PATH];
    struct buf out;

    canon_end_obj(c);
    canon_end(c);
    buf_init(&out, TEXT_MAX);
    must(tuf_sign(text->data, text->len, &r->signer, 1, &out), name);
    snprintf(path, sizeof(path), "%s/%s", r->dir, name);
    must(file_write(path, &out), name);
    put_packed(path, out.data, out.len);
    if (length_out) {
        *length_out = (int64_t)out.len;
        crypto_sha256(out.data, out.len, sha256_out);
    }
    buf_finish(&out);
    buf_finish(text);
}

static void
begin(struct canon *c, struct buf *text)
{
    buf_init(text, TEXT_MAX);
    canon_init(c, text);
    canon_obj(c);
}

static void
put_role(struct list_repo *r, struct list_repo_role *role, int64_t now)
{
    char name[40];
    struct canon c;
    struct buf text;

    role->version++;
    begin(&c, &text);
    tuf_write_head(&c, "targets", now + 90 * DAY_S);
    tuf_write_spec(&c);
    canon_key(&c, "targets");
    canon_obj(&c);
    for (size_t i = 0; i < role->deltas_len; i++)
        write_target(&c, role, &role->deltas[i]);
    if (role->full.seq)
        write_target(&c, role, &role->full);
    canon_end_obj(&c);
    canon_put_int(&c, "version", role->version);
    snprintf(name, sizeof(name), "%" PRId64 ".%s.json", role->version,
        role->name);
    put_signed(r, name, &c, &text, &role->length, role->sha256);
    role->changed = 0;
}

static void
write_keys(struct canon *c, const struct list_repo *r)
{
    canon_key(c, "keys");
    canon_obj(c);
    canon_key(c, r->signer.id);
    tuf_write_key(c, r->public);
    canon_end_obj(c);
}

static void
write_role_keys(struct canon *c, const struct list_repo *r)
{
    const char *id = r->signer.id;

    canon_key(c, "keyids");
    canon_arr(c);
    canon_str(c, id);
    canon_end_arr(c);
}

static void
write_delegation(struct canon *c, const struct list_repo *r, const char *name)
{
    char pattern[16];

    snprintf(pattern, sizeof(pattern), "%s/*", name);
    canon_obj(c);
    write_role_keys(c, r);
    canon_put_str(c, "name", name);
    canon_key(c, "paths");
    canon_arr(c);
    canon_str(c, pattern);
    canon_end_arr(c);
    canon_put_bool(c, "terminating", true);
    canon_put_int(c, "threshold", 1);
    canon_end_obj(c);
}

static void
put_targets(struct list_repo *r, int64_t now, struct tuf_file *file)
{
    char name[40];
    struct canon c;
    struct buf text;

    r->targets++;
    begin(&c, &text);
    tuf_write_type(&c, "targets");
    canon_key(&c, "delegations");
    canon_obj(&c);
    write_keys(&c, r);
    canon_key(&c, "roles");
    canon_arr(&c);
    for (size_t i = 0; i < r->roles_len; i++)
        write_delegation(&c, r, r->roles[i].name);
    canon_end_arr(&c);
    canon_end_obj(&c);
    tuf_write_expires(&c, now + 90 * DAY_S);
    tuf_write_spec(&c);
    canon_key(&c, "targets");
    canon_obj(&c);
    canon_end_obj(&c);
    canon_put_int(&c, "version", r->targets);
    snprintf(name, sizeof(name), "%" PRId64 ".targets.json", r->targets);
    *file = (struct tuf_file){.version = r->targets, .has_sha256 = true};
    put_signed(r, name, &c, &text, &file->length, file->sha256);
}

static int
compare_names(const void *a, const void *b)
{
    const struct list_repo_role *x = a, *y = b;

    return strcmp(x->name, y->name);
}

static void
write_meta(struct canon *c, const char *name, const struct tuf_file *file)
{
    char json[40];

    snprintf(json, sizeof(json), "%s.json", name);
    canon_key(c, json);
    tuf_write_file(c, file);
}

static void
put_snapshot(struct list_repo *r, int64_t now, const struct tuf_file *targets,
    struct tuf_file *file)
{
    char name[40];
    struct canon c;
    struct buf text;
    bool told = false;

    r->snapshot++;
    begin(&c, &text);
    tuf_write_head(&c, "snapshot", now + 7 * DAY_S);
    canon_key(&c, "meta");
    canon_obj(&c);
    for (size_t i = 0; i < r->roles_len; i++) {
        const struct list_repo_role *role = &r->roles[i];
        struct tuf_file f = {.version = role->version,
            .length = role->length, .has_sha256 = true};

        if (!told && strcmp(role->name, "targets") > 0) {
            write_meta(&c, "targets", targets);
            told = true;
        }
        memcpy(f.sha256, role->sha256, 32);
        write_meta(&c, role->name, &f);
    }
    if (!told)
        write_meta(&c, "targets", targets);
    canon_end_obj(&c);
    tuf_write_tail(&c, r->snapshot);
    snprintf(name, sizeof(name), "%" PRId64 ".snapshot.json", r->snapshot);
    *file = (struct tuf_file){.version = r->snapshot, .has_sha256 = true};
    put_signed(r, name, &c, &text, &file->length, file->sha256);
}

void
list_repo_publish(struct list_repo *r, int64_t now)
{
    struct tuf_file targets, snapshot;
    struct canon c;
    struct buf text;

    qsort(r->roles, r->roles_len, sizeof(r->roles[0]), compare_names);
    for (size_t i = 0; i < r->roles_len; i++)
        if (r->roles[i].changed)
            put_role(r, &r->roles[i], now);
    put_targets(r, now, &targets);
    put_snapshot(r, now, &targets, &snapshot);
    r->timestamp++;
    begin(&c, &text);
    tuf_write_head(&c, "timestamp", now + r->days * DAY_S);
    canon_key(&c, "meta");
    canon_obj(&c);
    write_meta(&c, "snapshot", &snapshot);
    canon_end_obj(&c);
    tuf_write_tail(&c, r->timestamp);
    put_signed(r, "timestamp.json", &c, &text, NULL, NULL);
}

static void
put_root(struct list_repo *r)
{
    static const char *const tops[] = {
        "root", "snapshot", "targets", "timestamp"};
    struct canon c;
    struct buf text;

    begin(&c, &text);
    tuf_write_type(&c, "root");
    canon_put_bool(&c, "consistent_snapshot", true);
    tuf_write_expires(&c, INT64_C(4102444800));
    write_keys(&c, r);
    canon_key(&c, "roles");
    canon_obj(&c);
    for (size_t i = 0; i < 4; i++) {
        canon_key(&c, tops[i]);
        canon_obj(&c);
        write_role_keys(&c, r);
        canon_put_int(&c, "threshold", 1);
        canon_end_obj(&c);
    }
    canon_end_obj(&c);
    tuf_write_tail(&c, 1);
    put_signed(r, "1.root.json", &c, &text, NULL, NULL);
}

void
list_repo_init(struct list_repo *r, const char *dir)
{
    uint8_t seed[CRYPTO_SEED] = {7}, secret[CRYPTO_SECRET];
    char path[PATH];

    *r = (struct list_repo){.days = LIST_REPO_DAYS};
    snprintf(r->dir, sizeof(r->dir), "%s", dir);
    make_dir(dir);
    snprintf(path, sizeof(path), "%s/targets", dir);
    make_dir(path);
    crypto_keypair_of_seed(seed, r->public, secret);
    tuf_signer_init(&r->signer, secret);
    put_root(r);
}
