/* fill_registry DIR add N               N more records, over all provinces
 * fill_registry DIR change N PROVINCES   a new revision of N of them, of that
 *                                        many provinces
 *
 * For measurements and crash tests: as many records as wanted, of a real one's
 * size and variety, straight into the books of a registry.  Every hundredth
 * has 5 stars, seven of ten 3. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/canon.h"
#include "base/clock.h"
#include "base/crypto.h"
#include "db/db.h"
#include "db/registry/records.h"
#include "sync/record.h"
#include "sync/registry/books.h"
#include "sync/registry/provinces.h"

enum { PROVINCES = 34, WORDS = 40 };

struct fill {
    struct db *db;
    int64_t count, provinces;
    bool change;
    int64_t now;
};

static const char *const words[WORDS] = {"Chè", "hoa", "vàng", "Mật", "ong",
    "Gạo", "nếp", "Cà phê", "Nước mắm", "Miến", "Bưởi", "da xanh", "Tranh",
    "Chả mực", "Hồ tiêu", "Thượng", "Lâm", "Bình", "Sơn", "Hòa", "Phú", "Yên",
    "Tân", "Long", "Mỹ", "Đức", "Vĩnh", "Thạch", "Quảng", "Minh", "Hồng",
    "Ngọc", "Thanh", "Kim", "Trường", "Xuân", "Bắc", "Nam", "Đông", "Hưng"};

/* `count` words that depend on `seed` alone, behind what is in `out`. */
static void
say_words(char out[128], uint64_t seed, int count)
{
    for (int i = 0; i < count; i++) {
        size_t at = strlen(out);

        seed = seed * 6364136223846793005u + 1442695040888963407u;
        snprintf(out + at, 128 - at, " %s", words[(seed >> 33) % WORDS]);
    }
}

static void
put_place(struct canon *c, const char *province, int64_t n)
{
    char code[8], text[128] = "Xã";

    say_words(text, (uint64_t)(n % 3321), 2);
    snprintf(code, sizeof(code), "%05d", (int)(n % 3321));
    canon_key(c, "place");
    canon_obj(c);
    canon_put_str(c, "commune_code", code);
    canon_put_str(c, "province_code", province);
    canon_put_str(c, "text", text);
    say_words(text, (uint64_t)(n % 10000), 2);
    canon_put_str(c, "text_at_issue", text);
    canon_put_str(c, "units_version", "2026");
    canon_end_obj(c);
}

static void
put_record(struct canon *c, const char *id, int64_t n, int64_t rev, int stars,
    const char *province)
{
    char text[128], date[CLOCK_DATE_SIZE];
    int32_t day = 20500 + (int32_t)(n % 200);

    clock_format_date(day, date);
    canon_obj(c);
    canon_put_int(c, "cert", n);
    canon_key(c, "decision");
    canon_obj(c);
    canon_put_str(c, "date", date);
    canon_put_str(c, "issuer", "Ủy ban nhân dân tỉnh");
    canon_put_str(c, "issuer_level", stars == 5 ? "central" : "province");
    snprintf(text, sizeof(text), "%d/QĐ-UBND", (int)(n / 40));
    canon_put_str(c, "number", text);
    canon_end_obj(c);
    canon_put_str(c, "evidence", "demo");
    canon_key(c, "group");
    canon_obj(c);
    canon_put_str(c, "code", "06");
    canon_put_str(c, "scheme", "QD148-2023");
    canon_end_obj(c);
    canon_put_str(c, "id", id);
    snprintf(text, sizeof(text), "%s", words[n % WORDS]);
    say_words(text, (uint64_t)n, 4);
    canon_put_str(c, "name", text);
    snprintf(text, sizeof(text), "%s-%05d-%d-2025", province,
        (int)(n * 7919 % 99991), (int)(n % 9) + 1);
    canon_put_str(c, "ocop_code", text);
    put_place(c, province, n);
    canon_key(c, "producer");
    canon_obj(c);
    canon_put_str(c, "form", "cooperative");
    snprintf(text, sizeof(text), "VN%s-SX%04d", province, (int)(n / 3));
    canon_put_str(c, "id", text);
    snprintf(text, sizeof(text), "Hợp tác xã");
    say_words(text, (uint64_t)(n / 3) + 77, 3);
    canon_put_str(c, "name", text);
    canon_end_obj(c);
    canon_put_int(c, "rev", rev);
    canon_put_str(c, "schema", "ocop-product/1");
    canon_put_int(c, "stars", stars);
    canon_put_str(c, "status", "active");
    canon_put_str(c, "valid_from", date);
    clock_format_date(clock_add_months(day, 36), date);
    canon_put_str(c, "valid_until", date);
    canon_end_obj(c);
    canon_end(c);
}

