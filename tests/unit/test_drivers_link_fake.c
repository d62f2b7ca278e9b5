/* The link with a whole printer: what is on paper in the end. */
#include <assert.h>
#include <string.h>

#include "base/mem.h"
#include "drivers/escpos.h"
#include "drivers/link.h"
#include "drivers/quirks.h"
#include "tests/tools/fake_wire.h"
#include "tests/unit/t.h"

enum { WIDTH = 576, ROWS = 400 };

struct shop {
    struct fake *fake;
    struct printer *wire;
    struct link *l;
    struct raster r;
    struct buf bytes;
    struct link_outcome out;
    /* what happens when the printer tells this state for the first time */
    enum printer_state when;
    const char *then[3];
    int told;
};

static const struct link_pace pace = {
    .piece_ms = 3, .ask_ms = 20, .confirm_ms = 160, .stall_ms = 150};

static void
draw(struct shop *s, unsigned quirks)
{
    unsigned noise = 99;

    s->r = (struct raster){.width_dots = WIDTH,
        .height_dots = ROWS,
        .stride = WIDTH / 8,
        .marks = {{RASTER_CUT_PARTIAL, ROWS}},
        .marks_len = 1};
    s->r.bits = mem_new(ROWS, s->r.stride);
    for (size_t i = 0; i < ROWS * s->r.stride; i++) {
        noise = noise * 1103515245u + 12345u;
        s->r.bits[i] = noise >> 29 ? (uint8_t)(noise >> 17) : 0x10;
    }
    raster_scrub(&s->r);
    escpos_scrub(&s->r, quirks);
    buf_init(&s->bytes, 1 << 20);
    escpos_encode(&s->r, quirks, &s->bytes);
}

static void
plug_in(struct shop *s, unsigned quirks)
{
    const struct link_config config = {.pace = pace, .quirks = quirks};

    link_close(s->l);
    s->wire = fake_wire_open(s->fake);
    if (link_over(s->wire, &config, &s->l) != OK)
        assert(false);
}

static struct shop
shop_new(const struct fake_options *options, unsigned quirks)
{
    struct shop s = {.fake = fake_new(options), .when = PRINTER_READY};

    draw(&s, quirks);
    plug_in(&s, quirks);
    return s;
}

static void
shop_free(struct shop *s)
{
    link_close(s->l);
    fake_free(s->fake);
    raster_finish(&s->r);
    buf_finish(&s->bytes);
}

static void
on_state(void *arg, const struct link_health *health)
{
    struct shop *s = arg;

    if (health->state != s->when || s->told++)
        return;
    for (int i = 0; i < 3 && s->then[i]; i++)
        CHECK(fake_wire_tell(s->wire, s->then[i]));
}

static enum err
print(struct shop *s, bool flush)
{
    const struct link_job job = {.bytes = s->bytes.data,
        .len = s->bytes.len,
        .number = 4711,
        .flush = flush};
    const struct link_watch watch = {.state = on_state, .arg = s};

    return link_print(s->l, &job, &watch, &s->out);
}

/* The i-th slip is the picture, to the dot, from its row `from` on. */
static bool
is_picture(const struct shop *s, size_t i)
{
    const struct fake_slip *slip = fake_slip(s->fake, i);

    if (i >= fake_slips(s->fake) || slip->rows < ROWS)
        return false;
    for (size_t y = 0; y < ROWS; y++)
        for (size_t x = 0; x < WIDTH; x++)
            if (fake_slip_dot(slip, x, y) != raster_dot(&s->r, (int)x, (int)y))
                return false;
    return true;
}

static bool
is_clean(const struct shop *s)
{
    const struct fake_count *c = fake_count(s->fake);

    return c->letters == 0 && c->unknown == 0 && c->refused == 0 &&
           c->clipped == 0 && c->real_time_inside == 0;
}

static void
test_link__prints_the_same_dots_on_every_kind_of_printer(void)
{
    static const struct {
        unsigned lacks;
        enum fake_real_time real_time;
        enum link_level level;
    } kinds[] = {
        {0, FAKE_REAL_TIME_STAYS, LINK_PROCESS_ID},
        {0, FAKE_REAL_TIME_TAKEN_OUT, LINK_PROCESS_ID},
        {FAKE_NO_ASB, FAKE_REAL_TIME_STAYS, LINK_PROCESS_ID},
        {FAKE_NO_ASB, FAKE_REAL_TIME_TAKEN_OUT, LINK_PROCESS_ID},
        {FAKE_NO_ASB, FAKE_REAL_TIME_IN_ORDER, LINK_PROCESS_ID},
        {FAKE_NO_PROCESS_ID, FAKE_REAL_TIME_IN_ORDER, LINK_IN_ORDER},
        {FAKE_NO_PROCESS_ID | FAKE_NO_GS_R, FAKE_REAL_TIME_STAYS, LINK_ONLINE},
        {FAKE_NO_PROCESS_ID | FAKE_NO_GS_R | FAKE_NO_ASB,
            FAKE_REAL_TIME_IN_ORDER, LINK_ONLINE},
        {FAKE_NO_ANSWERS, FAKE_REAL_TIME_STAYS, LINK_ONLINE}, /* the port */
    };

    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        struct shop s = shop_new(&(struct fake_options){.lacks = kinds[i].lacks,
                                     .real_time = kinds[i].real_time,
                                     .rows_per_s = 20000},
            0);
        struct link_health h;

        CHECK(link_look(s.l, &h) == OK && h.state == PRINTER_READY);
        CHECK(print(&s, false) == OK && s.out.level == kinds[i].level);
        CHECK(print(&s, false) == OK && s.out.level == kinds[i].level);
        CHECK(fake_slips(s.fake) == 2 && is_picture(&s, 0));
        CHECK(is_picture(&s, 1) && is_clean(&s));
        if (s.out.level <= LINK_IN_ORDER)
            CHECK(fake_idle(s.fake));
        shop_free(&s);
    }
}

