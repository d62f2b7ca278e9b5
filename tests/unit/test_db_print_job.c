#include <sqlite3.h>
#include <string.h>

#include "db/db.h"
#include "db/migrate.h"
#include "db/print_job.h"
#include "db/product.h"
#include "db/shift.h"
#include "tests/tools/shop_fixture.h"
#include "tests/unit/t.h"
#include "tests/unit/t_dir.h"

static struct fixture fx;

struct add {
    struct print_job job;
    int64_t id;
};

static enum err
add_write(struct db *db, void *arg)
{
    struct add *a = arg;

    return db_print_job_add(db, &a->job, &a->id);
}

static int64_t
add_job(enum print_kind kind, const char *printer, int64_t sale, int64_t copy)
{
    struct add a = {.job = {.kind = kind, .sale_id = sale, .copy = copy,
                        .created_at = FIXTURE_NOW}};

    db_copy(a.job.printer, sizeof(a.job.printer), printer);
    CHECK(fixture_write(&fx, add_write, &a) == OK);
    return a.id;
}

static enum err
begin_write(struct db *db, void *arg)
{
    return db_print_job_begin(db, *(int64_t *)arg);
}

static enum err
mark_write(struct db *db, void *arg)
{
    return db_print_job_mark(db, arg);
}

static void
mark(int64_t id, enum print_state state, const char *message)
{
    struct print_mark m = {.id = id, .state = state, .at = FIXTURE_NOW + 1,
        .message = message};

    CHECK(fixture_write(&fx, begin_write, &id) == OK);
    CHECK(fixture_write(&fx, mark_write, &m) == OK);
}

struct answer {
    int64_t id;
    bool printed;
};

static enum err
answer_write(struct db *db, void *arg)
{
    struct answer *a = arg;

    return db_print_job_answer(db, a->id, a->printed, FIXTURE_NOW + 2, 3);
}

static enum err
answer(int64_t id, bool printed)
{
    return fixture_write(
        &fx, answer_write, &(struct answer){.id = id, .printed = printed});
}

static enum err
cancel_write(struct db *db, void *arg)
{
    return db_print_job_cancel(db, *(int64_t *)arg, FIXTURE_NOW + 3);
}

static enum err
recover_write(struct db *db, void *arg)
{
    (void)arg;
    return db_print_job_recover(db, FIXTURE_NOW + 4);
}

static struct print_job
get(int64_t id)
{
    struct print_job job = {.id = 0};

    CHECK(db_print_job_get(fx.db, id, &job) == OK);
    return job;
}

static int64_t
sold(void)
{
    struct sale_done done = {.sale_id = 0};

    CHECK(fixture_sell(&fx, 3, 1000, 0, &done) == OK);
    return done.sale_id;
}

static void
test_print_job__each_printer_has_its_own_queue(void)
{
    struct print_job job;
    struct print_counts counts;
    int64_t one = add_job(PRINT_TEST, "receipt", 0, 0);
    int64_t two = add_job(PRINT_TEST, "label", 0, 0);

    add_job(PRINT_TEST, "receipt", 0, 0);
    CHECK(db_print_job_next(fx.db, "receipt", 0, &job) == OK && job.id == one);
    CHECK(db_print_job_next(fx.db, "label", 0, &job) == OK && job.id == two);
    CHECK(db_print_job_next(fx.db, "kitchen", 0, &job) == ERR_NOT_FOUND);
    CHECK(db_print_job_counts(fx.db, "receipt", 0, &counts) == OK);
    CHECK(counts.waiting == 2 && counts.asked == 0);
    mark(one, PRINT_CONFIRMED, NULL);
    CHECK(db_print_job_next(fx.db, "receipt", 0, &job) == OK && job.id != one);
}

static void
test_print_job__what_is_sent_is_no_longer_queued(void)
{
    int64_t id = add_job(PRINT_TEST, "receipt", 0, 0);

    CHECK(fixture_write(&fx, begin_write, &id) == OK);
    CHECK(get(id).state == PRINT_SENDING && get(id).attempts == 1);
    CHECK(fixture_write(&fx, begin_write, &id) == ERR_NOT_QUEUED);
    CHECK(fixture_write(&fx, cancel_write, &id) == ERR_NOT_QUEUED);
}

