/* Signed lists from a registry's folder into the showroom: cycles that end
 * well, and cycles that do not. */
#include <stdlib.h>
#include <unistd.h>

#include "pos/certified/age.h"
#include "pos/proof/verify.h"
#include "tests/unit/t_lists.h"

static enum list_age
age(int64_t at)
{
    struct db *db = readers_take(folder.open.shop.readers);
    struct list_age_info info;

    CHECK(list_age_now(db, at, &info) == OK);
    readers_give(folder.open.shop.readers, db);
    return info.age;
}

static void
tell(void *arg, const struct verify_finding *f)
{
    (void)arg;
    fprintf(stderr, "record %lld: %s\n", (long long)f->seq, f->what);
}

/* What `ocop-pos verify --full` finds. */
static int64_t
findings(void)
{
    char path[DATA_PATH];
    struct verify_options options = {.database = path, .full = true};
    struct verify_report report;

    data_path(folder.settings.data_dir, "ocop-pos.db", path);
    CHECK(verify_run(&options, tell, NULL, &report) == OK);
    CHECK(report.rebuilt);
    return report.findings;
}

static void
test_cycle__takes_lists_whole_then_by_deltas(void)
{
    struct buf delta;
    struct cycle c;

    open_all();
    CHECK(age(now) == LIST_NONE);
    put_list("p01", 1, 1, CERT_01, 1000, 0);
    put_list("p02", 1, 2, CERT_02, 10, 0);
    list_repo_publish(&repo, now);
    CHECK(cycle(&c) == OK);
    CHECK(c.seq > 0 && c.fulls == 2 && c.counts[CHANGE_NEW] == 1010);
    CHECK(in_force("p01", 1) && in_force("p02", 1));
    CHECK(age(now) == LIST_FRESH);

    CHECK(cycle(&c) == OK && c.seq == 0 && c.lists == 2);

    put_list("p01", 2, 1, CERT_01, 1000, 100);
    buf_init(&delta, 1 << 20);
    sample_delta(&delta, 1, CERT_01, 1000, 100, 2);
    list_repo_delta(&repo, "p01", 1, delta.data, delta.len);
    buf_finish(&delta);
    list_repo_publish(&repo, now);
    CHECK(cycle(&c) == OK);
    CHECK(c.deltas == 1 && c.fulls == 0 && c.counts[CHANGE_CHANGED] == 10
          && c.counts[CHANGE_NEW] == 0);
    CHECK(in_force("p01", 2) && in_force("p02", 1));
    CHECK(trusted("p01") == 2 && trusted("timestamp") == 2);
    CHECK(findings() == 0);
    close_all();
}

static void
test_cycle__a_delta_that_does_not_fit_gives_way_to_the_list(void)
{
    struct buf delta;
    struct cycle c;

    open_all();
    put_list("p01", 1, 1, CERT_01, 100, 0);
    list_repo_publish(&repo, now);
    CHECK(cycle(&c) == OK);
    put_list("p01", 2, 1, CERT_01, 100, 10);
    buf_init(&delta, 1 << 20);
    sample_delta(&delta, 1, CERT_01, 100, 20, 2);
    list_repo_delta(&repo, "p01", 1, delta.data, delta.len);
    buf_finish(&delta);
    list_repo_publish(&repo, now);
    CHECK(cycle(&c) == OK);
    CHECK(c.deltas == 0 && c.fulls == 1 && c.counts[CHANGE_CHANGED] == 10);
    CHECK(in_force("p01", 2));
    close_all();
}

/* A list that was signed, and must not come into force. */
static void
refused(const char *which)
{
    int64_t timestamp = trusted("timestamp"), role = trusted("p01");
    struct cycle c;

    CHECK(cycle(&c) == ERR_LIST_REFUSED);
    CHECK(err_last()->args_len > 0);
    CHECK_STR(err_last()->args[0].value, which);
    CHECK(in_force("p01", 1) && trusted("p01") == role);
    CHECK(trusted("timestamp") == timestamp + 1);
}

