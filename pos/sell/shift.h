/* pos/sell/shift.h - opening and closing a cashier's time at a till. */
#ifndef POS_SELL_SHIFT_H
#define POS_SELL_SHIFT_H

#include <stdint.h>

#include "base/err.h"
#include "db/shift.h"

struct shop;
struct db;

/* Open; ERR_NOT_FOUND when there is no such till, ERR_SHIFT_OPEN when it has
 * an open one. */
enum err shift_open(struct shop *shop, int64_t till, int64_t staff,
    int64_t float_dong, struct shift *out);

/* Close by a blind count of the drawer.  ERR_NOT_FOUND, ERR_SHIFT_CLOSED. */
enum err shift_close(struct shop *shop, int64_t id, int64_t staff,
    int64_t counted, struct shift *out);

/* What is to be in the drawer: float, and cash in less cash out. */
int64_t shift_expected(const struct shift *s);

/* Opening inside a write already begun. */
enum err shift_open_write(struct db *db, int64_t till, int64_t staff,
    int64_t float_dong, struct shift *out);

/* Does a till with that number stand here, so that no money is looked for
 * elsewhere?  ERR_NOT_FOUND with the case "no_till". */
enum err shift_check_till(struct db *db, int64_t number);

#endif
