#include "tests/tools/history.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "db/journal.h"
#include "db/product.h"
#include "db/shift.h"
#include "db/stock.h"
#include "pos/certified/link.h"
#include "pos/certified/take.h"
#include "pos/fact/fact.h"
#include "pos/fact/fact_notice.h"
#include "pos/fact/fact_sale.h"
#include "pos/fact/fact_shift.h"
#include "pos/fact/fact_showroom.h"
#include "pos/fact/fact_staff.h"
#include "pos/sell/refund.h"
#include "pos/sell/shift.h"
#include "pos/stock/product.h"
#include "pos/stock/receive.h"
#include "sync/list.h"
#include "tests/unit/t_data.h"

enum { LINES = 5 };

/* 0 .. below - 1 */
static int64_t
draw(struct history *h, int64_t below)
{
    return (int64_t)(t_random(&h->chance) >> 16) % below;
}

static void
make_key(struct history *h, char key[DB_KEY])
{
    snprintf(key, DB_KEY, "history-%016llx",
        (unsigned long long)t_random(&h->chance));
}

/* The rules of the shop may refuse; any other failure is our bug. */
static void
done(struct history *h, const char *what, enum err e, int *count)
{
    if (e == OK)
        ++*count;
    else
        h->refused++;
    if (e == OK || e == ERR_FIELD_VALUE || err_class(e) == ERR_CLASS_CONFLICT)
        return;
    fprintf(stderr, "history: %s: %s\n", what, err_msg());
    abort();
}

/* --- sales --- */

static void
draw_line(struct history *h, struct sale_ask_line *l)
{
    struct product p;
    int64_t last;

    assert(db_product_last_id(h->f->db, &last) == OK);
    l->product_id = 1 + draw(h, last);
    assert(db_product_get(h->f->db, l->product_id, &p) == OK);
    l->has_qty = true;
    l->qty_milli = p.kind == PRODUCT_WEIGHED ? 1 + draw(h, 900)
                                             : 1000 * (1 + draw(h, 4));
    if (draw(h, 6) == 0)
        l->discount = draw(h, 2000);
}

static void
draw_payments(struct history *h, struct sale_ask_payment pay[2],
    struct sale_ask *ask)
{
    ask->payments = pay;
    ask->payments_len = 1;
    pay[0] = (struct sale_ask_payment){.method = PAY_CASH,
        .tendered = 50000000 + 500 * draw(h, 100), .reference = ""};
    if (draw(h, 3))
        return;
    pay[1] = (struct sale_ask_payment){.method = PAY_TRANSFER,
        .has_amount = true, .amount = 100 * (1 + draw(h, 300)),
        .reference = "K7Q2M"};
    ask->payments_len = 2;
}

static void
sell(struct history *h)
{
    struct sale_ask_line lines[LINES] = {{0}};
    struct sale_ask_payment pay[2];
    struct sale_ask ask = {.lines = lines,
        .lines_len = 1 + (size_t)draw(h, LINES),
        .role = ROLE_MANAGER,
        .note = draw(h, 10) ? "" : "khách quen, \"quà\" Tết"};
    struct sale_done made;
    char key[DB_KEY];

    make_key(h, key);
    ask.key = key;
    if (draw(h, 4) == 0)
        ask.overrides = OVERRIDE_ALL;
    for (size_t i = 0; i < ask.lines_len; i++)
        draw_line(h, &lines[i]);
    draw_payments(h, pay, &ask);
    h->f->settings.cash_rounding = draw(h, 3) ? 0 : 500 << draw(h, 2);
    done(h, "sale", fixture_sale(h->f, &ask, &made), &h->sales);
}

/* --- refunds --- */

struct refunding {
    struct history *h;
    struct refund_ask ask;
};

static enum err
write_refund(struct db *db, void *arg)
{
    struct refunding *r = arg;
    struct sale_done made;

    return refund_write(db, &r->h->f->shop, &r->ask, &made);
}

