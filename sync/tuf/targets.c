#include <string.h>

#include "base/crypto.h"
#include "base/mem.h"
#include "sync/tuf/metadata.h"
#include "sync/tuf/read.h"

enum { DELEGATIONS_MAX = 4096, STRINGS_MAX = 4096 };

static enum err
read_target(const struct json *v, struct tuf_target *out)
{
    const struct json *hashes;
    enum err e;

    *out = (struct tuf_target){.path = json_key(v)};
    if (!out->path[0] || strlen(out->path) > TUF_NAME_MAX)
        return tuf_read_wrong(v, NULL, "no path of a target");
    e = json_get_int(v, "length", 0, JSON_INT_MAX, &out->length);
    if (e == OK)
        e = json_get_obj(v, "hashes", &hashes);
    if (e == OK)
        e = tuf_read_sha256(hashes, out->sha256);
    if (e == OK)
        e = json_opt_obj(v, "custom", &out->custom);
    return e;
}

static enum err
read_files(const struct json *v, struct tuf_targets *out)
{
    const struct json *files;
    enum err e = json_get_obj(v, "targets", &files);

    if (e != OK)
        return e;
    out->targets = mem_new(json_len(files), sizeof(*out->targets));
    for (const struct json *f = json_first(files); f && e == OK;
        f = json_next(f))
        e = read_target(f, &out->targets[out->targets_len++]);
    return e;
}

static bool
is_top(const char *name)
{
    for (int i = 0; i < TUF_TOPS; i++)
        if (strcmp(name, tuf_top_name((enum tuf_top)i)) == 0)
            return true;
    return false;
}

/* Paths or prefixes, one of the two. */
static enum err
read_reach(const struct json *v, struct tuf_delegation *out)
{
    const struct json *paths = NULL, *prefixes = NULL;
    enum err e = json_opt_arr(v, "paths", STRINGS_MAX, &paths);

    if (e == OK)
        e = json_opt_arr(v, "path_hash_prefixes", STRINGS_MAX, &prefixes);
    if (e != OK)
        return e;
    if (!paths == !prefixes)
        return tuf_read_wrong(
            v, "paths", "either paths or path_hash_prefixes");
    return paths
        ? tuf_read_strings(paths, &out->paths, &out->paths_len)
        : tuf_read_strings(prefixes, &out->prefixes, &out->prefixes_len);
}

static enum err
read_delegation(const struct json *v, struct tuf_targets *out)
{
    struct tuf_delegation *d = &out->delegations[out->delegations_len++];
    enum err e = json_get_str(v, "name", TUF_NAME_MAX, &d->name);

    if (e == OK && (!d->name[0] || is_top(d->name)))
        return tuf_read_wrong(v, "name", "not a name to delegate to");
    for (size_t i = 0; e == OK && i + 1 < out->delegations_len; i++)
        if (strcmp(out->delegations[i].name, d->name) == 0)
            return tuf_read_wrong(v, "name", "delegated to twice");
    if (e == OK)
        e = tuf_read_role(v, &d->role);
    if (e == OK)
        e = json_get_bool(v, "terminating", &d->terminating);
    if (e == OK)
        e = read_reach(v, d);
    return e;
}

static enum err
read_delegations(const struct json *v, struct tuf_targets *out)
{
    const struct json *keys, *roles, *part = NULL;
    enum err e = json_opt_obj(v, "delegations", &part);

    if (e != OK || !part)
        return e;
    e = json_get_obj(part, "keys", &keys);
    if (e == OK)
        e = tuf_read_keys(keys, &out->keys, &out->keys_len);
    if (e == OK)
        e = json_get_arr(part, "roles", DELEGATIONS_MAX, &roles);
    if (e != OK)
        return e;
    out->delegations = mem_new(json_len(roles), sizeof(*out->delegations));
    for (const struct json *r = json_first(roles); r && e == OK;
        r = json_next(r))
        e = read_delegation(r, out);
    return e;
}

enum err
tuf_targets_read(const char *role, const char *bytes, size_t len,
    struct tuf_targets *out)
{
    const struct json *v;
    enum err e;

    *out = (struct tuf_targets){.targets_len = 0};
    e = tuf_read_head("targets", bytes, len, &out->head, &v);
    if (e == OK)
        e = read_files(v, out);
    if (e == OK)
        e = read_delegations(v, out);
    if (e != OK) {
        e = tuf_read_refused(role, e);
        tuf_targets_finish(out);
    }
    return e;
}

void
tuf_targets_finish(struct tuf_targets *targets)
{
    for (size_t i = 0; i < targets->delegations_len; i++) {
        tuf_role_finish(&targets->delegations[i].role);
        mem_free(targets->delegations[i].paths);
        mem_free(targets->delegations[i].prefixes);
    }
    mem_free(targets->delegations);
    mem_free(targets->keys);
    mem_free(targets->targets);
    tuf_head_finish(&targets->head);
    *targets = (struct tuf_targets){.targets_len = 0};
}

const struct tuf_target *
tuf_targets_find(const struct tuf_targets *targets, const char *path)
{
    for (size_t i = 0; i < targets->targets_len; i++)
        if (strcmp(targets->targets[i].path, path) == 0)
            return &targets->targets[i];
    return NULL;
}

const struct tuf_delegation *
tuf_targets_delegation(const struct tuf_targets *targets, const char *role)
{
    for (size_t i = 0; i < targets->delegations_len; i++)
        if (strcmp(targets->delegations[i].name, role) == 0)
            return &targets->delegations[i];
    return NULL;
}

bool
tuf_delegation_covers(
    const struct tuf_delegation *delegation, const char *path)
{
    uint8_t hash[CRYPTO_HASH];
    char hex[2 * CRYPTO_HASH + 1];

    for (size_t i = 0; i < delegation->paths_len; i++)
        if (tuf_path_matches(delegation->paths[i], path))
            return true;
    if (delegation->prefixes_len == 0)
        return false;
    crypto_sha256(path, strlen(path), hash);
    crypto_hex(hash, sizeof(hash), hex);
    for (size_t i = 0; i < delegation->prefixes_len; i++) {
        const char *prefix = delegation->prefixes[i];

        if (strncmp(hex, prefix, strlen(prefix)) == 0)
            return true;
    }
    return false;
}
