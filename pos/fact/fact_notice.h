/* pos/fact/fact_notice.h - kind "notice": a certificate of the catalogue ends
 * within 90 or 30 days, or has ended (0).
 *
 *     {"at":1795318504,"days":30,"id":"VN01-000101","name":"Miến Minh Dương",
 *      "product":17,"stars":4,"valid_until":"2026-12-18"} */
#ifndef POS_FACT_FACT_NOTICE_H
#define POS_FACT_FACT_NOTICE_H

#include "base/err.h"
#include "base/json.h"
#include "db/journal.h"
#include "db/notice.h"

struct db;

/* seq is set by posting. */
enum err fact_notice_post(struct db *db, struct notice *n,
    struct journal_head *head_out);
enum err fact_notice_replay(struct db *db, const struct journal_record *rec,
    const struct json *body);

#endif