static void
test_print_job__what_a_dead_daemon_sent_is_unknown(void)
{
    int64_t sale = sold();
    int64_t sending = add_job(PRINT_RECEIPT, "receipt", sale, 0);
    int64_t all = add_job(PRINT_RECEIPT, "receipt", sale, 1);
    int64_t queued = add_job(PRINT_RECEIPT, "receipt", sale, 2);
    bool unknown;

    CHECK(fixture_write(&fx, begin_write, &sending) == OK);
    mark(all, PRINT_SENT, NULL);
    CHECK(fixture_write(&fx, recover_write, NULL) == OK);
    CHECK(get(sending).state == PRINT_UNKNOWN);
    CHECK_STR(get(sending).message, "crashed");
    CHECK(get(all).state == PRINT_UNKNOWN);
    CHECK(get(queued).state == PRINT_QUEUED);
    CHECK(db_print_job_left_unknown(fx.db, "receipt", &unknown) == OK);
    CHECK(unknown);
    CHECK(db_print_job_left_unknown(fx.db, "label", &unknown) == OK);
    CHECK(!unknown);
}

static void
test_print_job__is_answered_once(void)
{
    int64_t sale = sold();
    int64_t yes = add_job(PRINT_RECEIPT, "receipt", sale, 0);
    int64_t no = add_job(PRINT_COPY, "receipt", sale, 0);
    struct print_counts was, is;

    CHECK(answer(yes, true) == ERR_NOT_UNKNOWN);
    CHECK(db_print_job_counts(fx.db, "receipt", 0, &was) == OK);
    mark(yes, PRINT_UNKNOWN, "gone");
    mark(no, PRINT_UNKNOWN, "gone");
    CHECK(print_job_asks(&(struct print_job){
        .state = PRINT_UNKNOWN, .kind = PRINT_RECEIPT}));
    CHECK(db_print_job_counts(fx.db, "receipt", 0, &is) == OK);
    CHECK(is.asked == was.asked + 2);
    CHECK(answer(yes, true) == OK && answer(no, false) == OK);
    CHECK(get(yes).state == PRINT_CONFIRMED && get(yes).answered_by == 3);
    CHECK(get(no).state == PRINT_UNKNOWN && get(no).answered_at);
    CHECK(answer(yes, false) == ERR_NOT_UNKNOWN);
    CHECK(answer(no, true) == ERR_NOT_UNKNOWN);
    CHECK(answer(INT64_MAX, true) == ERR_NOT_FOUND);
    CHECK(db_print_job_counts(fx.db, "receipt", 0, &is) == OK);
    CHECK(is.asked == was.asked);
}

static void
test_print_job__nobody_is_asked_about_a_drawer(void)
{
    int64_t id = add_job(PRINT_DRAWER, "receipt", sold(), 0);

    mark(id, PRINT_UNKNOWN, "gone");
    CHECK(answer(id, false) == ERR_NOT_UNKNOWN);
}

static void
test_print_job__a_drawer_is_never_tried_twice(void)
{
    int64_t id = add_job(PRINT_DRAWER, "receipt", sold(), 0);

    mark(id, PRINT_QUEUED, NULL); /* what no one may do */
    CHECK(fixture_write(&fx, begin_write, &id) == ERR_BOOKS);
}

static enum err
late_write(struct db *db, void *arg)
{
    (void)arg;
    return db_print_job_refuse_late(
        db, "door", FIXTURE_NOW + 1, FIXTURE_NOW + 16);
}

static void
test_print_job__a_drawer_that_waited_too_long_stays_shut(void)
{
    struct print_counts counts;
    int64_t drawer = add_job(PRINT_DRAWER, "door", sold(), 0);
    int64_t other = add_job(PRINT_TEST, "door", 0, 0);

    CHECK(db_print_job_counts(fx.db, "door", FIXTURE_NOW, &counts) == OK);
    CHECK(counts.late == 0 && counts.waiting == 2);
    CHECK(db_print_job_counts(fx.db, "door", FIXTURE_NOW - 100, &counts) == OK);
    CHECK(counts.late == 1); /* the clock was put back */
    CHECK(db_print_job_counts(fx.db, "door", FIXTURE_NOW + 1, &counts) == OK);
    CHECK(counts.late == 1);
    CHECK(fixture_write(&fx, late_write, NULL) == OK);
    CHECK(get(drawer).state == PRINT_FAILED && get(drawer).attempts == 0);
    CHECK_STR(get(drawer).message, "late");
    CHECK(get(other).state == PRINT_QUEUED);
}

static void
test_print_job__a_long_message_is_cut_between_letters(void)
{
    int64_t id = add_job(PRINT_TEST, "receipt", 0, 0);
    char longer[3 * 100 + 1];

    for (int i = 0; i < 100; i++)
        memcpy(longer + 3 * i, "ấ", 4);
    mark(id, PRINT_FAILED, longer);
    CHECK(strlen(get(id).message) == (PRINT_MESSAGE - 1) / 3 * 3);
}

