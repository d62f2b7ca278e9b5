/* tests/tools/link_bench.h - a link on a scripted printer, with a job to print
 * and a watch that writes down what it is told. */
#ifndef TESTS_TOOLS_LINK_BENCH_H
#define TESTS_TOOLS_LINK_BENCH_H

#include "base/buf.h"
#include "drivers/link.h"
#include "tests/tools/script_printer.h"

enum { BENCH_STATES_MAX = 32 };

struct bench {
    struct script *s;
    struct link *l;
    struct link_pace pace; /* a few ms each */
    struct buf bytes;      /* of a picture of 300 rows and a cut */
    struct link_job job;
    struct link_watch watch;
    struct link_outcome out;
    int sent; /* times watch.sent was called */
    long stop_from;
    enum printer_state states[BENCH_STATES_MAX]; /* as told */
    size_t states_len;
};

/* A printer that takes all and answers nothing, with these QUIRK_*. */
struct bench bench_new(unsigned quirks);
struct bench bench_new_over(unsigned quirks, bool one_way);
void bench_free(struct bench *b);

/* Another link to the same printer, with b->pace as it is now. */
void bench_relink(struct bench *b, enum link_language language);

/* link_print of b->job; b->out is the outcome. */
enum err bench_print(struct bench *b);

/* The printer got the job's bytes in their order, each once; between them
 * whole commands of the link alone, and those only between two commands. */
bool bench_got_job_once(const struct bench *b);
/* How many bytes of the job it got, each once and in order; SIZE_MAX when they
 * are not that. */
size_t bench_job_bytes(const struct bench *b);

/* How often these bytes came. */
size_t bench_count(const struct bench *b, const void *bytes, size_t len);

#endif
