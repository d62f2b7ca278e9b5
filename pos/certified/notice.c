#include "pos/certified/notice.h"

#include "base/clock.h"
#include "db/notice.h"
#include "pos/fact/fact.h"
#include "pos/fact/fact_notice.h"

enum { AT_ONCE = 100 }; /* a write stays short */

struct due {
    struct notice rows[AT_ONCE + 1];
    size_t len;
};

static enum err
keep(void *arg, const struct notice *n)
{
    struct due *due = arg;

    due->rows[due->len++] = *n;
    return OK;
}

enum err
certified_notice_write(struct db *db, void *arg)
{
    struct certified_notice *out = arg;
    struct due due = {.len = 0};
    struct journal_head head;
    struct fact_time time;
    size_t told = 0;
    enum err e = fact_now(db, &time);

    if (e == OK)
        e = db_notices_due(db, clock_day(time.at), AT_ONCE + 1, keep, &due);
    for (; e == OK && told < due.len && told < AT_ONCE; told++) {
        due.rows[told].at = time.at;
        e = fact_notice_post(db, &due.rows[told], &head);
    }
    if (out)
        *out = (struct certified_notice){
            .told = told, .more = due.len > AT_ONCE};
    return e;
}
