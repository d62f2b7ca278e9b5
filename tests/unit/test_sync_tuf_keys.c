/* Who counts as a signer: different keys of kinds that the program knows. */
#include <stdio.h>

#include "base/canon.h"
#include "sync/tuf/trust.h"
#include "tests/unit/t_tuf.h"

enum { KEYS = 4 };

static struct tuf_signer signers[KEYS];
static char public_hex[KEYS][65];
static struct tuf_key keys[KEYS];
static const char *ids[KEYS];

static void
make_keys(void)
{
    uint8_t seed[CRYPTO_SEED] = {0}, public[CRYPTO_PUBLIC];
    uint8_t secret[CRYPTO_SECRET];

    for (uint8_t i = 0; i < KEYS; i++) {
        seed[0] = (uint8_t)(i + 1);
        crypto_keypair_of_seed(seed, public, secret);
        tuf_signer_init(&signers[i], secret);
        crypto_hex(public, CRYPTO_PUBLIC, public_hex[i]);
        ids[i] = signers[i].id;
        keys[i] = (struct tuf_key){.id = ids[i],
            .type = "ed25519",
            .scheme = "ed25519",
            .public = public_hex[i]};
    }
}

/* Signed by the first `n`; how the threshold is judged. */
static enum err
judge(size_t n, int64_t threshold)
{
    static const char part[] =
        "{\"_type\":\"timestamp\",\"expires\":\"2027-01-01T00:00:00Z\","
        "\"meta\":{\"snapshot.json\":{\"version\":1}},"
        "\"spec_version\":\"1.0\",\"version\":1}";
    const struct tuf_role role = {
        .keyids = ids, .keyids_len = KEYS, .threshold = threshold};
    struct tuf_timestamp timestamp;
    struct buf file;
    enum err e;

    buf_init(&file, 10000);
    CHECK(tuf_sign(part, strlen(part), signers, n, &file) == OK);
    CHECK(tuf_timestamp_read(file.data, file.len, &timestamp) == OK);
    e = tuf_verify(tuf_ed25519_only, keys, KEYS, &role, &timestamp.head, "t");
    tuf_timestamp_finish(&timestamp);
    buf_finish(&file);
    return e;
}

static void
test_threshold__counts_keys_that_signed(void)
{
    make_keys();
    CHECK(judge(2, 2) == OK);
    CHECK(judge(3, 2) == OK);
    CHECK_REFUSED(judge(1, 2), "t", "signatures");
    CHECK_REFUSED(judge(0, 1), "t", "signatures");
    CHECK_REFUSED(judge(4, 5), "t", "signatures");
}

static void
test_threshold__one_key_under_two_ids_counts_once(void)
{
    make_keys();
    keys[1].public = public_hex[0];
    signers[1] = signers[0];
    snprintf(signers[1].id, sizeof(signers[1].id), "another");
    keys[1].id = ids[1] = signers[1].id;
    CHECK_REFUSED(judge(2, 2), "t", "signatures");
    CHECK_STR(t_arg("have"), "1");
    for (char *c = public_hex[1]; *c; c++) /* the same key in capitals */
        *c = '\0';
    for (size_t i = 0; i < 64; i++) {
        char c = public_hex[0][i];

        public_hex[1][i] = (char)(c >= 'a' ? c - 'a' + 'A' : c);
    }
    keys[1].public = public_hex[1];
    CHECK_REFUSED(judge(2, 2), "t", "signatures");
    CHECK(judge(3, 2) == OK);
}

static void
test_threshold__unknown_kinds_never_count_and_never_hurt(void)
{
    make_keys();
    keys[0].type = "sigstore-oidc";
    keys[1].scheme = "ed25519ph";
    CHECK(judge(4, 2) == OK);
    CHECK_REFUSED(judge(2, 1), "t", "signatures");
    keys[2].public = "abc";
    keys[3].public = "";
    CHECK_REFUSED(judge(4, 1), "t", "signatures");
}

static void
test_threshold__a_key_that_is_not_of_the_role_does_not_count(void)
{
    make_keys();
    ids[0] = "nobody's";
    CHECK_REFUSED(judge(1, 1), "t", "signatures");
    make_keys();
    keys[0].id = "renamed"; /* named for the role, but there is no such key */
    CHECK_REFUSED(judge(1, 1), "t", "signatures");
    make_keys();
    signers[0].secret[0] ^= 1; /* signs with another key under this id */
    CHECK_REFUSED(judge(1, 1), "t", "signatures");
}

/* RFC 8032, test 1; the id as securesystemslib reckons it. */
static void
test_key__its_id_is_the_hash_of_its_canonical_form(void)
{
    static const char want[] =
        "{\"keytype\":\"ed25519\",\"keyval\":{\"public\":\"d75a980182b10ab7"
        "d54bfed3c964073a0ee172f3daa62325af021a68f707511a\"},"
        "\"scheme\":\"ed25519\"}";
    uint8_t public[CRYPTO_PUBLIC], hash[CRYPTO_HASH];
    char id[TUF_KEYID], hex[TUF_KEYID];
    struct canon c;
    struct buf out;

    CHECK(crypto_unhex("d75a980182b10ab7d54bfed3c964073a"
                       "0ee172f3daa62325af021a68f707511a",
              64, public)
          == OK);
    buf_init(&out, 1000);
    canon_init(&c, &out);
    tuf_write_key(&c, public);
    canon_end(&c);
    CHECK_STR(out.data, want);
    crypto_sha256(want, strlen(want), hash);
    crypto_hex(hash, CRYPTO_HASH, hex);
    tuf_keyid(public, id);
    CHECK_STR(id, hex);
    buf_finish(&out);
}

static void
test_write__a_time_is_in_utc(void)
{
    char time[TUF_TIME];

    tuf_format_time(REPO_NOW, time);
    CHECK_STR(time, "2026-11-22T04:00:00Z");
}

int
main(void)
{
    if (crypto_init() != OK)
        return 1;
    RUN(test_threshold__counts_keys_that_signed);
    RUN(test_threshold__one_key_under_two_ids_counts_once);
    RUN(test_threshold__unknown_kinds_never_count_and_never_hurt);
    RUN(test_threshold__a_key_that_is_not_of_the_role_does_not_count);
    RUN(test_key__its_id_is_the_hash_of_its_canonical_form);
    RUN(test_write__a_time_is_in_utc);
    return T_END();
}
