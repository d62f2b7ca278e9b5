/* Numbers in comments are those of section 5 of the specification. */
#include "sync/tuf/trust.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "base/crypto.h"

static enum err
refuse(const char *role, const char *why, const char *text)
{
    err_arg("role", "%s", role);
    err_arg("case", "%s", why);
    return err_set(ERR_LIST_UNTRUSTED, "%s: %s", role, text);
}

static enum err
refuse_version(
    const char *role, const char *why, int64_t version, int64_t known)
{
    err_arg("role", "%s", role);
    err_arg("case", "%s", why);
    err_arg("version", "%" PRId64, version);
    err_arg("known", "%" PRId64, known);
    return err_set(ERR_LIST_UNTRUSTED,
        "%s: %s: version %" PRId64 " where %" PRId64 " is known", role, why,
        version, known);
}

/* The moment of expiry is already past it. */
static enum err
check_time(const char *role, const struct tuf_signed *head, int64_t now)
{
    char date[CLOCK_DATE_SIZE];

    if (now < head->expires_at)
        return OK;
    clock_format_vn_date(clock_day(head->expires_at), date);
    err_arg("role", "%s", role);
    err_arg("date", "%s", date);
    return err_set(ERR_LIST_EXPIRED, "%s version %" PRId64 " expired on %s",
        role, head->version, date);
}

/* Length and hash as the parent announced them: looked at before anything in
 * the bytes is. */
static enum err
check_bytes(const char *role, const struct tuf_file *file, size_t len,
    const uint8_t sha256[CRYPTO_HASH])
{
    if (file->length >= 0 && (int64_t)len != file->length)
        return refuse(role, "length", "not the length that was announced");
    if (file->has_sha256 && memcmp(file->sha256, sha256, CRYPTO_HASH) != 0)
        return refuse(role, "hash", "not the hash that was announced");
    return OK;
}

static enum err
check_unread(const char *role, const struct tuf_file *file, const char *bytes,
    size_t len)
{
    uint8_t sha256[CRYPTO_HASH];

    crypto_sha256(bytes, len, sha256);
    return check_bytes(role, file, len, sha256);
}

static enum err
check_version(
    const char *role, const struct tuf_file *file, const struct tuf_signed *h)
{
    if (h->version != file->version)
        return refuse_version(role, "version", h->version, file->version);
    return OK;
}

static enum err
verify_top(const struct tuf_trust *t, const struct tuf_root *by,
    enum tuf_top top, const struct tuf_signed *head)
{
    return tuf_verify(t->schemes, by->keys, by->keys_len, &by->roles[top],
        head, tuf_top_name(top));
}

enum err
tuf_trust_start(struct tuf_trust *t, const struct tuf_scheme *const *schemes,
    const char *root, size_t len)
{
    enum err e;

    *t = (struct tuf_trust){.schemes = schemes};
    e = tuf_root_read(root, len, &t->root);
    if (e == OK)
        e = verify_top(t, &t->root, TUF_ROOT, &t->root.head);
    return e;
}

void
tuf_trust_finish(struct tuf_trust *t)
{
    tuf_root_finish(&t->root);
    tuf_timestamp_finish(&t->timestamp);
    tuf_snapshot_finish(&t->snapshot);
    tuf_targets_finish(&t->targets);
    *t = (struct tuf_trust){.schemes = t->schemes};
}

/* Does `root` let a key of this identity sign for `top`? */
static bool
has_key(const struct tuf_trust *t, const struct tuf_root *root,
    enum tuf_top top, const uint8_t identity[32])
{
    const struct tuf_role *role = &root->roles[top];
    uint8_t other[32];

    for (size_t i = 0; i < role->keyids_len; i++)
        for (size_t k = 0; k < root->keys_len; k++) {
            const struct tuf_key *key = &root->keys[k];
            const struct tuf_scheme *scheme = tuf_key_scheme(t->schemes, key);

            if (strcmp(key->id, role->keyids[i]) == 0 && scheme &&
                scheme->identity(key->public, other) &&
                memcmp(identity, other, 32) == 0)
                return true;
        }
    return false;
}

/* Did `next` take a key of `top` away? */
static bool
is_rotated(const struct tuf_trust *t, const struct tuf_root *next,
    enum tuf_top top)
{
    const struct tuf_role *role = &t->root.roles[top];
    uint8_t identity[32];

