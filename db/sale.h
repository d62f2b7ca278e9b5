/* db/sale.h - receipts: sales and refunds with their lines and payments. */
#ifndef DB_SALE_H
#define DB_SALE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "db/limits.h"

struct db;

enum sale_kind { SALE = 1, REFUND };
enum pay_method { PAY_CASH = 1, PAY_TRANSFER };

/* "cash", "transfer": the word of API and journal. */
const char *pay_method_name(enum pay_method method);

enum {
    SALE_LINES_MAX = 200,
    SALE_PAYMENTS_MAX = 10,
    SALE_MOVES_MAX = 65536 /* more than a record of the journal has room for */
};

struct sale {
    int64_t id; /* number on the paper, without gaps */
    int64_t seq;
    enum sale_kind kind;
    int64_t of_sale; /* of a refund: the sale; else 0 */
    int64_t till;
    int64_t shift_id;
    int64_t staff;
    int64_t approved_by; /* 0: nobody */
    int64_t at;
    int64_t total;
    int64_t rounding; /* what cash rounding added; may be negative */
    int64_t change;
    bool suspect; /* the clock was behind the journal */
    int list_age;    /* LIST_STALE or LIST_TOO_OLD (pos/certified/age.h) when
                        certified goods were sold by lists that old; else 0 */
    int64_t list_at; /* then: when they were last known to be the newest */
    int64_t copies;
    int64_t first_move;
    int64_t moves;
    char note[DB_NOTE];
};

/* The certificate as it was judged at that moment. */
struct sale_cert {
    char id[DB_ID]; /* empty: not a certified product */
    int64_t cert;
    int64_t stars;
    int64_t state;     /* sync/judge.h */
    int32_t until_day;
    int64_t list_seq;
};

struct sale_line {
    int64_t n; /* from 1 */
    int64_t of_line; /* of a refund: the line given back; else 0 */
    int64_t product_id;
    char name[DB_NAME];
    char unit[DB_UNIT];
    int64_t qty_milli;
    int64_t price;
    int64_t list_price; /* what it was to cost, when another was agreed; else
                           0.  Kept by the journal alone. */
    int64_t discount;
    int64_t amount;
    char vat_class[DB_VAT];
    int vat_bp; /* -1: no VAT is spoken of */
    int64_t vat;
    struct sale_cert ocop;
};

struct payment {
    enum pay_method method;
    int64_t amount;   /* what pays the receipt */
    int64_t tendered; /* what was handed over; amount for a transfer */
    char reference[DB_REF];
};

/* Adding: inside a write, in this order. */
enum err db_sale_add(struct db *db, const struct sale *s);
enum err db_sale_line_add(struct db *db, int64_t sale_id, int64_t seq,
    const struct sale_line *line);
enum err db_payment_add(struct db *db, int64_t sale_id, int64_t seq, int64_t n,
    const struct payment *p);
/* One more copy on paper. */
enum err db_sale_copy(struct db *db, int64_t sale_id);

/* ERR_NOT_FOUND when there is none. */
enum err db_sale_get(struct db *db, int64_t id, struct sale *out);
enum err db_sale_last_id(struct db *db, int64_t *id_out);
/* All lines, payments; at most `max`, more is ERR_BOOKS. */
enum err db_sale_lines(struct db *db, int64_t sale_id,
    struct sale_line *lines_out, size_t max, size_t *len_out);
enum err db_sale_payments(struct db *db, int64_t sale_id,
    struct payment *payments_out, size_t max, size_t *len_out);

/* Receipts with id < `before`, newest first. */
enum err db_sale_each(struct db *db, int64_t before, int64_t limit,
    enum err (*fn)(void *arg, const struct sale *s), void *arg);

/* Lowest id with at >= `at` (last id + 1 when there is none): times are in id
 * order, so this is a search by halves and needs no index. */
enum err db_sale_from_time(struct db *db, int64_t at, int64_t *id_out);

/* What was given back of one line so far. */
struct refunded {
    int64_t qty_milli;
    int64_t amount;
    int64_t vat;
};
enum err db_sale_refunded(struct db *db, int64_t sale_id, int64_t line,
    struct refunded *out);

/* Lots of a line still sold: what its sale moved less what refunds moved
 * back, in the order of selling. */
struct sold_lot {
    int64_t lot_id;
    int64_t qty_milli;
};
enum err db_sale_sold_lots(struct db *db, const struct sale *sale, int64_t line,
    struct sold_lot *lots_out, size_t max, size_t *len_out);

/* Requests carried out.  ERR_NOT_FOUND when the key is new. */
enum request_kind { REQUEST_RECEIPT = 1, REQUEST_RECEIVING, REQUEST_CASH };
struct request {
    char key[DB_KEY];
    enum request_kind kind;
    int64_t ref;
    uint8_t digest[16];
};
enum err db_request_get(struct db *db, const char *key, struct request *out);
enum err db_request_add(struct db *db, const struct request *r, int64_t seq);

#endif
