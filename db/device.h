/* db/device.h - tills, and the browsers that stand at them.
 *
 * Which tills and devices there are is in the journal; the name of a device
 * and the hash of its cookie are private.  Functions that add, set or drop run
 * inside a write. */
#ifndef DB_DEVICE_H
#define DB_DEVICE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "db/limits.h"
#include "db/token.h"

struct db;

enum { TILL_MAX = 255, DEVICE_CODE = 9 /* eight digits and the NUL */ };

struct till {
    int64_t number;
    int64_t seq;
    char name[DB_NAME];
    bool active;
};

struct device {
    int64_t id; /* from 1, never used again */
    int64_t seq;
    int64_t till;
    bool active;
};

struct device_private {
    int64_t id;
    char name[DB_NAME];
    uint8_t secret[SECRET_HASH];
    int64_t enrolled_at;
};

/* A device with its private name, for lists. */
struct device_line {
    int64_t id;
    char name[DB_NAME];
    int64_t till;
    bool active;
    int64_t enrolled_at;
};

/* A number that enrols one browser. */
struct device_code {
    char code[DEVICE_CODE];
    int64_t till;
    char name[DB_NAME];
    int64_t made_by;
    int64_t expires_at;
};

/* ERR_NOT_FOUND when there is none. */
enum err db_till_get(struct db *db, int64_t number, struct till *out);
enum err db_till_each(struct db *db, int64_t after, int64_t limit,
    enum err (*fn)(void *arg, const struct till *t), void *arg);
enum err db_till_put(struct db *db, const struct till *t);

enum err db_device_get(struct db *db, int64_t id, struct device *out);
/* The highest id given so far; 0 when there is none. */
enum err db_device_last(struct db *db, int64_t *id_out);
enum err db_device_put(struct db *db, const struct device *d);
enum err db_device_private_add(struct db *db, const struct device_private *p);
enum err db_device_each(struct db *db, int64_t after, int64_t limit,
    enum err (*fn)(void *arg, const struct device_line *d), void *arg);

/* The active device, at an active till, with this cookie; ERR_NOT_FOUND. */
enum err db_device_find(struct db *db, const uint8_t secret[SECRET_HASH],
    struct device *out);

enum err db_device_code_add(struct db *db, const struct device_code *c);
/* ERR_NOT_FOUND when there is none, or it is late. */
enum err db_device_code_get(struct db *db, const char *code, int64_t now,
    struct device_code *out);
/* Drop the code and all that are late. */
enum err db_device_code_drop(struct db *db, const char *code, int64_t now);

#endif
