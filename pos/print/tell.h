/* pos/print/tell.h - printers and their jobs as the API and the events write
 * them. */
#ifndef POS_PRINT_TELL_H
#define POS_PRINT_TELL_H

#include "base/buf.h"
#include "base/json_out.h"
#include "base/lang.h"
#include "pos/print/worker.h"

/* What is wrong with the printer, and what to do about it. */
void tell_message(
    enum lang lang, const struct print_view *view, struct buf *out);

/* Why a job is as it is: the sentence of its word, or the failure as it was
 * logged; "" when there is nothing to say. */
const char *tell_why(enum lang lang, const struct print_job *job);

/* The event `printer`: {"printer":"receipt","state":"paper_out","message":"..",
 * "queue":1,"unknown":0,"job":{..}|null}, in the language of the settings. */
void tell_printer(const struct shop *shop, const struct print_view *view,
    struct buf *out);

/* "id", "kind", "receipt_no", "state", "level": the members every job has, into
 * an object that is begun. */
void tell_job_members(struct json_out *o, const struct shop *shop,
    const struct print_job *job);

/* "process_id", ...; NULL when it is not confirmed by the printer. */
const char *tell_level(int64_t level);

#endif
