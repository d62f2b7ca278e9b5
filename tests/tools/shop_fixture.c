#include "tests/tools/shop_fixture.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/crypto.h"
#include "db/journal.h"
#include "pos/fact/fact_showroom.h"
#include "pos/sell/shift.h"
#include "pos/stock/product.h"
#include "pos/stock/receive.h"

static int64_t now_ms;

static int64_t
stopped_clock(void)
{
    return now_ms;
}

void
fixture_clock(int64_t unix)
{
    now_ms = unix * 1000;
    clock_set(stopped_clock);
}

static enum err
found(struct db *db, void *arg)
{
    struct fixture *f = arg;
    struct fact_showroom fact = {.at = FIXTURE_NOW,
        .showroom = {.number = 101, .name = "OCOP Tây Hồ",
            .commune = "00103"},
        .key = {.number = 1}};
    struct journal_head head;
    struct shift shift;
    enum err e;

    memcpy(fact.key.public_key, f->shop.key.public_key, 32);
    e = fact_showroom_post(db, &fact, &head);
    return e == OK ? shift_open_write(db, 1, 3, 500000, &shift) : e;
}

static enum err
add_product(struct db *db, const char *sku, const char *name,
    const char *unit, enum product_kind kind, const char *vat, int64_t price,
    const char *code)
{
    struct product_ask ask = {.staff = 2, .has_sku = true, .sku = sku,
        .has_name = true, .name = name, .has_unit = true, .unit = unit,
        .has_kind = true, .kind = kind, .has_vat = true, .vat_class = vat,
        .has_price = true, .price = price, .has_registry = true,
        .registry_id = ""};
    int64_t id;

    if (code) {
        ask.has_codes = true;
        ask.codes_len = 1;
        snprintf(ask.codes[0].code, sizeof(ask.codes[0].code), "%s", code);
        ask.codes[0].qty_milli = 1000;
    }
    return product_write(db, &ask, &id);
}

static enum err
fill(struct db *db, void *arg)
{
    int32_t today = clock_day(FIXTURE_NOW);
    struct receive_line lines[] = {
        {1, 5000, "LO1", today + 10, 41000},
        {1, 20000, "LO2", today + 100, 41000},
        {2, 3000, "", DAY_NEVER, 600000},
    };
    struct receive_ask ask = {.staff = 2, .supplier = "HTX Minh Dương",
        .note = "", .lines = lines, .lines_len = 3};
    struct receive_done done;
    enum err e;

    (void)arg;
    e = add_product(db, "MIEN", "Miến Minh Dương", "gói", PRODUCT_PIECE, "8",
        60000, "8934567890120");
    if (e == OK)
        e = add_product(db, "TRAU", "Thịt trâu gác bếp", "kg",
            PRODUCT_WEIGHED, "8", 850000, "20001");
    if (e == OK)
        e = add_product(db, "VE", "Vé tham quan", "vé", PRODUCT_SERVICE, "10",
            50000, NULL);
    return e == OK ? receive_write(db, &ask, &done) : e;
}

void
fixture_open(struct fixture *f)
{
    fixture_open_file(f, ":memory:");
}

void
fixture_open_file(struct fixture *f, const char *path)
{
    static const uint8_t seed[CRYPTO_SEED] = "the same key in every test";
    enum err e;

    *f = (struct fixture){.shop = {.number = 101}};
    fixture_clock(FIXTURE_NOW);
    e = crypto_init();
    settings_default(&f->settings);
    f->shop.settings = &f->settings;
    f->shop.key.number = 1;
    crypto_keypair_of_seed(
        seed, f->shop.key.public_key, f->shop.key.secret_key);
    if (e == OK)
        e = db_open(path, DB_WRITE, &f->db);
    if (e == OK) {
        db_journal_use_key(f->db, &f->shop.key);
        e = db_write_alone(f->db, "found", found, f);
    }
    if (e == OK)
        e = db_write_alone(f->db, "fill", fill, f);
    if (e != OK)
        fprintf(stderr, "fixture: %s\n", err_msg());
    assert(e == OK);
}

void
fixture_close(struct fixture *f)
{
    db_close(f->db);
    clock_set(NULL);
}

enum err
fixture_write(struct fixture *f, write_fn *fn, void *arg)
{
    return db_write_alone(f->db, "test", fn, arg);
}

struct selling {
    struct fixture *f;
    struct sale_ask *ask;
    struct sale_done *done;
};

static enum err
sale(struct db *db, void *arg)
{
    struct selling *s = arg;

    return sale_write(db, &s->f->shop, s->ask, s->done, NULL);
}

enum err
fixture_sale(struct fixture *f, struct sale_ask *ask,
    struct sale_done *done_out)
{
    static const uint8_t digest[16] = {1};
    struct selling s = {.f = f, .ask = ask, .done = done_out};
    char key[DB_KEY];

    if (!ask->key) {
        snprintf(key, sizeof(key), "test-key-%012d", ++f->keys);
        ask->key = key;
    }
    if (!ask->digest)
        ask->digest = digest;
    if (!ask->note)
        ask->note = "";
    if (!ask->till)
        ask->till = 1;
    if (!ask->role)
        ask->role = ROLE_CASHIER;
    if (!ask->staff)
        ask->staff = 3;
    return fixture_write(f, sale, &s);
}

enum err
fixture_sell(struct fixture *f, int64_t product_id, int64_t qty_milli,
    unsigned overrides, struct sale_done *done_out)
{
    struct sale_ask_line line = {
        .product_id = product_id, .has_qty = true, .qty_milli = qty_milli};
    struct sale_ask_payment cash = {
        .method = PAY_CASH, .tendered = 100000000, .reference = ""};
    struct sale_ask ask = {.lines = &line, .lines_len = 1, .payments = &cash,
        .payments_len = 1, .overrides = overrides,
        .role = overrides ? ROLE_MANAGER : ROLE_CASHIER};

    return fixture_sale(f, &ask, done_out);
}
