/* pos/certified/link.h - products of the catalogue and their certificates: what
 * links itself, and what a person links or takes back. */
#ifndef POS_CERTIFIED_LINK_H
#define POS_CERTIFIED_LINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct db;
struct shop;

/* Links that make themselves: the same GTIN on the pack, when it is of exactly
 * one product here and one producer there; and the successor that the
 * registry names.  What a person took back is not made again. */
struct certified_links {
    int64_t product_id; /* of this product; 0: of all */
    size_t made;
    bool more;          /* there are more: write again */
};

/* Inside a write; `arg` is a struct certified_links, or NULL for all products.
 * Made for db_write too.  Called with the write that brings a list into force,
 * and when the codes of a product change. */
enum err certified_links_write(struct db *db, void *arg);

/* A person links (how: chosen) or takes back.  ERR_NOT_FOUND: no such product;
 * to link: no such certificate on the lists; to take back: it is not linked.
 * ERR_TOO_LARGE past LINKS_MAX.  What is so already is written no second
 * time. */
struct link_ask {
    int64_t product_id;
    const char *registry_id;
    int64_t staff;
    bool link; /* false: take it back */
};
enum err link_commit(struct shop *shop, const struct link_ask *ask);

/* The same inside a write already begun. */
enum err link_write(struct db *db, const struct link_ask *ask);

#endif
