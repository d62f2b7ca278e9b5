/* db/label.h - the registry's tokens for shelf labels (sync/label_token.h). */
#ifndef DB_LABEL_H
#define DB_LABEL_H

#include <stdint.h>

#include "base/err.h"

struct db;

enum { DB_LABEL_TOKEN = 203 /* bytes of its digits, with the NUL */ };

/* The token of a certificate number.  ERR_NOT_FOUND. */
enum err db_label_token_get(
    struct db *db, int64_t cert, char token_out[DB_LABEL_TOKEN]);

/* Inside a write: the newest one stays. */
enum err db_label_token_put(
    struct db *db, int64_t cert, const char *token, int64_t at);

#endif
