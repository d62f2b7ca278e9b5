/* A list taken in: what is counted, what is written, and real records. */
#include "pos/certified/take.h"

#include <string.h>

#include "base/crypto.h"
#include "base/file.h"
#include "db/certified.h"
#include "sync/list.h"
#include "tests/tools/real_records.h"
#include "tests/tools/shop_fixture.h"
#include "tests/unit/t.h"

static size_t refused;

static void
count_refused(void *arg, size_t line, const struct err_state *why)
{
    (void)arg;
    (void)line;
    (void)why;
    refused++;
}

static void
add_record(struct buf *b, const char *id, int cert, int stars,
    const char *status)
{
    buf_printf(b,
        "{\"schema\":\"ocop-product/1\",\"id\":\"%s\",\"cert\":%d,\"rev\":1,"
        "\"name\":\"Chè %s\",\"producer\":{\"id\":\"P1\",\"name\":\"Hộ An\","
        "\"form\":\"household\"},\"place\":{\"province_code\":\"01\"},"
        "\"group\":{\"scheme\":\"QD26-2026\",\"code\":\"06\"},\"stars\":%d,"
        "\"decision\":{\"date\":\"2026-09-15\",\"issuer\":\"UBND\","
        "\"issuer_level\":\"province\"},\"valid_from\":\"2026-09-15\","
        "\"valid_until\":\"2029-09-15\",\"status\":\"%s\",\"evidence\":"
        "\"demo\"}\n",
        id, cert, id, stars, status);
}

/* Take the text in and empty it. */
static enum err
take_in(struct fixture *f, struct buf *text, struct certified_take *take)
{
    struct list list;
    enum err e;

    refused = 0;
    e = list_read(text->data, text->len, count_refused, NULL, &list);
    *take = (struct certified_take){.list = &list};
    if (e == OK)
        e = fixture_write(f, certified_take_write, take);
    list_finish(&list);
    buf_clear(text);
    return e;
}

static enum err
hash_record(void *arg, const struct certified_row *row)
{
    crypto_hash_add(arg, row->record, row->record_len);
    crypto_hash_add(arg, "\n", 1);
    return OK;
}

static void
test_certified__a_list_is_held_against_the_one_before(void)
{
    struct certified_take t;
    struct certified_list in_force;
    uint8_t sha256[CRYPTO_HASH];
    struct crypto_hash hash;
    struct certified c;
    struct fixture f;
    struct buf text;

    fixture_open(&f);
    buf_init(&text, 100000);
    add_record(&text, "A", 1, 3, "active");
    add_record(&text, "B", 2, 3, "active");
    add_record(&text, "C", 3, 3, "active");
    add_record(&text, "D", 4, 3, "suspended");
    CHECK(take_in(&f, &text, &t) == OK);
    CHECK(t.list_seq == 1 && t.added == 4 && t.changed == 0
          && t.withdrawn == 0);
    add_record(&text, "A", 1, 4, "active");  /* upgraded */
    add_record(&text, "B", 2, 3, "revoked"); /* withdrawn */
    add_record(&text, "D", 4, 3, "suspended"); /* the same; C is gone */
    add_record(&text, "E", 5, 3, "active");
    CHECK(take_in(&f, &text, &t) == OK);
    CHECK(t.list_seq == 2 && t.added == 1 && t.changed == 1
          && t.withdrawn == 2);
    CHECK(db_certified_by_id(f.db, "A", &c) == OK && c.stars == 4);
    CHECK(db_certified_by_id(f.db, "C", &c) == ERR_NOT_FOUND);
    CHECK(db_certified_list(f.db, "file", &in_force) == OK);
    CHECK(in_force.list_seq == 2 && in_force.records == 4
          && in_force.seq == t.seq);
    crypto_hash_init(&hash);
    CHECK(db_certified_rows(f.db, in_force.gen, "", 100, hash_record, &hash)
          == OK);
    crypto_hash_end(&hash, sha256);
    CHECK(memcmp(sha256, in_force.sha256, sizeof(sha256)) == 0);
    buf_finish(&text);
    fixture_close(&f);
}

static void
test_certified__the_same_list_again_changes_no_row(void)
{
    struct certified_take t;
    struct fixture f;
    struct buf text;

    fixture_open(&f);
    buf_init(&text, 100000);
    for (int i = 0; i < 2; i++) {
        add_record(&text, "A", 1, 3, "active");
        CHECK(take_in(&f, &text, &t) == OK);
    }
    CHECK(t.list_seq == 2 && t.added + t.changed + t.withdrawn == 0);
    buf_finish(&text);
    fixture_close(&f);
}

static void
test_certified__numbers_may_change_hands(void)
{
    struct certified_take t;
    struct certified c;
    struct fixture f;
    struct buf text;

    fixture_open(&f);
    buf_init(&text, 100000);
    add_record(&text, "A", 1, 3, "active");
    add_record(&text, "B", 2, 3, "active");
    CHECK(take_in(&f, &text, &t) == OK);
    add_record(&text, "A", 2, 3, "active");
    add_record(&text, "B", 1, 3, "active");
    CHECK(take_in(&f, &text, &t) == OK);
    CHECK(t.changed == 2);
    CHECK(db_certified_by_id(f.db, "A", &c) == OK && c.cert == 2);
    buf_finish(&text);
    fixture_close(&f);
}

static void
test_certified__an_empty_list_leaves_the_one_in_force(void)
{
    struct certified_take t;
    struct certified c;
    struct fixture f;
    struct buf text;

    fixture_open(&f);
    buf_init(&text, 100000);
    add_record(&text, "A", 1, 3, "active");
    CHECK(take_in(&f, &text, &t) == OK);
    CHECK(take_in(&f, &text, &t) == ERR_INVALID);
    CHECK(db_certified_by_id(f.db, "A", &c) == OK);
    buf_finish(&text);
    fixture_close(&f);
}

static void
test_certified__of_97_real_rows_96_are_taken(void)
{
    struct certified_take t;
    struct fixture f;
    struct buf path, table, text;
    bool more = true;
    int64_t cert = 0;
    struct csv c;
    enum err e;

    buf_init(&path, 1000);
    buf_init(&table, 1024 * 1024);
    buf_init(&text, 1024 * 1024);
    fixture_open(&f);
    e = real_records_find("data/ocop_products_real.csv", &path);
    if (e != OK) {
        printf("SKIP %s: %s\n", __func__, err_msg());
    } else {
        CHECK(file_read(path.data, &table) == OK);
        e = csv_init(&c, table.data, table.len);
        while (e == OK && (e = csv_next(&c, &more)) == OK && more) {
            real_records_add(&c, ++cert, &text);
            buf_add_char(&text, '\n');
        }
        csv_finish(&c);
        CHECK(e == OK && take_in(&f, &text, &t) == OK);
        CHECK(cert == 97 && refused == 1 && t.added == 96);
    }
    fixture_close(&f);
    buf_finish(&text);
    buf_finish(&table);
    buf_finish(&path);
}

int
main(void)
{
    RUN(test_certified__a_list_is_held_against_the_one_before);
    RUN(test_certified__the_same_list_again_changes_no_row);
    RUN(test_certified__numbers_may_change_hands);
    RUN(test_certified__an_empty_list_leaves_the_one_in_force);
    RUN(test_certified__of_97_real_rows_96_are_taken);
    return T_END();
}
