/* tests/tools/real_records.h - rows of ocop_products_real.csv as records.
 *
 * The file holds facts gathered from public pages and stays outside the tree;
 * it is found beside the checkout or where the environment's OCOP_SHARED
 * points.  Public pages leave out what a record needs (date of the decision,
 * set of the product, numbers); what is missing is made up here, plausibly and
 * always the same, so the records prove nothing but that ours are read. */
#ifndef TESTS_TOOLS_REAL_RECORDS_H
#define TESTS_TOOLS_REAL_RECORDS_H

#include <stdint.h>

#include "base/buf.h"
#include "base/csv.h"
#include "base/err.h"

/* Append the path of `name` (as "data/ocop_products_real.csv") to `path`;
 * ERR_NOT_FOUND when there is no such file on this machine. */
enum err real_records_find(const char *name, struct buf *path);

/* Append the row that csv_next read as one JSON object; `cert` is the number
 * it gets. */
void real_records_add(const struct csv *row, int64_t cert, struct buf *out);

#endif
