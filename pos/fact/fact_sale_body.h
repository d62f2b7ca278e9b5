/* pos/fact/fact_sale_body.h - the body of a "sale" or "refund" record.
 *
 * {"at","change","lines":[{"amount","discount","lots":[{"lot","qty_milli"}],
 *  "n","name","ocop":{..},"price","product","qty_milli","unit","vat":{..}}],
 *  "note","payments":[..],"receipt_no","request":{..},"rounding","shift",
 *  "staff","till","total"}; a refund also has "of" and, by line, "of_line".
 * The whole of it: docs/journal.md. */
#ifndef POS_FACT_FACT_SALE_BODY_H
#define POS_FACT_FACT_SALE_BODY_H

#include "base/canon.h"
#include "pos/fact/fact_sale.h"

/* Write the members into the body that was begun. */
void fact_sale_body_write(const struct fact_sale *f, struct canon *c);

#endif
