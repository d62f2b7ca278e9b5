/* base/money.h - dong and quantities: shown, multiplied, rounded, taxed.
 *
 * The dong has no smaller unit: money is a whole number.  A quantity is a whole
 * number of thousandths (qty_milli).  Source: domain/retail-vietnam.md.
 * What does not fit a buf sets its `full`; 32 bytes always fit. */
#ifndef BASE_MONEY_H
#define BASE_MONEY_H

#include <stdint.h>

#include "base/buf.h"

/* The largest amount anywhere: what the five bytes of a receipt token hold. */
#define MONEY_MAX ((INT64_C(1) << 40) - 1)

/* Append "1.234.567 ₫", with a no-break space; a minus sign is "-". */
void money_format(int64_t dong, struct buf *out);

/* Append "1.234.567". */
void money_format_plain(int64_t dong, struct buf *out);

/* Append a quantity with a decimal comma and no zero that says nothing:
 * 1500 -> "1,5", 2000 -> "2", 1234000 -> "1234".  Never grouped by a dot: on a
 * scale "1.234" is a kilogram and a bit. */
void qty_format(int64_t qty_milli, struct buf *out);

/* price * qty_milli / 1000, rounded half up; -1 when either is below zero or
 * the result is past MONEY_MAX. */
int64_t money_mul_qty(int64_t price, int64_t qty_milli);

/* The VAT inside a total that includes it: total - total / (1 + rate), the
 * quotient rounded half up.  `rate_bp` is in hundredths of a percent, 0..10000:
 * 800 is 8 %.  A total below zero gives the same with the sign changed.
 * |total| must not be past MONEY_MAX. */
int64_t money_vat_of(int64_t total, int rate_bp);

/* `dong` rounded to a multiple of `step`, half away from zero; itself when
 * `step` is 0 or 1. */
int64_t money_round_to(int64_t dong, int64_t step);

#endif
