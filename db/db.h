/* db/db.h - one connection to the one database file.
 *
 * A connection belongs to one thread at a time.  The daemon writes through
 * db/writer.h and reads through db/readers.h; programs that are alone with the
 * file (replay, import, tests) open a DB_WRITE connection themselves and use
 * db_write_alone.
 *
 * SQLite before 3.51.3 can damage a WAL when two connections write or
 * checkpoint at once, so only one DB_WRITE connection to a file exists on the
 * machine: it holds an flock on "<file>-writer". */
#ifndef DB_DB_H
#define DB_DB_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct buf;
struct db;

enum db_mode { DB_WRITE, DB_READ };

/* What a file holds: a showroom's shop (db/migrations, db/sql) or the books of
 * the central registry (db/registry).  The file says so in its header. */
enum db_schema { DB_SHOP, DB_REGISTRY };

/* The body of one write: all of it happens or nothing.  It runs inside a
 * transaction it neither begins nor ends, perhaps on another thread, and does
 * nothing slow: no network, no printer, no sleep.  What it returns is what
 * the one who asked for the write gets. */
typedef enum err write_fn(struct db *db, void *arg);

/* Open the shop's file at `path`.
 * DB_WRITE makes it when missing, applies the migrations it lacks
 * (db/migrate.h) and prepares every statement of db/sql, so that a wrong one
 * stops the start; ":memory:" is taken.  DB_READ never changes anything and
 * prepares a statement when it is first used.
 * ERR_BUSY: another program writes to it (DB_WRITE).  ERR_DB_VERSION: made by
 * a newer program, or not yet brought to this program's schema (DB_READ); with
 * the case "kind" a file of the other schema.
 * ERR_DB_BROKEN: not a database, or damaged.  ERR_DB_FULL, ERR_DB. */
enum err db_open(const char *path, enum db_mode mode, struct db **out);

/* The same for either schema. */
enum err db_open_as(const char *path, enum db_mode mode,
    enum db_schema schema, struct db **out);

/* Close; NULL is taken.  A DB_WRITE connection that never failed first brings
 * everything from the WAL into the file and leaves the WAL empty. */
void db_close(struct db *db);

/* BEGIN IMMEDIATE, `fn`, COMMIT; or ROLLBACK when `fn` fails.  Only on a
 * DB_WRITE connection that no writer thread owns, never nested.  `what` names
 * the write in the log.  The error is fn's own or, at BEGIN or COMMIT, one of
 * ERR_BUSY, ERR_DB_FULL, ERR_DB_BROKEN, ERR_DB. */
enum err db_write_alone(
    struct db *db, const char *what, write_fn *fn, void *arg);

/* A write is being run on this connection: what changes rows asserts it. */
bool db_in_write(const struct db *db);

/* Integer key of the last row inserted, inside the same write. */
int64_t db_last_id(const struct db *db);

/* Rows changed by the last statement that ran to its end. */
int db_changes(const struct db *db);

/* Is the file whole: SQLite's integrity check, every foreign key, and a schema
 * (tables, indexes, triggers, views) equal to the one of a fresh file.  One
 * line a finding is added to `report`.  OK; ERR_DB_BROKEN for damage or a
 * dangling key; ERR_BOOKS for another schema.  Reads the whole file. */
enum err db_check(struct db *db, struct buf *report);

#endif
