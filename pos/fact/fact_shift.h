/* pos/fact/fact_shift.h - kinds "shift_open" and "shift_close". */
#ifndef POS_FACT_FACT_SHIFT_H
#define POS_FACT_FACT_SHIFT_H

#include <stdint.h>

#include "base/err.h"
#include "base/json.h"
#include "db/journal.h"
#include "db/shift.h"

struct db;

struct fact_shift_open {
    int64_t at;
    int64_t staff;
    int64_t shift;
    int64_t till;
    int64_t float_dong;
};

/* What was expected is said beside what was counted, as it was known then. */
struct fact_shift_close {
    int64_t at;
    int64_t staff;
    int64_t shift;
    int64_t counted;
    int64_t expected;
    struct shift_note notes[SHIFT_NOTES_MAX]; /* largest first; sum: counted */
    size_t notes_len; /* 0: counted as a sum */
};

/* ERR_EXISTS when the till has an open shift. */
enum err fact_shift_open_post(struct db *db, const struct fact_shift_open *f,
    struct journal_head *head_out);
enum err fact_shift_open_replay(struct db *db,
    const struct journal_record *rec, const struct json *body);

enum err fact_shift_close_post(struct db *db,
    const struct fact_shift_close *f, struct journal_head *head_out);
/* The notes of a closing's body into `f`; none when it was counted as a sum. */
enum err fact_shift_close_notes(
    const struct json *body, struct fact_shift_close *f);
enum err fact_shift_close_replay(struct db *db,
    const struct journal_record *rec, const struct json *body);

#endif
