/* A record is all that its rows are made of: what was posted and what is
 * replayed are the same rows; and no body, however wrong, does more than be
 * refused. */
#include <stdlib.h>
#include <string.h>

#include "base/canon.h"
#include "base/mem.h"
#include "db/proof.h"
#include "pos/fact/fact.h"
#include "pos/fact/fact_sale.h"
#include "pos/fact/fact_sale_body.h"
#include "tests/tools/history.h"
#include "tests/unit/t.h"
#include "tests/unit/t_data.h"

enum { RECORDS_MAX = 400, EVENTS = 150 };

/* The records of a past, copied out. */
struct records {
    struct fixture f;
    struct journal_record at[RECORDS_MAX];
    size_t len;
};

static enum err
keep(void *arg, const struct journal_record *r)
{
    struct records *all = arg;
    struct journal_record *to = &all->at[all->len++];

    CHECK(all->len <= RECORDS_MAX);
    *to = *r;
    to->kind = mem_dup_str(r->kind);
    to->body = mem_dup(r->body, r->body_len);
    return OK;
}

static void
records_make(struct records *all, uint64_t seed)
{
    struct history h;

    all->len = 0;
    fixture_open(&all->f);
    history_make(&h, &all->f, seed, EVENTS);
    CHECK(db_journal_each(all->f.db, 1, INT64_MAX, keep, all) == OK);
}

static void
records_free(struct records *all)
{
    for (size_t i = 0; i < all->len; i++) {
        mem_free((void *)(uintptr_t)all->at[i].kind);
        mem_free((void *)(uintptr_t)all->at[i].body);
    }
    fixture_close(&all->f);
}

struct replaying {
    const struct journal_record *record;
    const char *body;
    size_t len;
    bool keep; /* else all of it is taken back */
};

static enum err
replay(struct db *db, void *arg)
{
    struct replaying *r = arg;
    struct json *body;
    enum err e = json_parse(r->body, r->len, NULL, &body);

    if (e == OK)
        e = fact_replay(db, r->record, body);
    json_free(body);
    return e == OK && !r->keep ? err_set(ERR_BUSY, "taken back") : e;
}

static enum err
count_difference(void *arg, const struct proof_difference *d)
{
    ++*(int *)arg;
    fprintf(stderr, "%s %s %s: %s, not %s\n", d->table, d->row,
        d->column ? d->column : "", d->found ? d->found : "missing",
        d->expected ? d->expected : "there");
    return OK;
}

static void
replay_all(const struct records *all, struct db *db)
{
    for (size_t i = 0; i < all->len; i++) {
        struct replaying r = {.record = &all->at[i], .body = all->at[i].body,
            .len = all->at[i].body_len, .keep = true};

        CHECK(db_write_alone(db, "replay", replay, &r) == OK);
    }
}

static void
test_fact__replayed_makes_the_rows_that_posting_made(void)
{
    static struct records all;
    int64_t rows = 0;
    int differences = 0;

    for (uint64_t seed = 1; seed <= 3; seed++) {
        struct db *again;

        records_make(&all, seed);
        CHECK(db_open(":memory:", DB_WRITE, &again) == OK);
        replay_all(&all, again);
        for (size_t i = 0; i < db_proof_tables() - 1; i++) /* not certified */
            CHECK(db_proof_compare(again, all.f.db, i, count_difference,
                &differences, &rows) == OK);
        db_close(again);
        records_free(&all);
    }
    CHECK(differences == 0 && rows > 1000);
}

static void
test_fact__bodies_are_canonical_and_dated_in_order(void)
{
    static struct records all;
    int64_t last = 0;

    records_make(&all, 4);
    for (size_t i = 0; i < all.len; i++) {
        struct json *body;
        int64_t at = -1;

        CHECK(canon_check(all.at[i].body, all.at[i].body_len) == OK);
        CHECK(json_parse(all.at[i].body, all.at[i].body_len, NULL, &body)
            == OK);
        CHECK(json_get_int(body, "at", 0, JSON_INT_MAX, &at) == OK);
        CHECK(at >= last);
        last = at;
        json_free(body);
    }
    records_free(&all);
}

