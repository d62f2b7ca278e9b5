#include <string.h>

#include "tests/tools/fake_printer.h"
#include "tests/unit/t.h"

/* What it answered, as hexadecimal figures. */
static const char *
answers(struct fake *f)
{
    static char text[200];
    uint8_t said[64];
    size_t n = fake_answers(f, said, sizeof(said));

    text[0] = '\0';
    for (size_t i = 0; i < n; i++)
        snprintf(text + 3 * i, 4, "%02x ", said[i]);
    return text;
}

/* Feeds a string literal whole, NULs and all. */
#define FEED(f, s) fake_feed(f, s, sizeof(s) - 1)

static const struct fake_slip *
in_printer(struct fake *f)
{
    return fake_slip(f, fake_slips(f));
}

static size_t
black(const struct fake_slip *s)
{
    size_t n = 0;

    for (size_t y = 0; y < s->rows; y++)
        for (size_t x = 0; x < s->width; x++)
            n += fake_slip_dot(s, x, y);
    return n;
}

/* The same corner drawn by three commands: rows ff 81, then 80 01. */
static bool
is_corner(const struct fake_slip *s)
{
    static const uint8_t rows[2][2] = {{0xff, 0x81}, {0x80, 0x01}};

    if (s->rows < 2 || black(s) != 12)
        return false;
    for (size_t y = 0; y < 2; y++)
        if (memcmp(s->bits + y * s->stride, rows[y], 2) != 0)
            return false;
    return true;
}

static void
test_fake__draws_the_same_dots_by_every_command(void)
{
    struct fake *f = fake_new(NULL);

    FEED(f, "\x1b@\x1dv0\0\2\0\2\0\xff\x81\x80\1\x1dVB\0");
    FEED(f, "\x1d(L\x0e\0\x30\x70\x30\1\1\x31\x10\0\2\0\xff\x81\x80\1"
            "\x1d(L\2\0\x30\x32\x1dVB\0");
    FEED(f, "\x1d\x38L\x0e\0\0\0\x30\x70\x30\1\1\x31\x10\0\2\0\xff\x81\x80\1"
            "\x1d(L\2\0\x30\x32\x1dVB\0");
    FEED(f, "\x1b\x33\0\x1b*!\x10\0"
            "\xc0\0\0\x80\0\0\x80\0\0\x80\0\0\x80\0\0\x80\0\0\x80\0\0\x80\0\0"
            "\x80\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\xc0\0\0\n\x1dVB\0");
    CHECK(fake_slips(f) == 4 && fake_count(f)->pictures == 4);
    for (size_t i = 0; i < 4; i++)
        CHECK(is_corner(fake_slip(f, i)));
    CHECK(fake_slip(f, 0)->rows == 2 && fake_slip(f, 3)->rows == 24);
    CHECK(fake_at_rest(f) && fake_idle(f));
    CHECK(fake_count(f)->unknown + fake_count(f)->refused == 0);
    fake_free(f);
}

static void
test_fake__scales_places_and_clips_pictures(void)
{
    struct fake *f = fake_new(&(struct fake_options){.width_dots = 384});
    const struct fake_slip *s = in_printer(f);

    FEED(f, "\x1dv0\3\1\0\1\0\x81"); /* twice as wide and tall */
    CHECK(s->rows == 2 && black(s) == 8 && fake_slip_dot(s, 15, 1));
    FEED(f, "\x1b\x61\2\x1dv0\0\1\0\1\0\x01"); /* to the right */
    CHECK(s->rows == 3 && fake_slip_dot(s, 383, 2));
    FEED(f, "\x1b\x61\0\x1dL\10\0\x1dv0\0\1\0\1\0\x80"); /* a margin */
    CHECK(s->rows == 4 && fake_slip_dot(s, 8, 3));
    FEED(f, "\x1dL\0\0\x1dv0\0\x31\0\1\0");
    for (int i = 0; i < 49; i++)
        FEED(f, "\xff");
    CHECK(s->rows == 5 && fake_count(f)->clipped == 1);
    FEED(f, "A\x1dv0\0\1\0\1\0\xff"); /* not at the beginning of a line */
    CHECK(s->rows == 5 && fake_count(f)->refused == 1);
    fake_free(f);
}

