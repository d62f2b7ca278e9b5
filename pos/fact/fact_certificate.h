/* pos/fact/fact_certificate.h - kind "certificate": a product was linked to a
 * certified product, or a person took the link back.
 *
 *     {"at":1795318504,"how":"gtin","linked":true,"product":17,
 *      "registry_id":"VN01-000101","staff":0} */
#ifndef POS_FACT_FACT_CERTIFICATE_H
#define POS_FACT_FACT_CERTIFICATE_H

#include <stdint.h>

#include "base/err.h"
#include "base/json.h"
#include "db/journal.h"
#include "db/link.h"

struct db;

struct fact_certificate {
    int64_t at;
    int64_t staff;    /* 0: by itself */
    struct link link; /* seq is set by posting */
};

enum err fact_certificate_post(struct db *db, struct fact_certificate *f,
    struct journal_head *head_out);
enum err fact_certificate_replay(struct db *db,
    const struct journal_record *rec, const struct json *body);

#endif