/* Some lines of it, some of each; now and then all that is left. */
static size_t
draw_refund(struct history *h, int64_t sale_id, struct refund_ask_line *out)
{
    struct sale_line sold[SALE_LINES_MAX];
    size_t len = 0, lines = 0;

    assert(db_sale_lines(h->f->db, sale_id, sold, SALE_LINES_MAX, &len) == OK);
    if (draw(h, 5) == 0)
        return 0;
    for (size_t i = 0; i < len && lines < LINES; i++) {
        bool whole = sold[i].qty_milli % 1000 == 0;
        int64_t units = whole ? sold[i].qty_milli / 1000 : sold[i].qty_milli;

        if (draw(h, 2))
            continue;
        out[lines++] = (struct refund_ask_line){.line = sold[i].n,
            .qty_milli = (1 + draw(h, units)) * (whole ? 1000 : 1),
            .to = draw(h, 2) ? ACCOUNT_SHELF : ACCOUNT_DAMAGED};
    }
    return lines;
}

static void
refund(struct history *h)
{
    static const uint8_t digest[16] = {2};
    struct refund_ask_line lines[LINES];
    struct refunding r = {.h = h,
        .ask = {.digest = digest, .staff = 3, .reason = "khách đổi ý",
            .method = draw(h, 3) ? PAY_CASH : PAY_TRANSFER, .lines = lines}};
    struct sale sale;
    int64_t last;
    char key[DB_KEY];

    make_key(h, key);
    r.ask.key = key;
    assert(db_sale_last_id(h->f->db, &last) == OK);
    if (!last)
        return;
    r.ask.sale_id = 1 + draw(h, last);
    assert(db_sale_get(h->f->db, r.ask.sale_id, &sale) == OK);
    if (sale.kind != SALE)
        return;
    r.ask.lines_len = draw_refund(h, sale.id, lines);
    done(h, "refund", fixture_write(h->f, write_refund, &r), &h->refunds);
}

/* --- goods and products --- */

static enum err
write_receiving(struct db *db, void *arg)
{
    struct receive_done made;

    return receive_write(db, arg, &made);
}

static void
receive(struct history *h)
{
    static const char *const suppliers[] = {
        "HTX Minh Dương", "Hộ Ngô Văn Xiêm", "Làng nghề Phú Đô"};
    static const uint8_t digest[16] = {3};
    struct receive_line lines[LINES];
    struct receive_ask ask = {.staff = 2, .note = "", .lines = lines,
        .digest = digest, .supplier = suppliers[draw(h, 3)]};
    struct product p;
    char codes[LINES][DB_CODE], key[DB_KEY];
    int64_t last, want = 1 + draw(h, LINES);

    assert(db_product_last_id(h->f->db, &last) == OK);
    make_key(h, key);
    ask.key = draw(h, 2) ? key : NULL;
    for (int64_t i = 0; i < want; i++) {
        size_t n = ask.lines_len;
        int64_t id = 1 + draw(h, last);

        assert(db_product_get(h->f->db, id, &p) == OK);
        if (p.kind == PRODUCT_SERVICE)
            continue;
        snprintf(codes[n], DB_CODE, "LO%d", (int)draw(h, 6));
        lines[n] = (struct receive_line){.product_id = id,
            .qty_milli = 1000 * (1 + draw(h, 60)),
            .lot_code = draw(h, 4) ? codes[n] : "",
            .expires_day = draw(h, 3)
                ? clock_day(h->now) + (int32_t)draw(h, 4) * 30 : DAY_NEVER,
            .cost = 1000 * (10 + draw(h, 3))};
        ask.lines_len++;
    }
    if (ask.lines_len)
        done(h, "receiving", fixture_write(h->f, write_receiving, &ask),
            &h->receivings);
}

static enum err
write_product(struct db *db, void *arg)
{
    int64_t id;

    return product_write(db, arg, &id);
}

static void
price(struct history *h)
{
    struct product_ask ask = {.staff = 2, .has_price = true,
        .price = 100 * (1 + draw(h, 9000))};
    int64_t last;

    assert(db_product_last_id(h->f->db, &last) == OK);
    ask.id = 1 + draw(h, last);
    done(h, "price", fixture_write(h->f, write_product, &ask), &h->prices);
}

