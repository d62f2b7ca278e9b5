/* Any bytes as a whole repository: pieces of "name\n" and a file, between
 * bytes 0x1e; "root" is what is trusted first, "kept-..." what was kept.
 * Every signature is right, so that what comes behind the signatures is
 * reached; nothing may be trusted that breaks a rule of the workflow. */
#include <assert.h>
#include <string.h>

#include "base/crypto.h"
#include "base/mem.h"
#include "sync/tuf/client.h"
#include "tests/fuzz/fuzz.h"

enum { NAME_MAX_BYTES = 100 };
#define NOW INT64_C(1795320000)

struct input {
    const char *bytes;
    size_t len;
};

static bool
any_identity(const char *public, uint8_t identity_out[32])
{
    crypto_sha256(public, strlen(public), identity_out);
    return true;
}

static bool
any_verify(const char *public, const uint8_t *sig, size_t sig_len,
    const void *msg, size_t len)
{
    (void)public;
    (void)sig;
    (void)msg;
    return sig_len > 0 && len > 0;
}

static const struct tuf_scheme any = {.type = "ed25519",
    .scheme = "ed25519",
    .identity = any_identity,
    .verify = any_verify};
static const struct tuf_scheme *const any_only[] = {&any, NULL};

/* The piece at *at, which moves behind it; false at the end. */
static bool
next_piece(const struct input *in, size_t *at, struct input *name_out,
    struct input *file_out)
{
    const char *from = in->bytes + *at, *end, *line;
    size_t len = in->len - *at;

    if (*at >= in->len)
        return false;
    end = memchr(from, 0x1e, len);
    len = end ? (size_t)(end - from) : len;
    line = memchr(from, '\n', len);
    *name_out = (struct input){from, line ? (size_t)(line - from) : len};
    *file_out = (struct input){"", 0};
    if (line)
        *file_out =
            (struct input){line + 1, len - (size_t)(line + 1 - from)};
    *at += len + 1;
    return true;
}

static enum err
get(void *arg, const char *name, size_t max, struct buf *out)
{
    struct input n, file;
    size_t at = 0;

    assert(max <= TUF_BYTES_MAX && strlen(name) < 2000);
    while (next_piece(arg, &at, &n, &file))
        if (n.len == strlen(name) && memcmp(n.bytes, name, n.len) == 0) {
            buf_add(out, file.bytes, file.len);
            return OK;
        }
    return err_set(ERR_NOT_FOUND, "no %s", name);
}

static void
put_kept(struct input *in, struct tuf_kept *kept)
{
    struct input name, file;
    size_t at = 0;

    while (next_piece(in, &at, &name, &file)) {
        char role[NAME_MAX_BYTES + 1] = "root";
        bool is_root = name.len == 4 && memcmp(name.bytes, "root", 4) == 0;

        if (!is_root) {
            if (name.len <= 5 || name.len > NAME_MAX_BYTES ||
                memcmp(name.bytes, "kept-", 5) != 0)
                continue;
            memcpy(role, name.bytes + 5, name.len - 5);
            role[name.len - 5] = '\0';
        }
        tuf_kept_put(kept, role, file.bytes, file.len);
    }
}

static void
check(const struct tuf_client *c, const struct tuf_targets *targets)
{
    const struct tuf_snapshot *s = tuf_client_snapshot(c);
    const struct tuf_file *file = tuf_snapshot_find(s, "targets");

    assert(tuf_client_root(c)->head.expires_at > NOW);
    assert(tuf_client_timestamp(c)->head.expires_at > NOW);
    assert(s->head.expires_at > NOW && targets->head.expires_at > NOW);
    assert(tuf_client_timestamp(c)->snapshot.version == s->head.version);
    assert(file && file->version == targets->head.version);
}

static bool
find(struct tuf_client *c)
{
    const struct tuf_target *target;
    const struct tuf_targets *targets;
    struct buf name;

    assert(tuf_client_role(c, "targets", &targets) == OK);
    check(c, targets);
    if (tuf_client_target(c, "p01/a", &target, NULL) != OK)
        return false;
    assert(strcmp(target->path, "p01/a") == 0);
    buf_init(&name, 2000);
    tuf_client_target_name(c, target, &name);
    assert(strncmp(name.data, "p01/", 4) == 0);
    buf_finish(&name);
    return true;
}

bool
fuzz_accepts(const uint8_t *data, size_t size)
{
    struct input in = {(const char *)data, size};
    const struct tuf_source source = {.arg = &in, .get = get};
    struct tuf_kept kept;
    struct tuf_client *c;
    bool ok;

    tuf_kept_init(&kept);
    put_kept(&in, &kept);
    c = tuf_client_new(any_only, &source, &kept);
    ok = tuf_client_refresh(c, NOW) == OK && find(c);
    for (size_t i = 0; i < kept.len; i++) /* what is dirty was verified */
        assert(!kept.files[i].dirty || !kept.files[i].bytes ||
            kept.files[i].version >= 1);
    tuf_client_free(c);
    tuf_kept_finish(&kept);
    return ok;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    (void)fuzz_accepts(data, size);
    return 0;
}
