#include "pos/proof/verify_list.h"

#include <string.h>

#include "base/crypto.h"
#include "db/certified.h"
#include "pos/certified/row.h"
#include "sync/lines.h"

/* --- hashes --- */

struct reading {
    struct crypto_hash hash;
    int64_t records;
};

static enum err
add_record(void *arg, const struct certified_row *row)
{
    struct reading *r = arg;

    crypto_hash_add(&r->hash, row->record, row->record_len);
    crypto_hash_add(&r->hash, "\n", 1);
    r->records++;
    return OK;
}

/* The rows of a list against what the journal says of it. */
static enum err
check_rows(struct db *db, int64_t gen, const struct certified_list *said,
    struct verify_sink *sink)
{
    struct verify_finding f = {.seq = said->seq, .what = "list_hash"};
    struct reading r = {.records = 0};
    uint8_t hash[CRYPTO_HASH];
    enum err e;

    crypto_hash_init(&r.hash);
    e = db_certified_rows(db, gen, "", INT64_MAX, add_record, &r);
    crypto_hash_end(&r.hash, hash);
    if (e != OK)
        return e;
    if (r.records != said->records) {
        verify_differs(
            sink, said->seq, "list_records", said->records, r.records);
    } else if (memcmp(hash, said->sha256, sizeof(hash)) != 0) {
        verify_put(&f, "list", said->name);
        verify_put_hex(&f, "expected", said->sha256, sizeof(hash));
        verify_put_hex(&f, "found", hash, sizeof(hash));
        verify_tell(sink, &f);
    }
    return OK;
}

struct known {
    const struct verify_chain *chain;
};

/* A list that no record of the journal tells of. */
static enum err
check_said(void *arg, const struct certified_list *list)
{
    const struct verify_chain *c = ((struct known *)arg)->chain;

    for (size_t i = 0; i < c->lists_len; i++)
        if (strcmp(c->lists[i].name, list->name) == 0)
            return OK;
    verify_differs(c->sink, list->seq, "list_records", 0, list->records);
    return OK;
}

enum err
verify_list(struct db *db, const struct verify_chain *chain)
{
    struct known known = {.chain = chain};
    enum err e = db_certified_lists(db, check_said, &known);

    for (size_t i = 0; e == OK && i < chain->lists_len; i++) {
        struct certified_list list;

        e = db_certified_list(db, chain->lists[i].name, &list);
        if (e == OK)
            e = check_rows(db, list.gen, &chain->lists[i], chain->sink);
        else if (e == ERR_NOT_FOUND)
            e = check_rows(db, 0, &chain->lists[i], chain->sink);
    }
    return e;
}

/* --- made again --- */

struct rebuild {
    struct db *ours, *scratch;
    struct lines lines;
    int64_t gen, place;
};

/* What is no record is found missing by who compares. */
static enum err
put_again(void *arg, const struct certified_row *from)
{
    struct rebuild *r = arg;
    struct list_row row;
    struct line line;
    enum err e;

    if (lines_read(&r->lines, from->record, from->record_len, &line) != OK)
        return OK;
    row_of_line(&line, &row);
    e = row_put(r->scratch, r->gen, r->place++, &row);
    row_finish(&row);
    return e == ERR_LIST_REFUSED ? OK : e;
}

static enum err
rebuild_list(void *arg, const struct certified_list *list)
{
    struct rebuild *r = arg;
    struct certified_list from;
    enum err e = db_certified_list(r->ours, list->name, &from);

    if (e == ERR_NOT_FOUND)
        return OK;
    if (e != OK)
        return e;
    r->gen = list->gen;
    r->place = 0;
    lines_init(&r->lines, list->name, false);
    e = db_certified_rows(r->ours, from.gen, "", INT64_MAX, put_again, r);
    lines_finish(&r->lines);
    return e;
}

enum err
verify_list_rebuild(struct db *ours, struct db *scratch)
{
    struct rebuild r = {.ours = ours, .scratch = scratch};

    return db_certified_lists(scratch, rebuild_list, &r);
}
