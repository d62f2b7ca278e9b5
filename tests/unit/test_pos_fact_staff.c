#include <stdio.h>
#include <string.h>

#include "db/db.h"
#include "pos/fact/fact_staff.h"
#include "tests/unit/t_api.h"

/* What one record of the journal is. */
struct seen {
    char kind[JOURNAL_KIND_MAX + 1];
    char body[400];
};

static enum err
see(void *arg, const struct journal_record *rec)
{
    struct seen *seen = arg;

    snprintf(seen->kind, sizeof(seen->kind), "%s", rec->kind);
    snprintf(seen->body, sizeof(seen->body), "%.*s", (int)rec->body_len,
        rec->body);
    return OK;
}

static struct seen
record(int64_t seq)
{
    struct db *db = readers_take(t_api.readers);
    struct seen seen = {.kind = ""};

    CHECK(db_journal_get(db, seq, see, &seen) == OK);
    readers_give(t_api.readers, db);
    return seen;
}

static void
test_fact_staff__bodies_are_canonical_and_hold_no_name_of_a_person(void)
{
    struct device_code_new code = {.till = 1, .by = 1, .name = "Máy của Lan"};
    char secret[SECRET_TEXT];
    struct device d;

    t_api_open();
    CHECK(db_write(t_api.writer, "t", device_code_write, &code) == OK);
    CHECK(device_enrol(t_api.writer, code.code, &d, secret) == OK);
    CHECK_STR(record(1).kind, "staff");
    CHECK_STR(record(1).body, "{\"active\":true,\"at\":1800000000,\"by\":0,"
                              "\"role\":\"owner\",\"staff\":1}");
    CHECK_STR(record(3).kind, "token");
    CHECK_STR(record(3).body, "{\"active\":true,\"at\":1800000000,\"by\":1,"
                              "\"role\":\"manager\",\"staff\":3}");
    CHECK_STR(record(4).kind, "till");
    CHECK_STR(record(4).body, "{\"active\":true,\"at\":1800000000,\"by\":1,"
                              "\"name\":\"Quầy 1\",\"till\":1}");
    CHECK_STR(record(5).kind, "device");
    CHECK_STR(record(5).body, "{\"active\":true,\"at\":1800000000,\"by\":1,"
                              "\"device\":1,\"till\":1}");
    t_api_close();
}

static enum err
replay_one(struct db *to, const struct journal_record *rec)
{
    static const struct {
        const char *kind;
        enum err (*replay)(struct db *, const struct journal_record *,
            const struct json *);
    } kinds[] = {{"staff", fact_staff_replay}, {"token", fact_token_replay},
        {"till", fact_till_replay}, {"device", fact_device_replay}};
    struct json *body;
    enum err e = json_parse(rec->body, rec->body_len, NULL, &body);

    for (size_t i = 0; i < 4 && e == OK; i++)
        if (strcmp(kinds[i].kind, rec->kind) == 0)
            e = kinds[i].replay(to, rec, body);
    json_free(body);
    return e;
}

static enum err
replay_seen(void *arg, const struct journal_record *rec)
{
    return replay_one(arg, rec);
}

static enum err
replay_all(struct db *to, void *arg)
{
    return db_journal_each(arg, 1, 100, replay_seen, to);
}

static void
test_fact_staff__replay_makes_the_same_rows(void)
{
    struct staff_change leave = {.number = T_CASHIER, .by = 1};
    struct db *scratch, *db;
    struct staff a, b;
    struct till t, u;

    t_api_open();
    CHECK(db_write(t_api.writer, "t", staff_change_write, &leave) == OK);
    CHECK(db_open(":memory:", DB_WRITE, &scratch) == OK);
    db = readers_take(t_api.readers);
    CHECK(db_write_alone(scratch, "t", replay_all, db) == OK);
    for (int64_t n = 1; n <= 3; n++) {
        CHECK(db_staff_get(db, n, &a) == OK);
        CHECK(db_staff_get(scratch, n, &b) == OK);
        CHECK(a.seq == b.seq && a.role == b.role && a.program == b.program &&
            a.active == b.active);
    }
    CHECK(db_till_get(db, 1, &t) == OK && db_till_get(scratch, 1, &u) == OK);
    CHECK(t.seq == u.seq && strcmp(t.name, u.name) == 0);
    readers_give(t_api.readers, db);
    db_close(scratch);
    t_api_close();
}

static enum err
replay_text(struct db *db, void *arg)
{
    const char *body = arg;

    return replay_one(db,
        &(struct journal_record){.seq = 1, .kind = "staff", .body = body,
            .body_len = strlen(body)});
}

static void
test_fact_staff__a_body_no_post_wrote_is_refused(void)
{
    static char bodies[][100] = {"{}",
        "{\"active\":1,\"at\":1,\"by\":1,\"role\":\"owner\",\"staff\":1}",
        "{\"active\":true,\"at\":1,\"by\":1,\"role\":\"king\",\"staff\":1}",
        "{\"active\":true,\"at\":1,\"by\":1,\"role\":\"owner\",\"staff\":0}",
        "{\"active\":true,\"at\":1,\"by\":1,\"role\":\"owner\",\"z\":1}"};
    struct db *db;

    CHECK(db_open(":memory:", DB_WRITE, &db) == OK);
    for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++)
        CHECK(db_write_alone(db, "t", replay_text, bodies[i]) != OK);
    db_close(db);
}

int
main(void)
{
    RUN(test_fact_staff__bodies_are_canonical_and_hold_no_name_of_a_person);
    RUN(test_fact_staff__replay_makes_the_same_rows);
    RUN(test_fact_staff__a_body_no_post_wrote_is_refused);
    return T_END();
}
