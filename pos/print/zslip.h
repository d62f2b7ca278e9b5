/* pos/print/zslip.h - what a shift took, on paper: X while it is open, Z once
 * it is closed.  As a print job: {"shift":3,"closed":true} in its body; the
 * figures are read when it is printed. */
#ifndef POS_PRINT_ZSLIP_H
#define POS_PRINT_ZSLIP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "db/print_job.h"
#include "db/showroom.h"
#include "pos/print/makers.h"
#include "pos/sell/shift_report.h"

struct doc;

/* Make `job` that of a shift's slip.  An X that was asked for stays one: it
 * tells no cash, also when the shift is closed before it is printed. */
void zslip_job_set(struct print_job *job, int64_t shift_id, bool closed);

/* Which slip it is. */
struct zslip {
    const struct shift_report *report;
    bool z;             /* with what was counted; the shift is closed */
    enum print_why why; /* a copy, or again: its heading says so */
    int64_t now;        /* until when an X tells */
};

/* Compose it.  The slip is the caller's: doc_free. */
enum err zslip_compose(const struct zslip *z, const struct shop *shop,
    const struct showroom *showroom, struct font *font, struct doc **doc_out);

/* Of pos/print/makers.c. */
make_fn make_zslip;

#endif