static void
test_link__prints_columns_where_rows_are_not_known(void)
{
    struct shop s = shop_new(
        &(struct fake_options){.lacks = FAKE_NO_GS_V0}, QUIRK_NO_GS_V0);

    CHECK(print(&s, false) == OK && s.out.level == LINK_PROCESS_ID);
    CHECK(fake_slips(s.fake) == 1 && is_picture(&s, 0) && is_clean(&s));
    shop_free(&s);
}

static void
test_link__goes_on_after_a_cause_in_mid_slip(void)
{
    static const struct {
        const char *happens;
        enum printer_state state;
        const char *then[3];
    } cases[] = {
        {"paper out 150", PRINTER_PAPER_OUT,
            {"cover open", "paper in", "cover close"}},
        {"paper out 150", PRINTER_PAPER_OUT, {"paper in"}},
        {"cover open", PRINTER_COVER_OPEN, {"cover close"}},
        {"cutter jam", PRINTER_CUTTER,
            {"cutter free", "cover open", "cover close"}},
    };
    static const unsigned lacks[] = {
        0, FAKE_NO_ASB, FAKE_BUSY_OFFLINE, FAKE_NO_ASB | FAKE_NO_PROCESS_ID};

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        for (size_t k = 0; k < sizeof(lacks) / sizeof(lacks[0]); k++) {
            struct shop s =
                shop_new(&(struct fake_options){.lacks = lacks[k]}, 0);
            struct link_health h;

            CHECK(link_look(s.l, &h) == OK);
            s.when = cases[i].state;
            /* in mid-picture and without automatic status, the port alone
             * tells, and only of paper */
            if ((lacks[k] & FAKE_NO_ASB) && s.when == PRINTER_COVER_OPEN)
                s.when = PRINTER_OFFLINE;
            memcpy(s.then, cases[i].then, sizeof(s.then));
            CHECK(fake_wire_tell(s.wire, cases[i].happens));
            CHECK(print(&s, false) == OK && s.told > 0);
            CHECK(s.out.level == (lacks[k] & FAKE_NO_PROCESS_ID
                                         ? LINK_IN_ORDER
                                         : LINK_PROCESS_ID));
            CHECK(fake_slips(s.fake) == 1 && is_picture(&s, 0));
            CHECK(is_clean(&s) && fake_count(s.fake)->resets == 1);
            CHECK(link_look(s.l, &h) == OK && h.state == PRINTER_READY);
            shop_free(&s);
        }
}

/* Each byte of the first heads and of the second band's, then every 509th. */
static size_t
next_break(size_t k)
{
    if (k < 30 || (k >= 8080 && k < 8110))
        return k + 1;
    return k < 8080 && k + 509 > 8080 ? 8080 : k + 509;
}

/* Unplugged after so many bytes and plugged in again: half a slip is cut off,
 * the next one is whole, whatever state the printer was left in. */
static void
test_link__after_an_unplug_the_next_slip_is_whole(void)
{
    size_t half = 0, cut_slips;

    for (size_t k = 1; k < 28800; k = next_break(k)) {
        struct shop s = shop_new(&(struct fake_options){.buffer = 8000}, 0);
        struct link_health h;
        char words[32];

        snprintf(words, sizeof(words), "vanish %zu", k);
        CHECK(fake_wire_tell(s.wire, words));
        CHECK(print(&s, false) == ERR_PRINTER);
        CHECK(s.out.counted <= k && s.out.level == LINK_NONE);
        CHECK(link_health(s.l)->state == PRINTER_GONE);
        CHECK(fake_wire_tell(s.wire, "back"));
        plug_in(&s, 0);
        if (k & 1)
            CHECK(link_look(s.l, &h) == OK);
        CHECK(print(&s, true) == OK && s.out.level == LINK_PROCESS_ID);
        cut_slips = fake_slips(s.fake);
        CHECK(cut_slips == 2 && is_picture(&s, cut_slips - 1));
        CHECK(fake_count(s.fake)->letters == 0);
        half +=
            fake_slip(s.fake, 0)->rows > 0 && fake_slip(s.fake, 0)->rows < ROWS;
        shop_free(&s);
    }
    CHECK(half > 20);
}

