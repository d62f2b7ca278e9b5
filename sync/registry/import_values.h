/* sync/registry/import_values.h - what people write in the cells of a table of
 * products.  A function answers false, or 0 or NULL, for what it cannot
 * understand; nothing is guessed. */
#ifndef SYNC_REGISTRY_IMPORT_VALUES_H
#define SYNC_REGISTRY_IMPORT_VALUES_H

#include <stdbool.h>
#include <stdint.h>

#include "sync/record.h"

/* "4", "4 sao", "4*", "OCOP 4 sao (đề nghị 5 sao)", "proposed 5 stars": what
 * is proposed is never the rank.  0: not said. */
bool import_stars(const char *text, int *stars_out, int *proposed_out);

/* 2026-08-05, 05/08/2026, 5.8.2026, 5-8-2026, with or without "ngày". */
bool import_day(const char *text, int32_t *day_out);

/* "69.25" or "69,25" -> 6925. */
bool import_score(const char *text, int64_t *x100_out);

/* The words of the record, or NULL: by an English or Vietnamese word, or the
 * beginning of the producer's name ("Công ty TNHH ..."). */
const char *import_form_word(const char *text);
const char *import_level_word(const char *text);
const char *import_evidence_word(const char *text);
const char *import_scheme_word(const char *text);

/* The scheme in force on the day of the decision. */
const char *import_scheme_on(int32_t day);

/* The code of the product's set: "7" -> "07"; of a sector that has but one set
 * in the scheme of 2026; under the older schemes the Roman number of the
 * sector, when no set is named.  False when the sector has several sets, or is
 * none. */
bool import_group(const char *group, const char *sector, const char *scheme,
    char out[8]);

#endif
