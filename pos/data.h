/* pos/data.h - the data folder: who may write in it, and what lies there.
 *
 *     DIR/ocop-pos.db   everything (and -wal, -shm beside it)
 *     DIR/keys/N.key    secret keys of the showroom, number N, 0600
 *     DIR/lock          held by the one program that writes
 *     DIR/control.sock  where the daemon takes the operator's commands
 *
 * The key is not in the database: a copy of the database cannot sign. */
#ifndef POS_DATA_H
#define POS_DATA_H

#include <stdbool.h>

#include "base/err.h"
#include "base/settings.h"
#include "db/journal.h"

enum { DATA_PATH = SETTINGS_PATH + 32 };

/* DIR/name; asserts that `dir` came through the settings' limits. */
void data_path(const char *dir, const char *name, char out[DATA_PATH]);

/* Make the folder (0700), its parents not.  ERR_EXISTS when a showroom is in
 * it already, ERR_FILE. */
enum err data_create(const char *dir);

/* Is there a showroom in it? */
bool data_has_showroom(const char *dir);

/* Be the one that writes, until close(*fd_out) or the end of the program.
 * ERR_BUSY when another program is; ERR_FILE. */
enum err data_lock(const char *dir, int *fd_out);

/* Make key `number` and keep it; ERR_EXISTS when there is one. */
enum err data_key_make(const char *dir, int number, struct journal_key *out);

/* Read key `number`.  ERR_FILE when it is not there or not a key. */
enum err data_key_load(const char *dir, int number, struct journal_key *out);

#endif
