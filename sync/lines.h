/* sync/lines.h - a list or a delta as the registry publishes it, read strictly,
 * a line at a time.
 *
 * Form: contract/registry-protocol.md, targets list-<S>.ndjson and
 * delta-<A>-<B>.ndjson.  Every line is canonical and ends with a line feed;
 * the ids rise from line to line.  A list "p01" holds only products of
 * province 01 with 3 or 4 stars, "vn" only 5 stars.  What was signed and is
 * not so is refused whole: ERR_LIST_REFUSED with `list`, `line` and a `case`
 * (canonical, order, place, stars, form, end), or the refusal of the record
 * itself, ERR_CERT_REFUSED. */
#ifndef SYNC_LINES_H
#define SYNC_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/err.h"
#include "sync/record.h"

enum {
    LINE_GTINS = 8,
    LINE_GTIN = 15,               /* 14 digits and the NUL */
    LINES_NAME = 8,               /* of a list, with the NUL */
    LINES_BLOCK = 256 * 1024,     /* read at a time */
    LINES_LONGEST = RECORD_MAX + 64
};

/* What one line says. */
struct line {
    bool drop;          /* of a delta: only record.id and record.rev are set */
    const char *text;   /* of the record, canonical; borrowed until the next */
    size_t text_len;
    struct ocop_record record;
    char fold[RECORD_NAME]; /* of name and producer, for searching */
    char gtins[LINE_GTINS][LINE_GTIN];
    size_t gtins_len;
};

/* A file being read. */
struct lines {
    char list[LINES_NAME];
    bool delta;
    FILE *file;
    size_t line;          /* read so far */
    char last[RECORD_ID]; /* the id before */
    char *block;
    size_t at, len;       /* of the block: not yet read, filled */
    bool end;
    struct buf form, fold; /* of the line at work */
};

/* Is it the name of a list that the registry signs: "vn", "p01" to "p99"? */
bool lines_is_list(const char *name);

/* Open the file `path`, which was verified, as the list `list`, or as a delta
 * of it.  ERR_FILE.  lines_finish after either answer. */
enum err lines_open(
    struct lines *l, const char *list, bool delta, const char *path);
void lines_finish(struct lines *l);

/* The next line; *more_out is false, and nothing else said, at the end. */
enum err lines_next(struct lines *l, struct line *out, bool *more_out);

/* One line without its line feed, as lines_next judges it; `l` was made by
 * lines_init. */
void lines_init(struct lines *l, const char *list, bool delta);
enum err lines_read(
    struct lines *l, const char *text, size_t len, struct line *out);

#endif
