#include "pos/fact/fact_void.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/canon.h"
#include "base/money.h"
#include "pos/fact/fact.h"
#include "pos/fact/read.h"

enum err
fact_void_post(struct db *db, const struct cart_void *f,
    struct journal_head *head_out)
{
    struct cart_void row = *f;
    char till[8];
    struct fact_body body;
    struct canon *c = fact_body_begin(&body);
    enum err e;

    snprintf(till, sizeof(till), "%d", (int)f->till);
    canon_put_int(c, "at", f->at);
    canon_put_int(c, "lines", f->lines);
    canon_put_int(c, "staff", f->staff);
    canon_put_str(c, "till", till);
    canon_put_int(c, "total", f->total);
    e = fact_body_post(&body, db, "void", head_out);
    row.seq = head_out->seq;
    return e == OK ? db_cart_void_add(db, &row) : e;
}

enum err
fact_void_replay(struct db *db, const struct journal_record *rec,
    const struct json *body)
{
    struct cart_void f = {.seq = rec->seq};
    const char *till;
    enum err e = json_get_int(body, "at", 0, JSON_INT_MAX, &f.at);

    READ(json_get_int(body, "lines", 1, CART_LINES_MAX, &f.lines));
    READ(json_get_int(body, "staff", 0, INT32_MAX, &f.staff));
    READ(json_get_str(body, "till", 3, &till));
    READ(json_get_int(body, "total", 0, MONEY_MAX, &f.total));
    if (e != OK)
        return e;
    f.till = strtol(till, NULL, 10);
    return db_cart_void_add(db, &f);
}
