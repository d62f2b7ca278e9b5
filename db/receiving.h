/* db/receiving.h - goods received. */
#ifndef DB_RECEIVING_H
#define DB_RECEIVING_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "db/limits.h"

struct db;

enum { RECEIVING_LINES_MAX = 200 };

struct receiving {
    int64_t id;
    int64_t seq;
    int64_t at;
    int64_t staff;
    int64_t supplier_id;
    char note[DB_NOTE];
};

struct receiving_line {
    int64_t n; /* from 1 */
    int64_t product_id;
    int64_t lot_id;
    int64_t qty_milli;
    int64_t cost; /* dong a unit */
};

enum err db_receiving_last_id(struct db *db, int64_t *id_out);
/* ERR_NOT_FOUND when there is none. */
enum err db_receiving_get(struct db *db, int64_t id, struct receiving *out);
enum err db_receiving_lines(struct db *db, int64_t id,
    struct receiving_line *lines_out, size_t max, size_t *len_out);

/* Inside a write. */
enum err db_receiving_add(struct db *db, const struct receiving *r);
enum err db_receiving_line_add(struct db *db, int64_t receiving_id,
    const struct receiving_line *line);

#endif