static enum err
fill_one(struct fill *f, int64_t n, int64_t rev)
{
    const char *province = province_at((size_t)(n % PROVINCES))->code;
    int stars = n % 100 == 99 ? 5 : n % 10 < 7 ? 3 : 4;
    int32_t day = 20500 + (int32_t)(n % 200);
    struct reg_version v = {.cert = n,
        .rev = rev,
        .stars = stars,
        .status = RECORD_ACTIVE,
        .recall = RECALL_NONE,
        .from_day = day,
        .until_day = clock_add_months(day, 36),
        .action = REG_IMPORT,
        .at = f->now,
        .by_whom = "fill_registry"};
    char id[32], role[8];
    struct buf text;
    struct canon c;
    enum err e;

    snprintf(id, sizeof(id), "VN%s-%06d", province, (int)n);
    snprintf(role, sizeof(role), "%s%s", stars == 5 ? "vn" : "p",
        stars == 5 ? "" : province);
    buf_init(&text, RECORD_MAX);
    canon_init(&c, &text);
    put_record(&c, id, n, rev, stars, province);
    v.id = id;
    v.role = role;
    v.record = text.data;
    v.record_len = text.len;
    e = db_reg_version_add(f->db, &v);
    buf_finish(&text);
    return e;
}

static enum err
last_rev(void *arg, const struct reg_version *v)
{
    *(int64_t *)arg = v->rev;
    return OK;
}

static enum err
fill(struct db *db, void *arg)
{
    struct fill *f = arg;
    int64_t last = 0, rev = 0, turn = 0;
    enum err e = db_reg_cert_last(db, &last);

    if (e == OK)
        e = db_reg_version_last(db, &turn); /* others than the time before */

    for (int64_t i = 1; e == OK && i <= f->count; i++) {
        int64_t n = last + i;

        if (f->change)
            n = PROVINCES
                    * (1 + (turn + i) / f->provinces % (last / PROVINCES - 1))
                + i % f->provinces;
        if (f->change)
            e = db_reg_record_by_cert(db, n, last_rev, &rev);
        if (e == OK)
            e = fill_one(f, n, f->change ? rev + 1 : 1);
    }
    return e;
}

int
main(int argc, char **argv)
{
    struct fill f = {.now = clock_now()};
    struct books *books = NULL;
    char path[4096];
    enum err e;

    if (argc < 4)
        return 2;
    f.change = argc == 5 && strcmp(argv[2], "change") == 0;
    f.count = strtoll(argv[3], NULL, 10);
    f.provinces = argc == 5 ? strtoll(argv[4], NULL, 10) : PROVINCES;
    snprintf(path, sizeof(path), "%s/registry.db", argv[1]);
    e = crypto_init();
    if (e == OK)
        e = books_open(path, DB_WRITE, &books);
    if (e == OK) {
        f.db = books->db;
        e = db_write_alone(books->db, "fill", fill, &f);
    }
    books_close(books);
    if (e != OK)
        fprintf(stderr, "fill_registry: %s\n", err_msg());
    return e != OK;
}
