#include "sync/tuf/write.h"

#include <string.h>

#include "base/clock.h"

void
tuf_format_time(int64_t unix_s, char out[TUF_TIME])
{
    char text[CLOCK_RFC3339_SIZE];

    /* The same moment, as a clock seven hours behind Vietnam shows it. */
    clock_format_rfc3339(unix_s - 7 * 3600, text);
    memcpy(out, text, TUF_TIME - 2);
    out[TUF_TIME - 2] = 'Z';
    out[TUF_TIME - 1] = '\0';
}

void
tuf_keyid(const uint8_t public[CRYPTO_PUBLIC], char id_out[TUF_KEYID])
{
    uint8_t hash[CRYPTO_HASH];
    struct canon c;
    struct buf text;

    buf_init(&text, 256);
    canon_init(&c, &text);
    tuf_write_key(&c, public);
    canon_end(&c);
    crypto_sha256(text.data, text.len, hash);
    crypto_hex(hash, sizeof(hash), id_out);
    buf_finish(&text);
}

void
tuf_write_key(struct canon *c, const uint8_t public[CRYPTO_PUBLIC])
{
    char hex[2 * CRYPTO_PUBLIC + 1];

    crypto_hex(public, CRYPTO_PUBLIC, hex);
    canon_obj(c);
    canon_put_str(c, "keytype", "ed25519");
    canon_key(c, "keyval");
    canon_obj(c);
    canon_put_str(c, "public", hex);
    canon_end_obj(c);
    canon_put_str(c, "scheme", "ed25519");
    canon_end_obj(c);
}

void
tuf_write_role(
    struct canon *c, const char *const *keyids, size_t n, int64_t threshold)
{
    canon_obj(c);
    canon_key(c, "keyids");
    canon_arr(c);
    for (size_t i = 0; i < n; i++)
        canon_str(c, keyids[i]);
    canon_end_arr(c);
    canon_put_int(c, "threshold", threshold);
    canon_end_obj(c);
}

void
tuf_write_file(struct canon *c, const struct tuf_file *file)
{
    char hex[2 * CRYPTO_HASH + 1];

    canon_obj(c);
    if (file->has_sha256) {
        crypto_hex(file->sha256, CRYPTO_HASH, hex);
        canon_key(c, "hashes");
        canon_obj(c);
        canon_put_str(c, "sha256", hex);
        canon_end_obj(c);
    }
    if (file->length >= 0)
        canon_put_int(c, "length", file->length);
    canon_put_int(c, "version", file->version);
    canon_end_obj(c);
}

void
tuf_write_type(struct canon *c, const char *type)
{
    canon_put_str(c, "_type", type);
}

void
tuf_write_expires(struct canon *c, int64_t expires_at)
{
    char text[TUF_TIME];

    tuf_format_time(expires_at, text);
    canon_put_str(c, "expires", text);
}

void
tuf_write_head(struct canon *c, const char *type, int64_t expires_at)
{
    tuf_write_type(c, type);
    tuf_write_expires(c, expires_at);
}

void
tuf_write_spec(struct canon *c)
{
    canon_put_str(c, "spec_version", "1.0.31");
}

void
tuf_write_tail(struct canon *c, int64_t version)
{
    tuf_write_spec(c);
    canon_put_int(c, "version", version);
}

void
tuf_signer_init(struct tuf_signer *s, const uint8_t secret[CRYPTO_SECRET])
{
    memcpy(s->secret, secret, CRYPTO_SECRET);
    /* An Ed25519 secret is its seed, then its public key. */
    tuf_keyid(secret + CRYPTO_SEED, s->id);
}

enum err
tuf_sign(const char *canonical, size_t len, const struct tuf_signer *signers,
    size_t n, struct buf *out)
{
    uint8_t sig[CRYPTO_SIGNATURE];
    char hex[2 * CRYPTO_SIGNATURE + 1];

    buf_add_str(out, "{\"signatures\":[");
    for (size_t i = 0; i < n; i++) {
        crypto_sign_msg(sig, canonical, len, signers[i].secret);
        crypto_hex(sig, sizeof(sig), hex);
        buf_printf(out, "%s{\"keyid\":\"%s\",\"sig\":\"%s\"}", i ? "," : "",
            signers[i].id, hex);
    }
    buf_add_str(out, "],\"signed\":");
    buf_add(out, canonical, len);
    buf_add_str(out, "}\n");
    if (out->full)
        return err_set(ERR_TOO_LARGE, "metadata past %zu bytes", out->max);
    return OK;
}
