/* pos/sell/shift.h - opening and closing a cashier's time at a till. */
#ifndef POS_SELL_SHIFT_H
#define POS_SELL_SHIFT_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "db/shift.h"

struct shop;
struct db;

/* Open; ERR_NOT_FOUND when there is no such till, ERR_SHIFT_OPEN when it has
 * an open one. */
enum err shift_open(struct shop *shop, int64_t till, int64_t staff,
    int64_t float_dong, struct shift *out);

/* A blind count of the drawer. */
struct shift_counted {
    int64_t sum;
    struct shift_note notes[SHIFT_NOTES_MAX]; /* largest first, or none */
    size_t notes_len;
};

/* Close by a blind count, and print what the shift took where a printer does.
 * Costs the same after one receipt or a thousand.  ERR_NOT_FOUND,
 * ERR_SHIFT_CLOSED. */
enum err shift_close(struct shop *shop, int64_t id, int64_t staff,
    const struct shift_counted *counted, struct shift *out);

/* What is to be in the drawer: float, cash of receipts, what was put in less
 * what was taken out. */
int64_t shift_expected(const struct shift *s);

/* Opening and closing inside a write already begun. */
enum err shift_open_write(struct db *db, int64_t till, int64_t staff,
    int64_t float_dong, struct shift *out);
enum err shift_close_write(struct db *db, const struct shop *shop, int64_t id,
    int64_t staff, const struct shift_counted *counted, struct shift *out);

/* Does a till with that number stand here, so that no money is looked for
 * elsewhere?  ERR_NOT_FOUND with the case "no_till". */
enum err shift_check_till(struct db *db, int64_t number);

/* Does a till with that number stand here, so that no money is looked for
 * elsewhere?  ERR_NOT_FOUND with the case "no_till". */
enum err shift_check_till(struct db *db, int64_t number);

#endif
