/* pos/fact/fact_sale.h - kinds "sale", "refund" and "reprint". */
#ifndef POS_FACT_FACT_SALE_H
#define POS_FACT_FACT_SALE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/json.h"
#include "db/journal.h"
#include "db/sale.h"
#include "db/stock.h"

struct db;

/* Exceptions a manager let pass, as bits. */
enum override {
    OVERRIDE_STOCK_SHORT = 1,
    OVERRIDE_LOT_EXPIRED = 2,
    OVERRIDE_WITHDRAWN = 4,
    OVERRIDE_DISCOUNT = 8,
    OVERRIDE_PRICE = 16,
    OVERRIDE_ALL = 31
};

/* "stock_short", ...: the word of API and journal; `bit` one of the above. */
const char *override_name(unsigned bit);
/* 0 for a word that is none. */
unsigned override_bit(const char *name);

/* What of which lot a line takes or gives back. */
struct fact_lot {
    int64_t line; /* n of the line */
    int64_t lot_id;
    int64_t qty_milli;
    int64_t found_milli; /* sold although the books had it not: it is put on
                            the shelf from `counted` first */
    enum account to;     /* of a refund: shelf or damaged */
};

/* A receipt as a fact.  The arrays are the caller's. */
struct fact_sale {
    struct sale head;  /* seq, first_move and moves are set by posting */
    int64_t showroom;  /* number, for receipt_no */
    struct sale_line *lines;
    size_t lines_len;
    struct fact_lot *lots;
    size_t lots_len;
    struct payment *payments;
    size_t payments_len;
    unsigned overrides;
    char key[DB_KEY];   /* Idempotency-Key */
    uint8_t digest[16]; /* of what was asked */
};

/* Write it, inside a write: journal, receipt, lines, payments, stock, shift,
 * request.  On return f->head has its seq and moves. */
enum err fact_sale_post(struct db *db, struct fact_sale *f,
    struct journal_head *head_out);
enum err fact_sale_replay(struct db *db, const struct journal_record *rec,
    const struct json *body);

/* Read a body as fact_sale_post wrote it; fact_sale_finish frees the arrays. */
enum err fact_sale_read(const char *kind, const struct json *body,
    struct fact_sale *out);
void fact_sale_finish(struct fact_sale *f);

/* One more copy of a receipt on paper. */
struct fact_reprint {
    int64_t at;
    int64_t showroom;
    int64_t sale_id;
    int64_t staff;
};
enum err fact_reprint_post(struct db *db, const struct fact_reprint *f,
    struct journal_head *head_out);
enum err fact_reprint_replay(struct db *db, const struct journal_record *rec,
    const struct json *body);

#endif