static void
test_link__a_hung_printer_is_given_up_and_found_again(void)
{
    struct shop s = shop_new(NULL, 0);
    struct link_health h;

    CHECK(link_look(s.l, &h) == OK);
    CHECK(fake_wire_tell(s.wire, "stall"));
    CHECK(print(&s, false) == ERR_PRINTER && !s.out.all);
    CHECK(s.out.level == LINK_NONE);
    for (int i = 0; i < 3; i++)
        CHECK(link_look(s.l, &h) == OK);
    CHECK(h.state == PRINTER_OFFLINE);
    CHECK(fake_wire_tell(s.wire, "go"));
    CHECK(link_look(s.l, &h) == OK && h.state == PRINTER_READY);
    CHECK(print(&s, false) == OK && s.out.level == LINK_PROCESS_ID);
    CHECK(is_picture(&s, fake_slips(s.fake) - 1) && is_clean(&s));
    shop_free(&s);
}

/* Given up in mid-picture, it then takes every question for dots: that does not
 * make it a printer that is off line, and the next job leads it out. */
static void
test_link__questions_lost_in_a_picture_block_nothing(void)
{
    struct shop s = shop_new(&(struct fake_options){.lacks = FAKE_NO_ASB,
                                 .real_time = FAKE_REAL_TIME_IN_ORDER},
        0);
    struct link_health h;

    CHECK(link_look(s.l, &h) == OK && h.state == PRINTER_READY);
    CHECK(fake_wire_tell(s.wire, "rows 40000"));
    s.when = PRINTER_PAPER_OUT; /* and then it hangs */
    s.then[0] = "stall";
    s.then[1] = "paper in";
    CHECK(fake_wire_tell(s.wire, "paper out 150"));
    CHECK(print(&s, false) == ERR_PRINTER && s.out.counted > 0);
    CHECK(fake_wire_tell(s.wire, "go"));
    for (int i = 0; i < 5; i++)
        CHECK(link_look(s.l, &h) == OK);
    CHECK(h.state == PRINTER_READY);
    CHECK(print(&s, false) == OK && s.out.level == LINK_PROCESS_ID);
    CHECK(fake_slips(s.fake) == 2 && is_picture(&s, 1));
    shop_free(&s);
}

static void
test_link__what_is_held_back_does_not_confirm(void)
{
    struct shop s = shop_new(
        &(struct fake_options){.lacks = FAKE_NO_DLE_EOT | FAKE_NO_ASB}, 0);
    struct link_health h;

    CHECK(link_look(s.l, &h) == OK && h.best == LINK_PROCESS_ID);
    CHECK(fake_wire_tell(s.wire, "hold answers"));
    CHECK(print(&s, false) == OK && s.out.level == LINK_ONLINE);
    CHECK(fake_wire_tell(s.wire, "free answers"));
    CHECK(print(&s, false) == OK && s.out.level == LINK_PROCESS_ID);
    shop_free(&s);
}

static void
test_link__a_lost_buffer_is_told_as_an_interruption(void)
{
    struct shop s =
        shop_new(&(struct fake_options){.lacks = FAKE_LOSES_BUFFER}, 0);

    s.when = PRINTER_COVER_OPEN;
    s.then[0] = "cover close";
    CHECK(fake_wire_tell(s.wire, "rows 4000"));
    CHECK(fake_wire_tell(s.wire, "paper out 150"));
    s.when = PRINTER_PAPER_OUT;
    s.then[0] = "paper in";
    (void)print(&s, false);
    CHECK(s.out.all && s.out.interrupted);
    shop_free(&s);
}

static void
test_link__a_pulse_opens_the_drawer_once(void)
{
    struct shop s = shop_new(NULL, 0);
    struct link_job job = {.number = 1, .pulse = true};
    struct buf b;

    buf_init(&b, 64);
    escpos_pulse(&b);
    job.bytes = b.data;
    job.len = b.len;
    CHECK(link_print(s.l, &job, NULL, &s.out) == OK);
    CHECK(s.out.level == LINK_PROCESS_ID);
    CHECK(fake_count(s.fake)->pulses == 1 && fake_count(s.fake)->rows == 0);
    job.flush = true;
    CHECK(link_print(s.l, &job, NULL, &s.out) == OK);
    CHECK(fake_count(s.fake)->pulses == 2 && fake_count(s.fake)->rows == 0);
    CHECK(fake_slips(s.fake) == 0);
    buf_finish(&b);
    shop_free(&s);
}

int
main(void)
{
    RUN(test_link__prints_the_same_dots_on_every_kind_of_printer);
    RUN(test_link__prints_columns_where_rows_are_not_known);
    RUN(test_link__goes_on_after_a_cause_in_mid_slip);
    RUN(test_link__after_an_unplug_the_next_slip_is_whole);
    RUN(test_link__a_hung_printer_is_given_up_and_found_again);
    RUN(test_link__questions_lost_in_a_picture_block_nothing);
    RUN(test_link__what_is_held_back_does_not_confirm);
    RUN(test_link__a_lost_buffer_is_told_as_an_interruption);
    RUN(test_link__a_pulse_opens_the_drawer_once);
    return T_END();
}
