/* bench_tuf: what it costs to read and verify metadata, by its size, and to
 * refresh the top roles and every province.  Times of this thread's processor,
 * so that a busy machine does not show. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/crypto.h"
#include "sync/tuf/trust.h"
#include "tests/tools/tuf_repo.h"

enum { FILE_MAX_BYTES = 8 * 1024 * 1024, PROVINCES = 34 };

static double
now_us(void)
{
    struct timespec t;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static void
stop(void)
{
    fprintf(stderr, "bench_tuf: %s\n", err_msg());
    exit(1);
}

static void
write_target(struct canon *c, int i)
{
    char text[80];

    snprintf(text, sizeof(text), "p01/delta-%06d-%06d.ndjson", i, i + 1);
    canon_key(c, text);
    canon_obj(c);
    canon_key(c, "custom");
    canon_obj(c);
    canon_key(c, "ocop");
    canon_obj(c);
    canon_put_int(c, "from", i);
    canon_put_str(c, "kind", "delta");
    canon_put_int(c, "seq", i + 1);
    canon_end_obj(c);
    canon_end_obj(c);
    canon_key(c, "hashes");
    canon_obj(c);
    for (int d = 0; d < 64; d++)
        text[d] = "0123456789abcdef"[(i + d) % 16];
    text[64] = '\0';
    canon_put_str(c, "sha256", text);
    canon_end_obj(c);
    canon_put_int(c, "length", i);
    canon_end_obj(c);
}

/* A targets file of `n` targets, signed by two keys. */
static void
make_targets(struct repo *r, int n)
{
    struct buf text;
    struct canon c;

    buf_init(&text, FILE_MAX_BYTES);
    canon_init(&c, &text);
    canon_obj(&c);
    tuf_write_head(&c, "targets", REPO_NOW + REPO_DAY);
    tuf_write_spec(&c);
    canon_key(&c, "targets");
    canon_obj(&c);
    for (int i = 0; i < n; i++)
        write_target(&c, i);
    canon_end_obj(&c);
    canon_put_int(&c, "version", 1);
    canon_end_obj(&c);
    canon_end(&c);
    repo_put_signed(r, "big", text.data, &r->root.keys);
    buf_finish(&text);
}

static void
bench_file(struct repo *r, int n, int rounds)
{
    struct tuf_key keys[2];
    const char *ids[2];
    char hex[2][2 * CRYPTO_PUBLIC + 1];
    const struct tuf_role role = {
        .keyids = ids, .keyids_len = 2, .threshold = 2};
    const struct buf *file;
    double read = 0, verify = 0, t0, t1;

    for (int i = 0; i < 2; i++) {
        const struct tuf_signer *s = &r->root.keys.signers[i];

        crypto_hex(s->secret + CRYPTO_SEED, CRYPTO_PUBLIC, hex[i]);
        ids[i] = s->id;
        keys[i] = (struct tuf_key){s->id, "ed25519", "ed25519", hex[i]};
    }
    make_targets(r, n);
    file = &repo_find(r, "big")->bytes;
    for (int i = 0; i < rounds; i++) {
        struct tuf_targets t;

        t0 = now_us();
        if (tuf_targets_read("p01", file->data, file->len, &t) != OK)
            stop();
        t1 = now_us();
        if (tuf_verify(tuf_ed25519_only, keys, 2, &role, &t.head, "p01") != OK)
            stop();
        verify += now_us() - t1;
        read += t1 - t0;
        tuf_targets_finish(&t);
    }
    printf("%5d targets, %7zu bytes: read %8.1f us (%5.1f MB/s), "
           "two signatures %7.1f us (%5.1f MB/s)\n",
        n, file->len, read / rounds, (double)file->len * rounds / read,
        verify / rounds, (double)file->len * rounds / verify);
}

/* A first refresh with every province, then one that finds nothing new. */
static void
bench_refresh(struct repo *r)
{
    const struct tuf_source source = repo_source(r);
    const struct repo_file *root = repo_find(r, "1.root.json");
    const struct tuf_targets *targets;
    struct tuf_kept kept;

    tuf_kept_init(&kept);
    tuf_kept_put(&kept, "root", root->bytes.data, root->bytes.len);
    for (int turn = 0; turn < 2; turn++) {
        struct tuf_client *c =
            tuf_client_new(tuf_ed25519_only, &source, &kept);
        double t0 = now_us();

        if (tuf_client_refresh(c, REPO_NOW) != OK)
            stop();
        for (size_t i = 1; i < r->roles_len; i++)
            if (tuf_client_role(c, r->roles[i].name, &targets) != OK)
                stop();
        printf("refresh of %d provinces, %s: %.0f us\n", PROVINCES,
            turn ? "nothing new" : "all new", now_us() - t0);
        tuf_client_free(c);
    }
    tuf_kept_finish(&kept);
}

int
main(void)
{
    static struct repo repo;
    char name[] = "p00";

    if (crypto_init() != OK)
        stop();
    repo_init(&repo);
    repo_keys_new(&repo, &repo.root.keys, 3, 2);
    bench_file(&repo, 1, 2000);
    bench_file(&repo, 62, 500); /* a list, its deltas, and one more */
    bench_file(&repo, 4000, 20);
    for (int i = 1; i <= PROVINCES; i++) {
        name[1] = (char)('0' + i / 10);
        name[2] = (char)('0' + i % 10);
        repo_add_role(&repo, 0, name, "p01/*");
    }
    repo_publish(&repo);
    bench_refresh(&repo);
    repo_finish(&repo);
    return 0;
}