static void
product(struct history *h)
{
    static const char *const vats[] = {"0", "5", "8", "10", "KCT", "KKKNT"};
    struct product_ask ask = {.staff = 2, .has_vat = true,
        .vat_class = vats[draw(h, 6)], .has_name = true, .has_codes = true,
        .codes_len = 2, .has_retired = true, .retired = draw(h, 20) == 0};
    char name[64], sku[32], registry[24];
    int64_t last, n = h->products;

    assert(db_product_last_id(h->f->db, &last) == OK);
    snprintf(name, sizeof(name), "Mật ong rừng số %d", (int)n);
    snprintf(sku, sizeof(sku), "SKU-%d", (int)n);
    snprintf(registry, sizeof(registry), "VN01-%06d", 101 + (int)draw(h, 6));
    ask.name = name;
    for (size_t i = 0; i < 2; i++) {
        snprintf(ask.codes[i].code, DB_CODE, "ma-%d", (int)draw(h, 50));
        ask.codes[i].qty_milli = 1000 << draw(h, 3);
    }
    if (last > 3 && (last >= 12 || draw(h, 2))) {
        ask.id = 4 + draw(h, last - 3);
    } else {
        ask.has_sku = ask.has_unit = ask.has_kind = ask.has_price = true;
        ask.has_registry = true;
        ask.sku = sku;
        ask.unit = "hũ";
        ask.kind = PRODUCT_PIECE + (enum product_kind)draw(h, 4);
        ask.price = 1000 * (1 + draw(h, 200));
        ask.registry_id = draw(h, 2) ? registry : "";
    }
    done(h, "product", fixture_write(h->f, write_product, &ask),
        &h->products);
}

/* --- shifts --- */

static enum err
write_close(struct db *db, void *arg)
{
    struct history *h = arg;
    struct fact_shift_close c = {.staff = 3};
    struct journal_head head;
    struct fact_time time;
    struct shift s;
    enum err e = db_shift_open_of(db, 1, &s);

    if (e == OK)
        e = fact_now(db, &time);
    c.at = time.at;
    c.shift = s.id;
    c.expected = shift_expected(&s);
    c.counted = c.expected > 0 ? c.expected - c.expected % 500 : 0;
    if (c.counted && h->shifts % 2 == 0) { /* the first by notes, then turns */
        c.notes[c.notes_len++] = (struct shift_note){
            .note = 500, .count = c.counted / 500};
        if (c.notes[0].count > SHIFT_COUNT_MAX)
            c.notes_len = 0;
    }
    if (e == OK)
        e = fact_shift_close_post(db, &c, &head);
    if (e == OK)
        e = shift_open_write(db, 1, 3, 1000 * draw(h, 900), &s);
    return e;
}

static void
shift(struct history *h)
{
    done(h, "shift", fixture_write(h->f, write_close, h), &h->shifts);
}

/* --- what else is written down --- */

static enum err
write_copy(struct db *db, void *arg)
{
    struct history *h = arg;
    struct fact_reprint r = {.at = h->now, .showroom = 101, .staff = 3};
    struct journal_head head;
    enum err e = db_sale_last_id(db, &r.sale_id);

    if (e != OK || !r.sale_id)
        return e;
    r.sale_id = 1 + draw(h, r.sale_id);
    return fact_reprint_post(db, &r, &head);
}

static enum err
write_people(struct db *db, void *arg)
{
    struct history *h = arg;
    struct fact_staff s = {.at = h->now, .by = 1, .staff = 1 + draw(h, 9),
        .role = ROLE_VIEWER + (enum role)draw(h, 4),
        .active = draw(h, 4) > 0};
    struct fact_till t = {.at = h->now, .by = 1, .till = 1 + draw(h, 3),
        .name = "Quầy số một", .active = true};
    struct fact_device d = {.at = h->now, .by = 1, .device = 1 + draw(h, 5),
        .till = t.till, .active = draw(h, 4) > 0};
    enum err e = draw(h, 2) ? fact_staff_post(db, &s, NULL)
                            : fact_token_post(db, &s, NULL);

    if (e == OK)
        e = fact_till_post(db, &t, NULL);
    return e == OK ? fact_device_post(db, &d, NULL) : e;
}

