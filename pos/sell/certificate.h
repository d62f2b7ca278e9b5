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
    bool listed; /* false: no OCOP product, or not on a list; the rest is 0 */
    struct certified record;
    enum cert_state state;
    int64_t list_seq;
    bool recalled; /* with an instruction to stop selling: record.recall */
};

/* Judge one certificate (empty: none) as of `day`. */
enum err certificate_judge(struct db *db, const char *registry_id, int32_t day,
    struct certificate *out);

/* Judge the product by all it is linked to, as of `day`.
 *
 * A product may hold successive certificates: one in force decides, else one
 * in grace, else the newest that has begun.  But a recall of any of them
 * decides, unless it was ordered before the first day of the one that would
 * decide without it. */
enum err certificate_of_product(struct db *db, int64_t product_id,
    int32_t day, struct certificate *out);

/* What a receipt line keeps of it; id stays empty when it is not listed. */
void certificate_freeze(const struct certificate *c, struct sale_cert *out);

/* ERR_RECALLED, or ERR_WITHDRAWN unless `allow_withdrawn`, when it must not be
 * sold; `name` is the product's, for the sentence. */
enum err certificate_may_sell(const struct certificate *c, const char *name,
    bool allow_withdrawn);

/* May the receipt show the mark and stars of what was frozen, with lists of
 * that age (enum list_age)? */
bool certificate_shows(const struct sale_cert *c, int list_age);

#endif
