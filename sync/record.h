/* sync/record.h - one certified product, as the registry publishes it.
 *
 * Form: contract/registry-protocol.md, "Product record, version 1".  Rules of
 * who may certify what, and when: domain/ocop.md.  No I/O here, and no clock
 * but the one passed in. */
#ifndef SYNC_RECORD_H
#define SYNC_RECORD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/json.h"

/* The numbers of the enums below are stored: never renumbered. */

/* As the registry says it; "expired" is computed (sync/judge.h). */
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
enum record_evidence { EVIDENCE_OFFICIAL = 1, EVIDENCE_PRESS, EVIDENCE_DEMO };

enum record_form {
    FORM_COOPERATIVE = 1,
    FORM_COOP_GROUP,
    FORM_ENTERPRISE,
    FORM_HOUSEHOLD,
    FORM_ARTISAN,
    FORM_OTHER
};

enum record_scheme {
    SCHEME_QD26_2026 = 1,
    SCHEME_QD148_2023,
    SCHEME_QD1048_2019
};

/* Who decided. */
enum record_level { LEVEL_DISTRICT = 1, LEVEL_PROVINCE, LEVEL_CENTRAL };

/* Bytes with the NUL. */
enum {
    RECORD_ID = 65,
    RECORD_NAME = 241,
    RECORD_TEXT = 481,
    RECORD_CODE = 16,
    RECORD_MAX = 64 * 1024 /* of the canonical line */
};

/* A plain value.  What is not said is empty, or 0. */
struct ocop_record {
    char id[RECORD_ID];
    uint32_t cert; /* the registry's short number, in QR tokens */
    int64_t rev;
    char name[RECORD_NAME];
    char name_en[RECORD_NAME];
    char producer_id[RECORD_ID];
    char producer_name[RECORD_NAME];
    enum record_form producer_form;
    char province_code[8];
    char commune_code[RECORD_CODE];
    char units_version[RECORD_ID]; /* of the administrative units */
    char place_text[RECORD_NAME];
    char place_text_at_issue[RECORD_NAME];
    enum record_scheme group_scheme;
    char group_code[8];
    int stars; /* 3..5, from the decision; never from a score */
    int score_x100;
    int proposed_stars;
    char ocop_code[RECORD_ID]; /* verbatim, opaque: never a key */
    char decision_number[RECORD_ID];
    int32_t decision_day;
    char issuer[RECORD_NAME];
    enum record_level issuer_level;
    char successor[RECORD_NAME]; /* of an issuer that was abolished */
    int32_t valid_from_day;
    int32_t valid_until_day; /* last day, inclusive */
    enum record_status status;
    char status_at[RECORD_CODE * 3];
    char status_reason[RECORD_TEXT];
    char status_decision[RECORD_ID];
    char superseded_by[RECORD_ID];
    enum record_recall recall; /* RECALL_NONE unless said */
    enum record_evidence evidence;
};

/* Read and judge one record.  ERR_CERT_REFUSED with the arguments `id`,
 * `field` and `why` (a `case` picks the sentence) when the record breaks the
 * form or a rule; *out is undefined then. */
enum err record_read(const struct json *v, struct ocop_record *out);

/* The same, and the canonical line, without a line feed, appended to
 * `canonical` (born with at least RECORD_MAX): it is made for judging anyway.
 * On failure it may hold a part. */
enum err record_read_with(
    const struct json *v, struct ocop_record *out, struct buf *canonical);

/* Append the canonical line of the record, without a line feed: unknown fields
 * are kept.  Refusals as canon_of_json. */
enum err record_canonical(const struct json *v, struct buf *out);

/* The level that could certify `stars` by a decision of `day` (domain/ocop.md,
 * "Who certifies, by the decision's date"). */
enum record_level record_level_due(int stars, int32_t day);

/* The words of the record: "active", "stop_sale", "official_decision". */
const char *record_status_name(enum record_status status);
const char *record_recall_name(enum record_recall recall);
const char *record_evidence_name(enum record_evidence evidence);

#endif
