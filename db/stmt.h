/* db/stmt.h - running the named statements of db/sql/.
 *
 * A statement `-- name: stock_balance` in a file of db/sql/ is here
 * SQL_STOCK_BALANCE.  Its parameters are bound by name, all of them, each time.
 *
 *     struct stmt *q = stmt_begin(db, SQL_STOCK_BALANCE);
 *
 *     stmt_bind_i64(q, ":lot_id", lot_id);
 *     e = stmt_row(q);              // ERR_NOT_FOUND: no row
 *     if (e == OK)
 *         *qty_out = stmt_i64(q, 0);
 *     stmt_end(q);
 *
 *     while (stmt_next(q, &e))      // all rows
 *         ...
 *     stmt_end(q);
 *
 * A wrong parameter name, an unbound parameter and a statement begun twice
 * are our bugs and stop the program.
 *
 * What running one returns besides OK: ERR_EXISTS (unique or primary key),
 * ERR_BOOKS (CHECK, NOT NULL, foreign key or a trigger refused it; the
 * message names it), ERR_BUSY (locked, or a read past its time limit),
 * ERR_DB_FULL, ERR_DB_BROKEN, ERR_DB. */
#ifndef DB_STMT_H
#define DB_STMT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "db/sql_ids.h" /* enum sql_id, made from db/sql by the build */

struct db;
struct stmt;

/* The statement, ready to be bound; borrowed until stmt_end. */
struct stmt *stmt_begin(struct db *db, enum sql_id id);

/* Take it out of use; its texts and blobs are gone.  NULL is taken. */
void stmt_end(struct stmt *q);

/* Bind.  Texts and blobs are borrowed: they live until stmt_end. */
void stmt_bind_i64(struct stmt *q, const char *name, int64_t v);
void stmt_bind_i64_or_null(
    struct stmt *q, const char *name, bool has, int64_t v);
void stmt_bind_text(struct stmt *q, const char *name, const char *str_or_null);
void stmt_bind_text_len(
    struct stmt *q, const char *name, const char *str, size_t len);
void stmt_bind_blob(
    struct stmt *q, const char *name, const void *bytes, size_t len);
void stmt_bind_null(struct stmt *q, const char *name);

/* The first, or the next, row.  ERR_NOT_FOUND when there is none. */
enum err stmt_row(struct stmt *q);

/* For loops: true with the next row; false at the end (*e_out == OK) or at a
 * failure (*e_out says which). */
bool stmt_next(struct stmt *q, enum err *e_out);

/* Run a statement that gives no rows. */
enum err stmt_done(struct stmt *q);

/* The same, and stmt_end. */
enum err stmt_done_once(struct stmt *q);

/* The first column of the one row, and stmt_end.  ERR_NOT_FOUND. */
enum err stmt_one_i64(struct stmt *q, int64_t *out);

/* Columns of the row, from 0.  NULL reads as 0, "" and no bytes. */
int64_t stmt_i64(struct stmt *q, int col);
bool stmt_is_null(struct stmt *q, int col);
const char *stmt_text(struct stmt *q, int col);
const void *stmt_blob(struct stmt *q, int col, size_t *len_out);

#endif
