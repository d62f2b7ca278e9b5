/* sync/registry/place.h - where a certificate's place lies today.
 *
 * domain/ocop.md: certificates name old places; the text at issue is kept, the
 * current commune goes beside it as a code. */
#ifndef SYNC_REGISTRY_PLACE_H
#define SYNC_REGISTRY_PLACE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "sync/record.h"

struct db;

/* In and out; empty texts are not said. */
struct place {
    char province_code[8];
    char commune_code[RECORD_CODE];
    char text[RECORD_NAME];
    char text_at_issue[RECORD_NAME];
    char units_version[RECORD_ID];
};

/* What is wrong: a `case` of err.cert_refused; NULL: nothing. */
struct place_fault {
    const char *which;
    const char *field; /* "place.commune_code" */
    char value[RECORD_NAME];
    char found[RECORD_NAME]; /* what the units say instead */
};

/* Check the province; when units are loaded, check the commune too, find it by
 * the text when there is no code (as it is called now, or by what the mapping
 * says of the old name, which comes first for decisions of before 01/07/2025),
 * and keep an old name as text_at_issue. */
enum err place_resolve(struct db *db, struct place *place,
    int32_t decision_day, struct place_fault *fault_out);

#endif
