/* The cable is pulled after every 64th byte of what a sale prints, and plugged
 * in again; somebody looks at the paper and answers.  However it falls: the
 * sale is kept, the customer has one whole slip, no second one that looks like
 * the original, and the drawer opened once at most.
 *
 *     test_print_unplug usb|tcp [STEP [PART PARTS]]
 *
 * takes every PARTS-th of these places, from the PART-th (0...) on. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/crypto.h"
#include "pos/data.h"
#include "tests/fault/crash_books.h"
#include "tests/fault/print_cable.h"
#include "tests/fault/print_rig.h"
#include "tests/fault/print_slip.h"
#include "tests/tools/fake_usb.h"
#include "tests/unit/t.h"

enum { BAD_MAX = 5, NEVER = 1 << 30, ROUNDS_A_PRINTER = 16 };

static const struct fake_options options = {.width_dots = RASTER_58MM};

static enum cable_kind kind = CABLE_USB;
static size_t step = 64, part, parts = 1;

struct world {
    struct print_rig rig;
    struct cable *cable;
    size_t slips, pulses; /* before this round */
    size_t parting; /* where a marked slip begins to look marked */
    struct crash_ack acks[2000];
    size_t rounds, kept, queued, unknown, whole_unknown;
    int64_t longest_ms;
};

/* What came onto the counter in this round. */
struct paper {
    size_t originals, marked; /* whole ones */
    size_t unmarked; /* that, or a part by which one could be deceived */
    size_t letters; /* on whole ones, of any slip's past a stray one */
    size_t pulses;
};

static struct paper
look(struct world *w, const struct raster *original,
    const struct raster *marked_or_null)
{
    struct fake *f = cable_lock(w->cable);
    struct paper p = {.pulses = fake_count(f)->pulses - w->pulses};

    for (size_t i = w->slips; i <= fake_slips(f); i++) {
        const struct fake_slip *s = fake_slip(f, i);

        bool is_original = print_slip_is(s, original);
        bool is_marked = marked_or_null && print_slip_is(s, marked_or_null);

        p.originals += is_original;
        p.marked += is_marked;
        /* The picture that was broken off may end within the first question
         * after it: then that question's rest, "r", stands on the half slip. */
        if (is_original || is_marked || s->text_len > 1)
            p.letters += s->text_len;
        p.unmarked += print_slip_rows_of(s, original) > w->parting;
    }
    cable_unlock(w->cable);
    return p;
}

/* The cable was pulled, and whoever was printing has seen it. */
static bool
came_to_rest(struct world *w, int64_t sale)
{
    struct print_job jobs[PRINT_JOBS];
    size_t n = rig_jobs(&w->rig, sale, jobs);

    for (size_t i = 0; i < n; i++)
        if (jobs[i].state == PRINT_SENDING || jobs[i].state == PRINT_SENT
            || (jobs[i].state == PRINT_QUEUED && !cable_is_out(w->cable)))
            return false;
    return n > 0;
}

static bool
wait_rest(struct world *w, int64_t sale)
{
    int64_t until = clock_mono_ms() + RIG_WAIT_MS;

    while (!came_to_rest(w, sale)) {
        if (clock_mono_ms() > until)
            return false;
        rig_nap(1000);
    }
    return true;
}

/* The cashier's part: looks at the paper, and says what is there. */
static struct print_job
settle(struct world *w, int64_t sale, const struct raster *original)
{
    struct print_job job = rig_receipt(&w->rig, sale);
    bool whole;

    w->kept += job.state == PRINT_CONFIRMED;
    if (job.state != PRINT_UNKNOWN)
        return job;
    whole = look(w, original, NULL).originals > 0;
    w->unknown++;
    w->whole_unknown += whole;
    CHECK(rig_answer(&w->rig, job.id, whole));
    CHECK(rig_wait_done(&w->rig, "receipt"));
    return rig_receipt(&w->rig, sale);
}

static void
judge(struct world *w, int64_t sale)
{
    struct print_job job = rig_receipt(&w->rig, sale);
    struct raster original, marked;
    struct paper p;

    CHECK(job.copy == 0);
    rig_draw(&w->rig, &job, &original);
    job = settle(w, sale, &original);
    CHECK(job.state == PRINT_CONFIRMED);
    if (job.copy > 0)
        rig_draw(&w->rig, &job, &marked);
    p = look(w, &original, job.copy > 0 ? &marked : NULL);
    CHECK(p.originals + p.marked == 1);
    CHECK(p.unmarked <= 1);
    CHECK(p.pulses <= 1);
    CHECK(p.letters == 0); /* no rest of a picture read as text */
    if (job.copy > 0)
        raster_finish(&marked);
    raster_finish(&original);
}

/* The counter is cleared; now and then a new printer stands on it. */
static void
begin_round(struct world *w)
{
    if (w->rounds % ROUNDS_A_PRINTER == 0) {
        cable_unplug(w->cable);
        cable_renew(w->cable, &options);
        cable_plug(w->cable);
    }
    w->slips = cable_slips(w->cable);
    w->pulses = cable_count(w->cable).pulses;
}