static void
test_fake__prints_what_it_does_not_know_as_letters(void)
{
    struct fake *f = fake_new(&(struct fake_options){
        .lacks = FAKE_NO_GS_V0 | FAKE_NO_ESC_STAR});

    FEED(f, "\x1b@\x1dv0\0\2\0\2\0\xff\x81\x80\1\n");
    CHECK(fake_count(f)->unknown == 1 && fake_count(f)->letters == 4);
    CHECK(fake_count(f)->pictures == 0);
    CHECK_STR(in_printer(f)->text, "0\xff\x81\x80\n");
    CHECK(black(in_printer(f)) > 0);
    fake_free(f);
}

static void
test_fake__cuts_where_the_knife_is(void)
{
    struct fake *f = fake_new(&(struct fake_options){.cutter_rows = 10});

    FEED(f, "\x1bJ\x1e\x1dV\x42\x05"); /* 30 rows, 5 more, to the knife */
    CHECK(fake_slips(f) == 1 && fake_slip(f, 0)->rows == 35);
    CHECK(fake_slip(f, 0)->cut == 'p');
    FEED(f, "\x1bJ\x1e\x1dV\x30"); /* 30 rows: the last 10 hang below */
    CHECK(fake_slip(f, 1)->rows == 20 && fake_slip(f, 1)->cut == 'f');
    CHECK(in_printer(f)->rows == 10 && in_printer(f)->cut == 0);
    CHECK(fake_count(f)->cuts == 2);
    fake_free(f);
}

static void
test_fake__tells_its_state_in_every_way(void)
{
    struct fake *f = fake_new(NULL);

    FEED(f, "\x10\x04\1\x10\x04\2\x10\x04\3\x10\x04\4");
    CHECK_STR(answers(f), "16 12 12 12 ");
    FEED(f, "\x1dr1\x1dr2\x1d\x61\x0f");
    CHECK_STR(answers(f), "00 01 14 00 00 0f ");
    CHECK(fake_port(f) == 0x18);
    fake_command(f, "paper low");
    CHECK_STR(answers(f), "14 00 03 0f ");
    fake_command(f, "paper out");
    CHECK_STR(answers(f), "1c 00 0f 0f ");
    FEED(f, "\x10\x04\1\x10\x04\2\x10\x04\4");
    CHECK_STR(answers(f), "1e 32 7e ");
    CHECK(fake_port(f) == 0x30);
    fake_command(f, "paper in");
    CHECK_STR(answers(f), "14 00 00 0f ");
    fake_command(f, "cover open");
    CHECK_STR(answers(f), "3c 00 00 0f ");
    FEED(f, "\x10\x04\2\x1dr1");
    CHECK_STR(answers(f), "16 "); /* GS r waits for its turn */
    CHECK((fake_port(f) & 0x38) == 0);
    fake_command(f, "cover close");
    CHECK_STR(answers(f), "00 14 00 00 0f ");
    FEED(f, "\x1b@");
    fake_command(f, "drawer open");
    CHECK_STR(answers(f), ""); /* a reset ends GS a */
    fake_free(f);
}

static void
test_fake__confirms_a_number_in_its_turn(void)
{
    struct fake *f = fake_new(NULL);

    FEED(f, "\x1bJ\x10\x1d(H\6\0\x30\x30" "AB12");
    CHECK_STR(answers(f), "37 22 41 42 31 32 00 ");
    FEED(f, "\x1d(H\6\0\x30\x30" "AB1\1"); /* only 32..126 */
    CHECK_STR(answers(f), "");
    CHECK(fake_count(f)->refused == 1);
    fake_command(f, "hold answers");
    FEED(f, "\x1d(H\6\0\x30\x30zzzz\x1dr1");
    CHECK_STR(answers(f), "");
    fake_command(f, "free answers");
    CHECK_STR(answers(f), "37 22 7a 7a 7a 7a 00 00 ");
    fake_command(f, "paper out");
    FEED(f, "\x1bJ\1\x1d(H\6\0\x30\x30zzzz");
    CHECK_STR(answers(f), "");
    fake_command(f, "paper in");
    CHECK_STR(answers(f), "37 22 7a 7a 7a 7a 00 ");
    fake_free(f);
}

