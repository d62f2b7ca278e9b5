/* sync/registry/labels.h - codes of shelf labels: whose key, and which.
 *
 * vn/labels-<province>.json, named by the role "vn" beside the showrooms:
 *
 *     {"keys":[{"from":"2026-11-22","number":1,"public":"<64 hex>"}],
 *      "province":"01","schema":"ocop-labels/1"}
 *
 * The file for showrooms begins with these very bytes, so that a showroom finds
 * their hash in metadata that it has verified already, and goes on with one
 * line for each certificate in force:
 *
 *     {"cert":17,"id":"VN01-000101","token":"<202 digits>"} */
#ifndef SYNC_REGISTRY_LABELS_H
#define SYNC_REGISTRY_LABELS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "sync/registry/keys.h"
#include "sync/registry/named.h"

struct db;

/* vn/labels-NN.json of every province that has a label key. */
enum err labels_make(struct publisher *p, struct named *now);

struct labels_ask {
    struct db *db;
    struct keys *keys;
    const char *folder;   /* of new key files */
    const char *province; /* "01" */
    bool new_key;         /* though there is one */
    int64_t now;
    const char *by;
    /* out */
    int64_t number; /* of the key that signed */
    bool made;      /* it is new: publish before showrooms can believe it */
    int64_t count;  /* tokens */
};

/* Append the file for showrooms; the province gets its first key when it has
 * none, guarded as its key for lists is.  Errors of keys_make and keys_signer;
 * ERR_TOO_LARGE. */
enum err labels_write(struct labels_ask *ask, struct buf *out);

#endif
