/* sync/judge.h - what a certificate is worth on a day.
 *
 * domain/ocop.md: valid from the day of the decision to its last day
 * inclusive, Asia/Ho_Chi_Minh; suspension, withdrawal and supersession hold
 * from the moment they are known, whatever the dates say.  "Expired" is always
 * computed, never published. */
#ifndef SYNC_JUDGE_H
#define SYNC_JUDGE_H

#include <stdint.h>

#include "base/err.h"
#include "sync/record.h"

/* A renewal that is under way keeps a certificate alive for at most so long
 * after its last day, and only with evidence of the file handed in. */
enum { JUDGE_GRACE_DAYS = 180 };

/* Stored in sale lines by these numbers: never renumbered. */
enum cert_state {
    CERT_IN_FORCE = 1,
    CERT_GRACE, /* expired, renewal under way, with evidence */
    CERT_EXPIRED,
    CERT_SUSPENDED,
    CERT_WITHDRAWN,
    CERT_SUPERSEDED,
    CERT_NOT_YET /* its first day is to come */
};

/* Without evidence of a renewal. */
enum cert_state judge(enum record_status status, int32_t from_day,
    int32_t until_day, int32_t today);

/* With evidence of a renewal that reaches to `grace_until_day`, inclusive. */
enum cert_state judge_with_grace(enum record_status status, int32_t from_day,
    int32_t until_day, int32_t grace_until_day, int32_t today);

/* "in_force", ...: the word of API and journal. */
const char *cert_state_name(enum cert_state state);
/* ERR_FIELD_VALUE for a word that is none. */
enum err cert_state_parse(const char *name, enum cert_state *out);

#endif
