#include "pos/fact/fact_transfer.h"

#include <stdio.h>

#include "base/canon.h"
#include "base/money.h"
#include "pos/fact/fact.h"
#include "pos/fact/read.h"

enum err
fact_transfer_post(struct db *db, const struct fact_transfer *f,
    struct journal_head *head_out)
{
    const struct transfer *t = f->transfer;
    struct fact_body body;
    struct canon *c = fact_body_begin(&body);
    char till[8];

    snprintf(till, sizeof(till), "%d", (int)t->till);
    canon_put_int(c, "amount", t->amount);
    canon_put_int(c, "at", f->at);
    canon_put_int(c, "by", f->by);
    canon_put_str(c, "code", t->code);
    canon_put_int(c, "received", t->received);
    canon_put_int(c, "staff", f->staff);
    canon_put_str(c, "till", till);
    return fact_body_post(&body, db, "transfer_confirmed", head_out);
}

enum err
fact_transfer_replay(struct db *db, const struct journal_record *rec,
    const struct json *body)
{
    const char *code, *till;
    int64_t n = 0;
    enum err e = json_get_int(body, "amount", 1, MONEY_MAX, &n);

    (void)db;
    (void)rec;
    READ(json_get_int(body, "at", 0, JSON_INT_MAX, &n));
    READ(json_get_int(body, "by", 1, INT32_MAX, &n));
    READ(json_get_str(body, "code", TRANSFER_CODE - 1, &code));
    READ(json_get_int(body, "received", 0, JSON_INT_MAX, &n));
    READ(json_get_int(body, "staff", 0, INT32_MAX, &n));
    READ(json_get_str(body, "till", 3, &till));
    return e;
}