static void
test_fake__says_nothing_it_does_not_know(void)
{
    static const unsigned lacks[] = {FAKE_NO_ANSWERS,
        FAKE_NO_DLE_EOT | FAKE_NO_ASB | FAKE_NO_GS_R | FAKE_NO_PROCESS_ID |
            FAKE_NO_GS_I};

    for (size_t i = 0; i < 2; i++) {
        struct fake *f = fake_new(&(struct fake_options){.lacks = lacks[i]});

        FEED(f, "\x10\x04\1\x1d\x61\xff\x1dr1\x1d(H\6\0\x30\x30zzzz\x1dI\x42");
        fake_command(f, "cover open");
        CHECK_STR(answers(f), "");
        CHECK(fake_count(f)->letters == 0 && fake_count(f)->unknown == 0);
        fake_free(f);
    }
}

static void
test_fake__stops_taking_when_its_buffer_is_full(void)
{
    struct fake *f = fake_new(&(struct fake_options){.buffer = 100});
    uint8_t row[72 * 20] = {0};

    FEED(f, "\x1b@\x1dv0\0\x48\0\x14\0");
    fake_command(f, "paper out 5");
    CHECK(fake_feed(f, row, sizeof(row)) == 72 * 5 + 100);
    CHECK(in_printer(f)->rows == 5 && fake_port(f) == 0x30);
    CHECK(fake_feed(f, row, 1) == 0);
    fake_command(f, "paper in");
    CHECK(fake_feed(f, row, sizeof(row)) == sizeof(row));
    CHECK(in_printer(f)->rows >= 20); /* goes on in the middle of a picture */
    fake_free(f);
    f = fake_new(&(struct fake_options){.lacks = FAKE_BUSY_OFFLINE});
    fake_command(f, "cover open");
    CHECK(FEED(f, "\x10\x04\1") == 0);
    fake_free(f);
}

static void
test_fake__vanishes_after_so_many_bytes_and_comes_back_as_it_was(void)
{
    struct fake *f = fake_new(NULL);

    fake_command(f, "vanish 10");
    CHECK(FEED(f, "\x1dv0\0\1\0\4\0\xff\xff\xff\xff") == 10);
    CHECK(fake_gone(f) && FEED(f, "\xff") == 0 && !fake_at_rest(f));
    CHECK(in_printer(f)->rows == 2);
    fake_command(f, "back");
    CHECK(FEED(f, "\xff\xff") == 2 && fake_at_rest(f));
    CHECK(in_printer(f)->rows == 4);
    FEED(f, "\x1dv0\0\1\0\4\0\xff\xff");
    fake_command(f, "power off");
    CHECK(fake_gone(f));
    fake_command(f, "back"); /* not without power */
    CHECK(fake_gone(f));
    fake_command(f, "power on");
    CHECK(!fake_gone(f) && fake_at_rest(f) && in_printer(f)->rows == 6);
    CHECK(!fake_command(f, "paper outt") && !fake_command(f, "rows x"));
    fake_free(f);
}

static void
test_fake__obeys_real_time_commands_inside_a_picture(void)
{
    struct fake *f = fake_new(NULL);

    FEED(f, "\x1dv0\0\3\0\1\0\x10\x04\1");
    CHECK_STR(answers(f), "16 ");
    CHECK(fake_count(f)->real_time_inside == 1 && fake_at_rest(f));
    CHECK(in_printer(f)->bits[1] == 0x04);
    FEED(f, "\x10\x14\1\0\1\x10\x10\x04\1");
    CHECK(fake_count(f)->pulses == 1 && fake_count(f)->real_time == 3);
    CHECK(fake_count(f)->real_time_inside == 1);
    CHECK_STR(answers(f), "16 ");
    fake_free(f);

    f = fake_new(&(struct fake_options){
        .real_time = FAKE_REAL_TIME_TAKEN_OUT});
    FEED(f, "\x1dv0\0\3\0\1\0\x10\x04\1");
    CHECK_STR(answers(f), "16 ");
    CHECK(!fake_at_rest(f) && in_printer(f)->rows == 0);
    FEED(f, "\x10\x11\x10\x10");
    CHECK(fake_at_rest(f) && in_printer(f)->bits[1] == 0x11);
    fake_free(f);

    f = fake_new(&(struct fake_options){.real_time = FAKE_REAL_TIME_IN_ORDER});
    FEED(f, "\x1dv0\0\3\0\1\0\x10\x04\1");
    CHECK_STR(answers(f), "");
    FEED(f, "\x10\x04\1");
    CHECK_STR(answers(f), "16 ");
    fake_free(f);
}

