/* pos/certified/suggest.h - which certified products a product may be.
 *
 * Nothing is decided here: names of small producers are much alike, codes are
 * borrowed.  A person chooses. */
#ifndef POS_CERTIFIED_SUGGEST_H
#define POS_CERTIFIED_SUGGEST_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "db/certified.h"

struct db;

enum { SUGGESTIONS = 5 };

enum suggest_why {
    SUGGEST_NAME,     /* the names are alike */
    SUGGEST_PRODUCER, /* and it came from that producer */
    SUGGEST_GTIN      /* the same code on the pack */
};

/* "name", "producer", "gtin": the word of the API. */
const char *suggest_why_name(enum suggest_why why);

struct suggestion {
    struct certified record;
    enum suggest_why why;
    int score; /* 1..100; the order they are given in */
};

/* The best for a product, best first, without what it is linked to and what
 * is superseded.  Reads every list. */
enum err certified_suggest(struct db *db, int64_t product_id,
    struct suggestion out[SUGGESTIONS], size_t *len_out);

#endif
