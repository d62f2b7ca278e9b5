/* pos/pay/transfer.h - a bill that waits for money from a bank.
 *
 * A transfer is a promise: an amount, and a code that the payer's bank carries
 * in the text of the payment.  It is met when the bank tells of that amount
 * under that code (pos/pay/notice.h), or when a person says, with the own PIN,
 * that the money stands in the bank's app.  Then it may pay one receipt, once
 * (pos/pay/take.h).  Events and the API show it as `t_9`. */
#ifndef POS_PAY_TRANSFER_H
#define POS_PAY_TRANSFER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "db/transfer.h"

struct db;
struct shop;

struct transfer_ask {
    const char *key;  /* of the bill: one that is not cancelled a key */
    const char *cart; /* id of the bill; NULL: none */
    int64_t till;
    int64_t staff;
    int64_t amount; /* dong */
};

/* Make it, with its code and the VietQR of the settings' account.  Asked again
 * with the same key, amount and till it is the one there is, and *seen_out;
 * with another amount or till ERR_KEY_REUSED.  ERR_BANK_NOT_SET. */
enum err transfer_make(struct shop *shop, const struct transfer_ask *ask,
    struct transfer *out, bool *seen_out);

/* It is waited for no longer; cancelling twice is once.  ERR_NOT_FOUND;
 * ERR_TRANSFER_USED when it has paid; ERR_FORBIDDEN when money came for it and
 * `manager` is false: that money must be somebody's business. */
enum err transfer_cancel(
    struct shop *shop, int64_t id, bool manager, struct transfer *out);

/* `by` saw the money in the bank's app; `staff` asked.  Written into the
 * journal as kind "transfer_confirmed", once.  What the bank has told of, or
 * was confirmed before, stays as it is.  ERR_NOT_FOUND, ERR_TRANSFER_STATE
 * when it is cancelled. */
enum err transfer_confirm(struct shop *shop, int64_t id, int64_t staff,
    int64_t by, struct transfer *out);

#endif
