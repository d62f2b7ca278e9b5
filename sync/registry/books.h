/* sync/registry/books.h - the registry's books: certified products, who said
 * so, and when.
 *
 * Reading and publishing go through db/registry/ on `db`; here are the rules.
 * Every change is a new version of a record with who, when and by which
 * decision; nothing is forgotten. */
#ifndef SYNC_REGISTRY_BOOKS_H
#define SYNC_REGISTRY_BOOKS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "db/db.h"
#include "sync/record.h"

/* One program at a time (db/db.h). */
struct books {
    struct db *db; /* DB_REGISTRY */
};

/* Open the file at `path`, made when missing (DB_WRITE).  Errors as
 * db_open_as. */
enum err books_open(const char *path, enum db_mode mode, struct books **out);
void books_close(struct books *books); /* NULL is taken */

/* Who signs the record: "vn" for 5 stars, else "p" and the province. */
enum { BOOKS_ROLE = 4 };
void books_role(const struct ocop_record *r, char role_out[BOOKS_ROLE]);

/* A decision that changes the standing of a certificate; or the end of an
 * entry error: BOOKS_DROP takes a record from all lists, without a decision,
 * until a file brings it anew. */
enum books_change { BOOKS_SUSPEND, BOOKS_REVOKE, BOOKS_REINSTATE, BOOKS_DROP };

struct books_order {
    enum books_change change;
    const char *what;     /* id, or certificate number in digits */
    const char *decision; /* number of the decision; not of BOOKS_DROP */
    int32_t day;          /* its date; not of BOOKS_DROP */
    const char *ground;
    enum record_recall recall; /* of BOOKS_SUSPEND and BOOKS_REVOKE */
    const char *by;            /* who enters it */
    int64_t now;
    /* out */
    char id[RECORD_ID];
    uint32_t cert;
    char name[RECORD_NAME];
    int64_t rev;
    enum record_status was;
};

/* ERR_NOT_FOUND: no such record.  ERR_INVALID, with a `case` for the sentence,
 * for what makes no sense: the record stands so already, the date is in the
 * future, before the certificate or before the change it follows, a text is
 * missing or too long. */
enum err books_order(struct books *books, struct books_order *order);

#endif