struct seen {
    int64_t ids[40];
    size_t len;
};

static enum err
see(void *arg, const struct print_job *job)
{
    struct seen *s = arg;

    s->ids[s->len++] = job->id;
    return s->len < 40 ? OK : err_set(ERR_BOOKS, "too many");
}

static struct seen
each(struct print_filter f)
{
    struct seen s = {.len = 0};

    if (!f.before)
        f.before = INT64_MAX;
    if (!f.limit)
        f.limit = 30;
    CHECK(db_print_job_each(fx.db, &f, see, &s) == OK);
    return s;
}

static void
test_print_job__those_of_a_receipt_are_found_among_all(void)
{
    int64_t first = 0, again, sales[9];
    struct seen s;

    for (int i = 0; i < 9; i++) {
        sales[i] = sold();
        add_job(PRINT_TEST, "receipt", 0, 0);
        if (i != 2) /* a transfer opens no drawer */
            add_job(PRINT_DRAWER, "receipt", sales[i], 0);
        add_job(PRINT_RECEIPT, "receipt", sales[i], 0);
        if (i == 4)
            first = add_job(PRINT_COPY, "kitchen", sales[i], 0);
    }
    again = add_job(PRINT_RECEIPT, "receipt", sales[4], 1);
    s = each((struct print_filter){.sale_id = sales[4]});
    CHECK(s.len == 4 && s.ids[0] == again && s.ids[1] == first &&
        s.ids[3] == first - 2);
    s = each((struct print_filter){.sale_id = sales[4], .before = first});
    CHECK(s.len == 2);
    CHECK(each((struct print_filter){.sale_id = sales[0]}).len == 2);
    CHECK(each((struct print_filter){.sale_id = sales[2]}).len == 1);
    CHECK(each((struct print_filter){.sale_id = sales[8]}).len == 2);
    CHECK(each((struct print_filter){.sale_id = sales[8] + 1}).len == 0);
}

/* Of till 1, where the sales are; 0: of no till. */
static struct seen
pending(int64_t till)
{
    struct seen s = {.len = 0};

    CHECK(db_print_job_pending(fx.db, till, 9, see, &s) == OK);
    return s;
}

static void
test_print_job__those_to_be_asked_about_are_found_oldest_first(void)
{
    size_t was = pending(1).len, elsewhere = pending(2).len;
    int64_t slip = add_job(PRINT_RECEIPT, "zz", sold(), 0);
    int64_t label = add_job(PRINT_LABEL, "zz", 0, 0);
    int64_t shift = add_job(PRINT_SHIFT, "zz", 0, 0);
    struct seen s;

    mark(slip, PRINT_UNKNOWN, "gone");
    mark(label, PRINT_UNKNOWN, "gone");
    mark(shift, PRINT_UNKNOWN, "gone");
    s = pending(1);
    CHECK(s.len == was + 2);
    CHECK(s.ids[was] == slip && s.ids[was + 1] == shift);
    CHECK(pending(2).len == elsewhere + 1); /* the shift's slip alone */
    CHECK(print_job_asks(&(struct print_job){
        .kind = PRINT_SHIFT, .state = PRINT_UNKNOWN}));
    CHECK(answer(shift, true) == OK);
    CHECK(pending(1).len == was + 1);
}

static void
test_print_job__are_listed_by_state_newest_first(void)
{
    int64_t failed = add_job(PRINT_TEST, "zz", 0, 0);
    int64_t last = add_job(PRINT_TEST, "aa", 0, 0);
    struct seen s;

    mark(failed, PRINT_FAILED, NULL);
    mark(last, PRINT_FAILED, NULL);
    s = each((struct print_filter){.state = PRINT_FAILED, .limit = 2});
    CHECK(s.len == 2 && s.ids[0] == last && s.ids[1] == failed);
    s = each((struct print_filter){.limit = 1});
    CHECK(s.len == 1 && s.ids[0] == last);
    s = each((struct print_filter){
        .state = PRINT_CONFIRMED, .before = failed, .limit = 1});
    CHECK(s.len == 1 && get(s.ids[0]).state == PRINT_CONFIRMED);
}

static void
raw(const char *path, const char *sql)
{
    char *why = NULL;
    sqlite3 *h;

    CHECK(sqlite3_open(path, &h) == SQLITE_OK);
    CHECK(sqlite3_exec(h, sql, NULL, NULL, &why) == SQLITE_OK);
    if (why)
        fprintf(stderr, "%s\n", why);
    sqlite3_free(why);
    sqlite3_close(h);
}

