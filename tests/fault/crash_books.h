/* tests/fault/crash_books.h - what was acknowledged, held against what the
 * journal says after a crash. */
#ifndef TESTS_FAULT_CRASH_BOOKS_H
#define TESTS_FAULT_CRASH_BOOKS_H

#include <stddef.h>
#include <stdint.h>

#include "db/limits.h"

/* An answer that somebody heard; what is not known is 0 or empty. */
struct crash_ack {
    char key[DB_KEY];
    int64_t sale_id;
    int64_t total;
    int64_t seq;
    char hash[65];
};

/* The receipts of the journal, by number: crash_books.sales[id - 1]. */
struct crash_books {
    char path[256];
    struct crash_ack *sales;
    size_t len, cap;
    int64_t last; /* record read last */
};

void crash_books_init(struct crash_books *b, const char *path);
void crash_books_finish(struct crash_books *b);

/* Read the records that came since; the program may be dead.  Stops the test
 * when it cannot. */
void crash_books_read(struct crash_books *b);

/* Acknowledged sales that are not there as they were acknowledged. */
size_t crash_books_lost(const struct crash_books *b,
    const struct crash_ack *acks, size_t len);

/* Keys that made more than one sale. */
size_t crash_books_doubled(const struct crash_books *b);

/* Findings of verify, each said on standard error. */
int64_t crash_books_prove(const struct crash_books *b, int full);

#endif
