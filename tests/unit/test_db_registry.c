/* The books' file: its kind, its versions, the lists made of them. */
#include <sqlite3.h>
#include <string.h>

#include "base/buf.h"
#include "db/db.h"
#include "db/registry/lists.h"
#include "db/registry/published.h"
#include "db/registry/records.h"
#include "db/registry/showrooms.h"
#include "db/registry/units.h"
#include "tests/unit/t.h"
#include "tests/unit/t_dir.h"

static struct db *db;

static void
fresh(void)
{
    CHECK(db_open_as(":memory:", DB_WRITE, DB_REGISTRY, &db) == OK);
}

static void
test_books_file__is_no_shop_and_a_shop_is_no_books(void)
{
    struct db *other = NULL;

    t_dir_empty();
    CHECK(db_open(t_path("shop.db"), DB_WRITE, &other) == OK);
    db_close(other);
    CHECK(db_open_as(t_path("books.db"), DB_WRITE, DB_REGISTRY, &other) == OK);
    db_close(other);
    CHECK(db_open(t_path("books.db"), DB_WRITE, &other) == ERR_DB_VERSION);
    CHECK(strstr(err_msg(), "the registry's books") != NULL);
    CHECK_STR(err_last()->args[0].value, "kind");
    CHECK(db_open(t_path("books.db"), DB_READ, &other) == ERR_DB_VERSION);
    CHECK(db_open_as(t_path("shop.db"), DB_WRITE, DB_REGISTRY, &other) ==
        ERR_DB_VERSION);
    CHECK(strstr(err_msg(), "a showroom's shop") != NULL);
    CHECK(db_open_as(t_path("books.db"), DB_READ, DB_REGISTRY, &other) == OK);
    db_close(other);
}

static void
test_books_file__is_whole(void)
{
    struct buf report;

    fresh();
    buf_init(&report, 4096);
    CHECK(db_check(db, &report) == OK);
    CHECK_STR(report.data, "");
    buf_finish(&report);
    db_close(db);
}

static struct reg_version
version(const char *id, int64_t cert, int64_t rev, const char *role)
{
    static char texts[8][64];
    static unsigned next;
    char *text = texts[next++ % 8];

    snprintf(text, sizeof(texts[0]), "{\"id\":\"%s\",\"rev\":%lld}", id,
        (long long)rev);
    return (struct reg_version){.id = id, .cert = cert, .rev = rev,
        .role = role, .stars = 4, .status = 1, .recall = 1, .from_day = 20000,
        .until_day = 21000, .record = text, .record_len = strlen(text),
        .action = REG_IMPORT, .at = 1, .by_whom = "An"};
}

static enum err
add(struct db *d, void *arg)
{
    return db_reg_version_add(d, arg);
}

static enum err
put(const char *id, int64_t cert, int64_t rev, const char *role)
{
    struct reg_version v = version(id, cert, rev, role);

    return db_write_alone(db, "test", add, &v);
}

static enum err
publish(struct db *d, void *arg)
{
    struct reg_list list = {.at = 5, .by_whom = "An", .records = 1};
    enum err e;

    snprintf(list.role, sizeof(list.role), "%s", (const char *)arg);
    e = db_reg_list_begin(d, list.role, &list.seq);
    return e == OK ? db_reg_list_finish(d, &list) : e;
}

static enum err
show(void *arg, const char *id, int64_t rev, const char *record, size_t len)
{
    CHECK(!record || strlen(record) == len);
    buf_printf(arg, "%c%s/%lld ", record ? '+' : '-', id, (long long)rev);
    return OK;
}

static void
check_list(const char *role, int64_t seq, const char *want)
{
    struct buf b;

    buf_init(&b, 4096);
    CHECK(db_reg_list_at(db, role, seq, show, &b) == OK);
    CHECK_STR(b.data, want);
    buf_finish(&b);
}

static void
check_delta(int64_t from, int64_t to, const char *want)
{
    struct buf b;

    buf_init(&b, 4096);
    CHECK(db_reg_list_delta(db, "p01", from, to, show, &b) == OK);
    CHECK_STR(b.data, want);
    buf_finish(&b);
}

static int64_t
pending(const char *role)
{
    int64_t n = -1;

    CHECK(db_reg_list_pending(db, role, &n) == OK);
    return n;
}

/* Behind the program's back. */
static void
raw(const char *path, const char *sql)
{
    sqlite3 *h;

    CHECK(sqlite3_open(path, &h) == SQLITE_OK);
    CHECK(sqlite3_exec(h, sql, NULL, NULL, NULL) == SQLITE_OK);
    sqlite3_close(h);
}

