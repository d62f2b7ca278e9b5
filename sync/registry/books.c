#include "sync/registry/books.h"

#include <stdio.h>

#include "base/mem.h"

enum err
books_open(const char *path, enum db_mode mode, struct books **out)
{
    struct db *db;
    enum err e = db_open_as(path, mode, DB_REGISTRY, &db);

    if (e != OK)
        return e;
    *out = mem_new(1, sizeof(**out));
    (*out)->db = db;
    return OK;
}

void
books_close(struct books *books)
{
    if (!books)
        return;
    db_close(books->db);
    mem_free(books);
}

void
books_role(const struct ocop_record *r, char role_out[BOOKS_ROLE])
{
    if (r->stars == 5)
        snprintf(role_out, BOOKS_ROLE, "vn");
    else
        snprintf(role_out, BOOKS_ROLE, "p%.2s", r->province_code);
}
