/* pos/sell/certificate.h - what a product's certificate is worth today.
 *
 * Only what is certified now may carry the mark and stars (domain: the rules
 * in force).  The judgement is made inside the write that sells and frozen in
 * the line. */
#ifndef POS_SELL_CERTIFICATE_H
#define POS_SELL_CERTIFICATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "db/certified.h"
#include "db/sale.h"
#include "sync/judge.h"

struct db;

struct certificate {
    bool listed; /* false: no OCOP product, or not on the list; the rest is 0 */
    struct certified record;
    enum cert_state state;
    int64_t list_seq;
    bool recalled; /* withdrawn with an instruction to stop selling */
};

/* Judge the certificate `registry_id` (empty: none) as of `day`. */
enum err certificate_judge(struct db *db, const char *registry_id, int32_t day,
    struct certificate *out);

/* What a receipt line keeps of it; id stays empty when it is not listed. */
void certificate_freeze(const struct certificate *c, struct sale_cert *out);

/* ERR_RECALLED, or ERR_WITHDRAWN unless `allow_withdrawn`, when it must not be
 * sold; `name` is the product's, for the sentence. */
enum err certificate_may_sell(const struct certificate *c, const char *name,
    bool allow_withdrawn);

#endif
