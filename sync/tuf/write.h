/* sync/tuf/write.h - making metadata: what the registry signs.
 *
 * The signed part is written with base/canon.h, whose form is the one that TUF
 * signs as long as every string is NFC without control characters, which holds
 * for all that the registry writes:
 *
 *     canon_init(&c, &text);
 *     canon_obj(&c);
 *     tuf_write_head(&c, "timestamp", now + days);   // "_type", "expires"
 *     canon_key(&c, "meta");
 *     canon_obj(&c);
 *     canon_key(&c, "snapshot.json");
 *     tuf_write_file(&c, &file);
 *     canon_end_obj(&c);
 *     tuf_write_tail(&c, version);                   // "spec_version", ...
 *     canon_end_obj(&c);
 *     canon_end(&c);
 *     e = tuf_sign(text.data, text.len, signers, n, &out);
 */
#ifndef SYNC_TUF_WRITE_H
#define SYNC_TUF_WRITE_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/canon.h"
#include "base/crypto.h"
#include "base/err.h"
#include "sync/tuf/key.h"
#include "sync/tuf/metadata.h"

enum { TUF_TIME = 21 };

/* "2026-11-22T09:00:00Z" */
void tuf_format_time(int64_t unix_s, char out[TUF_TIME]);

/* The id of an Ed25519 key: SHA-256 of its canonical key object, in hex. */
void tuf_keyid(const uint8_t public[CRYPTO_PUBLIC], char id_out[TUF_KEYID]);

/* Values: {"keytype":"ed25519","keyval":{"public":"..."},"scheme":"ed25519"};
 * {"keyids":[...],"threshold":2}, ids in the order given;
 * {"hashes":{"sha256":"..."},"length":7,"version":3}, hash and length only
 * when said (file->name is not looked at). */
void tuf_write_key(struct canon *c, const uint8_t public[CRYPTO_PUBLIC]);
void tuf_write_role(struct canon *c, const char *const *keyids, size_t n,
    int64_t threshold);
void tuf_write_file(struct canon *c, const struct tuf_file *file);

/* Members of the signed object.  Between head and tail come those of the kind,
 * in the order of bytes: "keys", "roles"; "meta"; "delegations" comes before
 * the head's "expires", so a targets file opens with tuf_write_type and writes
 * "expires" by tuf_write_expires.  A root's "consistent_snapshot" too. */
void tuf_write_head(struct canon *c, const char *type, int64_t expires_at);
void tuf_write_type(struct canon *c, const char *type);
void tuf_write_expires(struct canon *c, int64_t expires_at);
/* "spec_version"; then "targets" of a targets file; then "version". */
void tuf_write_spec(struct canon *c);
void tuf_write_tail(struct canon *c, int64_t version);

struct tuf_signer {
    char id[TUF_KEYID];
    uint8_t secret[CRYPTO_SECRET]; /* the caller wipes it */
};
/* Its id from its public half. */
void tuf_signer_init(
    struct tuf_signer *s, const uint8_t secret[CRYPTO_SECRET]);

/* Append the whole file {"signatures":[...],"signed":...} and a line feed;
 * signatures in the order given, none twice.  ERR_TOO_LARGE when `out` is
 * full. */
enum err tuf_sign(const char *canonical, size_t len,
    const struct tuf_signer *signers, size_t n, struct buf *out);

#endif
