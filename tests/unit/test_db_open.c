#include <sqlite3.h>
#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "db/db.h"
#include "db/internal.h"
#include "db/migrate.h"
#include "tests/unit/t.h"
#include "tests/unit/t_dir.h"

/* Behind the program's back, with nothing of its care. */
static void
raw(const char *path, const char *sql)
{
    sqlite3 *h;

    CHECK(sqlite3_open(path, &h) == SQLITE_OK);
    CHECK(sqlite3_exec(h, sql, NULL, NULL, NULL) == SQLITE_OK);
    sqlite3_close(h);
}

static const char *
made(void)
{
    const char *path = t_path("a.db");
    struct db *db;

    t_dir_empty();
    CHECK(db_open(path, DB_WRITE, &db) == OK);
    db_close(db);
    return path;
}

/* What db_check answers for the file after `sql` was done to it. */
static enum err
check_after(const char *sql, struct buf *report)
{
    const char *path = made();
    struct db *db;
    enum err e;

    raw(path, sql);
    buf_clear(report);
    CHECK(db_open(path, DB_READ, &db) == OK);
    e = db_check(db, report);
    db_close(db);
    return e;
}

static void
test_db__a_fresh_file_is_whole_and_opens_again(void)
{
    const char *path = made();
    struct buf report;
    struct db *db;

    buf_init(&report, 4096);
    CHECK(db_open(path, DB_WRITE, &db) == OK);
    CHECK(db_check(db, &report) == OK);
    CHECK_STR(report.data, "");
    db_close(db);
    buf_finish(&report);
}

static void
test_db__a_closed_file_leaves_an_empty_wal(void)
{
    const char *path = made();
    FILE *wal;

    (void)path;
    wal = fopen(t_path("a.db-wal"), "rb");
    if (wal) {
        CHECK(fgetc(wal) == EOF);
        fclose(wal);
    }
}

static void
test_db__a_trigger_removed_changed_or_added_is_found(void)
{
    struct buf report;

    buf_init(&report, 4096);
    CHECK(check_after("DROP TRIGGER journal_no_update", &report) == ERR_BOOKS);
    CHECK_STR(report.data, "trigger journal_no_update is missing\n");
    CHECK(check_after("DROP TRIGGER journal_no_update;"
                      "CREATE TRIGGER journal_no_update BEFORE UPDATE ON "
                      "journal BEGIN SELECT 1; END", &report) == ERR_BOOKS);
    CHECK_STR(report.data, "trigger journal_no_update is not as it was made\n");
    CHECK(check_after("CREATE TABLE zz (a)", &report) == ERR_BOOKS);
    CHECK_STR(report.data, "table zz is not ours\n");
    CHECK(check_after("ANALYZE", &report) == OK);
    buf_finish(&report);
}

static void
test_db__a_damaged_page_is_found(void)
{
    const char *path = made();
    struct buf report;
    struct db *db;
    FILE *f = fopen(path, "r+b");

    buf_init(&report, 4096);
    CHECK(f && fseek(f, 2 * 4096, SEEK_SET) == 0);
    CHECK(fwrite("damage damage damage", 1, 20, f) == 20);
    fclose(f);
    if (db_open(path, DB_READ, &db) == OK) {
        CHECK(db_check(db, &report) == ERR_DB_BROKEN);
        db_close(db);
    }
    buf_finish(&report);
}

static void
test_db__what_is_no_database_is_told_so(void)
{
    const char *path = t_path("a.db");
    struct db *db;
    FILE *f;

    t_dir_empty();
    f = fopen(path, "wb");
    CHECK(f != NULL);
    for (int i = 0; i < 100; i++)
        fputs("this is a shopping list, and no database at all\n", f);
    fclose(f);
    CHECK(db_open(path, DB_WRITE, &db) == ERR_DB_BROKEN);
    CHECK(db_open(path, DB_READ, &db) == ERR_DB_BROKEN);
    CHECK(db_open(t_path("none/a.db"), DB_WRITE, &db) == ERR_DB);
    CHECK(db_open(t_path("none.db"), DB_READ, &db) == ERR_DB);
}

