/* pos/print/answers.h - what a printer answers, in words: for slips, commands
 * and the API.  The sentences stand in the language files under "printer". */
#ifndef POS_PRINT_ANSWERS_H
#define POS_PRINT_ANSWERS_H

#include "base/lang.h"
#include "db/print_job.h"
#include "drivers/link.h"

/* "hết giấy": a few words. */
const char *answers_state(enum lang lang, enum printer_state state);

/* "Máy in hết giấy: thay cuộn giấy, rồi đóng nắp. ..": what is wrong, and what
 * to do about it. */
const char *answers_message(enum lang lang, enum printer_state state);

/* How sure it is that a slip is on paper. */
const char *answers_level(enum lang lang, enum link_level level);

/* "đang in": what became of a job. */
const char *answers_job(enum lang lang, enum print_state state);

#endif
