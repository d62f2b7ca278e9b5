/* db/internal.h - inside of a connection, for the files of db/ that run
 * transactions: db.c, stmt.c, migrate.c, journal.c, readers.c, writer.c, and
 * for proof.c, which reads columns it does not know.  A family of tables needs
 * db/db.h and db/stmt.h only. */
#ifndef DB_INTERNAL_H
#define DB_INTERNAL_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "db/db.h"
#include "db/journal.h"
#include "db/stmt.h"

struct stmt {
    sqlite3_stmt *s; /* NULL until it is prepared */
    struct db *db;
    enum sql_id id;
    int params;
    char **names;    /* of the parameters */
    int next;        /* where the next name is looked for first */
    uint64_t bound;  /* bit n: parameter n + 1 */
    bool begun;
    bool over;       /* gave its last row, or failed */
};

struct db {
    sqlite3 *h;
    enum db_mode mode;
    enum db_schema schema;
    int lock_fd;         /* of "<file>-writer"; -1 when there is none */
    bool in_write;
    int begun;           /* statements begun and not ended */
    bool failed;         /* never checkpoint a connection that failed */
    int64_t deadline_ms; /* clock_mono_ms past which reads fail; 0 never */
    int wal_frames;      /* in the WAL after the last COMMIT */
    int64_t appended;    /* journal sequence of this transaction's last, or 0 */
    struct journal_key key; /* number 0: none */
    struct stmt stmts[SQL_COUNT];
};

/* db_open without migrations, without preparing: the file and its pragmas. */
enum err db_connect(const char *path, enum db_mode mode,
    enum db_schema schema, struct db **out);

/* Prepare one statement, all statements; ERR_DB names the one that is wrong. */
enum err stmt_prepare(struct db *db, enum sql_id id);
enum err stmt_prepare_all(struct db *db);
void stmt_finalize_all(struct db *db);

/* Run a statement without parameters and rows. */
enum err stmt_run(struct db *db, enum sql_id id);

/* Run plain text: pragmas and migrations.  `what` names it in the message. */
enum err db_exec(struct db *db, const char *sql, const char *what);

/* The err for what SQLite answered, with its message. */
enum err db_fail(struct db *db, int rc, const char *what);

/* Did a failure take the transaction back behind our back? */
bool db_lost_transaction(const struct db *db);

enum db_checkpoint { DB_CHECKPOINT_PASSIVE, DB_CHECKPOINT_TRUNCATE };

/* Bring WAL pages into the file.  PASSIVE takes what no reader needs and never
 * waits; TRUNCATE waits for readers up to `wait_ms` and empties the WAL.  The
 * pages still to be brought are counted in *left_out. */
enum err db_checkpoint(
    struct db *db, enum db_checkpoint how, int wait_ms, int *left_out);

#endif
