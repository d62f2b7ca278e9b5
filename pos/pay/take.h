/* pos/pay/take.h - a transfer whose money came pays a receipt, once. */
#ifndef POS_PAY_TAKE_H
#define POS_PAY_TAKE_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "db/transfer.h"
#include "pos/sell/sale.h"

struct db;

/* May payment number `n` (from 0) of a sale be paid by the transfer it names?
 * Its code is then what the journal keeps as the reference.  ERR_NOT_FOUND,
 * ERR_TRANSFER_USED, ERR_TRANSFER_WAITING when the money has not come (not all
 * of it, or too much), ERR_FIELD_VALUE when the amount is not the transfer's.
 * Changes nothing. */
enum err take_check(struct db *db, const struct sale_ask_payment *p, size_t n,
    char code_out[TRANSFER_CODE]);

/* Every transfer the sale names has paid it, inside its write.
 * ERR_TRANSFER_USED: one is named twice. */
enum err take_all(struct db *db, const struct sale_ask *ask, int64_t sale_id);

#endif
