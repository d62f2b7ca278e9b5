/* sync/registry/rules.h - what a certificate must be to be taken into the
 * books, beyond its form (sync/record.h).  Rules and dates: domain/ocop.md. */
#ifndef SYNC_REGISTRY_RULES_H
#define SYNC_REGISTRY_RULES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/json.h"
#include "sync/record.h"

/* ERR_CERT_REFUSED with `id`, `field`, a `case` and its values: a decision of
 * the future or of before the programme, a scheme not in force on that day, an
 * issuer whose name tells another level, more than 36 months, "official" with
 * no number of the decision, a GTIN whose check digit is wrong, a standing
 * without its decision. */
enum err rules_check(
    const struct json *v, const struct ocop_record *r, int32_t today);

/* Something to look at, though it may be true: the key of a sentence
 * (registry.note_<key>), or NULL; *field_out is its field. */
const char *rules_doubt(const struct ocop_record *r, const char **field_out);

/* The level that an issuer's name tells on a day; 0: it does not tell. */
enum record_level rules_level_of(const char *issuer, int32_t day);

#endif
