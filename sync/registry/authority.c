#include "sync/registry/authority.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

struct authority *
authorities_add(struct authorities *a, const char *role, int64_t threshold)
{
    struct authority *r;

    if (a->len == AUTHORITIES)
        return NULL;
    r = &a->roles[a->len++];
    *r = (struct authority){.threshold = threshold};
    snprintf(r->role, sizeof(r->role), "%s", role);
    return r;
}

void
authority_add_key(struct authority *role, const struct key *key)
{
    if (role->len == AUTHORITY_KEYS)
        return;
    memcpy(role->keys[role->len].id, key->id, TUF_KEYID);
    memcpy(role->keys[role->len].public, key->public, CRYPTO_PUBLIC);
    role->len++;
}

const struct authority *
authorities_find(const struct authorities *a, const char *role)
{
    if (strcmp(role, "vn-pages") == 0)
        role = "vn";
    for (size_t i = 0; i < a->len; i++)
        if (strcmp(a->roles[i].role, role) == 0)
            return &a->roles[i];
    return NULL;
}

/* One key of a role, looked up among those of the file. */
static bool
take_key(struct authority *r, const char *id, const struct tuf_key *keys,
    size_t len)
{
    if (r->len == AUTHORITY_KEYS || strlen(id) + 1 != TUF_KEYID)
        return false;
    for (size_t i = 0; i < len; i++) {
        if (strcmp(keys[i].id, id) != 0)
            continue;
        memcpy(r->keys[r->len].id, id, TUF_KEYID);
        if (strlen(keys[i].public) != 2 * CRYPTO_PUBLIC
            || crypto_unhex(keys[i].public, 2 * CRYPTO_PUBLIC,
                   r->keys[r->len].public)
                != OK)
            return false;
        r->len++;
        return true;
    }
    return false;
}

static enum err
take(struct authorities *a, const char *name, const struct tuf_role *role,
    const struct tuf_key *keys, size_t len)
{
    struct authority *r = authorities_add(a, name, role->threshold);
    bool good = r != NULL && strlen(name) < KEY_ROLE;

    for (size_t i = 0; good && i < role->keyids_len; i++)
        good = take_key(r, role->keyids[i], keys, len);
    return good ? OK : err_set(ERR_BOOKS, "the keys of %.40s", name);
}

enum err
authorities_of_root(struct authorities *a, const char *bytes, size_t len)
{
    struct tuf_root root;
    enum err e = tuf_root_read(bytes, len, &root);

    for (int i = 0; e == OK && i < TUF_TOPS; i++)
        e = take(a, tuf_top_name((enum tuf_top)i), &root.roles[i], root.keys,
            root.keys_len);
    tuf_root_finish(&root);
    return e;
}

enum err
authorities_of_targets(struct authorities *a, const char *bytes, size_t len)
{
    struct tuf_targets targets;
    enum err e = tuf_targets_read("targets", bytes, len, &targets);

    for (size_t i = 0; e == OK && i < targets.delegations_len; i++)
        e = take(a, targets.delegations[i].name, &targets.delegations[i].role,
            targets.keys, targets.keys_len);
    tuf_targets_finish(&targets);
    return e;
}

static bool
has(const struct signers *s, const char *id)
{
    for (size_t i = 0; i < s->len; i++)
        if (strcmp(s->all[i].id, id) == 0)
            return true;
    return false;
}

static enum err
too_few(const struct authority *role, int64_t have, enum err last)
{
    struct err_state why;

    err_save(&why);
    for (size_t i = 0; last != OK && i < why.args_len; i++)
        if (strcmp(why.args[i].name, "case") == 0
            && strcmp(why.args[i].value, "missing") != 0)
            return err_load(&why); /* more to the point than the count */
    err_arg("case", "too_few");
    err_arg("role", "%s", role->role);
    err_arg("need", "%" PRId64, role->threshold);
    err_arg("have", "%" PRId64, have);
    return err_set(ERR_SIGNING_KEY, "%" PRId64 " of %" PRId64 " keys of %s",
        have, role->threshold, role->role);
}

enum err
authority_sign_with(
    const struct authority *role, struct keys *keys, struct signers *out)
{
    int64_t have = 0;
    enum err last = OK;

    for (size_t i = 0; i < role->len && have < role->threshold; i++) {
        enum err e;

        if (has(out, role->keys[i].id)) {
            have++;
            continue;
        }
        e = keys_signer(keys, role->keys[i].id, &out->all[out->len]);
        if (e == OK) {
            out->len++;
            have++;
        } else {
            last = e;
        }
    }
    return have >= role->threshold ? OK : too_few(role, have, last);
}

void
signers_wipe(struct signers *s)
{
    crypto_wipe(s, sizeof(*s));
}
