/* sync/registry/provinces.h - the 34 provinces and cities, built in. */
#ifndef SYNC_REGISTRY_PROVINCES_H
#define SYNC_REGISTRY_PROVINCES_H

#include <stdbool.h>
#include <stddef.h>

struct province {
    const char *code; /* "01" */
    const char *name; /* "Thành phố Hà Nội" */
    const char *name_en;
    const char *folds; /* of provinces.c alone */
};

/* In the order of the codes; NULL past the last. */
const struct province *province_at(size_t i);

/* NULL: none. */
const struct province *province_find(const char *code);

/* By its folded name (base/text.h), with or without "tinh"; also by one of
 * before 01/07/2025, then *old_out.  NULL: none. */
const struct province *province_named(const char *fold, bool *old_out);

#endif
