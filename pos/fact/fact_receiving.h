/* pos/fact/fact_receiving.h - kind "receiving": goods came in. */
#ifndef POS_FACT_FACT_RECEIVING_H
#define POS_FACT_FACT_RECEIVING_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/json.h"
#include "db/journal.h"
#include "db/receiving.h"
#include "db/sale.h"
#include "db/stock.h"

struct db;

/* A line, with its lot as it is or is to be. */
struct fact_receiving_line {
    struct receiving_line line;
    struct lot lot; /* id, code, expires_day, cost; the rest is set here */
};

struct fact_receiving {
    struct receiving head; /* seq is set by posting */
    char supplier[DB_NAME];
    struct fact_receiving_line *lines; /* the caller's */
    size_t lines_len;
    char key[DB_KEY];   /* Idempotency-Key; empty: none was given */
    uint8_t digest[16];
};

enum err fact_receiving_post(struct db *db, struct fact_receiving *f,
    struct journal_head *head_out);
enum err fact_receiving_replay(struct db *db,
    const struct journal_record *rec, const struct json *body);

#endif
