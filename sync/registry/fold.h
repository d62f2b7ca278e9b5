/* sync/registry/fold.h - folded texts of bounded length, for looking up. */
#ifndef SYNC_REGISTRY_FOLD_H
#define SYNC_REGISTRY_FOLD_H

#include <stdbool.h>
#include <stddef.h>

enum { FOLD_SIZE = 512 };

/* The search form (base/text.h) of `len` bytes; empty when it cannot be made
 * or is too long. */
void fold_into(const char *text, size_t len, char out[FOLD_SIZE]);

/* The same bytes in NFC, without white space at the ends. */
void fold_name(const char *text, size_t len, char out[FOLD_SIZE]);

/* Does the fold begin with these whole words? */
bool fold_begins(const char *fold, const char *words);

/* Takes "huyen", "quan", "tinh" and the like from the front of the fold of a
 * district or a province, and "cu" (former) from its end. */
void fold_bare(char fold[FOLD_SIZE]);

#endif
