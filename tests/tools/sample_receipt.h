/* tests/tools/sample_receipt.h - slips to try drivers on, laid out as a
 * showroom's receipts are, with names that Vietnamese is hard on. */
#ifndef TESTS_TOOLS_SAMPLE_RECEIPT_H
#define TESTS_TOOLS_SAMPLE_RECEIPT_H

#include "drivers/doc.h"

enum { SAMPLE_PRODUCTS = 20 };

/* The name on line `i` of every sample, 0 .. SAMPLE_PRODUCTS - 1 in a ring. */
const char *sample_product(int i);

/* What its QR code says: the contract's 302 digits behind `host`. */
const char *sample_url(void);

/* A receipt of `lines` lines (1..200); `first` is its first product. */
struct doc *sample_receipt(int first, int lines);

#endif
