#include "pos/proof/verify_says.h"

#include <string.h>

#include "base/crypto.h"
#include "pos/sell/receipt_no.h"

static void
check_time(struct verify_chain *c, const struct proof_record *r,
    const struct json *body)
{
    int64_t at;

    if (json_get_int(body, "at", 0, JSON_INT_MAX, &at) != OK) {
        verify_tell(c->sink,
            &(struct verify_finding){.seq = r->seq, .what = "time_none"});
        return;
    }
    if (at < c->last_at)
        verify_differs(c->sink, r->seq, "time_falls", c->last_at, at);
    c->last_at = at;
}

static void
check_receipt(struct verify_chain *c, const struct proof_record *r,
    const struct json *body)
{
    char expected[RECEIPT_NO] = "";
    struct verify_finding f = {.seq = r->seq, .what = "receipt_no"};
    const char *no = "";
    int64_t id = 0;

    c->receipts++;
    if (json_get_str(body, "receipt_no", RECEIPT_NO - 1, &no) != OK
        || receipt_no_parse(no, c->showroom, &id) != OK
        || (c->last_receipt >= 0 && id != c->last_receipt + 1)) {
        if (c->last_receipt >= 0)
            receipt_no_format(c->showroom, c->last_receipt + 1, expected);
        verify_put(&f, "expected", expected);
        verify_put(&f, "found", no);
        verify_tell(c->sink, &f);
    }
    c->last_receipt = id > 0 ? id : -1;
}

static void
learn_list(struct verify_chain *c, const struct proof_record *r,
    const struct json *body)
{
    const char *hex;

    if (json_get_str(body, "sha256", 64, &hex) != OK
        || crypto_unhex(hex, 64, c->list_sha256) != OK
        || json_get_int(body, "records", 0, JSON_INT_MAX, &c->list_records)
            != OK) {
        verify_tell(c->sink,
            &(struct verify_finding){.seq = r->seq, .what = "list_form"});
        return;
    }
    c->list_at = r->seq;
}

void
verify_says(struct verify_chain *c, const struct proof_record *r,
    const struct json *body)
{
    const struct showroom_key *key = verify_chain_key(c, r->seq);

    check_time(c, r, body);
    if (r->key && key && r->key != key->number)
        verify_differs(c->sink, r->seq, "key_number", key->number, r->key);
    if (strcmp(r->kind, "sale") == 0 || strcmp(r->kind, "refund") == 0)
        check_receipt(c, r, body);
    if (strcmp(r->kind, "list") == 0)
        learn_list(c, r, body);
}
