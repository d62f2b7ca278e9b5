#include "db/times.h"

#include "db/stmt.h"

enum err
db_journal_time(struct db *db, int64_t *at_out)
{
    enum err e = stmt_one_i64(stmt_begin(db, SQL_JOURNAL_LAST_TIME), at_out);

    if (e != ERR_NOT_FOUND)
        return e;
    *at_out = 0;
    return OK;
}
