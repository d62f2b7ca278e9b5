#include "pos/proof/verify_chain.h"

#include <string.h>

#include "base/canon.h"
#include "base/crypto.h"
#include "pos/fact/fact.h"
#include "pos/proof/verify_says.h"

void
verify_chain_init(struct verify_chain *c, struct verify_sink *sink,
    struct verify_slips *slips)
{
    memset(c, 0, sizeof(*c));
    c->sink = sink;
    c->slips = slips;
}

const struct showroom_key *
verify_chain_key(const struct verify_chain *c, int64_t seq)
{
    for (size_t i = c->keys_len; i > 0; i--)
        if (c->keys[i - 1].from_seq <= seq)
            return &c->keys[i - 1];
    return NULL;
}

static void
tell(struct verify_chain *c, int64_t seq, const char *what)
{
    verify_tell(c->sink, &(struct verify_finding){.seq = seq, .what = what});
}

/* --- what the record says of itself --- */

/* Its body as JSON, when it is canonical; else told, and NULL. */
static struct json *
read_body(struct verify_chain *c, const struct proof_record *r)
{
    struct verify_finding f = {.seq = r->seq, .what = "form"};
    struct json *body;
    struct buf again;
    enum err e = json_parse(r->body, r->body_len, NULL, &body);
    bool same;

    if (e == OK) {
        buf_init(&again, FACT_BODY_MAX);
        e = canon_of_json(body, &again);
        same = e == OK && again.len == r->body_len
            && memcmp(again.data, r->body, r->body_len) == 0;
        buf_finish(&again);
        if (same && json_is_obj(body))
            return body;
        json_free(body);
    }
    if (e == OK)
        err_set(ERR_JSON, "not the canonical form of an object");
    verify_put(&f, "why", err_msg());
    verify_tell(c->sink, &f);
    return NULL;
}

static bool
kind_ok(const struct proof_record *r)
{
    if (r->kind_len < 1 || r->kind_len > JOURNAL_KIND_MAX)
        return false;
    for (size_t i = 0; i < r->kind_len; i++)
        if (r->kind[i] != '_' && (r->kind[i] < 'a' || r->kind[i] > 'z'))
            return false;
    return true;
}

/* --- sequence --- */

/* Is it the next?  What is missing is named, not what came instead. */
static void
check_sequence(struct verify_chain *c, const struct proof_record *r)
{
    int64_t next = c->last + 1;

    if (!c->first) {
        c->first = r->seq;
        c->linked = r->seq == 1;
        if (r->seq == 1 || c->any_start)
            return;
        next = 1;
    }
    if (r->seq == next)
        return;
    verify_differs(c->sink, next, "gap", next, r->seq);
    c->linked = false;
    c->damaged = true;
    c->last_receipt = -1;
}

/* --- keys --- */

/* The hash of the record, as it may be: from the hash before as it stands and
 * as calculated.  When that one was changed, only the other leads on. */
struct hashes {
    uint8_t from_stored[JOURNAL_HASH];
    uint8_t from_computed[JOURNAL_HASH];
    bool match; /* one of them is the hash that stands there */
};

static void
compute_hashes(const struct verify_chain *c, const struct proof_record *r,
    struct hashes *h)
{
    journal_hash(
        c->stored, r->seq, r->kind, r->body, r->body_len, h->from_stored);
    journal_hash(
        c->computed, r->seq, r->kind, r->body, r->body_len, h->from_computed);
    h->match = c->linked
        && (memcmp(r->hash, h->from_stored, JOURNAL_HASH) == 0
            || memcmp(r->hash, h->from_computed, JOURNAL_HASH) == 0);
}

static bool
signed_by(const struct proof_record *r, const uint8_t hash[JOURNAL_HASH],
    const struct showroom_key *key)
{
    return key && journal_signature_ok(hash, r->sig, key->public_key);
}

/* Signed over what it says, whatever hash stands there? */
static bool
content_signed(const struct verify_chain *c, const struct proof_record *r,
    const struct hashes *h, const struct showroom_key *key)
{
    return c->linked
        && (signed_by(r, h->from_stored, key)
            || signed_by(r, h->from_computed, key));
}

static enum err
read_key(const struct json *body, struct showroom_key *out)
{
    const struct json *key;
    const char *hex;
    enum err e = json_get_obj(body, "key", &key);

    if (e == OK)
        e = json_get_int(key, "number", 1, INT32_MAX, &out->number);
    if (e == OK)
        e = json_get_str(key, "public", 64, &hex);
    if (e == OK)
        e = crypto_unhex(hex, 64, out->public_key);
    return e;
}

static void
add_key(struct verify_chain *c, const struct showroom_key *key, int64_t seq)
{
    if (c->keys_len == VERIFY_KEYS)
        return;
    c->keys[c->keys_len] = *key;
    c->keys[c->keys_len++].from_seq = seq;
}

/* The first record names the key that signs from it on; no later one does, or
 * whoever can add a record could bring his own.  If that record was changed,
 * the key told elsewhere shows that it, and not all behind it, is wrong. */
