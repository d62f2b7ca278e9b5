/* sync/registry/import.h - product records taken into the books from a file.
 *
 * CSV and XLSX have one product a row under named columns, Vietnamese or
 * English (sync/registry/import_columns.c); NDJSON one record a line
 * (contract/registry-protocol.md, "Product record").  What is mended is said:
 * text in NFC without control characters, an old commune as today's.  What the
 * registry gives when it is not there: certificate number, revision, id,
 * producer's id, first and last day (from the decision's day).  A missing
 * decision date is never made up.
 *
 * All or nothing: one bad row, and nothing is written. */
#ifndef SYNC_REGISTRY_IMPORT_H
#define SYNC_REGISTRY_IMPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "sync/registry/books.h"

enum { IMPORT_ROWS_MAX = 1000 * 1000 };

enum import_form { IMPORT_CSV, IMPORT_XLSX, IMPORT_NDJSON };

/* By the first bytes. */
enum import_form import_form_of(const char *text, size_t len);

/* A row that is taken, and something about it: `what` is "mended", "place",
 * "short", "late" (the sentence is registry.note_<what>). */
struct import_note {
    size_t line;
    const char *field;
    const char *what;
};

struct import {
    const char *text;
    size_t len;
    enum import_form form;
    const char *sheet;    /* of IMPORT_XLSX; NULL: the first */
    const char *evidence; /* where the file names none; NULL: then refused */
    const char *by;
    int64_t now;
    bool dry_run;
    /* A row that is not taken, and why; one row may be told several times. */
    void (*refuse)(void *arg, size_t line, const struct err_state *why);
    void *refuse_arg;
    void (*note)(void *arg, const struct import_note *note); /* or NULL */
    void *note_arg;
    /* out */
    int64_t rows;    /* that were there */
    int64_t refused; /* rows, each counted once */
    int64_t added, changed, same;
    int64_t mended; /* texts */
    bool written;
};

/* OK when the file could be read; whether it was taken is in `refused` and
 * `written`.  Else what the file as a whole is: ERR_INVALID, ERR_TEXT,
 * ERR_TOO_LARGE. */
enum err books_import(struct books *books, struct import *x);

#endif
