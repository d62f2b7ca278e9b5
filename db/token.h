/* db/token.h - how a program proves who it is.
 *
 * Only the SHA-256 of a token is kept.  Looking one up by a unique index does
 * not tell an attacker anything by its time: what is compared is a hash he
 * cannot steer. */
#ifndef DB_TOKEN_H
#define DB_TOKEN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "db/limits.h"
#include "db/staff.h"

struct db;

enum { SECRET_HASH = 32 };

struct token {
    int64_t staff; /* the program's number */
    char name[DB_NAME];
    enum role role;
    bool active;
    int64_t made_at;
};

/* The program, active or not, with this token; ERR_NOT_FOUND. */
enum err db_token_find(struct db *db, const uint8_t secret[SECRET_HASH],
    struct staff *out);

/* Inside a write. */
enum err db_token_add(struct db *db, int64_t staff,
    const uint8_t secret[SECRET_HASH], int64_t made_at);

/* In number order after `after`; fn's failure ends the walk. */
enum err db_token_each(struct db *db, int64_t after, int64_t limit,
    enum err (*fn)(void *arg, const struct token *t), void *arg);

#endif