static void
plug_again(struct world *w)
{
    if (!cable_is_out(w->cable))
        return;
    cable_unplug(w->cable);
    cable_plug(w->cable);
}

/* One sale; the printer leaves after `bytes`.  How many it took in all. */
static size_t
round_of(struct world *w, size_t bytes, unsigned faults)
{
    int64_t sale, from = clock_mono_ms();
    size_t before;
    char words[32];

    begin_round(w);
    before = cable_count(w->cable).taken;
    if (cable_usb(w->cable))
        fake_usb_fault(cable_usb(w->cable), faults);
    snprintf(words, sizeof(words), "vanish %zu", bytes);
    cable_command(w->cable, words);
    sale = rig_sell(&w->rig);
    w->acks[w->rounds].sale_id = sale;
    snprintf(w->acks[w->rounds++].key, sizeof(w->acks[0].key), "%s",
        w->rig.key);
    CHECK(wait_rest(w, sale));
    w->queued += rig_receipt(&w->rig, sale).state == PRINT_QUEUED;
    if (cable_usb(w->cable))
        fake_usb_fault(cable_usb(w->cable), 0);
    plug_again(w);
    CHECK(rig_wait_done(&w->rig, "receipt"));
    judge(w, sale);
    if (clock_mono_ms() - from > w->longest_ms)
        w->longest_ms = clock_mono_ms() - from;
    return cable_count(w->cable).taken - before;
}

/* Where `BẢN IN LẠI` begins to differ from what it repeats. */
static size_t
find_parting(struct world *w)
{
    struct print_job job = {.kind = PRINT_RECEIPT, .sale_id = 1};
    struct raster original, marked;
    size_t rows;

    rig_draw(&w->rig, &job, &original);
    job.copy = 1;
    job.why_again = PRINT_AFTER_UNKNOWN;
    rig_draw(&w->rig, &job, &marked);
    rows = print_slip_parting(&original, &marked);
    CHECK(rows > 0 && rows < (size_t)original.height_dots / 2);
    raster_finish(&original);
    raster_finish(&marked);
    return rows;
}

static void
prove(struct world *w)
{
    struct crash_books books;
    char path[DATA_PATH];

    data_path(w->rig.folder.settings.data_dir, "ocop-pos.db", path);
    crash_books_init(&books, path);
    crash_books_read(&books);
    CHECK(books.len == w->rounds);
    CHECK(crash_books_lost(&books, w->acks, w->rounds) == 0);
    CHECK(crash_books_prove(&books, 1) == 0);
    crash_books_finish(&books);
}

static void
test_print__an_unplug_at_any_byte_loses_nothing_and_doubles_nothing(void)
{
    static struct world w;
    int64_t from = clock_mono_ms();
    char printers[200];
    size_t total;

    w.cable = cable_new(kind, &options);
    snprintf(printers, sizeof(printers),
        "printers = ({ id = \"receipt\"; at = \"%s\"; paper_mm = 58;\n"
        "roles = \"receipt drawer\"; });\n", cable_at(w.cable));
    rig_open(&w.rig, printers, &rig_quick);
    w.parting = (size_t)NEVER;
    total = round_of(&w, NEVER, 0);
    w.parting = find_parting(&w);
    for (size_t at = part * step; at <= total + step && t_bad < BAD_MAX;
         at += parts * step) {
        int bad = t_bad;

        /* every third time the last packet's handshake is lost with it */
        round_of(&w, at, at / step % 3 == 1 ? FAKE_USB_UNTOLD : 0);
        if (t_bad > bad)
            fprintf(stderr, "unplugged after %zu of %zu bytes\n", at, total);
    }
    prove(&w);
    CHECK(w.unknown > w.rounds / 2 && w.kept > 0);
    CHECK(part > 0 || w.queued > 0); /* unplugged before its first byte */
    printf("%zu unplugs in %zu bytes: %zu slips not known to be whole (%zu "
           "were), %zu not begun, %zu printed; %d ms a round, %d the longest\n",
        w.rounds - 1, total, w.unknown, w.whole_unknown, w.queued, w.kept,
        (int)((clock_mono_ms() - from) / (int64_t)w.rounds),
        (int)w.longest_ms);
    rig_close(&w.rig);
    cable_free(w.cable);
}

int
main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "tcp") == 0)
        kind = CABLE_TCP;
    if (argc > 2)
        step = (size_t)strtoul(argv[2], NULL, 10);
    if (argc > 4) {
        part = (size_t)strtoul(argv[3], NULL, 10);
        parts = (size_t)strtoul(argv[4], NULL, 10);
    }
    CHECK(crypto_init() == OK);
    RUN(test_print__an_unplug_at_any_byte_loses_nothing_and_doubles_nothing);
    return T_END();
}
