#include "tests/bench/big_shop.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/codes.h"
#include "base/crypto.h"
#include "db/db.h"
#include "db/product.h"
#include "db/sale.h"
#include "pos/data.h"
#include "pos/fact/fact_showroom.h"
#include "pos/sell/shift.h"
#include "pos/stock/product.h"
#include "pos/stock/receive.h"
#include "tests/bench/load.h"

enum { FILL_STEP = 500 };

void
big_must(enum err e, const char *what)
{
    if (e == OK)
        return;
    fprintf(stderr, "%s: %s\n", what, err_msg());
    exit(1);
}

struct making {
    struct journal_key key;
    int products;
};

static enum err
found(struct db *db, void *arg)
{
    struct making *m = arg;
    struct fact_showroom f = {.at = clock_now(),
        .showroom = {.number = 101, .name = "OCOP", .commune = "00103"},
        .key = {.number = 1}};
    struct journal_head head;
    struct shift shift;
    enum err e;

    memcpy(f.key.public_key, m->key.public_key, 32);
    e = fact_showroom_post(db, &f, &head);
    return e == OK ? shift_open_write(db, 1, 3, 500000, &shift) : e;
}

static enum err
add_product(struct db *db, int n)
{
    static const char *const kinds[] = {"Miến dong", "Mật ong hoa nhãn",
        "Trà shan tuyết", "Cà phê rang xay", "Gạo nếp cái hoa vàng",
        "Nước mắm cốt", "Bánh đa nem", "Tinh dầu sả", "Hạt điều rang muối"};
    static const char *const places[] = {"Hoài Đức", "Tây Hồ", "Mộc Châu",
        "Tà Xùa", "Đắk Lắk", "Bình Liêu", "Phú Quốc"};
    char sku[32], name[128], code[16];
    struct product_ask ask = {.has_sku = true, .sku = sku, .has_name = true,
        .name = name, .has_unit = true, .unit = "gói", .has_kind = true,
        .kind = PRODUCT_PIECE, .has_vat = true, .vat_class = "8",
        .has_price = true, .price = 10000 + 1000 * (n % 490),
        .has_codes = true, .codes_len = 1};
    struct receive_line line = {.qty_milli = 1000000000, .lot_code = "",
        .expires_day = DAY_NEVER, .cost = 5000};
    struct receive_ask in = {.supplier = "HTX", .note = "", .lines = &line,
        .lines_len = 1};
    struct receive_done done;
    enum err e;

    snprintf(sku, sizeof(sku), "SP%06d", n);
    snprintf(name, sizeof(name), "%s %s loại %d hộp %d g",
        kinds[n % 9], places[n / 9 % 7], n / 63 + 1, 100 + n % 5 * 50);
    snprintf(code, sizeof(code), "893%09d", n);
    snprintf(ask.codes[0].code, DB_CODE, "%s%c", code,
        codes_gtin_check(code, 12));
    ask.codes[0].qty_milli = 1000;
    e = product_write(db, &ask, &line.product_id);
    return e == OK ? receive_write(db, &in, &done) : e;
}

static enum err
stock(struct db *db, void *arg)
{
    const struct making *m = arg;
    enum err e = OK;

    for (int n = 0; e == OK && n < m->products; n++)
        e = add_product(db, n);
    return e;
}

void
big_shop_make(const char *dir, int products)
{
    struct making m = {.products = products};
    char path[DATA_PATH];
    struct db *db;

    big_must(data_create(dir), "folder");
    big_must(data_key_make(dir, 1, &m.key), "key");
    data_path(dir, "ocop-pos.db", path);
    big_must(db_open(path, DB_WRITE, &db), "open");
    db_journal_use_key(db, &m.key);
    big_must(db_write_alone(db, "found", found, &m), "found");
    big_must(db_write_alone(db, "stock", stock, &m), "stock");
    db_close(db);
}

void
big_bill_make(struct big_bill *bill, uint64_t *random, int products)
{
    static _Atomic int64_t keys;
    uint32_t n = (uint32_t)products;

    *bill = (struct big_bill){
        .cash = {.method = PAY_CASH, .tendered = 100000000, .reference = ""},
        .ask = {.till = 1, .staff = 3, .role = ROLE_CASHIER, .note = "",
            .lines_len = BIG_LINES, .payments_len = 1}};
    for (int i = 0; i < BIG_LINES; i++) {
        uint32_t among = load_random(random, 100) < 80 ? n / 5 : n;

        bill->lines[i] = (struct sale_ask_line){.has_qty = true,
            .product_id = 1 + load_random(random, among ? among : 1),
            .qty_milli = 1000 * (1 + load_random(random, 3))};
    }
    /* as time-ordered keys are: one after the other */
    snprintf(bill->key, sizeof(bill->key), "%012" PRIx64 "-%08x-%08" PRIx64,
        clock_now_ms(), load_random(random, UINT32_MAX), ++keys);
    bill->ask.key = bill->key;
    bill->ask.digest = bill->digest;
    bill->ask.lines = bill->lines;
    bill->ask.payments = &bill->cash;
}

struct filling {
    struct shop shop;
    struct settings settings;
    uint64_t random;
    int products;
    int64_t count;
};

static enum err
fill_step(struct db *db, void *arg)
{
    struct filling *f = arg;
    struct sale_done done;
    struct big_bill bill;
    enum err e = OK;

    for (int64_t i = 0; e == OK && i < f->count; i++) {
        big_bill_make(&bill, &f->random, f->products);
        e = sale_write(db, &f->shop, &bill.ask, &done, NULL);
    }
    return e;
}

void
big_shop_fill(const char *dir, int products, int64_t sales)
{
    struct filling f = {.shop = {.number = 101}, .products = products};
    char path[DATA_PATH];
    struct db *db;
    int64_t there;

    settings_default(&f.settings);
    f.shop.settings = &f.settings;
    data_path(dir, "ocop-pos.db", path);
    big_must(data_key_load(dir, 1, &f.shop.key), "key");
    big_must(db_open(path, DB_WRITE, &db), "open");
    db_journal_use_key(db, &f.shop.key);
    big_must(db_sale_last_id(db, &there), "count");
    f.random = UINT64_C(88172645463325252) + (uint64_t)there;
    for (; there < sales; there += f.count) {
        f.count = sales - there < FILL_STEP ? sales - there : FILL_STEP;
        big_must(db_write_alone(db, "fill", fill_step, &f), "fill");
    }
    db_close(db);
}
