/* sync/tuf/read.h - pieces of metadata that several kinds have.  For sync/tuf/
 * alone.  Failures here are those of base/json.h; tuf_read_refused makes of
 * them what sync/tuf/metadata.h promises. */
#ifndef SYNC_TUF_READ_H
#define SYNC_TUF_READ_H

#include "sync/tuf/metadata.h"

/* Parse, check what every kind has, and keep the canonical bytes.  *signed_out
 * is the signed object.  tuf_head_finish after either answer. */
enum err tuf_read_head(const char *type, const char *bytes, size_t len,
    struct tuf_signed *head, const struct json **signed_out);
void tuf_head_finish(struct tuf_signed *head);

/* {"<keyid>": {"keytype", "scheme", "keyval": {"public"}}} */
enum err tuf_read_keys(
    const struct json *keys, struct tuf_key **keys_out, size_t *len_out);
/* {"keyids": [...], "threshold": n} */
enum err tuf_read_role(const struct json *v, struct tuf_role *out);
void tuf_role_finish(struct tuf_role *role);
/* {"version", "length"?, "hashes"?} */
enum err tuf_read_file(const struct json *v, struct tuf_file *out);
/* {"sha256": "<64 hex>", ...} */
enum err tuf_read_sha256(const struct json *hashes, uint8_t out[32]);

/* A list of strings, none longer than TUF_NAME_MAX; mem_free. */
enum err tuf_read_strings(const struct json *arr, const char ***out,
    size_t *len_out);
/* A refusal of a value whose type is right. */
enum err tuf_read_wrong(const struct json *v, const char *key, const char *why);

/* Turn a failure to read `role` into ERR_LIST_UNTRUSTED, case "form". */
enum err tuf_read_refused(const char *role, enum err e);

#endif
