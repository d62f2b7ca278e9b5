#include "tests/tools/print_shop.h"

#include <assert.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "db/readers.h"
#include "db/writer.h"
#include "pos/sell/sale.h"
#include "pos/sell/shift.h"
#include "pos/stock/product.h"
#include "tests/tools/fonts.h"

enum { TRIES = 2000, NAP_MS = 10 };

static atomic_int_least64_t ahead_ms;

static int64_t
moved_clock(void)
{
    struct timespec t;

    clock_gettime(CLOCK_REALTIME, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000 + ahead_ms;
}

void
print_shop_clock(int seconds)
{
    ahead_ms += (int64_t)seconds * 1000;
}

static enum err
fill(struct db *db, void *arg)
{
    struct product_ask ask = {.staff = 2, .has_sku = true, .sku = "VE",
        .has_name = true, .name = "Vé tham quan bản Lác", .has_unit = true,
        .unit = "vé", .has_kind = true, .kind = PRODUCT_SERVICE,
        .has_vat = true, .vat_class = "8", .has_price = true, .price = 50000,
        .has_registry = true, .registry_id = ""};
    struct shift shift;
    int64_t id;
    enum err e = product_write(db, &ask, &id);

    (void)arg;
    return e == OK ? shift_open_write(db, 1, 3, 500000, &shift) : e;
}

void
print_shop_open(struct print_shop *p)
{
    enum err e;

    memset(p, 0, sizeof(*p));
    clock_set(moved_clock);
    shop_folder_open(&p->folder);
    p->shop = &p->folder.open.shop;
    p->settings = &p->folder.open.settings;
    pthread_mutex_init(&p->lock, NULL);
    buf_init(&p->told, PRINT_SHOP_TOLD);
    e = font_open(FONT_REGULAR, FONT_BOLD, &p->font);
    if (e == OK)
        e = db_write(p->shop->writer, "fill", fill, NULL);
    if (e != OK)
        fprintf(stderr, "print_shop: %s\n", err_msg());
    assert(e == OK);
    p->shop->font = p->font;
}

struct fake_server *
print_shop_printer(struct print_shop *p, const char *id, const char *roles,
    const struct fake_options *options)
{
    size_t i = p->settings->printers_len++;
    struct settings_printer *s = &p->settings->printers[i];

    p->fakes[i] = fake_server_start(options, 0);
    assert(p->fakes[i]);
    *s = (struct settings_printer){.paper_mm = 80, .label_mm = "50x30"};
    snprintf(s->id, sizeof(s->id), "%s", id);
    snprintf(s->at, sizeof(s->at), "tcp:127.0.0.1:%d",
        fake_server_port(p->fakes[i]));
    snprintf(s->role_words, sizeof(s->role_words), "%s", roles);
    settings_printer_derive(s);
    return p->fakes[i];
}

static void
tell(void *arg, const char *json)
{
    struct print_shop *p = arg;

    pthread_mutex_lock(&p->lock);
    buf_printf(&p->told, "%s\n", json);
    pthread_mutex_unlock(&p->lock);
}

void
print_shop_start(struct print_shop *p)
{
    const struct link_pace pace = {.piece_ms = 50,
        .ask_ms = 200,
        .confirm_ms = 3000,
        .stall_ms = p->stall_ms ? p->stall_ms : 60000};
    enum err e = printers_open(
        p->shop, p->font, tell, p, &pace, &p->shop->print);

    if (e != OK)
        fprintf(stderr, "print_shop: %s\n", err_msg());
    assert(e == OK);
}

int64_t
print_shop_stop(struct print_shop *p)
{
    int64_t began = clock_mono_ms();

    printers_close(p->shop->print);
    p->shop->print = NULL;
    return clock_mono_ms() - began;
}

void
print_shop_close(struct print_shop *p)
{
    print_shop_stop(p);
    for (size_t i = 0; i < p->settings->printers_len; i++)
        fake_server_stop(p->fakes[i]);
    shop_folder_close(&p->folder);
    font_close(p->font);
    buf_finish(&p->told);
    pthread_mutex_destroy(&p->lock);
    clock_set(NULL);
}

int64_t
print_shop_sell(struct print_shop *p, enum pay_method method)
{
    static const uint8_t digest[16] = {1};
    char key[DB_KEY];
    struct sale_ask_line line = {
        .product_id = 1, .has_qty = true, .qty_milli = 1000};
    struct sale_ask_payment pay = {.method = method,
        .tendered = 100000,
        .has_amount = method != PAY_CASH,
        .amount = 50000,
        .reference = ""};
    struct sale_ask ask = {.key = key, .digest = digest, .till = 1, .staff = 3,
        .role = ROLE_CASHIER, .lines = &line, .lines_len = 1,
        .payments = &pay, .payments_len = 1, .note = ""};
    struct sale_done done;
    enum err e;

    snprintf(key, sizeof(key), "print-shop-%012d", ++p->keys);
    e = sale_commit(p->shop, &ask, &done, NULL);
    if (e != OK)
        fprintf(stderr, "print_shop: %s\n", err_msg());
    assert(e == OK);
    printers_wake(p->shop->print);
    return done.sale_id;
}

struct print_job
print_shop_job(struct print_shop *p, int64_t id)
{
    struct db *db = readers_take(p->shop->readers);
    struct print_job job = {.id = 0};

    (void)db_print_job_get(db, id, &job);
    readers_give(p->shop->readers, db);
    return job;
}

struct find {
    enum print_kind kind;
    int64_t id;
};

static enum err
find(void *arg, const struct print_job *job)
{
    struct find *f = arg;

    if (job->kind == f->kind)
        f->id = job->id;
    return OK;
}

int64_t
print_shop_job_of(struct print_shop *p, enum print_kind kind, int64_t sale_id)
{
    struct db *db = readers_take(p->shop->readers);
    struct print_filter filter = {
        .sale_id = sale_id, .before = INT64_MAX, .limit = 50};
    struct find f = {.kind = kind};

    (void)db_print_job_each(db, &filter, find, &f);
    readers_give(p->shop->readers, db);
    return f.id;
}

static void
nap(void)
{
    struct timespec t = {.tv_nsec = NAP_MS * 1000000L};

    nanosleep(&t, NULL);
}

bool
print_shop_until(struct print_shop *p, int64_t job, enum print_state state)
{
    for (int i = 0; i < TRIES; i++, nap())
        if (print_shop_job(p, job).state == state)
            return true;
    fprintf(stderr, "job %d is %s\n", (int)job,
        print_state_name(print_shop_job(p, job).state));
    return false;
}

bool
print_shop_until_printer(
    struct print_shop *p, size_t i, enum printer_state state)
{
    struct print_view view;

    for (int n = 0; n < TRIES; n++, nap()) {
        printers_view(p->shop->print, i, &view);
        if (view.health.state == state)
            return true;
    }
    fprintf(stderr, "the printer is %s\n",
        printer_state_name(view.health.state));
    return false;
}

bool
print_shop_until_told(struct print_shop *p, const char *word)
{
    bool there = false;

    for (int n = 0; n < TRIES && !there; n++, nap()) {
        pthread_mutex_lock(&p->lock);
        there = strstr(p->told.data, word) != NULL;
        pthread_mutex_unlock(&p->lock);
    }
    return there;
}

struct fake_count
print_shop_count(struct print_shop *p, size_t i)
{
    struct fake *f = fake_server_lock(p->fakes[i]);
    struct fake_count count = *fake_count(f);

    fake_server_unlock(p->fakes[i]);
    return count;
}

size_t
print_shop_slips(struct print_shop *p, size_t i)
{
    struct fake *f = fake_server_lock(p->fakes[i]);
    size_t slips = fake_slips(f);

    fake_server_unlock(p->fakes[i]);
    return slips;
}
