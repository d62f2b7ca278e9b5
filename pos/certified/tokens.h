/* pos/certified/tokens.h - tokens for shelf labels, from a file that the
 * registry made (sync/registry/labels.h).
 *
 * Nothing of the file is believed by itself.  Its first line, the province's
 * label keys, must be, byte for byte, a target that the verified metadata of
 * "vn" names; each token must be signed by one of these keys, and say what the
 * record here says of a certificate of that province. */
#ifndef POS_CERTIFIED_TOKENS_H
#define POS_CERTIFIED_TOKENS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "db/certified.h"
#include "sync/label_token.h"

struct db;
struct shop;

struct tokens_import {
    const char *text;
    size_t len;
    /* out */
    char province[8];
    int64_t taken;
    int64_t other; /* good, but of a record that is here no more, or not so */
};

/* Take the file, all or nothing.  ERR_LIST_UNTRUSTED with the case "labels"
 * (no such keys are published), "label_line" (a line that is none) or
 * "label_signature", with `line`; ERR_NOT_FOUND with the case "labels_list"
 * when nothing of a registry was verified here yet. */
enum err tokens_import(struct shop *shop, struct tokens_import *ask);

/* Does the token say what the record says? */
bool tokens_fit(const struct label_token *token, const struct certified *c);

/* Append the address for the QR code of the certificate's label: `verify_base`
 * with p for its last letter r, and the token.  Nothing when there is no token,
 * or none that fits the record (any more), or the base does not end in "/r". */
enum err tokens_url(struct db *db, const struct certified *c,
    const char *verify_base, struct buf *out);

#endif
