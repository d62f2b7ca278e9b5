/* db/showroom.h - who we are, and the public keys that signed the journal. */
#ifndef DB_SHOWROOM_H
#define DB_SHOWROOM_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "db/limits.h"

struct db;

struct showroom {
    int64_t seq;
    int64_t number; /* u32, given by the registry */
    char name[DB_NAME];
    char commune[16];
};

struct showroom_key {
    int64_t number;
    uint8_t public_key[32];
    int64_t from_seq; /* first record it signed */
};

/* ERR_NOT_FOUND before there is a first record. */
enum err db_showroom_get(struct db *db, struct showroom *out);
enum err db_showroom_keys(struct db *db, struct showroom_key *keys_out,
    size_t max, size_t *len_out);

/* Inside a write. */
enum err db_showroom_put(struct db *db, const struct showroom *s);
enum err db_showroom_key_add(struct db *db, const struct showroom_key *k,
    int64_t seq);

#endif
