#include <string.h>

#include "drivers/escpos.h"
#include "drivers/quirks.h"
#include "tests/tools/fake_printer.h"
#include "tests/tools/fonts.h"
#include "tests/tools/sample_receipt.h"
#include "tests/unit/t.h"

static struct font *font;

/* A slip drawn and encoded, as a printer with these quirks gets it. */
struct job {
    unsigned quirks;
    struct raster r;
    struct buf bytes;
};

static void
job_init(struct job *j, struct doc *d, int width_dots, unsigned quirks)
{
    j->quirks = quirks;
    buf_init(&j->bytes, 16 << 20);
    CHECK(raster_draw(d, font, width_dots, &j->r) == OK);
    escpos_scrub(&j->r, quirks);
    escpos_encode(&j->r, quirks, &j->bytes);
    CHECK(!j->bytes.full);
    doc_free(d);
}

static void
job_finish(struct job *j)
{
    raster_finish(&j->r);
    buf_finish(&j->bytes);
}

/* The printer it is for: with what it lacks, what it gets is not understood. */
static struct fake *
printer_for(const struct job *j)
{
    unsigned lacks = (j->quirks & QUIRK_NO_GS_V0 ? FAKE_NO_GS_V0 : 0) |
        (j->quirks & QUIRK_NO_CUTTER ? FAKE_NO_CUTTER : 0);

    return fake_new(&(struct fake_options){
        .width_dots = j->r.width_dots, .lacks = lacks});
}

/* In pieces of `piece` bytes. */
static struct fake *
printed(const struct job *j, size_t piece)
{
    struct fake *f = printer_for(j);

    for (size_t at = 0; at < j->bytes.len; at += piece) {
        size_t rest = j->bytes.len - at, n = rest < piece ? rest : piece;

        CHECK(fake_feed(f, j->bytes.data + at, n) == n);
    }
    return f;
}

/* It understood every byte, and nothing was left over or cut off. */
static bool
is_well(const struct fake *f)
{
    const struct fake_count *c = fake_count(f);

    return fake_at_rest(f) && fake_idle(f) && c->resets == 1 &&
        c->letters + c->unknown + c->refused + c->clipped + c->undrawn +
            c->real_time == 0;
}

/* Dots in which a slip differs from the picture's rows from `from` on. */
static int
differing_dots(const struct fake_slip *s, const struct raster *r, int from)
{
    int n = 0;

    for (size_t y = 0; y < s->rows; y++)
        for (size_t x = 0; x < s->width; x++)
            n += fake_slip_dot(s, x, y) !=
                 raster_dot(r, (int)x, from + (int)y);
    return n;
}

/* Twenty receipts at both widths, in pieces of odd sizes. */
static void
test_escpos__paper_and_picture_are_the_same_dots(void)
{
    for (int i = 0; i < 2 * SAMPLE_PRODUCTS; i++) {
        const struct fake_slip *s;
        struct job j;
        struct fake *f;

        job_init(&j, sample_receipt(i / 2, 1 + i % 16),
            i & 1 ? RASTER_58MM : RASTER_80MM, 0);
        f = printed(&j, (size_t)(i * 37 + 1));
        s = fake_slip(f, 0);
        CHECK(is_well(f) && fake_slips(f) == 1 && s->cut == 'p');
        CHECK(s->rows == (size_t)j.r.height_dots);
        CHECK(differing_dots(s, &j.r, 0) == 0);
        fake_free(f);
        job_finish(&j);
    }
}

static void
test_escpos__column_pictures_are_the_same_dots(void)
{
    for (int i = 0; i < SAMPLE_PRODUCTS; i++) {
        const struct fake_slip *s;
        struct job j;
        struct fake *f;

        job_init(&j, sample_receipt(i, 1 + i % 16),
            i & 1 ? RASTER_58MM : RASTER_80MM, QUIRK_NO_GS_V0);
        f = printed(&j, (size_t)(i * 53 + 1));
        s = fake_slip(f, 0);
        CHECK(is_well(f) && fake_slips(f) == 1);
        /* whole strips: a little more white at the end */
        CHECK(s->rows >= (size_t)j.r.height_dots);
        CHECK(s->rows < (size_t)j.r.height_dots + ESCPOS_STRIP_ROWS);
        CHECK(differing_dots(s, &j.r, 0) == 0);
        fake_free(f);
        job_finish(&j);
    }
}

static struct doc *
two_slips(void)
{
    struct doc *d = doc_new();

    doc_text(d, doc_plain, "khách");
    doc_cut(d, DOC_CUT_PARTIAL);
    doc_pulse(d);
    doc_text(d, doc_plain, "quầy");
    doc_cut(d, DOC_CUT_FULL);
    return d;
}

