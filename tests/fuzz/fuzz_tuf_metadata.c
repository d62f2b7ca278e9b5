/* Any bytes as metadata of each kind: what is read keeps its promises. */
#include <assert.h>
#include <string.h>

#include "sync/tuf/metadata.h"
#include "sync/tuf/trust.h"
#include "tests/fuzz/fuzz.h"

static void
check_head(const struct tuf_signed *h, size_t size)
{
    assert(h->version >= 1 && h->version <= JSON_INT_MAX);
    assert(h->bytes_len == size && h->canonical_len <= size);
    assert(h->canonical[0] == '{');
    for (size_t i = 0; i < h->signatures_len; i++)
        assert(h->signatures[i].keyid && h->signatures[i].sig);
}

static void
check_role(const struct tuf_role *role, const struct tuf_key *keys,
    size_t keys_len, const struct tuf_signed *head)
{
    assert(role->threshold >= 1);
    (void)tuf_verify(tuf_ed25519_only, keys, keys_len, role, head, "role");
}

static bool
take_root(const char *bytes, size_t size)
{
    struct tuf_root root;

    if (tuf_root_read(bytes, size, &root) != OK)
        return false;
    assert(size <= TUF_ROOT_BYTES);
    check_head(&root.head, size);
    for (int i = 0; i < TUF_TOPS; i++)
        check_role(&root.roles[i], root.keys, root.keys_len, &root.head);
    tuf_root_finish(&root);
    return true;
}

static bool
take_timestamp(const char *bytes, size_t size)
{
    struct tuf_timestamp timestamp;

    if (tuf_timestamp_read(bytes, size, &timestamp) != OK)
        return false;
    assert(size <= TUF_TIMESTAMP_BYTES);
    check_head(&timestamp.head, size);
    assert(timestamp.snapshot.version >= 1);
    assert(timestamp.snapshot.length >= -1);
    tuf_timestamp_finish(&timestamp);
    return true;
}

static bool
take_snapshot(const char *bytes, size_t size)
{
    struct tuf_snapshot snapshot;

    if (tuf_snapshot_read(bytes, size, &snapshot) != OK)
        return false;
    check_head(&snapshot.head, size);
    for (size_t i = 0; i < snapshot.files_len; i++)
        assert(snapshot.files[i].version >= 1 && snapshot.files[i].name);
    (void)tuf_snapshot_find(&snapshot, "targets");
    tuf_snapshot_finish(&snapshot);
    return true;
}

static bool
take_targets(const char *bytes, size_t size)
{
    struct tuf_targets t;

    if (tuf_targets_read("p01", bytes, size, &t) != OK)
        return false;
    check_head(&t.head, size);
    for (size_t i = 0; i < t.targets_len; i++) {
        assert(t.targets[i].length >= 0 && t.targets[i].path[0]);
        assert(tuf_targets_find(&t, t.targets[i].path) == &t.targets[i]);
    }
    for (size_t i = 0; i < t.delegations_len; i++) {
        const struct tuf_delegation *d = &t.delegations[i];

        assert(d->name[0] && tuf_targets_delegation(&t, d->name) == d);
        assert(!d->paths != !d->prefixes);
        check_role(&d->role, t.keys, t.keys_len, &t.head);
        for (size_t j = 0; j < t.targets_len; j++)
            (void)tuf_delegation_covers(d, t.targets[j].path);
    }
    tuf_targets_finish(&t);
    return true;
}

bool
fuzz_accepts(const uint8_t *data, size_t size)
{
    const char *bytes = (const char *)data;
    int taken = take_root(bytes, size) + take_timestamp(bytes, size) +
                take_snapshot(bytes, size) + take_targets(bytes, size);

    assert(taken <= 1); /* nothing is of two kinds */
    return taken == 1;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    (void)fuzz_accepts(data, size);
    return 0;
}
