/* The products of real pages, when the file is beside the checkout. */
#include <string.h>

#include "base/file.h"
#include "base/lang.h"
#include "sync/record.h"
#include "tests/tools/real_records.h"
#include "tests/unit/t.h"

static struct buf table;

static enum err
read_one(const struct csv *row, int64_t cert, struct ocop_record *record)
{
    struct json *root = NULL;
    struct buf text;
    enum err e;

    buf_init(&text, RECORD_MAX);
    real_records_add(row, cert, &text);
    e = json_parse(text.data, text.len, NULL, &root);
    if (!e)
        e = record_read(root, record);
    json_free(root);
    buf_finish(&text);
    return e;
}

static void
test_record_real__all_but_the_one_without_stars_are_taken(void)
{
    int taken = 0, refused = 0, official = 0;
    struct ocop_record record;
    struct csv c;
    bool more = true;
    enum err e = csv_init(&c, table.data, table.len);

    while (!e && !(e = csv_next(&c, &more)) && more) {
        if (read_one(&c, taken + refused + 1, &record)) {
            refused++;
            CHECK_STR(csv_get(&c, "source_record"), "CK-003");
            CHECK(err_last()->err == ERR_CERT_REFUSED);
            CHECK_STR(err_last()->path, "stars");
        } else {
            taken++;
            official += record.evidence == EVIDENCE_OFFICIAL;
            CHECK_STR(record.name, csv_get(&c, "name"));
            CHECK(record.stars >= 3 && record.stars <= 5);
        }
    }
    CHECK(e == OK);
    CHECK(taken == 96 && refused == 1 && official == 24);
    csv_finish(&c);
}

static void
test_record_real__the_refusal_is_a_sentence(void)
{
    struct ocop_record record;
    struct buf text;
    struct csv c;
    bool more = true;

    buf_init(&text, 1024 * 1024);
    CHECK(file_read(OCOP_SOURCE_DIR "/pos/web/vi.json", &text) == OK);
    CHECK(lang_load(LANG_VI, text.data, text.len) == OK);
    buf_clear(&text);
    CHECK(csv_init(&c, table.data, table.len) == OK);
    do
        CHECK(csv_next(&c, &more) == OK && more);
    while (more && strcmp(csv_get(&c, "stars"), "0") != 0);
    CHECK(more && read_one(&c, 1, &record) == ERR_CERT_REFUSED);
    lang_error(LANG_VI, err_last(), &text);
    CHECK_STR(text.data,
        "Không nhận hồ sơ CK-003: chỉ sản phẩm 3, 4 hoặc 5 sao mới được cấp "
        "giấy chứng nhận OCOP.");
    csv_finish(&c);
    lang_unload();
    buf_finish(&text);
}

int
main(void)
{
    struct buf path;

    buf_init(&path, 1000);
    buf_init(&table, 1024 * 1024);
    if (real_records_find("data/ocop_products_real.csv", &path)) {
        printf("SKIP %s\n0 passed, 0 failed, 1 skipped\n", err_msg());
        buf_finish(&path);
        return 0;
    }
    if (file_read(path.data, &table)) {
        fprintf(stderr, "%s\n", err_msg());
        return 1;
    }
    RUN(test_record_real__all_but_the_one_without_stars_are_taken);
    RUN(test_record_real__the_refusal_is_a_sentence);
    buf_finish(&table);
    buf_finish(&path);
    return T_END();
}
