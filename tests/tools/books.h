/* tests/tools/books.h - the books of a past by chance (tests/tools/history.h)
 * in a file, changed behind the program's back, and what verify says of it. */
#ifndef TESTS_TOOLS_BOOKS_H
#define TESTS_TOOLS_BOOKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pos/proof/verify.h"
#include "tests/tools/history.h"

struct sqlite3;

/* How many sales, refunds and receivings a past has that is read hundreds of
 * times: less where it is slow, a thousand for OCOP_LONG. */
int books_events(void);
/* Of so many things to try one is tried: 1 but where it is slow. */
int books_stride(void);

/* The bytes of a whole database file. */
struct books {
    char *bytes;
    size_t len;
    struct history history;
    struct shop shop; /* number and key that signed */
};

/* Make them in the file `path`, closed; `seed` makes the same anew but for the
 * clock that migrations note. */
void books_make(struct books *b, const char *path, uint64_t seed, int events);
void books_free(struct books *b);

/* Write them to `path`, as if nothing had happened to it. */
void books_put(const struct books *b, const char *path);

/* Open `path` as anybody could, past the journal's triggers and every CHECK;
 * close it with the triggers where they were. */
struct sqlite3 *books_break_in(const char *path);
void books_break_out(struct sqlite3 *h);

/* One statement, for its effect: rows changed, or -1 when it was refused. */
int books_do(struct sqlite3 *h, const char *sql);
/* One number. */
int64_t books_ask(struct sqlite3 *h, const char *sql);

/* What was found. */
enum { SEEN = 64 };
struct seen {
    enum err e;
    struct verify_report report;
    struct {
        int64_t seq;
        char what[24];
    } at[SEEN];
    size_t len; /* told; kept are the first SEEN */
};

void books_verify(const char *path, bool full, struct seen *out);
void books_verify_by(const struct verify_options *options, struct seen *out);

/* Some finding names `seq`, and none names another record. */
bool books_names(const struct seen *seen, int64_t seq);
/* A finding `what` about `seq` is among them. */
bool books_says(const struct seen *seen, int64_t seq, const char *what);
/* To standard error, for who must understand a failure. */
void books_show(const struct seen *seen);

#endif
