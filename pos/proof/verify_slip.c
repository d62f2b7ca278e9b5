#include "pos/proof/verify_slip.h"

#include <string.h>

#include "base/mem.h"
#include "base/money.h"
#include "pos/proof/verify_chain.h"

void
verify_slips_init(struct verify_slips *s, struct verify_sink *sink,
    const char *const *digits, size_t len)
{
    *s = (struct verify_slips){
        .slips = mem_new(len, sizeof(s->slips[0])), .len = len};
    for (size_t i = 0; i < len; i++) {
        struct verify_slip *slip = &s->slips[i];
        struct verify_finding f = {.what = "slip_unreadable"};

        buf_init(&slip->bytes, TOKEN_BYTES_MAX);
        slip->open = token_from_digits(digits[i], &slip->bytes) == OK
            && token_decode(slip->bytes.data, slip->bytes.len, &slip->token)
                == OK;
        if (slip->open)
            continue;
        verify_put(&f, "digits", digits[i]);
        verify_tell(sink, &f);
    }
}

void
verify_slips_finish(struct verify_slips *s)
{
    for (size_t i = 0; i < s->len; i++)
        buf_finish(&s->slips[i].bytes);
    mem_free(s->slips);
    *s = (struct verify_slips){0};
}

/* Is it a slip of ours, signed by the key in force at its record?  Told when
 * not; then it says nothing about the journal. */
static bool
genuine(const struct verify_slip *slip, const struct verify_chain *c)
{
    const struct token *t = &slip->token;
    const struct showroom_key *key = verify_chain_key(c, t->seq);

    if (c->showroom && t->showroom != c->showroom) {
        verify_differs(c->sink, 0, "slip_showroom", c->showroom, t->showroom);
        return false;
    }
    if (key && (key->number & 0xff) == t->key
        && token_signature_ok(slip->bytes.data, slip->bytes.len,
            key->public_key))
        return true;
    verify_tell(c->sink,
        &(struct verify_finding){.seq = t->seq, .what = "slip_signature"});
    return false;
}

static const char *
kind_of(const struct token *t)
{
    return t->kind == TOKEN_SALE     ? "sale"
           : t->kind == TOKEN_REFUND ? "refund"
                                     : "shift_close";
}

static void
compare(const struct verify_slip *slip, const struct verify_chain *c,
    const struct proof_record *r, const struct json *body)
{
    const struct token *t = &slip->token;
    struct verify_finding f = {.seq = r->seq, .what = "slip_hash"};
    int64_t total;

    if (r->hash_len != JOURNAL_HASH
        || memcmp(t->hash, r->hash, sizeof(t->hash)) != 0) {
        verify_put_hex(&f, "expected", t->hash, sizeof(t->hash));
        verify_put_hex(&f, "found", r->hash,
            r->hash_len < sizeof(t->hash) ? r->hash_len : sizeof(t->hash));
        verify_tell(c->sink, &f);
    } else if (c->linked
        && memcmp(t->previous, c->stored, sizeof(t->previous)) != 0) {
        f.what = "slip_previous";
        verify_tell(c->sink, &f);
    }
    if (t->kind == TOKEN_TRAINING)
        return;
    if (strcmp(r->kind, kind_of(t)) != 0) {
        f = (struct verify_finding){.seq = r->seq, .what = "slip_kind"};
        verify_put(&f, "expected", kind_of(t));
        verify_put(&f, "found", r->kind);
        verify_tell(c->sink, &f);
    } else if (body && t->kind != TOKEN_SHIFT_REPORT
        && json_get_int(body, "total", 0, MONEY_MAX, &total) == OK
        && total != t->total) {
        verify_differs(c->sink, r->seq, "slip_total", t->total, total);
    }
}

void
verify_slips_record(struct verify_slips *s, const struct verify_chain *chain,
    const struct proof_record *r, const struct json *body)
{
    for (size_t i = 0; i < s->len; i++) {
        struct verify_slip *slip = &s->slips[i];

        if (!slip->open || slip->token.seq != r->seq)
            continue;
        slip->open = false;
        if (genuine(slip, chain))
            compare(slip, chain, r, body);
    }
}

void
verify_slips_end(struct verify_slips *s, const struct verify_chain *chain)
{
    for (size_t i = 0; i < s->len; i++) {
        struct verify_slip *slip = &s->slips[i];
        int64_t seq = slip->token.seq;

        if (!slip->open || !genuine(slip, chain))
            continue;
        if (seq > chain->last)
            verify_differs(chain->sink, seq, "slip_tail", seq, chain->last);
        else if (seq < chain->first)
            verify_differs(
                chain->sink, seq, "slip_before", seq, chain->first);
        else
            verify_tell(chain->sink,
                &(struct verify_finding){.seq = seq, .what = "slip_gone"});
    }
}
