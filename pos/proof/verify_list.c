#include "pos/proof/verify_list.h"

#include <string.h>

#include "base/crypto.h"
#include "db/certified.h"
#include "pos/certified/take.h"
#include "sync/list.h"

struct reading {
    struct crypto_hash hash;
    int64_t records;
};

static enum err
add_record(void *arg, const char *record, size_t len)
{
    struct reading *r = arg;

    crypto_hash_add(&r->hash, record, len);
    crypto_hash_add(&r->hash, "\n", 1);
    r->records++;
    return OK;
}

enum err
verify_list(struct db *db, const struct verify_chain *chain)
{
    struct verify_finding f = {.seq = chain->list_at, .what = "list_hash"};
    struct reading r = {.records = 0};
    uint8_t hash[CRYPTO_HASH];
    enum err e;

    crypto_hash_init(&r.hash);
    e = db_certified_records(db, add_record, &r);
    crypto_hash_end(&r.hash, hash);
    if (e != OK)
        return e;
    if (r.records != (chain->list_at ? chain->list_records : 0))
        verify_differs(chain->sink, chain->list_at, "list_records",
            chain->list_at ? chain->list_records : 0, r.records);
    else if (chain->list_at
        && memcmp(hash, chain->list_sha256, sizeof(hash)) != 0) {
        verify_put_hex(&f, "expected", chain->list_sha256, sizeof(hash));
        verify_put_hex(&f, "found", hash, sizeof(hash));
        verify_tell(chain->sink, &f);
    }
    return OK;
}

static enum err
add_line(void *arg, const char *record, size_t len)
{
    struct buf *text = arg;

    buf_add(text, record, len);
    buf_add_char(text, '\n');
    return OK;
}

/* What is no record is found missing by who compares. */
static void
pass_over(void *arg, size_t line, const struct err_state *why)
{
    (void)arg;
    (void)line;
    (void)why;
}

enum err
verify_list_rebuild(struct db *ours, struct db *scratch)
{
    struct certified row;
    struct list list;
    struct buf text;
    enum err e;

    buf_init(&text, LIST_BYTES_MAX);
    e = db_certified_records(ours, add_line, &text);
    if (e != OK) {
        buf_finish(&text);
        return e;
    }
    e = list_read(text.data, text.len, pass_over, NULL, &list);
    for (size_t i = 0; e == OK && i < list.len; i++) {
        certified_row_of(&list.items[i], &row);
        e = db_certified_put(
            scratch, &row, list.items[i].record, list.items[i].record_len);
    }
    list_finish(&list);
    buf_finish(&text);
    return e;
}
