/* db/search.h - products found while typing, most sold first.
 *
 * Words are folded (base/text.h) and matched by prefix; initials and SKU count
 * as words, and digits alone also find barcodes that begin with them.  Rows
 * are numbered by popularity band, so the full-text index walked in its own
 * order gives the best hits first and stops at the limit. */
#ifndef DB_SEARCH_H
#define DB_SEARCH_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct db;

enum { SEARCH_WORDS_MAX = 8 };

/* Ids of products that match every word of `fold` (words separated by one
 * space) by prefix, best first, after position `after_rank` (0 at the start).
 * With no words: all products, most sold first.  Retired ones never.  When
 * `fold` is nothing but digits, products with such a barcode follow. */
struct search_hit {
    int64_t product_id;
    int64_t rank; /* to go on from */
};
enum err db_search(struct db *db, const char *fold, int64_t after_rank,
    struct search_hit *hits_out, size_t max, size_t *len_out);

/* Inside a write: the product's words become `fold`; NULL takes it out. */
enum err db_search_put(struct db *db, int64_t product_id, const char *fold);

/* Inside a write: count the lines of at most `max_sales` receipts that were
 * not counted yet, and move the products whose band changed.  *left_out says
 * whether more wait. */
enum err db_search_count_sales(struct db *db, int64_t max_sales,
    int *left_out);

#endif
