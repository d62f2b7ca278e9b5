#include "pos/http/books.h"

#include "pos/fact/read.h"
#include "pos/proof/export.h"

/* NDJSON: the head line, then a record a line; `from` and `limit`. */
enum err
journal_list(struct api *api, struct api_call *call)
{
    static const char *const names[] = {"from", "limit", NULL};
    int64_t from = 1, limit = 500;
    struct db *db;
    enum err e = api_query_only(call, names);

    READ(api_query_int(call, "from", 1, INT64_MAX - 1, &from));
    READ(api_query_int(call, "limit", 1, 2000, &limit));
    READ(api_reader(api, call, &db));
    if (e != OK)
        return e;
    call->reply->status = 200;
    call->reply->type = "application/x-ndjson";
    e = export_head(db, &call->reply->body);
    if (e == OK)
        e = export_records(db, from, limit, &call->reply->body);
    return e;
}
