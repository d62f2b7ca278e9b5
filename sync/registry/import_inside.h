/* sync/registry/import_inside.h - between the files of the import. */
#ifndef SYNC_REGISTRY_IMPORT_INSIDE_H
#define SYNC_REGISTRY_IMPORT_INSIDE_H

#include "base/buf.h"
#include "base/json.h"
#include "base/json_out.h"
#include "sync/registry/import.h"

enum {
    IMPORT_ID = 48,                 /* of an id that we give */
    IMPORT_LINE_MAX = 256 * 1024    /* bytes of one line of JSON */
};

/* One good row; `text` is its canonical record with the certificate number
 * and revision it had in the file, or 0 and 0. */
struct import_item {
    size_t line;
    char *text;
    char *id;
    int64_t cert; /* 0: to be given */
    bool known;   /* there is a record of this id */
};

struct importing {
    struct import *x;
    struct db *db;
    struct import_item *items;
    size_t len, cap;
    int64_t *certs; /* that the file brings, sorted: write.c */
    size_t certs_len;
    size_t line;     /* of the row at work */
    bool bad;        /* it was refused */
    struct buf json; /* of the row at work, as the file says it */
    struct buf full; /* the same, complete */
    struct buf text; /* of one value */
};

/* Refuse the row at work for err_last. */
void importing_refuse(struct importing *in);
/* The same, with a case of err.cert_refused; `value` may be NULL. */
void importing_refuse_value(struct importing *in, const char *id,
    const char *field, const char *which, const char *value);
void importing_note(
    struct importing *in, const char *field, const char *what);

/* Write the text, cleaned, as the next value of `o`; note it when it was
 * mended. */
void importing_put(
    struct importing *in, struct json_out *o, const char *field,
    const char *text);

/* The row in in->json is whole: complete it, check it, keep it. */
enum err importing_row(struct importing *in);

/* The readers: each row of the file becomes in->json and importing_row. */
enum err import_lines(struct importing *in);
enum err import_csv(struct importing *in);
enum err import_xlsx(struct importing *in);

/* complete.c: in->json with what the books and the rules add, in in->full;
 * in->bad when the place, or a standing, is refused. */
enum err import_complete(struct importing *in, const struct json *row);

/* Copy a value; a member of `obj` that is in `but` (NULL at the end) is left
 * out.  What is no integer, text, object or array becomes null. */
void import_copy(struct json_out *o, const struct json *v);
void import_copy_members(
    struct json_out *o, const struct json *obj, const char *const but[]);

/* write.c: the good rows become versions, inside one write. */
enum err import_write(struct importing *in);

#endif
