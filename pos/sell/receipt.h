/* pos/sell/receipt.h - a receipt as it is read: for the API, for paper, for
 * the QR. */
#ifndef POS_SELL_RECEIPT_H
#define POS_SELL_RECEIPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "db/sale.h"
#include "db/stock.h"
#include "pos/sell/receipt_no.h"
#include "pos/shop.h"

struct db;

struct receipt {
    struct sale sale;
    char no[RECEIPT_NO];
    char of_no[RECEIPT_NO]; /* of a refund: the sale's number; else empty */
    struct sale_line *lines;
    size_t lines_len;
    bool *weighed; /* by line, for certified ones */
    struct payment *payments;
    size_t payments_len;
    struct stock_move *moves;
    size_t moves_len;
    uint8_t prev[32]; /* hash of the record before */
    uint8_t hash[32]; /* of its own record */
};

/* Read it whole; receipt_finish frees it.  ERR_NOT_FOUND. */
enum err receipt_read(struct db *db, const struct shop *shop, int64_t sale_id,
    struct receipt *out);
void receipt_finish(struct receipt *r);

/* Append the address that the QR holds: verify_base "#" digits of token R1.
 * At most `max_certs` certified lines (0..12) are listed; paper takes 3. */
enum err receipt_verify_url(const struct receipt *r, const struct shop *shop,
    int max_certs, struct buf *out);

#endif