static void
test_cycle__a_list_that_breaks_its_rules_changes_nothing(void)
{
    struct buf text;
    struct cycle c;

    open_all();
    put_list("p01", 1, 1, CERT_01, 20, 0);
    list_repo_publish(&repo, now);
    CHECK(cycle(&c) == OK);
    put_one("p01", 2,
        &(struct sample){.id = "A", .cert = 7, .province = "02"});
    refused("place");
    put_one("p01", 2, &(struct sample){.id = "A", .cert = 7, .stars = 5});
    refused("stars");
    buf_init(&text, 1 << 20);
    sample_record(&text, &(struct sample){.id = "B", .cert = 8});
    buf_add_char(&text, '\n');
    sample_record(&text, &(struct sample){.id = "A", .cert = 9});
    buf_add_char(&text, '\n');
    list_repo_list(&repo, "p01", 2, text.data, text.len);
    list_repo_publish(&repo, now);
    refused("order");
    buf_cut(&text, text.len - 1);
    list_repo_list(&repo, "p01", 2, text.data, text.len);
    list_repo_publish(&repo, now);
    refused("end");
    buf_clear(&text);
    buf_add_str(&text, " ");
    sample_record(&text, &(struct sample){.id = "A", .cert = 9});
    buf_add_char(&text, '\n');
    list_repo_list(&repo, "p01", 2, text.data, text.len);
    list_repo_publish(&repo, now);
    refused("canonical");
    buf_finish(&text);
    close_all();
}

static void
test_cycle__bytes_that_were_not_signed_change_nothing(void)
{
    char path[400];
    struct buf bytes;
    struct cycle c;

    open_all();
    put_list("p01", 1, 1, CERT_01, 20, 0);
    list_repo_publish(&repo, now);
    CHECK(cycle(&c) == OK);
    put_list("p01", 2, 1, CERT_01, 20, 3);
    list_repo_publish(&repo, now);
    list_repo_path(&repo, &repo.roles[0], &repo.roles[0].full, path);
    buf_init(&bytes, 1 << 20);
    CHECK(file_read(path, &bytes) == OK);
    bytes.data[bytes.len / 2] ^= 1;
    CHECK(file_write(path, &bytes) == OK);
    refused("file");
    bytes.data[bytes.len / 2] ^= 1;
    CHECK(file_write(path, &bytes) == OK);
    buf_finish(&bytes);
    CHECK(cycle(&c) == OK && in_force("p01", 2));
    close_all();
}

/* A row of a generation that no list has, as a cycle leaves it that died. */
static enum err
leave_row(struct db *db, void *arg)
{
    struct certified c = {.cert = 77, .id = "LEFT", .stars = 4, .status = 1,
        .recall = 1, .evidence = 1};
    int64_t *gen = arg;
    enum err e = db_certified_gen_next(db, gen);

    if (e == OK)
        e = db_certified_put(db, *gen, 0, &c, "{}", 2);
    return e == OK ? db_certified_put_gtin(db, *gen, 0, "08934567890120") : e;
}

static enum err
count_row(void *arg, const struct certified_row *row)
{
    (void)row;
    ++*(int *)arg;
    return OK;
}

static void
test_cycle__rows_of_one_that_died_are_nothing_and_go(void)
{
    struct certified found;
    struct cycle c;
    struct db *db;
    int64_t gen;
    int rows = 0;

    open_all();
    put_list("p01", 1, 1, CERT_01, 20, 0);
    list_repo_publish(&repo, now);
    CHECK(cycle(&c) == OK);
    CHECK(db_write(folder.open.shop.writer, "left", leave_row, &gen) == OK);
    db = readers_take(folder.open.shop.readers);
    CHECK(db_certified_by_id(db, "LEFT", &found) == ERR_NOT_FOUND);
    readers_give(folder.open.shop.readers, db);
    CHECK(findings() == 0);
    CHECK(cycle(&c) == OK);
    db = readers_take(folder.open.shop.readers);
    CHECK(db_certified_rows(db, gen, "", 10, count_row, &rows) == OK);
    CHECK(rows == 0);
    readers_give(folder.open.shop.readers, db);
    close_all();
}

static void
test_cycle__a_list_in_force_cannot_vanish(void)
{
    struct cycle c;

    open_all();
    put_list("p01", 1, 1, CERT_01, 20, 0);
    list_repo_publish(&repo, now);
    CHECK(cycle(&c) == OK);
    repo.roles[0].full.seq = 0;
    repo.roles[0].changed = 1;
    list_repo_publish(&repo, now);
    refused("gone");
    close_all();
}

