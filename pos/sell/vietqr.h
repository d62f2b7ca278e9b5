/* pos/sell/vietqr.h - the payment text of a VietQR code, read and made.
 *
 * EMV merchant-presented TLV with NAPAS's template 38; the form is that of
 * domain/retail-vietnam.md, "Paying by transfer".  Drawing it as a QR is
 * drivers/qr. */
#ifndef POS_SELL_VIETQR_H
#define POS_SELL_VIETQR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

enum {
    VIETQR_MAX = 512, /* bytes of the text */
    VIETQR_BIN = 6,
    VIETQR_ACCOUNT = 19,
    VIETQR_SERVICE = 10,
    VIETQR_PURPOSE = 25 /* what is made; others write up to 99 */
};

/* For an amount that the payer types. */
#define VIETQR_NO_AMOUNT (-1)

struct vietqr {
    bool dynamic;                     /* for one payment */
    char bin[VIETQR_BIN + 1];         /* the bank; digits */
    char account[VIETQR_ACCOUNT + 1]; /* letters and digits */
    char service[VIETQR_SERVICE + 1]; /* QRIBFTTA: to an account */
    int64_t amount;                   /* dong, or VIETQR_NO_AMOUNT */
    char purpose[100];                /* or empty */
};

/* Read a payment text.  ERR_CODE_UNREADABLE when the checksum or a length is
 * wrong, a tag comes twice, or it is no transfer in dong to a Vietnamese
 * account.  What the struct has no place for is read over. */
enum err vietqr_parse(const char *text, struct vietqr *vietqr_out);

/* Append the payment text; an empty service is QRIBFTTA.  ERR_FIELD_VALUE,
 * with the field's name in err_at, for a bin, account, service, amount (1 to
 * MONEY_MAX) or purpose (at most VIETQR_PURPOSE bytes, printable ASCII) that
 * the banks refuse.  Nothing is appended then. */
enum err vietqr_make(const struct vietqr *vietqr, struct buf *out);

/* CRC-16/CCITT-FALSE: "123456789" gives 0x29B1. */
uint16_t vietqr_crc(const char *bytes, size_t len);

#endif