static enum err
write_clock(struct db *db, void *arg)
{
    struct history *h = arg;
    struct fact_clock c = {
        .at = h->now, .expected = h->now, .now = h->now + 4000};
    struct journal_head head;

    return fact_clock_post(db, &c, &head);
}

static void
refuse_line(void *arg, size_t line, const struct err_state *why)
{
    (void)arg;
    fprintf(stderr, "history: line %zu: %s\n", line, why->msg);
    abort();
}

/* The demonstration's list, or a part of it from its beginning. */
static enum err
write_list(struct db *db, void *arg)
{
    struct history *h = arg;
    struct certified_take take = {.staff = 1};
    struct list list;
    struct buf text;
    size_t len = 0;
    enum err e;

    buf_init(&text, 1 << 20);
    e = file_read(OCOP_SOURCE_DIR "/config/demo/certified.ndjson", &text);
    for (int64_t lines = 20 + draw(h, 40); lines > 0; lines--)
        len += strcspn(text.data + len, "\n") + 1;
    if (e == OK)
        e = list_read(text.data, len, refuse_line, NULL, &list);
    if (e != OK) {
        buf_finish(&text);
        return e;
    }
    take.list = &list;
    e = certified_take_write(db, &take);
    list_finish(&list);
    buf_finish(&text);
    return e;
}

/* A link that was taken back, and two things that were said of others. */
static enum err
write_links(struct db *db, void *arg)
{
    struct history *h = arg;
    struct link_ask ask = {.product_id = 2,
        .registry_id = "VN01-000101", .staff = 2, .link = true};
    struct notice notice = {.product_id = 3, .stars = 4,
        .name = "Vé tham quan", .registry_id = "VN01-000102",
        .until_day = clock_day(h->now) + 80, .days = NOTICE_SOON,
        .at = h->now};
    struct journal_head head;
    enum err e = link_write(db, &ask);

    ask.link = false;
    if (e == OK)
        e = link_write(db, &ask);
    if (e == OK)
        e = fact_notice_post(db, &notice, &head);
    notice.days = NOTICE_NEAR;
    return e == OK ? fact_notice_post(db, &notice, &head) : e;
}

static void
other(struct history *h)
{
    static write_fn *const fns[] = {
        write_copy, write_people, write_clock, write_list, history_cart,
        history_cash};
    size_t n = (size_t)draw(h, 6);

    done(h, "other", fixture_write(h->f, fns[n], h), &h->others);
}

void
history_event(struct history *h)
{
    int64_t n = draw(h, 100);

    h->now += draw(h, 400);
    if (draw(h, 50) == 0)
        h->now += 86400 * draw(h, 3);
    fixture_clock(h->now);
    if (n < 58)
        sell(h);
    else if (n < 75)
        refund(h);
    else if (n < 85)
        receive(h);
    else if (n < 90)
        price(h);
    else if (n < 94)
        product(h);
    else if (n < 96)
        shift(h);
    else
        other(h);
}

void
history_make(struct history *h, struct fixture *f, uint64_t seed, int count)
{
    *h = (struct history){.f = f, .chance = seed, .now = FIXTURE_NOW};
    done(h, "list", fixture_write(f, write_list, h), &h->others);
    done(h, "links", fixture_write(f, write_links, h), &h->others);
    done(h, "transfer", fixture_write(f, history_transfer, h), &h->others);
    done(h, "cash", fixture_write(f, history_cash, h), &h->others);
    shift(h); /* so that every table has rows */
    for (int i = 0; i < 10; i++) {
        receive(h);
        product(h);
    }
    while (h->sales + h->refunds + h->receivings < count)
        history_event(h);
}
