/* pos/certified/row.h - a line of a list as a row of the table. */
#ifndef POS_CERTIFIED_ROW_H
#define POS_CERTIFIED_ROW_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "db/certified.h"
#include "pos/certified/diff.h"
#include "pos/fact/fact_list.h"
#include "sync/lines.h"

struct db;

struct list_row {
    struct certified c;
    char *record; /* canonical; mem_free, NULL for a drop of a delta */
    size_t record_len;
    char gtins[LINE_GTINS][LINE_GTIN];
    size_t gtins_len;
};

void row_of_line(const struct line *line, struct list_row *out);
void row_finish(struct list_row *row);

/* Its side of a comparison; borrowed from the row. */
struct diff_side row_side(const struct list_row *row);

/* Inside a write: put it at a place of a generation.  ERR_LIST_REFUSED with
 * the case "claimed" when the generation has its number already. */
enum err row_put(
    struct db *db, int64_t gen, int64_t place, const struct list_row *row);

/* Generations that are, or are to come into force, and records that stand in
 * two of them; whether they still do is looked at when all is in place. */
enum { CLAIM_GENS = 8, CLAIMS_MAX = 50000 };

struct claim {
    char id[DB_ID];
    int64_t cert;
    int64_t gen; /* of the list that came with it while another had it */
};
struct claims {
    struct claim *items;
    size_t len, cap;
    int64_t ending[FACT_LISTS]; /* generations that will be in force no more */
    size_t ending_len;
    int64_t blamed_gen; /* after a refusal: whose claim it was; else 0 */
};
void claims_finish(struct claims *c);
/* Note `row` of generation `gen` when another generation that is not ending
 * has its id or its number.  ERR_LIST_REFUSED past CLAIMS_MAX. */
enum err claims_note(struct claims *c, struct db *db, int64_t gen,
    const struct list_row *row);
/* ERR_LIST_REFUSED, case "claimed", when one of them stands in two lists that
 * are in force. */
enum err claims_check(struct claims *c, struct db *db);

#endif
