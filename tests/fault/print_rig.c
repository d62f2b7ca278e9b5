#include "tests/fault/print_rig.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "db/readers.h"
#include "db/writer.h"
#include "pos/data.h"
#include "pos/print/draw.h"
#include "pos/print/reprint.h"
#include "tests/bench/big_shop.h"

const struct link_pace rig_quick = {.piece_ms = 20,
    .ask_ms = 20,
    .confirm_ms = 2000,
    .stall_ms = 1000,
    .rest_ms = 3,
    .piece = 16 * 1024};

static void
committed(void *arg, int64_t last_seq)
{
    struct print_rig *r = arg;

    (void)last_seq;
    if (!r->committed_us)
        r->committed_us = clock_mono_us();
    if (r->printers)
        printers_wake(r->printers);
}

static void
start(struct print_rig *r, const struct link_pace *pace)
{
    struct shop *shop = &r->folder.open.shop;
    struct printers *printers = NULL;

    big_must(open_shop(&r->folder.settings, 2, &r->folder.open), "open");
    big_must(font_open(r->folder.settings.font_regular,
                 r->folder.settings.font_bold, &r->font),
        "fonts");
    shop->font = r->font;
    writer_on_commit(shop->writer, committed, r);
    big_must(printers_open(shop, r->font, NULL, NULL, pace, &printers),
        "printers");
    shop->print = printers;
    r->printers = printers;
}

static void
stop(struct print_rig *r)
{
    printers_close(r->printers);
    r->printers = NULL;
    close_shop(&r->folder.open);
    font_close(r->font);
}

void
rig_open(struct print_rig *r, const char *printers,
    const struct link_pace *pace)
{
    char path[DATA_PATH];
    FILE *f;

    *r = (struct print_rig){.random = 1, .lines = 1};
    shop_folder_init(&r->folder);
    big_shop_make(r->folder.settings.data_dir, RIG_PRODUCTS);
    data_path(r->folder.settings.data_dir, "rig.conf", path);
    f = fopen(path, "w");
    fprintf(f, "data_dir = \"%s\";\n%s", r->folder.settings.data_dir,
        printers);
    fclose(f);
    big_must(settings_load(path, &r->folder.settings), "settings");
    start(r, pace);
}

void
rig_close(struct print_rig *r)
{
    printers_close(r->printers);
    r->printers = NULL;
    font_close(r->font);
    shop_folder_close(&r->folder);
}

void
rig_restart(struct print_rig *r, const struct link_pace *pace)
{
    stop(r);
    start(r, pace);
}

int64_t
rig_sell(struct print_rig *r)
{
    struct big_bill bill;
    struct sale_done done;

    big_bill_make(&bill, &r->random, RIG_PRODUCTS);
    bill.ask.lines_len = (size_t)r->lines;
    snprintf(r->key, sizeof(r->key), "%s", bill.key);
    big_must(
        sale_commit(&r->folder.open.shop, &bill.ask, &done, NULL), "sale");
    return done.sale_id;
}

/* --- looking --- */

size_t
rig_jobs(
    struct print_rig *r, int64_t sale_id, struct print_job jobs[PRINT_JOBS])
{
    struct readers *readers = r->folder.open.shop.readers;
    struct db *db = readers_take(readers);
    size_t n = print_jobs_of(db, sale_id, jobs);

    readers_give(readers, db);
    return n;
}

struct print_job
rig_receipt(struct print_rig *r, int64_t sale_id)
{
    struct readers *readers = r->folder.open.shop.readers;
    struct db *db = readers_take(readers);
    struct print_job job = print_receipt_of(db, sale_id);

    readers_give(readers, db);
    return job;
}

bool
rig_is_done(struct print_rig *r, const char *printer)
{
    struct readers *readers = r->folder.open.shop.readers;
    struct db *db = readers_take(readers);
    struct print_counts n;

    big_must(db_print_job_counts(db, printer, 0, &n), "counts");
    readers_give(readers, db);
    return n.waiting == 0;
}

struct print_view
rig_view(struct print_rig *r, const char *printer)
{
    struct print_view view;

    for (size_t i = 0; i < printers_len(r->printers); i++) {
        printers_view(r->printers, i, &view);
        if (strcmp(view.printer.id, printer) == 0)
            return view;
    }
    fprintf(stderr, "FAIL no printer is called %s\n", printer);
    exit(1);
}

bool
rig_answer(struct print_rig *r, int64_t job, bool printed)
{
    struct print_answer ask = {.job_id = job, .printed = printed, .staff = 3};
    struct print_job answered, again;

    return print_answer_commit(
               &r->folder.open.shop, &ask, &answered, &again) == OK;
}

void
rig_draw(struct print_rig *r, const struct print_job *job,
    struct raster *raster_out)
{
    struct shop *shop = &r->folder.open.shop;
    struct db *db = readers_take(shop->readers);

    print_draw(db, shop, r->font, job,
        draw_width(r->folder.settings.printers[0].paper_mm), raster_out);
    readers_give(shop->readers, db);
}

static bool
is_job(struct print_rig *r, int64_t id, enum print_state state)
{
    struct readers *readers = r->folder.open.shop.readers;
    struct db *db = readers_take(readers);
    struct print_job job;

    big_must(db_print_job_get(db, id, &job), "job");
    readers_give(readers, db);
    return job.state == state;
}

/* --- waiting --- */

void
rig_nap(int us)
{
    const struct timespec t = {
        .tv_sec = us / 1000000, .tv_nsec = us % 1000000 * 1000};

    nanosleep(&t, NULL);
}

/* A short rest; false when there was enough of them. */
static bool
rest(int64_t from)
{
    rig_nap(1000);
    return clock_mono_ms() - from < RIG_WAIT_MS;
}

bool
rig_wait_done(struct print_rig *r, const char *printer)
{
    int64_t from = clock_mono_ms();

    while (!rig_is_done(r, printer))
        if (!rest(from))
            return false;
    return true;
}

bool
rig_wait_state(
    struct print_rig *r, const char *printer, enum printer_state state)
{
    int64_t from = clock_mono_ms();

    while (rig_view(r, printer).health.state != state)
        if (!rest(from))
            return false;
    return true;
}

bool
rig_wait_job(struct print_rig *r, int64_t job, enum print_state state)
{
    int64_t from = clock_mono_ms();

    while (!is_job(r, job, state))
        if (!rest(from))
            return false;
    return true;
}
