/* db/registry/showrooms.h - points of sale and their public keys. */
#ifndef DB_REGISTRY_SHOWROOMS_H
#define DB_REGISTRY_SHOWROOMS_H

#include <stdint.h>

#include "base/err.h"

struct db;

struct reg_showroom {
    int64_t number;
    const char *name;
    const char *commune_code;
    int64_t at;
    const char *by_whom;
};

struct reg_showroom_key {
    int64_t showroom;
    int64_t number; /* 1, 2 ... of the showroom */
    uint8_t public_key[32];
    int32_t from_day;
    int32_t withdrawn_day; /* 0: good */
    int64_t last_good_seq; /* of a withdrawn key; 0: nothing of it is good */
    int64_t at;
    const char *by_whom;
};

typedef enum err reg_showroom_fn(void *arg, const struct reg_showroom *s);
typedef enum err reg_showroom_key_fn(
    void *arg, const struct reg_showroom_key *k);

/* By number; the keys of a showroom by theirs. */
enum err db_reg_showrooms(struct db *db, reg_showroom_fn *fn, void *arg);
enum err db_reg_showroom_keys(
    struct db *db, int64_t showroom, reg_showroom_key_fn *fn, void *arg);

/* Inside a write.  ERR_EXISTS when the number, or the key anywhere, is
 * there. */
enum err db_reg_showroom_add(struct db *db, const struct reg_showroom *s);
enum err db_reg_showroom_key_add(
    struct db *db, const struct reg_showroom_key *k);
/* ERR_NOT_FOUND when there is no such key. */
enum err db_reg_showroom_key_withdraw(struct db *db, int64_t showroom,
    int64_t number, int32_t day, int64_t last_good_seq);

/* Inside a write: note what was done besides records; `detail` is canonical
 * JSON. */
enum err db_reg_act_add(struct db *db, int64_t at, const char *by_whom,
    const char *what, const char *detail);

#endif
