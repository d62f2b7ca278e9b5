/* sync/record.h - one certified product, as the registry publishes it.
 *
 * Form: contract/registry-protocol.md, "Product record, version 1".  Rules of
 * who may certify what, and when: domain/ocop.md.  No I/O here, and no clock
 * but the one passed in. */
#ifndef SYNC_RECORD_H
#define SYNC_RECORD_H

#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/json.h"

/* As the registry says it; stored by these numbers, never renumbered. */
enum record_status {
    RECORD_ACTIVE = 1,
    RECORD_SUSPENDED,
    RECORD_REVOKED,
    RECORD_SUPERSEDED
};

/* What a shop must do with withdrawn goods. */
enum record_recall {
    RECALL_NONE = 1,
    RECALL_STOP_SALE,
    RECALL_RETURN,
    RECALL_DESTROY
};

/* How strong the evidence is: only an official decision earns a green tick. */
enum record_evidence {
    EVIDENCE_OFFICIAL = 1,
    EVIDENCE_PRESS,
    EVIDENCE_DEMO
};

/* Bytes with the NUL. */
enum {
    RECORD_ID = 65,
    RECORD_NAME = 241,
    RECORD_TEXT = 481,
    RECORD_CODE = 16
};

struct ocop_record {
    char id[RECORD_ID];
    uint32_t cert;
    int64_t rev;
    char name[RECORD_NAME];
    char producer_name[RECORD_NAME];
    char province_code[8];
    char commune_code[RECORD_CODE]; /* empty: not said */
    char group_scheme[RECORD_CODE];
    char group_code[8];
    int stars; /* 3..5 */
    char decision_number[RECORD_ID]; /* empty: not said */
    int32_t decision_day;
    char issuer[RECORD_NAME];
    int32_t valid_from_day;
    int32_t valid_until_day; /* last day, inclusive */
    enum record_status status;
    enum record_recall recall; /* RECALL_NONE unless said */
    enum record_evidence evidence;
};

/* Read and judge one record.  ERR_CERT_REFUSED with the arguments `id`,
 * `field` and `why` (a `case` picks the sentence) when the record breaks the
 * form or a rule; *out is undefined then. */
enum err record_read(const struct json *v, struct ocop_record *out);

/* Append the canonical line of the record, without a line feed: unknown fields
 * are kept.  Refusals as canon_of_json. */
enum err record_canonical(const struct json *v, struct buf *out);

/* The words of the record: "active", "stop_sale", "official_decision". */
const char *record_status_name(enum record_status status);
const char *record_recall_name(enum record_recall recall);
const char *record_evidence_name(enum record_evidence evidence);

#endif