static void
test_fake__jams_until_it_is_told_to_recover(void)
{
    struct fake *f = fake_new(NULL);

    fake_command(f, "cutter jam");
    FEED(f, "\x1bJ\1\x1dVB\0\x10\x04\1");
    CHECK(fake_slips(f) == 0);
    CHECK_STR(answers(f), "16 "); /* asked before it came to the cut */
    FEED(f, "\x10\x04\1\x10\x04\2\x10\x04\3");
    CHECK_STR(answers(f), "1e 52 1a ");
    fake_command(f, "cutter free");
    CHECK(fake_slips(f) == 0);
    FEED(f, "\x10\x05\1"); /* goes on with the cut */
    CHECK(fake_slips(f) == 1 && fake_port(f) == 0x18);
    fake_command(f, "cutter jam");
    FEED(f, "\x1dVB\0");
    fake_command(f, "cutter free");
    FEED(f, "\x10\x05\2"); /* forgets it */
    CHECK(fake_slips(f) == 1 && fake_port(f) == 0x18);
    fake_free(f);
}

static void
test_fake__prints_no_faster_than_it_can(void)
{
    struct fake *f = fake_new(&(struct fake_options){
        .rows_per_s = 1000, .buffer = 8});

    CHECK(FEED(f, "\x1bJ\x64\x1bJ\x64\x1b@\x1b@\x1b@") == 11);
    CHECK(in_printer(f)->rows == 0 && fake_count(f)->resets == 0);
    fake_tick(f, 50);
    CHECK(in_printer(f)->rows == 50 && !fake_idle(f));
    fake_tick(f, 1000);
    CHECK(in_printer(f)->rows == 200 && fake_count(f)->resets == 2);
    fake_free(f);
}

static void
test_fake__counts_pulses_and_tells_when(void)
{
    struct fake *f = fake_new(NULL);
    size_t pulses = 0;

    FEED(f, "\x1b@\x1bp\0\x19\xfa\x1bp\1\x19\xfa\x1bp\5\x19\xfa");
    CHECK(fake_count(f)->pulses == 2 && fake_count(f)->refused == 1);
    for (size_t i = 0; i < fake_events(f); i++)
        if (fake_event(f, i)->kind == FAKE_PULSE)
            CHECK(fake_event(f, i)->arg == pulses++);
    CHECK(pulses == 2);
    CHECK_STR(fake_kind_name(fake_event(f, 0)->kind), "reset");
    fake_free(f);
}

int
main(void)
{
    RUN(test_fake__draws_the_same_dots_by_every_command);
    RUN(test_fake__scales_places_and_clips_pictures);
    RUN(test_fake__prints_what_it_does_not_know_as_letters);
    RUN(test_fake__cuts_where_the_knife_is);
    RUN(test_fake__tells_its_state_in_every_way);
    RUN(test_fake__confirms_a_number_in_its_turn);
    RUN(test_fake__says_nothing_it_does_not_know);
    RUN(test_fake__stops_taking_when_its_buffer_is_full);
    RUN(test_fake__vanishes_after_so_many_bytes_and_comes_back_as_it_was);
    RUN(test_fake__obeys_real_time_commands_inside_a_picture);
    RUN(test_fake__jams_until_it_is_told_to_recover);
    RUN(test_fake__prints_no_faster_than_it_can);
    RUN(test_fake__counts_pulses_and_tells_when);
    return T_END();
}
