/* ocop-pos export journal: every record, in order, as NDJSON. */
#include "db/journal.h"
#include "db/readers.h"
#include "pos/ctl/ctl.h"
#include "pos/ctl/families.h"
#include "pos/proof/export.h"

enum {
    CHUNK = 200,        /* records between two hand-overs */
    SEQ_MAX = INT32_MAX /* the token's u32 ends the numbers anyway */
};

/* Records `from`.. of one snapshot, no later than `last`. */
static enum err
export_chunk(struct ctl *c, int64_t from, int64_t last)
{
    struct db *db = readers_take(c->shop->readers);
    int64_t limit = last - from + 1 < CHUNK ? last - from + 1 : CHUNK;
    enum err e = export_records(db, from, limit, say_raw(&c->say));

    readers_give(c->shop->readers, db);
    if (e == OK && c->flush)
        e = c->flush(c);
    return e;
}

enum err
ctl_export_journal(struct ctl *c)
{
    struct journal_head head;
    int64_t from = 1;
    struct db *db;
    enum err e = ctl_misused(c, args_int(&c->args, "from", 1, SEQ_MAX, &from));

    if (e != OK)
        return e;
    /* What stood there when it was asked for: selling goes on meanwhile. */
    db = readers_take(c->shop->readers);
    e = db_journal_head(db, &head);
    if (e == OK)
        e = export_head(db, say_raw(&c->say));
    readers_give(c->shop->readers, db);
    for (int64_t at = from; e == OK && at <= head.seq; at += CHUNK)
        e = export_chunk(c, at, head.seq);
    return e;
}