    for (size_t i = 0; i < role->keyids_len; i++)
        for (size_t k = 0; k < t->root.keys_len; k++) {
            const struct tuf_key *key = &t->root.keys[k];
            const struct tuf_scheme *scheme = tuf_key_scheme(t->schemes, key);

            if (strcmp(key->id, role->keyids[i]) == 0 && scheme &&
                scheme->identity(key->public, identity) &&
                !has_key(t, next, top, identity))
                return true;
        }
    return false;
}

enum err
tuf_trust_next_root(struct tuf_trust *t, const char *bytes, size_t len)
{
    struct tuf_root next;
    enum err e;

    assert(t->root.head.doc && !t->root_final);
    e = tuf_root_read(bytes, len, &next);
    if (e == OK) /* 5.3.4: as the old one asks, and as it asks itself */
        e = verify_top(t, &t->root, TUF_ROOT, &next.head);
    if (e == OK)
        e = verify_top(t, &next, TUF_ROOT, &next.head);
    if (e == OK && next.head.version != t->root.head.version + 1) /* 5.3.5 */
        e = refuse_version("root",
            next.head.version > t->root.head.version ? "version" : "rollback",
            next.head.version, t->root.head.version + 1);
    if (e != OK) {
        tuf_root_finish(&next);
        return e;
    }
    t->rotated = t->rotated || is_rotated(t, &next, TUF_TIMESTAMP) ||
                 is_rotated(t, &next, TUF_SNAPSHOT); /* 5.3.11 */
    tuf_root_finish(&t->root);
    t->root = next;
    return OK;
}

enum err
tuf_trust_root_final(struct tuf_trust *t, int64_t now)
{
    enum err e = check_time("root", &t->root.head, now); /* 5.3.10 */

    t->root_final = e == OK;
    return e;
}

static enum err
read_timestamp(const struct tuf_trust *t, const char *bytes, size_t len,
    struct tuf_timestamp *out)
{
    enum err e = tuf_timestamp_read(bytes, len, out);

    if (e == OK) /* 5.4.2 */
        e = verify_top(t, &t->root, TUF_TIMESTAMP, &out->head);
    return e;
}

enum err
tuf_trust_kept_timestamp(struct tuf_trust *t, const char *bytes, size_t len)
{
    struct tuf_timestamp kept;
    enum err e;

    assert(t->root_final && !t->has_timestamp && !t->rotated);
    e = read_timestamp(t, bytes, len, &kept);
    if (e != OK) {
        tuf_timestamp_finish(&kept);
        return e;
    }
    t->timestamp = kept;
    t->has_timestamp = true;
    return OK;
}

/* 5.4.3: neither it nor what it names may be older. */
static enum err
check_timestamp(const struct tuf_trust *t, const struct tuf_timestamp *next)
{
    const struct tuf_timestamp *known = &t->timestamp;

    if (next->head.version < known->head.version)
        return refuse_version("timestamp", "rollback", next->head.version,
            known->head.version);
    if (next->head.version > known->head.version &&
        next->snapshot.version < known->snapshot.version)
        return refuse_version("snapshot", "rollback", next->snapshot.version,
            known->snapshot.version);
    return OK;
}

enum err
tuf_trust_timestamp(struct tuf_trust *t, const char *bytes, size_t len,
    int64_t now, bool *newer_out)
{
    struct tuf_timestamp next;
    enum err e;

    assert(t->root_final && !t->has_snapshot);
    *newer_out = false;
    e = read_timestamp(t, bytes, len, &next);
    if (e == OK && t->has_timestamp)
        e = check_timestamp(t, &next);
    if (e == OK && t->has_timestamp &&
        next.head.version == t->timestamp.head.version) {
        tuf_timestamp_finish(&next); /* 5.4.3.1: not an error */
        return check_time("timestamp", &t->timestamp.head, now);
    }
    if (e == OK)
        e = check_time("timestamp", &next.head, now); /* 5.4.4 */
    if (e != OK) {
        tuf_timestamp_finish(&next);
        return e;
    }
    tuf_timestamp_finish(&t->timestamp);
    t->timestamp = next;
    t->has_timestamp = *newer_out = true;
    return OK;
}

static enum err
read_snapshot(const struct tuf_trust *t, const char *bytes, size_t len,
    struct tuf_snapshot *out)
{
    enum err e = tuf_snapshot_read(bytes, len, out);

    if (e == OK) /* 5.5.3 */
        e = verify_top(t, &t->root, TUF_SNAPSHOT, &out->head);
    return e;
}

enum err
tuf_trust_kept_snapshot(struct tuf_trust *t, const char *bytes, size_t len)
{
    struct tuf_snapshot kept;
    enum err e;

    assert(t->has_timestamp && !t->has_snapshot && !t->rotated);
    e = read_snapshot(t, bytes, len, &kept);
    if (e != OK) {
        tuf_snapshot_finish(&kept);
        return e;
    }
    t->snapshot = kept;
    t->has_snapshot = true;
    return OK;
}