static void
test_fact__a_sale_read_back_is_written_alike(void)
{
    static struct records all;
    int sales = 0;

    records_make(&all, 5);
    for (size_t i = 0; i < all.len; i++) {
        const struct journal_record *r = &all.at[i];
        struct fact_sale fact;
        struct json *body;
        struct buf again;
        struct canon c;

        if (strcmp(r->kind, "sale") != 0 && strcmp(r->kind, "refund") != 0)
            continue;
        buf_init(&again, FACT_BODY_MAX);
        CHECK(json_parse(r->body, r->body_len, NULL, &body) == OK);
        CHECK(fact_sale_read(r->kind, body, &fact) == OK);
        canon_init(&c, &again);
        canon_obj(&c);
        fact_sale_body_write(&fact, &c);
        canon_end_obj(&c);
        CHECK_STR(again.data, r->body);
        fact_sale_finish(&fact);
        json_free(body);
        buf_finish(&again);
        sales++;
    }
    CHECK(sales > EVENTS / 2);
    records_free(&all);
}

/* --- wrong bodies --- */

static const char *const values[] = {"0", "-1", "9007199254740992", "1.5",
    "\"\"", "null", "true", "[]", "{}", "\"0000-00-00\"", "\"0101-000001\"",
    "999999999999", "\"1970-01-01\"", "256", "[1]", "\"x\""};

/* The body with one of its values put in place of another one. */
static size_t
spoil(const struct journal_record *r, uint64_t *chance, char *out,
    size_t size)
{
    size_t at = (size_t)(t_random(chance) % r->body_len), end;
    const char *value = values[t_random(chance) % 16];

    while (at > 0 && r->body[at] != ':')
        at--;
    if (r->body[at] != ':')
        return 0;
    at++;
    end = at + strcspn(r->body + at, ",}]");
    if (r->body[at] == '{' || r->body[at] == '[')
        end = at; /* put before it: no JSON, or a value more */
    if (t_random(chance) % 8 == 0)
        return (size_t)snprintf(out, size, "%.*s\"%0*d\"%s", (int)at, r->body,
            (int)(t_random(chance) % 700), 7, r->body + end);
    return (size_t)snprintf(out, size, "%.*s%s%s", (int)at, r->body, value,
        r->body + end);
}

static void
test_fact__a_wrong_body_is_refused_and_no_more(void)
{
    static struct records all;
    static char wrong[1 << 16];
    uint64_t chance = 77;
    int refused = 0, taken = 0;
    struct db *db;

    records_make(&all, 6);
    CHECK(db_open(":memory:", DB_WRITE, &db) == OK);
    for (size_t i = 0; i < all.len; i++) {
        struct replaying r = {.record = &all.at[i], .body = wrong};

        for (int n = 0; n < 12; n++) {
            r.len = spoil(&all.at[i], &chance, wrong, sizeof(wrong));
            if (r.len == 0)
                continue;
            CHECK(r.len < sizeof(wrong));
            if (db_write_alone(db, "spoilt", replay, &r) == ERR_BUSY)
                taken++; /* a value that may be */
            else
                refused++;
        }
        r = (struct replaying){.record = &all.at[i], .body = all.at[i].body,
            .len = all.at[i].body_len, .keep = true};
        CHECK(db_write_alone(db, "replay", replay, &r) == OK);
    }
    CHECK(refused > 500 && taken > 100);
    printf("%d wrong bodies refused, %d taken as possible\n", refused, taken);
    db_close(db);
    records_free(&all);
}

static void
test_fact__of_an_unknown_kind_is_refused(void)
{
    struct journal_record r = {.seq = 9, .kind = "miracle"};
    struct replaying again = {.record = &r, .body = "{\"at\":1}", .len = 8};
    struct fixture f;

    fixture_open(&f);
    CHECK(fixture_write(&f, replay, &again) == ERR_BOOKS);
    fixture_close(&f);
}

int
main(void)
{
    RUN(test_fact__replayed_makes_the_rows_that_posting_made);
    RUN(test_fact__bodies_are_canonical_and_dated_in_order);
    RUN(test_fact__a_sale_read_back_is_written_alike);
    RUN(test_fact__a_wrong_body_is_refused_and_no_more);
    RUN(test_fact__of_an_unknown_kind_is_refused);
    return T_END();
}
