#include <stdint.h>
#include <string.h>

#include "base/crypto.h"
#include "base/err.h"
#include "db/db.h"
#include "db/internal.h"
#include "db/journal.h"
#include "tests/unit/t.h"

static struct journal_key key = {.number = 3};

static struct db *
fresh(void)
{
    struct db *db = NULL;

    CHECK(db_open(":memory:", DB_WRITE, &db) == OK);
    db_journal_use_key(db, &key);
    return db;
}

struct fact {
    const char *kind, *body;
    struct journal_head head;
};

static enum err
append(struct db *db, void *arg)
{
    struct fact *f = arg;

    return db_journal_append(
        db, f->kind, f->body, strlen(f->body), &f->head);
}

static struct journal_head
add(struct db *db, const char *kind, const char *body)
{
    struct fact f = {kind, body, {0}};

    CHECK(db_write_alone(db, "test", append, &f) == OK);
    return f.head;
}

static void
test_journal__a_known_record_has_its_known_hash(void)
{
    /* sha256 of the bytes written out by hand with another program:
     * printf 'OCOP-J1\0' + 32 zeros + u64 1 + u16 4 + 'sale' + u32 9 + body */
    static const char want[] =
        "11186e1919dbd7edb0a871dda500915f"
        "191d246724d99e83e6b4e58c41818e7b";
    uint8_t zeros[JOURNAL_HASH] = {0}, hash[JOURNAL_HASH];
    char hex[2 * JOURNAL_HASH + 1];

    journal_hash(zeros, 1, "sale", "{\"a\":\"1\"}", 9, hash);
    crypto_hex(hash, sizeof(hash), hex);
    CHECK_STR(hex, want);
}

static void
test_journal__an_empty_one_has_no_head(void)
{
    static const uint8_t zeros[JOURNAL_HASH];
    struct db *db = fresh();
    struct journal_head head;

    CHECK(db_journal_head(db, &head) == OK);
    CHECK(head.seq == 0);
    CHECK(memcmp(head.hash, zeros, sizeof(zeros)) == 0);
    CHECK(memcmp(head.prev, zeros, sizeof(zeros)) == 0);
    db_close(db);
}

static void
test_journal__each_record_carries_the_hash_before(void)
{
    struct db *db = fresh();
    struct journal_head a = add(db, "sale", "{\"n\":1}");
    struct journal_head b = add(db, "refund", "{\"n\":2}"), head;

    CHECK(a.seq == 1 && b.seq == 2);
    CHECK(memcmp(b.prev, a.hash, JOURNAL_HASH) == 0);
    CHECK(memcmp(a.hash, b.hash, JOURNAL_HASH) != 0);
    CHECK(db_journal_head(db, &head) == OK);
    CHECK(memcmp(&head, &b, sizeof(head)) == 0);
    db_close(db);
}

struct chain {
    uint8_t prev[JOURNAL_HASH];
    int64_t seq;
    int good, stop_at;
};

/* Verify as one would who has only the records. */
static enum err
verify(void *arg, const struct journal_record *r)
{
    struct chain *c = arg;
    uint8_t hash[JOURNAL_HASH];

    c->seq++;
    journal_hash(c->prev, c->seq, r->kind, r->body, r->body_len, hash);
    if (r->seq == c->seq && r->key == key.number &&
        memcmp(hash, r->hash, sizeof(hash)) == 0 &&
        journal_signature_ok(r->hash, r->sig, key.public_key))
        c->good++;
    memcpy(c->prev, hash, sizeof(hash));
    return r->seq == c->stop_at ? err_set(ERR_BOOKS, "stop") : OK;
}

static void
test_journal__the_chain_verifies_from_the_records_alone(void)
{
    struct db *db = fresh();
    struct chain c = {.seq = 0};
    int i;

    for (i = 0; i < 20; i++)
        add(db, i % 2 ? "sale" : "count", "{\"x\":\"\xc4\x91\"}");
    CHECK(db_journal_each(db, 1, 100, verify, &c) == OK);
    CHECK(c.seq == 20 && c.good == 20);
    c = (struct chain){.stop_at = 5};
    CHECK(db_journal_each(db, 1, 100, verify, &c) == ERR_BOOKS);
    CHECK(c.seq == 5);
    c = (struct chain){.seq = 0};
    CHECK(db_journal_each(db, 1, 7, verify, &c) == OK && c.seq == 7);
    db_close(db);
}