static void
test_cycle__a_fifth_star_moves_a_product_to_the_centre(void)
{
    struct cycle c;

    open_all();
    put_list("p01", 1, 1, CERT_01, 20, 0);
    list_repo_publish(&repo, now);
    CHECK(cycle(&c) == OK);
    put_list("p01", 2, 1, CERT_01, 19, 0);
    put_one("vn", 1,
        &(struct sample){.id = "VN01-0000020", .cert = CERT_01 + 19,
            .stars = 5});
    CHECK(cycle(&c) == OK);
    CHECK(c.counts[CHANGE_UPGRADED] == 1 && c.counts[CHANGE_NEW] == 0
          && c.counts[CHANGE_DROPPED] == 0);
    CHECK(in_force("p01", 2) && in_force("vn", 1));
    CHECK(findings() == 0);
    close_all();
}

static void
test_age__goes_stale_and_then_too_old_and_never_back(void)
{
    struct cycle c;

    open_all();
    put_list("p01", 1, 1, CERT_01, 20, 0);
    list_repo_publish(&repo, now);
    CHECK(cycle(&c) == OK);
    CHECK(age(now) == LIST_FRESH);
    CHECK(age(now + 3 * 86400) == LIST_FRESH);
    CHECK(age(now + 3 * 86400 + 1) == LIST_STALE);
    CHECK(age(now + 33 * 86400) == LIST_STALE);
    CHECK(age(now + 33 * 86400 + 1) == LIST_TOO_OLD);
    /* an expired timestamp is refused, and the refusal keeps the lists */
    now += 4 * 86400;
    CHECK(cycle(&c) == ERR_LIST_EXPIRED);
    CHECK(in_force("p01", 1) && age(now) == LIST_STALE);
    list_repo_publish(&repo, now);
    CHECK(cycle(&c) == OK && age(now) == LIST_FRESH);
    /* the clock set back: time stands where something was verified */
    now -= 3 * 86400;
    CHECK(cycle(&c) == OK && c.at == now + 3 * 86400);
    close_all();
}

/* A battery that died, a clock of another century: mended, all goes on. */
static void
test_age__a_clock_that_was_far_ahead_leaves_nothing_behind(void)
{
    struct cycle c;

    open_all();
    put_list("p01", 1, 1, CERT_01, 20, 0);
    list_repo_publish(&repo, now);
    now += INT64_C(5) * 365 * 86400;
    CHECK(cycle(&c) == ERR_LIST_EXPIRED);
    now -= INT64_C(5) * 365 * 86400;
    CHECK(cycle(&c) == OK && in_force("p01", 1) && age(now) == LIST_FRESH);
    now += INT64_C(5) * 365 * 86400;
    list_repo_publish(&repo, now - INT64_C(5) * 365 * 86400);
    CHECK(cycle(&c) == ERR_LIST_EXPIRED && age(now) == LIST_TOO_OLD);
    now -= INT64_C(5) * 365 * 86400;
    CHECK(cycle(&c) == OK && age(now) == LIST_FRESH);
    close_all();
}

/* Fresh timestamps before a list that is withheld do not make it fresh. */
static void
test_age__is_not_renewed_by_a_cycle_that_fails(void)
{
    char path[400];
    struct cycle c;

    open_all();
    put_list("p01", 1, 1, CERT_01, 20, 0);
    list_repo_publish(&repo, now);
    CHECK(cycle(&c) == OK);
    now += 4 * 86400;
    put_list("p01", 2, 1, CERT_01, 20, 3);
    list_repo_publish(&repo, now);
    list_repo_path(&repo, &repo.roles[0], &repo.roles[0].full, path);
    unlink(path);
    CHECK(cycle(&c) != OK);
    CHECK(trusted("timestamp") == 2 && age(now) == LIST_STALE);
    close_all();
}

int
main(void)
{
    CHECK(crypto_init() == OK);
    RUN(test_cycle__takes_lists_whole_then_by_deltas);
    RUN(test_cycle__a_delta_that_does_not_fit_gives_way_to_the_list);
    RUN(test_cycle__a_list_that_breaks_its_rules_changes_nothing);
    RUN(test_cycle__bytes_that_were_not_signed_change_nothing);
    RUN(test_cycle__rows_of_one_that_died_are_nothing_and_go);
    RUN(test_cycle__a_list_in_force_cannot_vanish);
    RUN(test_cycle__a_fifth_star_moves_a_product_to_the_centre);
    RUN(test_age__goes_stale_and_then_too_old_and_never_back);
    RUN(test_age__a_clock_that_was_far_ahead_leaves_nothing_behind);
    RUN(test_age__is_not_renewed_by_a_cycle_that_fails);
    return T_END();
}
