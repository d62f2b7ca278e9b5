/* db/link.h - which product of the catalogue is which certified product.
 *
 * One product may hold successive certificates.  What a person took back is
 * kept as a link that is not `linked`, so that nothing makes it again by
 * itself. */
#ifndef DB_LINK_H
#define DB_LINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "db/journal.h"
#include "db/limits.h"

struct db;

/* Stored: never renumbered. */
enum link_how {
    LINK_ID = 1,   /* the product's own registry_id */
    LINK_GTIN,     /* the same code on the pack */
    LINK_CHOSEN,   /* by a person */
    LINK_SUCCESSOR /* the registry said that it follows another one */
};

/* "id", "gtin", "chosen", "successor", NULL: the words of API and journal, in
 * the order of enum link_how. */
extern const char *const link_how_words[];

/* The most links of a product that count; the newest do. */
enum { LINKS_MAX = 32 };

struct link {
    int64_t product_id;
    char registry_id[DB_ID];
    enum link_how how;
    bool linked;
    int64_t seq; /* the record that last set it */
};

/* ERR_NOT_FOUND when there never was one. */
enum err db_link_get(struct db *db, int64_t product_id,
    const char *registry_id, struct link *out);

/* The links in force, newest first; at most LINKS_MAX. */
enum err db_links_of(struct db *db, int64_t product_id,
    struct link links_out[LINKS_MAX], size_t *len_out);

typedef enum err link_fn(void *arg, const struct link *link);

/* Links that may be made now, of one product or of all with 0: its pack
 * carries a code of exactly one product, and of the records of one producer;
 * or a certificate it is linked to names a successor.  Never one that was
 * there before.  At most `limit`. */
enum err db_links_due(struct db *db, int64_t product_id, int64_t limit,
    link_fn *fn, void *arg);

/* Names of whom the product came from, the newest first, at most `limit`. */
enum err db_link_suppliers(struct db *db, int64_t product_id, int64_t limit,
    enum err (*fn)(void *arg, const char *name), void *arg);

/* The body of the newest journal record of lists; ERR_NOT_FOUND.  And those of
 * lists and notices before sequence `before`, newest first. */
enum err db_lists_newest(struct db *db, journal_fn *fn, void *arg);
enum err db_lists_before(struct db *db, int64_t before, int64_t limit,
    journal_fn *fn, void *arg);

/* Set it, inside a write. */
enum err db_link_put(struct db *db, const struct link *link);

/* The product says its registry_id itself (empty: none), inside a write: what
 * it said before is no longer linked by that. */
enum err db_link_declare(struct db *db, int64_t product_id,
    const char *registry_id, int64_t seq);

#endif