static void
test_shop_file__of_before_headers_were_written_still_opens(void)
{
    struct db *shop = NULL;

    t_dir_empty();
    CHECK(db_open(t_path("shop.db"), DB_WRITE, &shop) == OK);
    db_close(shop);
    raw(t_path("shop.db"), "PRAGMA application_id = 0");
    CHECK(db_open(t_path("shop.db"), DB_WRITE, &shop) == OK);
    db_close(shop);
    CHECK(db_open_as(t_path("shop.db"), DB_WRITE, DB_REGISTRY, &shop) ==
        ERR_DB_VERSION);
    raw(t_path("shop.db"), "PRAGMA application_id = 12345");
    CHECK(db_open(t_path("shop.db"), DB_WRITE, &shop) == ERR_DB_VERSION);
    CHECK(strstr(err_msg(), "another program") != NULL);
}

static enum err
show_block(void *arg, int64_t block)
{
    buf_printf(arg, "%lld ", (long long)block);
    return OK;
}

static void
test_records__the_blocks_that_changed_are_known(void)
{
    struct buf b;
    int64_t n = 0;

    buf_init(&b, 1024);
    fresh();
    CHECK(put("a", 1, 1, "p01") == OK && put("b", 600, 1, "p01") == OK);
    CHECK(db_reg_version_last(db, &n) == OK);
    CHECK(put("a", 1, 2, "p01") == OK && put("c", 255, 1, "p01") == OK);
    CHECK(db_reg_blocks_since(db, 0, show_block, &b) == OK);
    buf_printf(&b, "| ");
    CHECK(db_reg_blocks_since(db, n, show_block, &b) == OK);
    CHECK_STR(b.data, "0 2 | 0 ");
    CHECK(db_reg_cert_free(db, &n) == OK && n == 2);
    buf_finish(&b);
    db_close(db);
}

static void
test_lists__every_sequence_can_be_told_again(void)
{
    static char p01[] = "p01", vn[] = "vn";

    fresh();
    CHECK(put("b", 2, 1, "p01") == OK && put("a", 1, 1, "p01") == OK);
    CHECK(pending("p01") == 2 && pending("vn") == 0);
    CHECK(db_write_alone(db, "test", publish, p01) == OK);
    CHECK(pending("p01") == 0);
    CHECK(put("a", 1, 2, "p01") == OK && put("c", 3, 1, "p01") == OK);
    CHECK(pending("p01") == 2);
    CHECK(db_write_alone(db, "test", publish, p01) == OK);
    CHECK(put("a", 1, 3, "p01") == OK && put("b", 2, 2, "vn") == OK);
    CHECK(pending("p01") == 2 && pending("vn") == 1);
    CHECK(db_write_alone(db, "test", publish, p01) == OK);
    CHECK(db_write_alone(db, "test", publish, vn) == OK);
    check_list("p01", 1, "+a/1 +b/1 ");
    check_list("p01", 2, "+a/2 +b/1 +c/1 ");
    check_list("p01", 3, "+a/3 +c/1 ");
    check_list("vn", 1, "+b/2 ");
    check_delta(1, 2, "+a/2 +c/1 ");
    check_delta(2, 3, "+a/3 -b/1 ");
    check_delta(1, 3, "+a/3 -b/1 +c/1 ");
    db_close(db);
}

static void
test_records__numbers_are_given_once(void)
{
    int64_t n = 0;

    fresh();
    CHECK(put("a", 1, 1, "p01") == OK);
    CHECK(put("b", 1, 1, "p01") == ERR_EXISTS);
    CHECK(put("a", 2, 2, "p01") == ERR_EXISTS);
    CHECK(put("a", 1, 1, "p01") == ERR_EXISTS);
    CHECK(put("a", 1, 2, NULL) == OK);
    CHECK(put("c", 700, 1, "p01") == OK);
    CHECK(db_reg_cert_last(db, &n) == OK && n == 700);
    CHECK(db_reg_version_last(db, &n) == OK && n == 3);
    db_close(db);
}

static enum err
add_metadata(struct db *d, void *arg)
{
    struct reg_metadata m = {.role = "root", .version = *(int64_t *)arg,
        .signed_at = 1, .expires_at = 2, .bytes = "{}", .len = 2};
    struct reg_target t = {.path = "p01/a", .role = "p01", .length = m.version,
        .custom = "{}", .at = m.version};
    enum err e = db_reg_metadata_add(d, &m);

    return e == OK ? db_reg_target_put(d, &t) : e;
}

static enum err
take_metadata(void *arg, const struct reg_metadata *m)
{
    CHECK(m->len == 2 && memcmp(m->bytes, "{}", 2) == 0);
    *(int64_t *)arg = *(int64_t *)arg * 10 + m->version;
    return OK;
}

static enum err
take_target(void *arg, const struct reg_target *t)
{
    CHECK_STR(t->path, "p01/a");
    *(int64_t *)arg = t->length;
    return OK;
}