static void
test_db__only_one_may_write_and_anyone_may_read(void)
{
    const char *path = made();
    struct db *a, *b;

    CHECK(db_open(path, DB_WRITE, &a) == OK);
    CHECK(db_open(path, DB_WRITE, &b) == ERR_BUSY);
    CHECK(db_open(path, DB_READ, &b) == OK);
    CHECK(db_exec(b, "DELETE FROM migration", "test") != OK);
    db_close(b);
    db_close(a);
    CHECK(db_open(path, DB_WRITE, &a) == OK);
    db_close(a);
}

static void
test_migrate__a_newer_file_is_refused_and_left_alone(void)
{
    const char *path = made();
    struct db *db;

    raw(path, "INSERT INTO migration VALUES (999, 'tomorrow',"
              " hex(zeroblob(32)), 0)");
    CHECK(db_open(path, DB_WRITE, &db) == ERR_DB_VERSION);
    CHECK(strstr(err_msg(), "newer") != NULL);
    CHECK(db_open(path, DB_READ, &db) == ERR_DB_VERSION);
}

static void
test_migrate__another_text_under_the_same_number_is_refused(void)
{
    const char *path = made();
    struct db *db;

    raw(path, "UPDATE migration SET sha256 = hex(zeroblob(32))");
    CHECK(db_open(path, DB_WRITE, &db) == ERR_DB_VERSION);
    raw(path, "DELETE FROM migration WHERE number = 1");
    CHECK(db_open(path, DB_WRITE, &db) != OK);
}

static void
test_migrate__a_reader_wants_the_whole_schema(void)
{
    const char *path = t_path("a.db");
    struct db *db;

    t_dir_empty();
    raw(path, "CREATE TABLE other (a); DROP TABLE other");
    CHECK(db_open(path, DB_READ, &db) == ERR_DB_VERSION);
    CHECK(db_open(path, DB_WRITE, &db) == OK);
    db_close(db);
    CHECK(db_open(path, DB_READ, &db) == OK);
    db_close(db);
    CHECK(db_migrate_count() >= 1);
}

static enum err
add_then_fail(struct db *db, void *arg)
{
    CHECK(db_in_write(db));
    CHECK(db_exec(db, "INSERT INTO migration VALUES (500, 'x',"
                      " hex(zeroblob(32)), 0)", "test") == OK);
    err_arg("left", "%d", 3);
    return *(const enum err *)arg == OK
        ? OK : err_set(*(const enum err *)arg, "as the test wants");
}

static void
test_write_alone__keeps_all_or_nothing(void)
{
    enum err want = ERR_STOCK_SHORT;
    struct db *db;

    CHECK(db_open(":memory:", DB_WRITE, &db) == OK);
    CHECK(db_write_alone(db, "test", add_then_fail, &want) == want);
    CHECK_STR(err_msg(), "as the test wants");
    CHECK_STR(err_last()->args[0].value, "3");
    CHECK(!db_in_write(db));
    want = OK; /* nothing of the first one is there to be in the way */
    CHECK(db_write_alone(db, "test", add_then_fail, &want) == OK);
    CHECK(!db_in_write(db));
    db_close(db);
}

int
main(void)
{
    RUN(test_db__a_fresh_file_is_whole_and_opens_again);
    RUN(test_db__a_closed_file_leaves_an_empty_wal);
    RUN(test_db__a_trigger_removed_changed_or_added_is_found);
    RUN(test_db__a_damaged_page_is_found);
    RUN(test_db__what_is_no_database_is_told_so);
    RUN(test_db__only_one_may_write_and_anyone_may_read);
    RUN(test_migrate__a_newer_file_is_refused_and_left_alone);
    RUN(test_migrate__another_text_under_the_same_number_is_refused);
    RUN(test_migrate__a_reader_wants_the_whole_schema);
    RUN(test_write_alone__keeps_all_or_nothing);
    return T_END();
}
