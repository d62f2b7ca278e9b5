#include "pos/fact/fact_cash.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/canon.h"
#include "base/money.h"
#include "db/product.h"
#include "db/sale.h"
#include "db/shift.h"
#include "pos/fact/fact.h"
#include "pos/fact/read.h"

/* Into the tables; f->move.seq is set. */
static enum err
project(struct db *db, const struct fact_cash *f)
{
    const struct cash_move *m = &f->move;
    struct request request = {.kind = REQUEST_CASH, .ref = m->id};
    struct shift_cash sums = {
        .cash_in = m->kind == CASH_IN ? m->amount : 0,
        .cash_out = m->kind == CASH_OUT ? m->amount : 0,
        .drawers = m->kind == CASH_DRAWER};
    enum err e = db_cash_add(db, m);

    if (e == OK && m->shift_id)
        e = db_shift_cash(db, m->shift_id, &sums, m->seq);
    if (e != OK || !f->key[0])
        return e;
    db_copy(request.key, sizeof(request.key), f->key);
    memcpy(request.digest, f->digest, sizeof(request.digest));
    return db_request_add(db, &request, m->seq);
}

enum err
fact_cash_post(struct db *db, struct fact_cash *f,
    struct journal_head *head_out)
{
    const struct cash_move *m = &f->move;
    struct fact_body body;
    struct canon *c = fact_body_begin(&body);
    char till[8];
    enum err e;

    snprintf(till, sizeof(till), "%d", (int)m->till);
    if (m->kind != CASH_DRAWER)
        canon_put_int(c, "amount", m->amount);
    canon_put_int(c, "at", m->at);
    canon_put_int(c, "move", m->id);
    canon_put_str(c, "reason", m->reason);
    if (f->key[0])
        fact_request_write(c, f->key, f->digest);
    if (m->shift_id)
        canon_put_int(c, "shift", m->shift_id);
    canon_put_int(c, "staff", m->staff);
    canon_put_str(c, "till", till);
    e = fact_body_post(&body, db, cash_kind_name(m->kind), head_out);
    if (e != OK)
        return e;
    f->move.seq = head_out->seq;
    return project(db, f);
}

enum err
fact_cash_replay(struct db *db, const struct journal_record *rec,
    const struct json *body)
{
    struct fact_cash f = {.move = {.seq = rec->seq}};
    struct cash_move *m = &f.move;
    const char *till;
    enum err e;

    m->kind = strcmp(rec->kind, "cash_in") == 0    ? CASH_IN
              : strcmp(rec->kind, "cash_out") == 0 ? CASH_OUT
                                                   : CASH_DRAWER;
    e = json_get_int(body, "at", 0, JSON_INT_MAX, &m->at);
    if (m->kind != CASH_DRAWER)
        READ(json_get_int(body, "amount", 1, MONEY_MAX, &m->amount));
    READ(json_get_int(body, "move", 1, JSON_INT_MAX, &m->id));
    READ(read_text(body, "reason", m->reason, sizeof(m->reason)));
    READ(read_request(body, false, f.key, sizeof(f.key), f.digest));
    READ(json_opt_int(body, "shift", 1, JSON_INT_MAX, &m->shift_id));
    READ(json_get_int(body, "staff", 0, INT32_MAX, &m->staff));
    READ(json_get_str(body, "till", 3, &till));
    if (e != OK)
        return e;
    m->till = strtol(till, NULL, 10);
    return project(db, &f);
}
