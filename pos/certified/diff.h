/* pos/certified/diff.h - what a new list changes, told as people will ask:
 * new, upgraded, downgraded, withdrawn, suspended, reinstated, dropped.
 *
 * Both sides are walked in the order of their ids.  A product that left one
 * list for another (a fifth star moves it to the centre's) is first seen as
 * dropped and new; the swap, which sees all lists, mends that. */
#ifndef POS_CERTIFIED_DIFF_H
#define POS_CERTIFIED_DIFF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "db/certified.h"
#include "pos/fact/fact_list.h"

struct db;
struct readers;

/* As much of a record as is compared. */
struct diff_side {
    const char *id;
    const char *name;
    int stars;
    int status;
    int recall;
    const char *record; /* canonical */
    size_t record_len;
};

/* One that may have moved to another list. */
struct diff_dropped {
    char id[DB_ID];
    int stars;
    int status;
};

enum { DIFF_DROPPED = 20000 }; /* looked for in other lists; more are not */

struct diff {
    int64_t counts[CHANGES];
    char **linked; /* ids the catalogue is linked to, sorted; NULL: not asked */
    size_t linked_len, linked_cap;
    struct list_held *held; /* product and qty_milli are set by the swap */
    size_t held_len, held_cap;
    struct diff_dropped *dropped;
    size_t dropped_len, dropped_cap;
};

/* Learn what the catalogue is linked to. */
enum err diff_init(struct diff *d, struct db *db);
void diff_finish(struct diff *d);

/* One id: what it was (NULL: not there) and what it is (NULL: gone). */
void diff_add(struct diff *d, const struct diff_side *was,
    const struct diff_side *is);

/* What a pair comes to. */
enum list_change diff_judge(
    const struct diff_side *was, const struct diff_side *is);

/* The dropped one, or the new one, of that id is the other's: they moved. */
void diff_moved(struct diff *d, const struct diff_dropped *was,
    const struct certified *is);

/* The rows of a generation, read in short pieces from `readers`, or from `db`
 * inside a write. */
struct before {
    struct readers *readers; /* NULL: `db` */
    struct db *db;
    int64_t gen; /* 0: no rows */
    int64_t left; /* rows not yet read: nothing is looked for behind them */
    char after[DB_ID];
    struct before_row *rows;
    size_t at, len;
    bool end;
};
struct before_row {
    char *bytes; /* id, name, record, each with its NUL */
    struct diff_side side;
};

/* The rows of `list`; gen 0: none. */
void before_init(struct before *b, struct readers *readers, struct db *db,
    const struct certified_list *list);
void before_finish(struct before *b);
/* The row that is next, or NULL at the end; stays until before_skip. */
enum err before_peek(struct before *b, const struct diff_side **row_out);
void before_skip(struct before *b);

/* Walk on to `is`: tells `d` of every row before it as gone, and of it.  NULL:
 * to the end. */
enum err before_meet(struct before *b, struct diff *d,
    const struct diff_side *is);

#endif