static void
test_metadata__the_newest_is_known_and_none_is_lost(void)
{
    int64_t one = 1, two = 2, seen = 0;

    fresh();
    CHECK(db_write_alone(db, "test", add_metadata, &one) == OK);
    CHECK(db_write_alone(db, "test", add_metadata, &two) == OK);
    CHECK(db_write_alone(db, "test", add_metadata, &two) == ERR_EXISTS);
    CHECK(db_reg_metadata_each(db, take_metadata, &seen) == OK && seen == 2);
    CHECK(db_reg_metadata_get(db, "root", 1, take_metadata, &seen) == OK);
    CHECK(seen == 21);
    CHECK(db_reg_metadata_last(db, "vn", take_metadata, &seen) ==
        ERR_NOT_FOUND);
    CHECK(db_reg_targets(db, "p01", take_target, &seen) == OK && seen == 2);
    db_close(db);
}

#define N(fold) ((struct reg_name){fold, ""})

static enum err
add_units(struct db *d, void *arg)
{
    struct reg_commune c = {"00004", "01", "Phường Ba Đình", false};
    struct reg_commune same = {"11111", "31", "Phường Ba Đình", false};

    (void)arg;
    CHECK(db_reg_communes_gone(d) == OK);
    CHECK(db_reg_commune_put(d, &c, "phuong ba dinh") == OK);
    CHECK(db_reg_commune_put(d, &same, "phuong ba dinh") == OK);
    CHECK(db_reg_mapping_put(d, N("cu"), "quan", "ha noi", "00004") == OK);
    CHECK(db_reg_mapping_put(d, N("cu"), "huyen", "hai phong", "11111") == OK);
    return OK;
}

static void
test_units__a_name_that_may_be_several_is_told_so(void)
{
    struct reg_commune c;

    fresh();
    CHECK(db_write_alone(db, "test", add_units, NULL) == OK);
    CHECK(db_reg_commune_named(db, N("phuong ba dinh"), "", &c) == ERR_EXISTS);
    CHECK(db_reg_commune_named(db, N("phuong ba dinh"), "31", &c) == OK);
    CHECK_STR(c.code, "11111");
    CHECK(db_reg_mapped(db, N("cu"), "", "", &c) == ERR_EXISTS);
    CHECK(db_reg_mapped(db, N("cu"), "", "ha noi", &c) == OK);
    CHECK_STR(c.code, "00004");
    CHECK(db_reg_mapped(db, N("moi"), "", "", &c) == ERR_NOT_FOUND);
    CHECK(db_reg_commune(db, "00004", &c) == OK && !c.gone);
    db_close(db);
}

static enum err
add_showroom(struct db *d, void *arg)
{
    struct reg_showroom s = {101, "Điểm bán", "00004", 1, "An"};
    struct reg_showroom_key k = {.showroom = 101, .number = 1, .from_day = 3,
        .at = 1, .by_whom = "An"};
    enum err e = db_reg_showroom_add(d, &s);

    (void)arg;
    return e == OK ? db_reg_showroom_key_add(d, &k) : e;
}

static enum err
take_key(void *arg, const struct reg_showroom_key *k)
{
    *(int32_t *)arg = k->withdrawn_day;
    return OK;
}

static enum err
withdraw(struct db *d, void *arg)
{
    return db_reg_showroom_key_withdraw(d, 101, *(int64_t *)arg, 9, 44);
}

static void
test_showrooms__a_key_is_withdrawn_not_forgotten(void)
{
    int32_t day = -1;
    int64_t one = 1, two = 2;

    fresh();
    CHECK(db_write_alone(db, "test", add_showroom, NULL) == OK);
    CHECK(db_write_alone(db, "test", add_showroom, NULL) == ERR_EXISTS);
    CHECK(db_reg_showroom_keys(db, 101, take_key, &day) == OK && day == 0);
    CHECK(db_write_alone(db, "test", withdraw, &two) == ERR_NOT_FOUND);
    CHECK(db_write_alone(db, "test", withdraw, &one) == OK);
    CHECK(db_reg_showroom_keys(db, 101, take_key, &day) == OK && day == 9);
    db_close(db);
}

int
main(void)
{
    RUN(test_books_file__is_no_shop_and_a_shop_is_no_books);
    RUN(test_books_file__is_whole);
    RUN(test_shop_file__of_before_headers_were_written_still_opens);
    RUN(test_records__the_blocks_that_changed_are_known);
    RUN(test_lists__every_sequence_can_be_told_again);
    RUN(test_records__numbers_are_given_once);
    RUN(test_metadata__the_newest_is_known_and_none_is_lost);
    RUN(test_units__a_name_that_may_be_several_is_told_so);
    RUN(test_showrooms__a_key_is_withdrawn_not_forgotten);
    return T_END();
}
