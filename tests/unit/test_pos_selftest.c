#include <string.h>

#include "drivers/doc.h"
#include "drivers/raster.h"
#include "pos/open.h"
#include "pos/print/answers.h"
#include "pos/print/selftest.h"
#include "tests/tools/fonts.h"
#include "tests/unit/t.h"

static struct font *font;

static const struct link_health answered = {.state = PRINTER_READY,
    .answers = true,
    .best = LINK_IN_ORDER,
    .id = {.vendor = 0x0416,
        .product = 0x5011,
        .maker = "POS",
        .model = "POS-80",
        .serial = "A\xef\xbf\xbe\x1f",
        .port = "1-2.3"}};

static const struct settings_printer receipt = {
    .id = "receipt", .at = "usb:", .paper_mm = 80};

static struct doc *
composed(const struct link_health *health)
{
    const struct selftest t = {.lang = LANG_VI,
        .showroom = "Điểm bán OCOP \xe2\x98\x85 thử",
        .printer = &receipt,
        .at = 1795000000,
        .health = health};
    struct doc *d = NULL;

    CHECK(selftest_compose(&t, font, &d) == OK);
    return d;
}

static struct raster
drawn(struct doc *d, int width)
{
    struct raster r = {0};

    CHECK(raster_draw(d, font, width, &r) == OK);
    doc_free(d);
    return r;
}

/* Text of all rows, a space behind each. */
static void
gather(const struct doc *d, struct buf *out)
{
    for (size_t i = 0; i < doc_len(d); i++)
        for (int k = 0; k < doc_at(d, i)->cells_len; k++) {
            buf_add_str(out, doc_at(d, i)->cells[k].text);
            buf_add_char(out, ' ');
        }
}

static void
test_selftest__shows_every_vietnamese_letter_at_three_looks(void)
{
    struct doc *d = composed(NULL);
    size_t len = strlen(font_vietnamese);
    int rows = 0;

    for (size_t i = 0; i < doc_len(d); i++) {
        const struct doc_element *el = doc_at(d, i);
        struct buf letters;

        if (el->kind != DOC_ROW)
            continue;
        buf_init(&letters, 4096);
        for (const char *c = el->cells[0].text; *c; c++)
            if (*c != ' ')
                buf_add_char(&letters, *c);
        rows += letters.len == len
                && memcmp(letters.data, font_vietnamese, len) == 0;
        buf_finish(&letters);
    }
    CHECK(rows == 3);
    doc_free(d);
}

static void
test_selftest__tells_what_the_printer_answered(void)
{
    static const char *const told[] = {"POS-80", "0416:5011", "1-2.3",
        "receipt", "usb:"};
    struct doc *d = composed(&answered);
    struct buf all;

    buf_init(&all, 64 * 1024);
    gather(d, &all);
    for (size_t i = 0; i < sizeof(told) / sizeof(told[0]); i++)
        CHECK(strstr(all.data, told[i]));
    CHECK(strstr(all.data, answers_state(LANG_VI, PRINTER_READY)));
    CHECK(strstr(all.data, answers_level(LANG_VI, LINK_IN_ORDER)));
    buf_finish(&all);
    doc_free(d);
}

/* What a device says of itself may be anything. */
static void
test_selftest__no_name_or_number_can_stop_it(void)
{
    struct doc *d = composed(&answered);
    struct raster r;

    CHECK(doc_err(d) == OK);
    r = drawn(d, RASTER_58MM);
    CHECK(r.height_dots > 1000);
    raster_finish(&r);
}

static void
test_selftest__has_codes_of_three_four_and_five_dots(void)
{
    struct doc *d = composed(NULL);
    int dots = 3;

    for (size_t i = 0; i < doc_len(d); i++)
        if (doc_at(d, i)->kind == DOC_QR)
            CHECK(doc_at(d, i)->count == dots++);
    CHECK(dots == 6);
    doc_free(d);
}

/* A slip with nothing but that pattern. */
static struct raster
pattern(enum doc_pattern p, int width)
{
    struct doc *d = doc_new();

    doc_pattern(d, p);
    return drawn(d, width);
}

static int
black_in_column(const struct raster *r, int x)
{
    int n = 0;

    for (int y = 0; y < r->height_dots; y++)
        n += raster_dot(r, x, y);
    return n;
}

static void
test_selftest__the_ruler_shows_both_edges_of_the_paper(void)
{
    static const int widths[] = {RASTER_58MM, RASTER_80MM};

    for (int i = 0; i < 2; i++) {
        struct raster r = pattern(DOC_PATTERN_RULER, widths[i]);

        CHECK(black_in_column(&r, 0) == r.height_dots);
        CHECK(black_in_column(&r, widths[i] - 1) == r.height_dots);
        for (int x = 8; x < widths[i] - 8; x += 8)
            CHECK(black_in_column(&r, x) > 6); /* a mark every millimetre */
        raster_finish(&r);
    }
}

static void
test_selftest__steps_use_every_dot_of_the_head_alike(void)
{
    struct raster r = pattern(DOC_PATTERN_STEPS, RASTER_80MM);

    for (int x = 0; x < r.width_dots; x++)
        CHECK(black_in_column(&r, x) == 3);
    raster_finish(&r);
}

static void
test_selftest__greys_go_from_light_to_black(void)
{
    struct raster r = pattern(DOC_PATTERN_GREYS, RASTER_80MM);
    int before = 0;

    for (int field = 0; field < 8; field++) {
        int black = 0;

        for (int x = field * 72; x < (field + 1) * 72; x++)
            black += black_in_column(&r, x);
        CHECK(black > before);
        before = black;
    }
    CHECK(before == 72 * r.height_dots);
    raster_finish(&r);
}

/* The smallest label that is common, in both languages. */
static void
test_selftest__a_label_printer_gets_one_label(void)
{
    static const struct {
        int language;
        const char *begins;
    } kinds[] = {{LINK_TSPL, "SIZE 40 mm,30 mm"}, {LINK_ZPL, "^XA"}};

    for (int i = 0; i < 2; i++) {
        const struct settings_printer p = {.id = "label",
            .language = kinds[i].language,
            .label_width_mm = 40,
            .label_height_mm = 30,
            .gap_mm = 2};
        const struct selftest t = {
            .lang = LANG_EN, .printer = &p, .at = 1795000000};
        struct buf bytes, png;

        buf_init(&bytes, 1 << 20);
        buf_init(&png, 1 << 20);
        CHECK(selftest_bytes(&t, font, &bytes, &png) == OK);
        CHECK(strncmp(bytes.data, kinds[i].begins, strlen(kinds[i].begins))
              == 0);
        CHECK(png.len > 0);
        buf_finish(&bytes);
        buf_finish(&png);
    }
}

int
main(void)
{
    CHECK(open_lang() == OK);
    CHECK(font_open(FONT_REGULAR, FONT_BOLD, &font) == OK);
    RUN(test_selftest__shows_every_vietnamese_letter_at_three_looks);
    RUN(test_selftest__tells_what_the_printer_answered);
    RUN(test_selftest__no_name_or_number_can_stop_it);
    RUN(test_selftest__has_codes_of_three_four_and_five_dots);
    RUN(test_selftest__the_ruler_shows_both_edges_of_the_paper);
    RUN(test_selftest__steps_use_every_dot_of_the_head_alike);
    RUN(test_selftest__greys_go_from_light_to_black);
    RUN(test_selftest__a_label_printer_gets_one_label);
    font_close(font);
    return T_END();
}