static void
learn_key(struct verify_chain *c, const struct proof_record *r,
    const struct hashes *h, const struct json *body)
{
    int64_t told = c->showroom;
    struct showroom_key key;

    if (!c->keys_len && r->seq > 1 && r->seq == c->first) {
        memcpy(c->keys, c->told, sizeof(c->told));
        c->keys_len = c->told_len;
    }
    if (r->seq != 1)
        return;
    if (body && read_key(body, &key) == OK
        && (h->match || content_signed(c, r, h, &key))) {
        add_key(c, &key, r->seq);
        json_get_int(body, "showroom", 1, UINT32_MAX, &c->showroom);
        if (told && told != c->showroom)
            verify_differs(
                c->sink, r->seq, "showroom_told", c->showroom, told);
        return;
    }
    for (size_t i = 0; i < c->told_len; i++)
        if (c->told[i].from_seq == r->seq)
            add_key(c, &c->told[i], r->seq);
}

/* Is every key told as the journal names it? */
static void
compare_keys(struct verify_chain *c)
{
    for (size_t i = 0; i < c->keys_len; i++) {
        const struct showroom_key *k = &c->keys[i];
        size_t t = 0;

        while (t < c->told_len
            && (c->told[t].number != k->number
                || c->told[t].from_seq != k->from_seq
                || memcmp(c->told[t].public_key, k->public_key, 32) != 0))
            t++;
        if (t == c->told_len)
            tell(c, k->from_seq, "key_told");
    }
    if (c->keys_len != c->told_len)
        verify_differs(c->sink, 0, "keys_told", (int64_t)c->keys_len,
            (int64_t)c->told_len);
}

/* --- hash and signature --- */

/* May what the record says be believed?  Whatever is wrong is told. */
static bool
check_hash(struct verify_chain *c, const struct proof_record *r,
    const struct hashes *h)
{
    const struct showroom_key *key = verify_chain_key(c, r->seq);
    struct verify_finding f = {.seq = r->seq, .what = "content"};

    if (c->linked && !h->match) {
        bool only_hash = content_signed(c, r, h, key);

        if (only_hash)
            f.what = "hash";
        verify_put_hex(&f, "expected", h->from_stored, JOURNAL_HASH);
        verify_put_hex(&f, "found", r->hash, JOURNAL_HASH);
        verify_tell(c->sink, &f);
        return only_hash;
    }
    if (signed_by(r, r->hash, key))
        return true;
    if (key || !c->keyless)
        tell(c, r->seq, key ? "signature" : "key_none");
    c->keyless = !key; /* told once, not for a whole journal */
    return false;
}

static void
remember_hash(struct verify_chain *c, const struct proof_record *r,
    const struct hashes *h)
{
    memcpy(c->stored, r->hash, JOURNAL_HASH);
    memcpy(c->computed, c->linked ? h->from_stored : r->hash, JOURNAL_HASH);
    if (h->match)
        memcpy(c->computed, r->hash, JOURNAL_HASH);
    c->linked = true;
}

/* --- one record --- */

/* Room for what has another length than it should: it then does not match. */
struct fixed {
    uint8_t hash[JOURNAL_HASH];
    uint8_t sig[JOURNAL_SIG];
};

static struct proof_record
fix_lengths(const struct proof_record *r, struct fixed *f)
{
    struct proof_record out = *r;

    memset(f, 0, sizeof(*f));
    memcpy(f->hash, r->hash_len ? r->hash : f->hash,
        r->hash_len < JOURNAL_HASH ? r->hash_len : JOURNAL_HASH);
    memcpy(f->sig, r->sig_len ? r->sig : f->sig,
        r->sig_len < JOURNAL_SIG ? r->sig_len : JOURNAL_SIG);
    out.hash = f->hash;
    out.hash_len = JOURNAL_HASH;
    out.sig = f->sig;
    out.sig_len = JOURNAL_SIG;
    return out;
}

void
verify_chain_add(struct verify_chain *c, const struct proof_record *raw)
{
    struct fixed fixed;
    struct proof_record r = fix_lengths(raw, &fixed);
    struct hashes h;
    struct json *body;
    bool good;

    if (r.seq < 1 || !kind_ok(&r) || raw->hash_len != JOURNAL_HASH
        || raw->sig_len != JOURNAL_SIG) {
        tell(c, r.seq, "record");
        c->damaged = true;
        if (r.seq < 1 || !kind_ok(&r))
            return;
    }
    check_sequence(c, &r);
    compute_hashes(c, &r, &h);
    body = read_body(c, &r);
    learn_key(c, &r, &h, body);
    verify_slips_record(c->slips, c, &r, body);
    good = check_hash(c, &r, &h) && body;
    if (good)
        verify_says(c, &r, body);
    else
        c->damaged = true;
    if (!good)
        c->last_receipt = -1;
    json_free(body);
    remember_hash(c, &r, &h);
    c->last = r.seq;
}

void
verify_chain_end(struct verify_chain *c)
{
    verify_slips_end(c->slips, c);
    compare_keys(c);
}
