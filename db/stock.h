/* db/stock.h - what stands on the shelves, as a ledger.
 *
 * A move takes a quantity of one lot from one account to another; the sum over
 * the accounts is always zero.  Moves are only ever added, and a balance row is
 * kept by the same write.  Nothing here allocates, and nothing here commits:
 * see db/writer.h. */
#ifndef DB_STOCK_H
#define DB_STOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "db/limits.h"

struct db;

enum account {
    ACCOUNT_SUPPLIER = 1,
    ACCOUNT_SHELF,
    ACCOUNT_TRANSIT,
    ACCOUNT_SOLD,
    ACCOUNT_TASTING,
    ACCOUNT_DAMAGED,
    ACCOUNT_RETURNED,
    ACCOUNT_COUNTED,
    ACCOUNT_END
};

/* "shelf", ...: the word of the API. */
const char *account_name(enum account account);

struct lot {
    int64_t id;
    int64_t seq;
    int64_t product_id;
    char code[DB_CODE]; /* empty: none */
    int32_t expires_day; /* DAY_NEVER: none */
    int64_t supplier_id;
    int64_t cost; /* dong a unit */
};

struct stock_move {
    int64_t id;   /* given by db_stock_move */
    int64_t seq;  /* the journal record it belongs to */
    int64_t line; /* of the document; 0: none */
    int64_t product_id;
    int64_t lot_id;
    int64_t qty_milli; /* thousandths of the product's unit; always > 0 */
    enum account from, to;
};

struct balance {
    int64_t product_id;
    int64_t lot_id;
    char lot_code[DB_CODE];
    int32_t expires_day;
    int64_t qty_milli[ACCOUNT_END]; /* by account */
};

/* Add `move` inside a write.  ERR_STOCK_SHORT, and nothing written, when
 * `from` is the shelf and would go below zero. */
enum err db_stock_move(struct db *db, const struct stock_move *move);

/* Id the next move will get. */
enum err db_stock_next_move(struct db *db, int64_t *id_out);

/* The moves `first` .. `first + count - 1`, into moves_out. */
enum err db_stock_moves_of(struct db *db, int64_t first, int64_t count,
    struct stock_move *moves_out);

/* What stands on the shelf of a product and may be sold on `day`: all lots not
 * expired by then; 0 for a product that never moved. */
enum err db_stock_sellable(struct db *db, int64_t product_id, int32_t day,
    int64_t *qty_milli_out);

/* Lots of the product with something on the shelf, first expiring first:
 * those behind `after` (day and lot) that expire on `last_day` at the latest.
 * There may be any number: ask again behind the last one while `max` came. */
struct open_lot {
    int64_t lot_id;
    int32_t expires_day;
    int64_t qty_milli;
};
enum err db_stock_open_lots(struct db *db, int64_t product_id,
    const struct open_lot *after, int32_t last_day,
    struct open_lot *lots_out, size_t max, size_t *len_out);

/* One of them; ERR_NOT_FOUND when nothing of it is on the shelf. */
enum err db_stock_open_lot(struct db *db, int64_t product_id, int64_t lot_id,
    struct open_lot *out);

/* Products with stock (no services, none retired) of which less than
 * `below_milli` can be sold on `day`; id > `after`, in id order.  Only
 * `product_id` unless 0. */
struct stock_low {
    int64_t product_id;
    char name[DB_NAME];
    int64_t qty_milli;
};
enum err db_stock_low(struct db *db, int64_t product_id, int32_t day,
    int64_t below_milli, int64_t after, size_t max,
    struct stock_low *rows_out, size_t *len_out);

/* Balances of one product (or all with 0) after (product, lot), in that
 * order; `fn`'s failure ends the walk. */
enum err db_stock_balances(struct db *db, int64_t product_id,
    int64_t after_product, int64_t after_lot, int64_t limit,
    enum err (*fn)(void *arg, const struct balance *b), void *arg);

/* The product's moves with id < `before`, newest first. */
enum err db_stock_history(struct db *db, int64_t product_id, int64_t before,
    int64_t limit, enum err (*fn)(void *arg, const struct stock_move *m),
    void *arg);

/* ERR_NOT_FOUND when there is none. */
enum err db_lot_get(struct db *db, int64_t id, struct lot *out);
/* The lot with just these data (code, expiry, supplier, cost), to receive more
 * of it; ERR_NOT_FOUND when there is none. */
enum err db_lot_same(struct db *db, const struct lot *like, int64_t *id_out);
enum err db_lot_last_id(struct db *db, int64_t *id_out);
/* The product's newest lot; ERR_NOT_FOUND when it has none. */
enum err db_lot_newest(struct db *db, int64_t product_id, int64_t *id_out);
/* Add it unless its id is there. */
enum err db_lot_put(struct db *db, const struct lot *lot);

/* Suppliers, by their name as stored. */
enum err db_supplier_find(struct db *db, const char *name, int64_t *id_out);
enum err db_supplier_last_id(struct db *db, int64_t *id_out);
enum err db_supplier_put(struct db *db, int64_t id, const char *name,
    int64_t seq);
/* Name of a supplier, copied out. */
enum err db_supplier_name(struct db *db, int64_t id, char name_out[DB_NAME]);

/* Whether the ledger and the balances agree: ERR_BOOKS naming the first lot
 * whose accounts are not the sum of its moves. */
enum err db_stock_prove(struct db *db);

#endif
