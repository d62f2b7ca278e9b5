#include <stdint.h>
#include <string.h>

#include "base/err.h"
#include "db/db.h"
#include "db/internal.h"
#include "db/stmt.h"
#include "tests/unit/t.h"

static struct db *
fresh(void)
{
    struct db *db = NULL;

    CHECK(db_open(":memory:", DB_WRITE, &db) == OK);
    return db;
}

static enum err
note_step(struct db *db, int64_t number, const char *hash)
{
    struct stmt *q = stmt_begin(db, SQL_MIGRATION_ADD);

    stmt_bind_i64(q, ":number", number);
    stmt_bind_text(q, ":name", "test");
    stmt_bind_text(q, ":sha256", hash);
    stmt_bind_i64(q, ":applied_at", 0);
    return stmt_done_once(q);
}

static const char *const HASH =
    "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

static void
test_stmt__every_statement_of_the_program_is_one_statement(void)
{
    struct db *db = fresh();
    int id;

    for (id = 0; id < SQL_COUNT; id++)
        CHECK(stmt_prepare(db, (enum sql_id)id) == OK);
    db_close(db);
}

static void
test_stmt__a_row_that_is_there_twice_exists(void)
{
    struct db *db = fresh();

    CHECK(note_step(db, 900, HASH) == OK);
    CHECK(db_changes(db) == 1);
    CHECK(note_step(db, 900, HASH) == ERR_EXISTS);
    CHECK(strstr(err_msg(), "migration.number") != NULL);
    db_close(db);
}

static void
test_stmt__a_row_against_the_rules_is_refused_by_name(void)
{
    struct db *db = fresh();

    CHECK(note_step(db, 901, "short") == ERR_BOOKS);
    CHECK(strstr(err_msg(), "migration_sha256") != NULL);
    CHECK(note_step(db, 901, NULL) == ERR_BOOKS);
    CHECK(strstr(err_msg(), "migration.sha256") != NULL);
    db_close(db);
}

static void
test_stmt__no_row_is_not_found_and_rows_come_in_order(void)
{
    struct db *db = fresh();
    struct stmt *q = stmt_begin(db, SQL_JOURNAL_HEAD);
    int64_t before = 0;
    int rows = 0;
    enum err e;

    CHECK(stmt_row(q) == ERR_NOT_FOUND);
    stmt_end(q);
    CHECK(note_step(db, 902, HASH) == OK && note_step(db, 903, HASH) == OK);
    q = stmt_begin(db, SQL_MIGRATION_LIST);
    while (stmt_next(q, &e)) {
        CHECK(stmt_i64(q, 0) > before);
        before = stmt_i64(q, 0);
        rows++;
    }
    CHECK(e == OK && rows >= 3 && before == 903);
    stmt_end(q);
    db_close(db);
}

static void
test_stmt__values_come_back_as_they_went_in(void)
{
    static const char body[] = "{\"a\":\"\xc4\x91\"}";
    uint8_t hash[32], sig[64];
    struct db *db = fresh();
    struct stmt *q = stmt_begin(db, SQL_JOURNAL_ADD);
    size_t len;

    memset(hash, 0, sizeof(hash));
    memset(sig, 0xff, sizeof(sig));
    stmt_bind_i64(q, ":seq", 1);
    stmt_bind_text(q, ":kind", "test");
    stmt_bind_text_len(q, ":body", body, sizeof(body) - 1);
    stmt_bind_i64_or_null(q, ":key", true, INT32_MAX);
    stmt_bind_blob(q, ":hash", hash, sizeof(hash));
    stmt_bind_blob(q, ":sig", sig, sizeof(sig));
    CHECK(stmt_done_once(q) == OK);
    CHECK(db_last_id(db) == 1);

    q = stmt_begin(db, SQL_JOURNAL_FROM);
    stmt_bind_i64(q, ":seq", INT64_MIN);
    stmt_bind_i64(q, ":limit", 5);
    CHECK(stmt_row(q) == OK);
    CHECK(stmt_i64(q, 0) == 1 && !stmt_is_null(q, 0));
    CHECK_STR(stmt_text(q, 2), body);
    CHECK(stmt_i64(q, 3) == INT32_MAX);
    CHECK(memcmp(stmt_blob(q, 4, &len), hash, 32) == 0 && len == 32);
    CHECK(memcmp(stmt_blob(q, 5, &len), sig, 64) == 0 && len == 64);
    stmt_end(q);
    db_close(db);
}

static void
test_stmt__names_may_come_in_any_order_and_twice(void)
{
    struct db *db = fresh();
    struct stmt *q = stmt_begin(db, SQL_MIGRATION_ADD);
    enum err e;

    stmt_bind_text(q, ":sha256", HASH);
    stmt_bind_i64(q, ":applied_at", 5);
    stmt_bind_i64(q, ":number", 1000);
    stmt_bind_text(q, ":name", "first");
    stmt_bind_text(q, ":name", "second");
    stmt_bind_i64(q, ":number", 904);
    CHECK(stmt_done_once(q) == OK);
    q = stmt_begin(db, SQL_MIGRATION_LIST);
    while (stmt_next(q, &e) && stmt_i64(q, 0) != 904)
        ;
    CHECK(e == OK);
    CHECK_STR(stmt_text(q, 1), "second");
    CHECK_STR(stmt_text(q, 2), HASH);
    stmt_end(q);
    db_close(db);
}

static void
test_stmt__null_is_refused_where_the_schema_wants_a_value(void)
{
    struct db *db = fresh();
    struct stmt *q = stmt_begin(db, SQL_JOURNAL_ADD);

    stmt_bind_i64(q, ":seq", 1);
    stmt_bind_text(q, ":kind", "test");
    stmt_bind_text(q, ":body", "{}");
    stmt_bind_i64_or_null(q, ":key", false, 7);
    stmt_bind_blob(q, ":hash", NULL, 0);
    stmt_bind_blob(q, ":sig", NULL, 0);
    CHECK(stmt_done_once(q) == ERR_BOOKS);
    CHECK(strstr(err_msg(), "journal.key") != NULL);
    db_close(db);
}

int
main(void)
{
    RUN(test_stmt__every_statement_of_the_program_is_one_statement);
    RUN(test_stmt__a_row_that_is_there_twice_exists);
    RUN(test_stmt__a_row_against_the_rules_is_refused_by_name);
    RUN(test_stmt__no_row_is_not_found_and_rows_come_in_order);
    RUN(test_stmt__values_come_back_as_they_went_in);
    RUN(test_stmt__names_may_come_in_any_order_and_twice);
    RUN(test_stmt__null_is_refused_where_the_schema_wants_a_value);
    return T_END();
}
