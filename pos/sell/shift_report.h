/* pos/sell/shift_report.h - all that a slip of a shift says: its row, the notes
 * that were counted, and, once it is closed, its place in the journal.  A few
 * rows, whatever the day's size. */
#ifndef POS_SELL_SHIFT_REPORT_H
#define POS_SELL_SHIFT_REPORT_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "db/shift.h"
#include "pos/shop.h"

struct db;

struct shift_report {
    struct shift shift;
    struct shift_note notes[SHIFT_NOTES_MAX];
    size_t notes_len;
    uint8_t prev[32]; /* once closed: hash of the record before its closing */
    uint8_t hash[32]; /* and of the closing */
};

/* ERR_NOT_FOUND. */
enum err shift_report_read(
    struct db *db, int64_t shift_id, struct shift_report *out);

/* Append the address that the QR of a closed shift's slip holds: verify_base
 * "#" digits of a token R1 of kind 4.  Its sequence is that of the closing's
 * record, its total what was sold less what was given back (0 when that is
 * less). */
enum err shift_report_url(const struct shift_report *r,
    const struct shop *shop, struct buf *out);

#endif
