/* pos/fact/fact_staff.h - who may, as facts of the journal.
 *
 * kind "staff": a person got a role, or lost all (active false)
 *     {"active":true,"at":1795318504,"by":1,"role":"cashier","staff":2}
 * kind "token": the same for a program; `staff` is the number it acts under
 *     {"active":true,"at":1795318504,"by":1,"role":"viewer","staff":7}
 * kind "till": a place where is sold
 *     {"active":true,"at":1795318504,"by":1,"name":"Quầy 1","till":1}
 * kind "device": a browser that stands at a till
 *     {"active":true,"at":1795318504,"by":1,"device":3,"till":1}
 *
 * `by` is the number of who did it, 0 when the showroom was made.  Names of
 * people, PINs and secrets are not in here.
 *
 * Every fact: post = write the canonical body, append it, project it into its
 * table, inside a write.  replay = read the body of a record, project it: what
 * a projection is rebuilt with.  replay answers ERR_FIELD_* or ERR_JSON for a
 * body that no post can have written. */
#ifndef POS_FACT_FACT_STAFF_H
#define POS_FACT_FACT_STAFF_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/json.h"
#include "db/device.h"
#include "db/journal.h"
#include "db/staff.h"

struct fact_staff {
    int64_t at; /* unix seconds */
    int64_t by;
    int64_t staff;
    enum role role;
    bool active;
};

struct fact_till {
    int64_t at;
    int64_t by;
    int64_t till;
    char name[DB_NAME]; /* cleaned (text_clean) */
    bool active;
};

struct fact_device {
    int64_t at;
    int64_t by;
    int64_t device;
    int64_t till;
    bool active;
};

/* `head_out` may be NULL. */
enum err fact_staff_post(struct db *db, const struct fact_staff *f,
    struct journal_head *head_out);
enum err fact_token_post(struct db *db, const struct fact_staff *f,
    struct journal_head *head_out);
enum err fact_till_post(struct db *db, const struct fact_till *f,
    struct journal_head *head_out);
enum err fact_device_post(struct db *db, const struct fact_device *f,
    struct journal_head *head_out);

enum err fact_staff_replay(struct db *db, const struct journal_record *record,
    const struct json *body);
enum err fact_token_replay(struct db *db, const struct journal_record *record,
    const struct json *body);
enum err fact_till_replay(struct db *db, const struct journal_record *record,
    const struct json *body);
enum err fact_device_replay(struct db *db, const struct journal_record *record,
    const struct json *body);

#endif
