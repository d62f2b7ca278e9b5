/* db/readers.h - a few read-only connections, shared.
 *
 *     struct db *db = readers_take(readers);
 *
 *     e = db_product_get(db, id, &product);
 *     readers_give(readers, db);
 *
 * Between take and give everything read is one snapshot.  A snapshot keeps
 * the WAL from being emptied, so it has a time limit: past it, statements
 * answer ERR_BUSY.  Give it back before db_write: who waits there with a
 * reader in hand may wait for himself.  Readers never block the writer, nor it
 * them. */
#ifndef DB_READERS_H
#define DB_READERS_H

#include "base/err.h"

struct db;
struct readers;

enum { READERS_TIME_LIMIT_MS = 30000 };

/* `count` connections to the file at `path`, which a writer has opened before.
 * Errors as db_open. */
enum err readers_open(const char *path, int count, struct readers **out);

/* All must have been given back.  NULL is taken. */
void readers_close(struct readers *r);

/* A connection with its snapshot; waits for a free one.  Never NULL: when the
 * file cannot be read, the first statement says so.  Giving back keeps the
 * thread's last failure as it is. */
struct db *readers_take(struct readers *r);
void readers_give(struct readers *r, struct db *db);

#endif
