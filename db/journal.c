#include "db/journal.h"

#include <assert.h>
#include <string.h>

#include "base/crypto.h"
#include "db/internal.h"

/* Big-endian, `size` bytes. */
static void
put_number(uint8_t *to, size_t size, uint64_t v)
{
    while (size > 0) {
        to[--size] = (uint8_t)(v & 0xff);
        v >>= 8;
    }
}

void
journal_hash(const uint8_t prev[JOURNAL_HASH], int64_t seq, const char *kind,
    const char *body, size_t len, uint8_t hash_out[JOURNAL_HASH])
{
    size_t kind_len = strlen(kind);
    uint8_t number[8];
    struct crypto_hash h;

    assert(seq > 0 && kind_len <= UINT16_MAX && len <= UINT32_MAX);
    crypto_hash_init(&h);
    crypto_hash_add(&h, "OCOP-J1", 8); /* NUL counted */
    crypto_hash_add(&h, prev, JOURNAL_HASH);
    put_number(number, 8, (uint64_t)seq);
    crypto_hash_add(&h, number, 8);
    put_number(number, 2, kind_len);
    crypto_hash_add(&h, number, 2);
    crypto_hash_add(&h, kind, kind_len);
    put_number(number, 4, len);
    crypto_hash_add(&h, number, 4);
    crypto_hash_add(&h, body, len);
    crypto_hash_end(&h, hash_out);
}

enum { SIGNED = 9 + JOURNAL_HASH };

/* What is signed: "OCOP-J1S" NUL and the hash. */
static void
signed_bytes(const uint8_t hash[JOURNAL_HASH], uint8_t out[SIGNED])
{
    memcpy(out, "OCOP-J1S", 9);
    memcpy(out + 9, hash, JOURNAL_HASH);
}

bool
journal_signature_ok(const uint8_t hash[JOURNAL_HASH],
    const uint8_t sig[JOURNAL_SIG], const uint8_t public_key[32])
{
    uint8_t msg[SIGNED];

    signed_bytes(hash, msg);
    return crypto_verify(sig, msg, sizeof(msg), public_key);
}

void
db_journal_use_key(struct db *db, const struct journal_key *key)
{
    assert(key->number > 0);
    db->key = *key;
}

/* The hash in column 1; damage when it has another length. */
static enum err
read_hash(struct stmt *q, uint8_t hash_out[JOURNAL_HASH])
{
    size_t len;
    const void *hash = stmt_blob(q, 1, &len);

    if (len != JOURNAL_HASH)
        return err_set(ERR_DB_BROKEN, "journal record %lld: hash of %zu bytes",
            (long long)stmt_i64(q, 0), len);
    memcpy(hash_out, hash, JOURNAL_HASH);
    return OK;
}

enum err
db_journal_head(struct db *db, struct journal_head *out)
{
    struct stmt *q = stmt_begin(db, SQL_JOURNAL_HEAD);
    enum err e;

    *out = (struct journal_head){.seq = 0};
    if (stmt_next(q, &e)) {
        out->seq = stmt_i64(q, 0);
        e = read_hash(q, out->hash);
        if (e == OK && stmt_next(q, &e))
            e = read_hash(q, out->prev);
    }
    stmt_end(q);
    return e;
}

static enum err
insert(struct db *db, const struct journal_record *r)
{
    struct stmt *q = stmt_begin(db, SQL_JOURNAL_ADD);

    stmt_bind_i64(q, ":seq", r->seq);
    stmt_bind_text(q, ":kind", r->kind);
    stmt_bind_text_len(q, ":body", r->body, r->body_len);
    stmt_bind_i64(q, ":key", r->key);
    stmt_bind_blob(q, ":hash", r->hash, JOURNAL_HASH);
    stmt_bind_blob(q, ":sig", r->sig, JOURNAL_SIG);
    return stmt_done_once(q);
}

enum err
db_journal_append(struct db *db, const char *kind, const char *body,
    size_t len, struct journal_head *head_out)
{
    struct journal_head head;
    uint8_t msg[SIGNED], sig[JOURNAL_SIG];
    enum err e;

    assert(db_in_write(db) && db->key.number > 0);
    assert(kind[0] && strlen(kind) <= JOURNAL_KIND_MAX);
    assert(len >= 2 && len <= JOURNAL_BODY_MAX);

    e = db_journal_head(db, &head);
    if (e != OK)
        return e;
    memcpy(head.prev, head.hash, JOURNAL_HASH);
    head.seq++;
    journal_hash(head.prev, head.seq, kind, body, len, head.hash);
    signed_bytes(head.hash, msg);
    crypto_sign_msg(sig, msg, sizeof(msg), db->key.secret_key);
    e = insert(db,
        &(struct journal_record){.seq = head.seq,
            .kind = kind,
            .body = body,
            .body_len = len,
            .key = db->key.number,
            .hash = head.hash,
            .sig = sig});
    if (e != OK)
        return e;
    db->appended = head.seq;
    if (head_out)
        *head_out = head;
    return OK;
}

/* The row as a record, borrowed from the statement. */
static enum err
read_record(struct stmt *q, struct journal_record *out)
{
    size_t hash_len, sig_len;

    out->seq = stmt_i64(q, 0);
    out->kind = stmt_text(q, 1);
    out->body = stmt_text(q, 2);
    stmt_blob(q, 2, &out->body_len);
    out->key = (int)stmt_i64(q, 3);
    out->hash = stmt_blob(q, 4, &hash_len);
    out->sig = stmt_blob(q, 5, &sig_len);
    if (hash_len != JOURNAL_HASH || sig_len != JOURNAL_SIG)
        return err_set(ERR_DB_BROKEN, "journal record %lld: hash of %zu bytes,"
            " signature of %zu", (long long)out->seq, hash_len, sig_len);
    return OK;
}

enum err
db_journal_each(struct db *db, int64_t from, int64_t limit, journal_fn *fn,
    void *arg)
{
    struct stmt *q = stmt_begin(db, SQL_JOURNAL_FROM);
    struct journal_record record;
    enum err e;

    stmt_bind_i64(q, ":seq", from);
    stmt_bind_i64(q, ":limit", limit);
    while (stmt_next(q, &e)) {
        e = read_record(q, &record);
        if (e == OK)
            e = fn(arg, &record);
        if (e != OK)
            break;
    }
    stmt_end(q);
    return e;
}

struct one {
    int64_t seq;
    journal_fn *fn;
    void *arg;
    bool met;
};

static enum err
give_one(void *arg, const struct journal_record *record)
{
    struct one *one = arg;

    if (record->seq != one->seq)
        return OK;
    one->met = true;
    return one->fn(one->arg, record);
}

enum err
db_journal_get(struct db *db, int64_t seq, journal_fn *fn, void *arg)
{
    struct one one = {seq, fn, arg, false};
    enum err e = db_journal_each(db, seq, 1, give_one, &one);

    if (e == OK && !one.met)
        e = err_set(
            ERR_NOT_FOUND, "no journal record %lld", (long long)seq);
    return e;
}
