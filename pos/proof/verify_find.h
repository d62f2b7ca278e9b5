/* pos/proof/verify_find.h - telling what is wrong; inside of verify. */
#ifndef POS_PROOF_VERIFY_FIND_H
#define POS_PROOF_VERIFY_FIND_H

#include <stddef.h>
#include <stdint.h>

#include "pos/proof/verify.h"

/* Where findings go. */
struct verify_sink {
    verify_fn *fn;
    void *arg;
    int64_t count;
};

/* A finding being made:
 *
 *     struct verify_finding f = {.seq = seq, .what = "gap"};
 *
 *     verify_put_int(&f, "found", rec->seq);
 *     verify_tell(sink, &f); */
void verify_put(struct verify_finding *f, const char *name, const char *text);
void verify_put_int(struct verify_finding *f, const char *name, int64_t n);
void verify_put_hex(struct verify_finding *f, const char *name,
    const uint8_t *bytes, size_t len);
void verify_tell(struct verify_sink *sink, const struct verify_finding *f);

/* The whole of it for the most common: what is expected, what was found. */
void verify_differs(struct verify_sink *sink, int64_t seq, const char *what,
    int64_t expected, int64_t found);

/* A reading failed (the thread's last error): damage is a finding, all else
 * an error to pass on. */
enum err verify_damage(struct verify_sink *sink, enum err e);

#endif