/* The table as it was before there were several printers; what came later is
 * made again. */
static const char before[] =
    "DROP TABLE label_token; DROP TABLE bank_notice; DROP TABLE transfer;"
    "DROP TABLE print_job;"
    "DROP TABLE cash_move; DROP TABLE shift_note;"
    "ALTER TABLE shift DROP COLUMN discounts;"
    "ALTER TABLE shift DROP COLUMN cash_back;"
    "ALTER TABLE shift DROP COLUMN transfer_back;"
    "ALTER TABLE shift DROP COLUMN cash_in;"
    "ALTER TABLE shift DROP COLUMN cash_out;"
    "ALTER TABLE shift DROP COLUMN drawers;"
    "ALTER TABLE shift DROP COLUMN first_sale;"
    "ALTER TABLE shift DROP COLUMN last_sale;"
    "DELETE FROM migration WHERE number >= 7;"
    "DROP TABLE cart_line_before; DROP TABLE cart_change;"
    "DROP TABLE cart_line; DROP TABLE cart; DROP TABLE cart_void;"
    "CREATE TABLE print_job (id INTEGER PRIMARY KEY,"
    " sale_id INTEGER NOT NULL REFERENCES sale (id),"
    " copy INTEGER NOT NULL, state INTEGER NOT NULL,"
    " attempts INTEGER NOT NULL DEFAULT 0, created_at INTEGER NOT NULL,"
    " done_at INTEGER, message TEXT) STRICT;"
    "CREATE INDEX print_job_waiting ON print_job (id) WHERE state < 3;"
    "INSERT INTO print_job VALUES (1, 1, 0, 3, 1, 100, 101, NULL),"
    " (2, 1, 1, 4, 1, 102, 103, NULL), (3, 1, 2, 5, 0, 104, 105, 'glyph'),"
    " (4, 1, 3, 1, 0, 106, NULL, NULL), (7, 1, 4, 2, 1, 107, NULL, NULL)";

static void
test_migration__jobs_of_the_one_printer_are_carried_over(void)
{
    static const enum print_state states[] = {PRINT_CONFIRMED, PRINT_UNKNOWN,
        PRINT_FAILED, PRINT_QUEUED};
    char path[4096];
    struct shift shift;

    snprintf(path, sizeof(path), "%s", t_path("old.db"));
    fixture_close(&fx);
    fixture_open_file(&fx, path);
    CHECK(sold() == 1);
    fixture_close(&fx);
    raw(path, before);
    CHECK(db_open(path, DB_WRITE, &fx.db) == OK);
    for (int i = 0; i < 4; i++) {
        struct print_job job = get(i + 1);

        CHECK(job.state == states[i] && job.copy == i);
        CHECK(job.kind == PRINT_RECEIPT && job.sale_id == 1);
        CHECK_STR(job.printer, "receipt");
        CHECK(!print_job_asks(&job));
        CHECK(job.why_again == (i ? PRINT_ASKED : PRINT_FIRST));
    }
    CHECK(get(1).level == 4 && get(1).done_at == 101);
    CHECK_STR(get(3).message, "glyph");
    CHECK(get(7).state == PRINT_SENDING);
    CHECK(db_shift_get(fx.db, 1, &shift) == OK);
    CHECK(shift.first_sale == 1 && shift.last_sale == 1);
    CHECK(shift.discounts == 0 && shift.cash_in == 0);
    db_close(fx.db);
}

int
main(void)
{
    t_dir_empty();
    fixture_open(&fx);
    RUN(test_print_job__each_printer_has_its_own_queue);
    RUN(test_print_job__what_is_sent_is_no_longer_queued);
    RUN(test_print_job__what_a_dead_daemon_sent_is_unknown);
    RUN(test_print_job__is_answered_once);
    RUN(test_print_job__nobody_is_asked_about_a_drawer);
    RUN(test_print_job__a_drawer_is_never_tried_twice);
    RUN(test_print_job__a_drawer_that_waited_too_long_stays_shut);
    RUN(test_print_job__a_long_message_is_cut_between_letters);
    RUN(test_print_job__those_of_a_receipt_are_found_among_all);
    RUN(test_print_job__are_listed_by_state_newest_first);
    RUN(test_print_job__those_to_be_asked_about_are_found_oldest_first);
    RUN(test_migration__jobs_of_the_one_printer_are_carried_over);
    return T_END();
}
