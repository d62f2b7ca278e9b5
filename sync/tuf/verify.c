#include <inttypes.h>
#include <string.h>

#include "base/crypto.h"
#include "base/mem.h"
#include "sync/tuf/trust.h"

static const struct tuf_key *
find_key(const struct tuf_key *keys, size_t len, const char *id)
{
    for (size_t i = 0; i < len; i++)
        if (strcmp(keys[i].id, id) == 0)
            return &keys[i];
    return NULL;
}

static const char *
find_sig(const struct tuf_signed *head, const char *keyid)
{
    for (size_t i = 0; i < head->signatures_len; i++)
        if (strcmp(head->signatures[i].keyid, keyid) == 0)
            return head->signatures[i].sig;
    return NULL;
}

static bool
is_signed(const struct tuf_scheme *scheme, const struct tuf_key *key,
    const struct tuf_signed *head)
{
    uint8_t sig[TUF_SIG_MAX];
    const char *hex = find_sig(head, key->id);
    size_t len = hex ? strlen(hex) : 0;

    return len > 0 && len <= 2 * sizeof(sig) &&
           crypto_unhex(hex, len, sig) == OK &&
           scheme->verify(key->public, sig, len / 2, head->canonical,
               head->canonical_len);
}

/* A key that stands there under two ids is one key. */
static bool
is_new(uint8_t (*seen)[32], size_t len, const uint8_t identity[32])
{
    for (size_t i = 0; i < len; i++)
        if (memcmp(seen[i], identity, 32) == 0)
            return false;
    memcpy(seen[len], identity, 32);
    return true;
}

enum err
tuf_verify(const struct tuf_scheme *const *schemes,
    const struct tuf_key *keys, size_t keys_len, const struct tuf_role *role,
    const struct tuf_signed *head, const char *name)
{
    uint8_t(*seen)[32] = mem_new(role->keyids_len, sizeof(*seen));
    uint8_t identity[32];
    size_t have = 0;

    for (size_t i = 0; i < role->keyids_len; i++) {
        const struct tuf_key *key =
            find_key(keys, keys_len, role->keyids[i]);
        const struct tuf_scheme *scheme =
            key ? tuf_key_scheme(schemes, key) : NULL;

        if (scheme && scheme->identity(key->public, identity) &&
            is_signed(scheme, key, head) && is_new(seen, have, identity))
            have++;
    }
    mem_free(seen);
    if ((int64_t)have >= role->threshold)
        return OK;
    err_arg("role", "%s", name);
    err_arg("case", "signatures");
    err_arg("have", "%zu", have);
    err_arg("need", "%" PRId64, role->threshold);
    return err_set(ERR_LIST_UNTRUSTED,
        "%s is signed by %zu keys and needs %" PRId64, name, have,
        role->threshold);
}
