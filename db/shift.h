/* db/shift.h - a cashier's time at a till, from float to count. */
#ifndef DB_SHIFT_H
#define DB_SHIFT_H

#include <stdbool.h>
#include <stddef.h>
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
    int64_t cash;     /* of receipts: into the drawer less out of it */
    int64_t transfer; /* in less back */
    int64_t rounding;
    int64_t discounts; /* off sales */
    int64_t cash_back, transfer_back; /* for refunds; inside cash, transfer */
    int64_t cash_in, cash_out; /* of no receipt: db/cash.h */
    int64_t drawers;           /* opened without money */
    int64_t first_sale, last_sale; /* its receipts, refunds too; 0: none */
};

/* What a receipt adds to its shift's sums. */
struct shift_sums {
    int64_t receipt; /* its number */
    int64_t sales, sales_total, refunds, refund_total, cash, transfer,
        rounding, discounts, cash_back, transfer_back;
};

/* What moved without a receipt. */
struct shift_cash {
    int64_t cash_in, cash_out, drawers;
};

/* So many of one note (500.000, 200.000, ..). */
struct shift_note {
    int64_t note;
    int64_t count;
};
enum {
    SHIFT_NOTES_MAX = 16,      /* kinds of notes */
    SHIFT_NOTE_MAX = 1000000,  /* dong on one */
    SHIFT_COUNT_MAX = 1000000  /* of one kind */
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
enum err db_shift_cash(struct db *db, int64_t id, const struct shift_cash *c,
    int64_t seq);
enum err db_shift_note_add(struct db *db, int64_t id,
    const struct shift_note *note, int64_t seq);

/* The notes a closing counted, largest first, at most SHIFT_NOTES_MAX; none
 * when it was counted as a sum. */
enum err db_shift_notes(struct db *db, int64_t id,
    struct shift_note *notes_out, size_t *len_out);

#endif
