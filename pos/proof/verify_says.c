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

/* The list of that name, or a new one. */
static struct certified_list *
list_place(struct verify_chain *c, const char *name)
{
    for (size_t i = 0; i < c->lists_len; i++)
        if (strcmp(c->lists[i].name, name) == 0)
            return &c->lists[i];
    return c->lists_len < FACT_LISTS ? &c->lists[c->lists_len++] : NULL;
}

/* The first signed list ends the one from a file. */
static void
forget_file(struct verify_chain *c)
{
    size_t kept = 0;

    for (size_t i = 0; i < c->lists_len; i++)
        if (strcmp(c->lists[i].name, "file") != 0)
            c->lists[kept++] = c->lists[i];
    c->lists_len = kept;
}

static void
learn_lists(struct verify_chain *c, const struct proof_record *r,
    const struct json *body)
{
    struct certified_list lists[FACT_LISTS], *to;
    size_t len;

    if (fact_list_read(body, lists, &len) != OK) {
        verify_tell(c->sink,
            &(struct verify_finding){.seq = r->seq, .what = "list_form"});
        return;
    }
    for (size_t i = 0; i < len; i++) {
        if (strcmp(lists[i].name, "file") != 0)
            forget_file(c);
        to = list_place(c, lists[i].name);
        if (!to)
            continue;
        *to = lists[i];
        to->seq = r->seq;
    }
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
        learn_lists(c, r, body);
}
