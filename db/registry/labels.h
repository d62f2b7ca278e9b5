/* db/registry/labels.h - the public keys of the codes on shelf labels. */
#ifndef DB_REGISTRY_LABELS_H
#define DB_REGISTRY_LABELS_H

#include <stdint.h>

#include "base/err.h"

struct db;

enum { REG_LABEL_KEYS_MAX = 255 };

struct reg_label_key {
    int64_t number; /* 1..255, over all provinces */
    const char *province_code;
    uint8_t public_key[32];
    int32_t from_day;
    int64_t at;
    const char *by_whom;
};

typedef enum err reg_label_key_fn(void *arg, const struct reg_label_key *k);

/* By province, then by number. */
enum err db_reg_label_keys(struct db *db, reg_label_key_fn *fn, void *arg);

/* Inside a write: its number is the next.  ERR_EXISTS when the key is there;
 * ERR_TOO_LARGE when all numbers are given. */
enum err db_reg_label_key_add(
    struct db *db, const struct reg_label_key *k, int64_t *number_out);

#endif