static void
test_escpos__cuts_and_pulses_stand_between_the_rows(void)
{
    static const enum fake_kind want[] = {
        FAKE_RESET, FAKE_CUT, FAKE_PULSE, FAKE_CUT};
    struct job j;
    struct fake *f;

    job_init(&j, two_slips(), RASTER_80MM, 0);
    f = printed(&j, j.bytes.len);
    CHECK(is_well(f) && fake_slips(f) == 2 && fake_events(f) == 4);
    for (size_t i = 0; i < 4 && i < fake_events(f); i++)
        CHECK(fake_event(f, i)->kind == want[i]);
    CHECK(fake_slip(f, 0)->cut == 'p' && fake_slip(f, 1)->cut == 'f');
    CHECK(fake_slip(f, 0)->rows * 2 == (size_t)j.r.height_dots);
    CHECK(fake_slip(f, 0)->rows == fake_slip(f, 1)->rows);
    CHECK(differing_dots(fake_slip(f, 0), &j.r, 0) == 0);
    CHECK(differing_dots(fake_slip(f, 1), &j.r, j.r.height_dots / 2) == 0);
    CHECK(fake_event(f, 2)->slip == 1 && fake_event(f, 2)->row == 0);
    fake_free(f);
    job_finish(&j);
}

static void
test_escpos__without_a_cutter_it_feeds_to_where_paper_is_torn(void)
{
    const struct fake_slip *s;
    struct job j;
    struct fake *f;

    job_init(&j, two_slips(), RASTER_80MM, QUIRK_NO_CUTTER);
    f = printed(&j, j.bytes.len);
    s = fake_slip(f, 0);
    CHECK(is_well(f) && fake_slips(f) == 0 && fake_count(f)->cuts == 0);
    CHECK(s->rows >= (size_t)j.r.height_dots + 2 * 96);
    fake_free(f);
    job_finish(&j);
}

static void
test_escpos__a_pulse_alone_is_a_few_bytes(void)
{
    static const char want[] = "\x1b@\x1bp\x00\x19\xfa";
    struct doc *d = doc_new();
    struct fake *f;
    struct job j;

    doc_pulse(d);
    job_init(&j, d, RASTER_58MM, 0);
    CHECK(j.bytes.len == sizeof(want) - 1);
    CHECK(memcmp(j.bytes.data, want, sizeof(want) - 1) == 0);
    f = printed(&j, 1);
    CHECK(is_well(f) && fake_count(f)->pulses == 1);
    CHECK(fake_count(f)->rows == 0);
    fake_free(f);
    job_finish(&j);
}

static void
test_escpos__bands_are_small_enough_for_small_printers(void)
{
    struct fake *f;
    struct job j;
    size_t bands;

    job_init(&j, sample_receipt(0, 15), RASTER_80MM, 0);
    bands = ((size_t)j.r.height_dots + ESCPOS_BAND_ROWS - 1) / ESCPOS_BAND_ROWS;
    f = printed(&j, 4096);
    CHECK(fake_count(f)->pictures == bands);
    CHECK(j.bytes.len == 2 + bands * 8 + (size_t)j.r.height_dots * 72 + 4);
    fake_free(f);
    job_finish(&j);
}

/* The judge must be able to say no. */
static void
test_escpos__the_judge_sees_what_is_wrong(void)
{
    static const struct {
        const char *bytes;
        size_t len;
    } bad[] = {
        {"\x1b@A", 3},                               /* letters */
        {"\x1dv0\0\1\0\1\0\xff", 9},                 /* no reset */
        {"\x1b@\x1dv0\0\x31\0\1\0", 10},             /* wider than paper */
        {"\x1b@\x1dv0\x09\1\0\1\0\xff", 11},         /* no such mode */
        {"\x1b@\x1dv0\0\3\0\1\0\x10\x04\x01", 13},   /* a real-time sequence */
        {"\x1b@\x1dZ", 4},                           /* no such command */
        {"\x1b@\x1dV\5", 5},                         /* no such cut */
        {"\x1b@\x1b*\x05\1\0\1", 8},                 /* no such columns */
    };

    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct fake *f = fake_new(&(struct fake_options){.width_dots = 384});

        CHECK(fake_feed(f, bad[i].bytes, bad[i].len) == bad[i].len);
        CHECK(!is_well(f));
        fake_free(f);
    }
}

static void
test_escpos__half_a_job_is_not_complete(void)
{
    struct fake *f;
    struct job j;

    job_init(&j, sample_receipt(0, 1), RASTER_58MM, 0);
    f = printer_for(&j);
    CHECK(fake_feed(f, j.bytes.data, j.bytes.len - 1) == j.bytes.len - 1);
    CHECK(!is_well(f) && fake_slips(f) == 0);
    CHECK(fake_feed(f, j.bytes.data + j.bytes.len - 1, 1) == 1);
    CHECK(is_well(f) && fake_slips(f) == 1);
    fake_free(f);
    job_finish(&j);
}

int
main(void)
{
    if (font_open(FONT_REGULAR, FONT_BOLD, &font) != OK) {
        fprintf(stderr, "FAIL %s\n", err_msg());
        return 1;
    }
    RUN(test_escpos__paper_and_picture_are_the_same_dots);
    RUN(test_escpos__column_pictures_are_the_same_dots);
    RUN(test_escpos__cuts_and_pulses_stand_between_the_rows);
    RUN(test_escpos__without_a_cutter_it_feeds_to_where_paper_is_torn);
    RUN(test_escpos__a_pulse_alone_is_a_few_bytes);
    RUN(test_escpos__bands_are_small_enough_for_small_printers);
    RUN(test_escpos__the_judge_sees_what_is_wrong);
    RUN(test_escpos__half_a_job_is_not_complete);
    font_close(font);
    return T_END();
}
