/* pos/http/metrics.h - counts of answers and how long they took. */
#ifndef POS_HTTP_METRICS_H
#define POS_HTTP_METRICS_H

#include <stdint.h>

struct metrics;

struct metrics *metrics_new(void);
void metrics_free(struct metrics *m); /* NULL is taken */

/* An answer with `status` after `us` microseconds; -1: not timed. */
void metrics_count(struct metrics *m, int status, int64_t us);

#endif
