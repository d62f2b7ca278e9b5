/* db/cash.h - what happens at a drawer without a receipt: money put in, money
 * taken out, opened for neither. */
#ifndef DB_CASH_H
#define DB_CASH_H

#include <stdint.h>

#include "base/err.h"

struct db;

enum cash_kind { CASH_IN = 1, CASH_OUT, CASH_DRAWER };

enum { CASH_REASON = 241 }; /* bytes with the NUL */

struct cash_move {
    int64_t id;
    int64_t seq;
    enum cash_kind kind;
    int64_t till;
    int64_t shift_id; /* 0: a drawer, while the till had no shift */
    int64_t amount;   /* dong; 0 of a drawer */
    int64_t staff;
    int64_t at;
    char reason[CASH_REASON];
};

/* "cash_in", "cash_out", "drawer_open": the words of the API and the kinds of
 * the journal. */
const char *cash_kind_name(enum cash_kind kind);

/* Inside a write. */
enum err db_cash_add(struct db *db, const struct cash_move *m);
enum err db_cash_last_id(struct db *db, int64_t *id_out);

/* ERR_NOT_FOUND. */
enum err db_cash_get(struct db *db, int64_t id, struct cash_move *out);

/* Those of a shift with id < `before`, newest first. */
enum err db_cash_each(struct db *db, int64_t shift_id, int64_t before,
    int64_t limit, enum err (*fn)(void *arg, const struct cash_move *m),
    void *arg);

#endif
