/* tests/bench/bench_search.c - search as you type, by size of the catalogue.
 *
 *     bench_search FOLDER [PRODUCTS...]
 *
 * 10,000, 100,000 and 1,000,000 products unless said: p50 and p99 of the search
 * alone, and of the answer's ten products with price, stock and certificate
 * read; for two, three and four letters, several words, initials, codes, and
 * what is nowhere. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/crypto.h"
#include "base/mem.h"
#include "base/text.h"
#include "db/db.h"
#include "db/product.h"
#include "db/search.h"
#include "db/stock.h"
#include "tests/bench/big_shop.h"
#include "tests/bench/load.h"

enum { STEP = 10000, ROUNDS = 300 };

struct filling {
    int64_t from, to;
};

static enum err
add(struct db *db, int64_t id)
{
    static const char *const kinds[] = {"Nước mắm", "Mật ong",
        "Trà shan tuyết", "Cà phê rang xay", "Măng khô", "Miến dong",
        "Gạo nếp", "Chả mực", "Rượu cần", "Bánh đa nem", "Hạt điều rang"};
    static const char *const places[] = {"Cát Hải", "Mộc Châu", "Tà Xùa",
        "Buôn Ma Thuột", "Điện Biên", "Bình Liêu", "Tú Lệ", "Hạ Long",
        "Đắk Lắk", "Thổ Hà", "Mường Khương", "Bình Phước", "Phú Quốc"};
    struct product p = {.id = id, .seq = 1, .kind = PRODUCT_PIECE,
        .unit = "gói", .vat_class = "8"};
    struct barcode code = {.qty_milli = 1000};
    struct buf fold;
    enum err e;

    snprintf(p.sku, sizeof(p.sku), "OC%07" PRId64, id);
    snprintf(p.name, sizeof(p.name), "%s %s loại %" PRId64, kinds[id % 11],
        places[id / 11 % 13], id / 143);
    buf_init(&fold, 4096);
    e = text_fold(p.name, strlen(p.name), &fold);
    if (e == OK) {
        char *words = mem_dup_str(fold.data);

        buf_add_char(&fold, ' ');
        text_initials(words, &fold);
        buf_printf(&fold, " oc%07" PRId64, id);
        mem_free(words);
        e = db_product_put(db, &p);
    }
    snprintf(code.code, sizeof(code.code), "0893%09" PRId64 "0", id * 7);
    if (e == OK)
        e = db_barcode_set(db, id, &code, 1, 1);
    if (e == OK)
        e = db_price_put(db, id, 0, 10000 + id % 490 * 1000, 1);
    if (e == OK)
        e = db_search_put(db, id, fold.data);
    buf_finish(&fold);
    return e;
}

static enum err
fill(struct db *db, void *arg)
{
    const struct filling *f = arg;
    enum err e = OK;

    for (int64_t id = f->from; e == OK && id <= f->to; id++)
        e = add(db, id);
    return e;
}

static int
by_value(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return (x > y) - (x < y);
}

/* One search as the API does it; the hits' number. */
static size_t
search(struct db *db, const char *words, bool read)
{
    struct search_hit hits[10];
    struct product p;
    int64_t price, stock;
    size_t len;

    big_must(db_search(db, words, 0, hits, 10, &len), words);
    for (size_t i = 0; read && i < len; i++) {
        big_must(db_product_get(db, hits[i].product_id, &p), "product");
        big_must(db_price_get(db, p.id, clock_now(), &price), "price");
        big_must(db_stock_sellable(db, p.id, 0, &stock), "stock");
    }
    return len;
}

static void
measure(struct db *db, const char *what, const char *const words[], size_t n,
    bool read)
{
    static uint32_t us[ROUNDS * 16];
    size_t len = 0, found = 0;

    for (int r = 0; r < ROUNDS; r++)
        for (size_t i = 0; i < n; i++) {
            int64_t begun = clock_mono_us();

            found += search(db, words[i], read);
            us[len++] = (uint32_t)(clock_mono_us() - begun);
        }
    qsort(us, len, sizeof(us[0]), by_value);
    printf("  %-34s p50 %.3f p99 %.3f ms, %.1f found\n", what,
        us[len / 2] / 1e3, us[len * 99 / 100] / 1e3,
        (double)found / (double)len);
}

static void
measure_all(struct db *db)
{
    static const char *const two[] = {"tr", "ma", "ca", "ha", "nu", "bi"};
    static const char *const four[] = {"nuoc", "mong", "shan", "tuye"};
    static const char *const many[] = {"mat ong moc", "tra sha bi",
        "nuoc mam phu", "ca phe rang dak", "gao nep tu le"};
    static const char *const short_[] = {"nmch", "mod", "oc000", "89300"};
    static const char *const none[] = {"zz", "mien dong cat hai zz"};

    measure(db, "two letters", two, 6, false);
    measure(db, "four letters", four, 4, false);
    measure(db, "several words", many, 5, false);
    measure(db, "initials, SKU, code", short_, 4, false);
    measure(db, "nowhere", none, 2, false);
    measure(db, "several words, products read", many, 5, true);
}

int
main(int argc, char **argv)
{
    static const char *const standard[] = {"10000", "100000", "1000000"};
    const char *const *sizes = argc > 2 ? (const char *const *)argv + 2
                                        : standard;
    int n = argc > 2 ? argc - 2 : 3;
    struct filling f = {.from = 1};
    char path[512];
    struct db *db;

    if (argc < 2)
        return 2;
    snprintf(path, sizeof(path), "%s/search.db", argv[1]);
    unlink(path);
    big_must(crypto_init(), "crypto");
    big_must(db_open(path, DB_WRITE, &db), path);
    for (int i = 0; i < n; i++) {
        int64_t size = strtoll(sizes[i], NULL, 10);

        for (; f.from <= size; f.from = f.to + 1) {
            f.to = f.from + STEP - 1 < size ? f.from + STEP - 1 : size;
            big_must(db_write_alone(db, "fill", fill, &f), "fill");
        }
        printf("%" PRId64 " products\n", size);
        measure_all(db);
        fflush(stdout);
    }
    db_close(db);
    unlink(path);
    return 0;
}
