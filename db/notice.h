/* db/notice.h - certificates of the catalogue that come near their end, and
 * what was said about them. */
#ifndef DB_NOTICE_H
#define DB_NOTICE_H

#include <stdint.h>

#include "base/err.h"
#include "db/limits.h"

struct db;

/* Days before the last day at which something is said; 0: it is over. */
enum { NOTICE_OVER = 0, NOTICE_NEAR = 30, NOTICE_SOON = 90 };

/* Of a product, the active certificate that lasts longest. */
struct notice {
    char registry_id[DB_ID];
    char name[DB_NAME]; /* of the product here */
    int64_t product_id;
    int stars;
    int32_t until_day;
    int days; /* 0, 30 or 90 */
    int64_t seq;
    int64_t at;
};
typedef enum err notice_fn(void *arg, const struct notice *n);

/* What is due on `today` and was not said yet; at most `limit`.  `seq` and
 * `at` are 0. */
enum err db_notices_due(struct db *db, int32_t today, int64_t limit,
    notice_fn *fn, void *arg);

/* Products of the catalogue whose last certificate ends within 30 and 90 days
 * of `today`; what is over does not count. */
struct expiring {
    int64_t within_30;
    int64_t within_90;
};
enum err db_expiring(struct db *db, int32_t today, struct expiring *out);

/* Inside a write. */
enum err db_notice_put(struct db *db, const struct notice *n);

#endif
