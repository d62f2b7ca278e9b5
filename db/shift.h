/* db/shift.h - a cashier's time at a till, from float to count. */
#ifndef DB_SHIFT_H
#define DB_SHIFT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct db;

struct shift {
    int64_t id;
    int64_t seq;
    int64_t till;
    int64_t opened_by;
    int64_t opened_at;
    int64_t float_dong;
    bool closed;
    int64_t closed_by;
    int64_t closed_at;
    int64_t counted;
    int64_t sales; /* receipts */
    int64_t sales_total;
    int64_t refunds;
    int64_t refund_total;
    int64_t cash;     /* into the drawer less out of it, float not counted */
    int64_t transfer; /* in less back */
    int64_t rounding;
};

/* What a receipt adds to its shift's sums. */
struct shift_sums {
    int64_t sales, sales_total, refunds, refund_total, cash, transfer,
        rounding;
};

/* ERR_NOT_FOUND when there is none. */
enum err db_shift_get(struct db *db, int64_t id, struct shift *out);
/* The till's open shift; ERR_SHIFT_CLOSED when it has none. */
enum err db_shift_open_of(struct db *db, int64_t till, struct shift *out);
enum err db_shift_last_id(struct db *db, int64_t *id_out);

/* Shifts with id < `before`, newest first; only those of `till` unless 0, only
 * open ones if `open`. */
enum err db_shift_each(struct db *db, int64_t till, bool open, int64_t before,
    int64_t limit, enum err (*fn)(void *arg, const struct shift *s),
    void *arg);

/* Inside a write.  ERR_SHIFT_OPEN when the till has an open one. */
enum err db_shift_add(struct db *db, const struct shift *s);
enum err db_shift_close(struct db *db, int64_t id, int64_t staff, int64_t at,
    int64_t counted, int64_t seq);
enum err db_shift_count(struct db *db, int64_t id, const struct shift_sums *s,
    int64_t seq);

#endif