static void
test_journal__a_changed_bit_breaks_hash_or_signature(void)
{
    uint8_t prev[JOURNAL_HASH] = {1}, hash[JOURNAL_HASH], other[JOURNAL_HASH];
    uint8_t sig[JOURNAL_SIG], msg[9 + JOURNAL_HASH] = "OCOP-J1S";
    char body[] = "{\"a\":\"b\"}";

    journal_hash(prev, 7, "sale", body, 9, hash);
    memcpy(msg + 9, hash, sizeof(hash));
    crypto_sign_msg(sig, msg, sizeof(msg), key.secret_key);
    CHECK(journal_signature_ok(hash, sig, key.public_key));
    sig[10] ^= 4;
    CHECK(!journal_signature_ok(hash, sig, key.public_key));
    body[6] ^= 1;
    journal_hash(prev, 7, "sale", body, 9, other);
    CHECK(memcmp(hash, other, sizeof(hash)) != 0);
    body[6] ^= 1;
    journal_hash(prev, 8, "sale", body, 9, other);
    CHECK(memcmp(hash, other, sizeof(hash)) != 0);
    journal_hash(prev, 7, "salf", body, 9, other);
    CHECK(memcmp(hash, other, sizeof(hash)) != 0);
}

static enum err
one(void *arg, const struct journal_record *r)
{
    *(int64_t *)arg = r->seq;
    return OK;
}

static void
test_journal__one_record_is_found_by_its_sequence(void)
{
    struct db *db = fresh();
    int64_t seq = 0;

    add(db, "sale", "{}");
    add(db, "sale", "{}");
    CHECK(db_journal_get(db, 2, one, &seq) == OK && seq == 2);
    CHECK(db_journal_get(db, 3, one, &seq) == ERR_NOT_FOUND);
    CHECK(db_journal_get(db, 0, one, &seq) == ERR_NOT_FOUND);
    db_close(db);
}

static void
test_journal__records_are_never_changed_removed_or_put_between(void)
{
    static const char *const attacks[][2] = {
        {"UPDATE journal SET body = '{}' WHERE seq = 2", "journal_no_update"},
        {"UPDATE OR REPLACE journal SET seq = 1", "journal_no_update"},
        {"DELETE FROM journal", "journal_no_delete"},
        {"DELETE FROM journal WHERE seq = 3", "journal_no_delete"},
        {"REPLACE INTO journal SELECT 2, kind, body, key, hash, sig"
         " FROM journal WHERE seq = 1", "journal_follows"},
        {"REPLACE INTO journal SELECT * FROM journal WHERE seq = 3",
            "journal_follows"},
        {"INSERT INTO journal SELECT 5, kind, body, key, hash, sig"
         " FROM journal WHERE seq = 1", "journal_follows"},
        {"INSERT INTO journal SELECT 0, kind, body, key, hash, sig"
         " FROM journal WHERE seq = 1", "journal_follows"},
        {"INSERT INTO journal SELECT 4, kind, body, key, x'00', sig"
         " FROM journal WHERE seq = 1", "journal_hash"},
        {"INSERT INTO journal SELECT 4, kind, body, key, hash, x'00'"
         " FROM journal WHERE seq = 1", "journal_sig"},
        {"INSERT INTO journal SELECT 4, '', body, key, hash, sig"
         " FROM journal WHERE seq = 1", "journal_kind"},
    };
    struct db *db = fresh();
    struct journal_head last, head;
    size_t i;

    add(db, "sale", "{}");
    add(db, "sale", "{}");
    last = add(db, "sale", "{}");
    for (i = 0; i < sizeof(attacks) / sizeof(attacks[0]); i++) {
        CHECK(db_exec(db, attacks[i][0], "attack") == ERR_BOOKS);
        CHECK(strstr(err_msg(), attacks[i][1]) != NULL);
    }
    CHECK(db_journal_head(db, &head) == OK);
    CHECK(memcmp(&head, &last, sizeof(head)) == 0);
    db_close(db);
}

int
main(void)
{
    if (crypto_init() != OK ||
        crypto_keypair(key.public_key, key.secret_key) != OK)
        return 1;
    RUN(test_journal__a_known_record_has_its_known_hash);
    RUN(test_journal__an_empty_one_has_no_head);
    RUN(test_journal__each_record_carries_the_hash_before);
    RUN(test_journal__the_chain_verifies_from_the_records_alone);
    RUN(test_journal__a_changed_bit_breaks_hash_or_signature);
    RUN(test_journal__one_record_is_found_by_its_sequence);
    RUN(test_journal__records_are_never_changed_removed_or_put_between);
    return T_END();
}
