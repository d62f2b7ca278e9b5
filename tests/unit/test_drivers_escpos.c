#include <string.h>

#include "drivers/escpos.h"
#include "tests/tools/escpos_decode.h"
#include "tests/tools/fonts.h"
#include "tests/tools/sample_receipt.h"
#include "tests/unit/t.h"

static struct font *font;

static void
encode(const struct doc *d, int width_dots, struct raster *r, struct buf *out)
{
    buf_init(out, 16 << 20);
    CHECK(raster_draw(d, font, width_dots, r) == OK);
    escpos_encode(r, 0, out);
    CHECK(!out->full);
}

static int
differing_dots(const struct escpos_paper *paper, const struct raster *r)
{
    int n = 0;

    for (size_t y = 0; y < paper->rows; y++)
        for (size_t x = 0; x < paper->width; x++)
            n += paper->dots[y * paper->width + x] !=
                 raster_dot(r, (int)x, (int)y);
    return n;
}

/* Twenty receipts at both widths, in pieces of odd sizes. */
static void
test_escpos__paper_and_picture_are_the_same_dots(void)
{
    for (int i = 0; i < 2 * SAMPLE_PRODUCTS; i++) {
        int width = i & 1 ? RASTER_58MM : RASTER_80MM;
        struct doc *d = sample_receipt(i / 2, 1 + i % 16);
        size_t piece = (size_t)(i * 37 + 1);
        struct escpos_paper paper;
        struct raster r;
        struct buf b;

        encode(d, width, &r, &b);
        escpos_paper_init(&paper, (size_t)width);
        for (size_t at = 0; at < b.len; at += piece)
            escpos_paper_feed(
                &paper, b.data + at, b.len - at < piece ? b.len - at : piece);
        CHECK(escpos_paper_complete(&paper));
        CHECK(paper.rows == (size_t)r.height_dots);
        CHECK(differing_dots(&paper, &r) == 0);
        CHECK(paper.events_len == 2 && paper.events[1].kind == 'p');
        CHECK(paper.events[1].row == paper.rows);
        escpos_paper_finish(&paper);
        raster_finish(&r);
        buf_finish(&b);
        doc_free(d);
    }
}

static void
test_escpos__cuts_and_pulses_stand_between_the_rows(void)
{
    struct doc *d = doc_new();
    struct escpos_paper paper;
    struct raster r;
    struct buf b;

    doc_text(d, doc_plain, "khách");
    doc_cut(d, DOC_CUT_PARTIAL);
    doc_pulse(d);
    doc_text(d, doc_plain, "quầy");
    doc_cut(d, DOC_CUT_FULL);
    encode(d, RASTER_80MM, &r, &b);
    escpos_paper_init(&paper, RASTER_80MM);
    CHECK(escpos_paper_feed(&paper, b.data, b.len));
    CHECK(escpos_paper_complete(&paper));
    CHECK(paper.events_len == 4);
    CHECK(paper.events[0].kind == 'i' && paper.events[0].row == 0);
    CHECK(paper.events[1].kind == 'p');
    CHECK(paper.events[1].row * 2 == paper.rows);
    CHECK(paper.events[2].kind == 'd');
    CHECK(paper.events[2].row == paper.events[1].row);
    CHECK(paper.events[3].kind == 'f' && paper.events[3].row == paper.rows);
    escpos_paper_finish(&paper);
    raster_finish(&r);
    buf_finish(&b);
    doc_free(d);
}

static void
test_escpos__a_pulse_alone_is_a_few_bytes(void)
{
    static const char want[] = "\x1b@\x1bp\x00\x19\xfa";
    struct doc *d = doc_new();
    struct raster r;
    struct buf b;

    doc_pulse(d);
    encode(d, RASTER_58MM, &r, &b);
    CHECK(b.len == sizeof(want) - 1);
    CHECK(memcmp(b.data, want, sizeof(want) - 1) == 0);
    raster_finish(&r);
    buf_finish(&b);
    doc_free(d);
}

static void
test_escpos__bands_are_small_enough_for_small_printers(void)
{
    struct doc *d = sample_receipt(0, 15);
    struct escpos_paper paper;
    struct raster r;
    struct buf b;

    encode(d, RASTER_80MM, &r, &b);
    escpos_paper_init(&paper, RASTER_80MM);
    CHECK(escpos_paper_feed(&paper, b.data, b.len));
    CHECK(paper.bands ==
          ((size_t)r.height_dots + ESCPOS_BAND_ROWS - 1) / ESCPOS_BAND_ROWS);
    CHECK(b.len == 2 + paper.bands * 8 + paper.rows * 72 + 4);
    escpos_paper_finish(&paper);
    raster_finish(&r);
    buf_finish(&b);
    doc_free(d);
}

/* The judge must be able to say no. */
static void
test_escpos__the_paper_printer_refuses_what_is_wrong(void)
{
    static const struct {
        const char *bytes;
        size_t len;
        const char *why;
    } bad[] = {
        {"A", 1, "a byte that begins no known command"},
        {"\x1b@A", 3, "a byte that begins no known command"},
        {"\x1dv0\0\1\0\1\0\xff", 9, "a command before the reset"},
        {"\x1b@\x1dv0\0\x31\0\1\0", 10,
            "a picture that does not fit the paper"},
        {"\x1b@\x1dv0\3\1\0\1\0", 10, "a picture that is scaled"},
        {"\x1b@\x1dv0\0\2\0\1\0\x10\x04", 12, "a real-time sequence"},
        {"\x1b@\x10\x14", 4, "a byte that begins no known command"},
        {"\x1b@\x1dV\1", 5, "a byte that begins no known command"},
    };

    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct escpos_paper paper;

        escpos_paper_init(&paper, 384);
        CHECK(!escpos_paper_feed(&paper, bad[i].bytes, bad[i].len));
        CHECK(!escpos_paper_complete(&paper));
        CHECK_STR(paper.why ? paper.why : "", bad[i].why);
        escpos_paper_finish(&paper);
    }
}

static void
test_escpos__half_a_job_is_not_complete(void)
{
    struct doc *d = sample_receipt(0, 1);
    struct escpos_paper paper;
    struct raster r;
    struct buf b;

    encode(d, RASTER_58MM, &r, &b);
    escpos_paper_init(&paper, RASTER_58MM);
    CHECK(escpos_paper_feed(&paper, b.data, b.len - 1));
    CHECK(!escpos_paper_complete(&paper));
    CHECK(escpos_paper_feed(&paper, b.data + b.len - 1, 1));
    CHECK(escpos_paper_complete(&paper));
    escpos_paper_finish(&paper);
    raster_finish(&r);
    buf_finish(&b);
    doc_free(d);
}

int
main(void)
{
    if (font_open(FONT_REGULAR, FONT_BOLD, &font) != OK) {
        fprintf(stderr, "FAIL %s\n", err_msg());
        return 1;
    }
    RUN(test_escpos__paper_and_picture_are_the_same_dots);
    RUN(test_escpos__cuts_and_pulses_stand_between_the_rows);
    RUN(test_escpos__a_pulse_alone_is_a_few_bytes);
    RUN(test_escpos__bands_are_small_enough_for_small_printers);
    RUN(test_escpos__the_paper_printer_refuses_what_is_wrong);
    RUN(test_escpos__half_a_job_is_not_complete);
    font_close(font);
    return T_END();
}
