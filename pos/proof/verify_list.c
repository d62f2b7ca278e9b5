#include "pos/proof/verify_list.h"

#include <string.h>

#include "base/crypto.h"
#include "db/certified.h"

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