enum err
tuf_trust_snapshot_final(struct tuf_trust *t, int64_t now)
{
    const struct tuf_file *file = &t->timestamp.snapshot;
    const struct tuf_signed *head = &t->snapshot.head;
    enum err e;

    assert(t->has_snapshot);
    e = check_bytes("snapshot", file, head->bytes_len, head->sha256);
    if (e == OK)
        e = check_version("snapshot", file, head);
    if (e == OK)
        e = check_time("snapshot", head, now);
    return e;
}

/* 5.5.5: of each role that was named, the same version or a later one. */
static enum err
check_files(
    const struct tuf_snapshot *known, const struct tuf_snapshot *next)
{
    char role[TUF_NAME_MAX + 1];

    for (size_t i = 0; i < known->files_len; i++) {
        const struct tuf_file *old = &known->files[i], *file;
        size_t len = strlen(old->name);

        if (len < 5 || len - 5 > TUF_NAME_MAX ||
            strcmp(old->name + len - 5, ".json") != 0)
            continue; /* the name of no role */
        memcpy(role, old->name, len - 5);
        role[len - 5] = '\0';
        file = tuf_snapshot_find(next, role);
        if (!file)
            return refuse(role, "gone", "the snapshot names it no more");
        if (file->version < old->version)
            return refuse_version(
                role, "rollback", file->version, old->version);
    }
    return OK;
}

enum err
tuf_trust_snapshot(
    struct tuf_trust *t, const char *bytes, size_t len, int64_t now)
{
    const struct tuf_file *file = &t->timestamp.snapshot;
    struct tuf_snapshot next;
    enum err e;

    assert(t->has_timestamp && !t->has_targets);
    e = check_unread("snapshot", file, bytes, len); /* 5.5.2 */
    if (e != OK)
        return e;
    e = read_snapshot(t, bytes, len, &next);
    if (e == OK) /* 5.5.4 */
        e = check_version("snapshot", file, &next.head);
    if (e == OK && t->has_snapshot)
        e = check_files(&t->snapshot, &next);
    if (e == OK)
        e = check_time("snapshot", &next.head, now); /* 5.5.6 */
    if (e != OK) {
        tuf_snapshot_finish(&next);
        return e;
    }
    tuf_snapshot_finish(&t->snapshot);
    t->snapshot = next;
    t->has_snapshot = true;
    return OK;
}

/* 5.6.2 to 5.6.5 */
static enum err
read_targets(const struct tuf_trust *t, const struct tuf_key *keys,
    size_t keys_len, const struct tuf_role *role, const char *name,
    const char *bytes, size_t len, int64_t now, struct tuf_targets *out)
{
    const struct tuf_file *file = tuf_snapshot_find(&t->snapshot, name);
    enum err e;

    *out = (struct tuf_targets){.targets_len = 0};
    if (!file)
        return refuse(name, "role", "the snapshot does not name it");
    e = check_unread(name, file, bytes, len);
    if (e == OK)
        e = tuf_targets_read(name, bytes, len, out);
    if (e == OK)
        e = tuf_verify(t->schemes, keys, keys_len, role, &out->head, name);
    if (e == OK)
        e = check_version(name, file, &out->head);
    if (e == OK)
        e = check_time(name, &out->head, now);
    if (e != OK)
        tuf_targets_finish(out);
    return e;
}

enum err
tuf_trust_targets(
    struct tuf_trust *t, const char *bytes, size_t len, int64_t now)
{
    struct tuf_targets next;
    enum err e;

    assert(t->has_snapshot);
    e = read_targets(t, t->root.keys, t->root.keys_len,
        &t->root.roles[TUF_TARGETS], "targets", bytes, len, now, &next);
    if (e != OK)
        return e;
    tuf_targets_finish(&t->targets);
    t->targets = next;
    t->has_targets = true;
    return OK;
}

enum err
tuf_trust_delegated(const struct tuf_trust *t,
    const struct tuf_targets *parent, const char *role, const char *bytes,
    size_t len, int64_t now, struct tuf_targets *out)
{
    const struct tuf_delegation *d = tuf_targets_delegation(parent, role);

    assert(t->has_targets);
    *out = (struct tuf_targets){.targets_len = 0};
    if (!d)
        return refuse(role, "role", "nobody delegates to it");
    return read_targets(t, parent->keys, parent->keys_len, &d->role, role,
        bytes, len, now, out);
}
