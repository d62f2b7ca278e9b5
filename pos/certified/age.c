#include "pos/certified/age.h"

#include <assert.h>

#include "db/certified.h"
#include "db/times.h"
#include "db/trust.h"
#include "pos/certified/trusted.h"

enum err
list_time_floor(struct db *db, int64_t now, int64_t *floor_out)
{
    int64_t last, checked = 0;
    enum err e = db_journal_time(db, &last);

    if (e == OK)
        e = db_trust_time(db, &checked);
    *floor_out = now > last ? now : last;
    if (checked > *floor_out)
        *floor_out = checked;
    return e;
}

/* Lists from a file: nobody promised newer ones. */
static enum err
age_of_files(struct db *db, struct list_age_info *out)
{
    struct certified_sum sum;
    enum err e = db_certified_sum(db, &sum);

    if (e == OK && sum.lists > 0)
        *out = (struct list_age_info){
            .age = LIST_FRESH, .list_at = sum.applied_at};
    return e;
}

enum err
list_age_now(struct db *db, int64_t now, struct list_age_info *out)
{
    struct trust t;
    enum err e = list_time_floor(db, now, &now);

    *out = (struct list_age_info){.age = LIST_NONE};
    if (e == OK)
        e = db_trust_get(db, TRUSTED_CONFIRMED, &t);
    if (e == ERR_NOT_FOUND)
        return age_of_files(db, out);
    if (e != OK)
        return e;
    out->list_at = t.checked_at;
    out->age = now <= t.expires_at                    ? LIST_FRESH
               : now <= t.expires_at + LIST_TOO_OLD_S ? LIST_STALE
                                                      : LIST_TOO_OLD;
    return OK;
}

const char *
list_age_name(enum list_age age)
{
    static const char *const names[] = {"none", "fresh", "stale", "too_old"};

    assert(age <= LIST_TOO_OLD);
    return names[age];
}
