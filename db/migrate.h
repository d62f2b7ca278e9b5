/* db/migrate.h - the schema, in numbered steps.
 *
 * db/migrations/NNNN-name.sql (for the registry's books those of
 * db/registry/migrations) are carried inside the program in order, without
 * gaps from 1.  Each is applied once, in a transaction of its own, and noted
 * in the table migration with the SHA-256 of its text.  A released one is
 * never edited. */
#ifndef DB_MIGRATE_H
#define DB_MIGRATE_H

#include "base/err.h"

struct db;

/* Apply what is missing.  ERR_DB_VERSION, and nothing changed, when the file
 * knows a migration this program does not, or knows one by another hash. */
enum err db_migrate(struct db *db);

/* The file has exactly this program's migrations; else ERR_DB_VERSION. */
enum err db_migrate_check(struct db *db);

/* The header of the file names our schema, or nothing yet; else
 * ERR_DB_VERSION with the case "kind".  A shop of before headers were written
 * is told by its first migration alone. */
enum err db_migrate_kind(struct db *db);

/* How many migrations of the shop this program carries. */
int db_migrate_count(void);

#endif
