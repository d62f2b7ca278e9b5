#include <pthread.h>
#include <string.h>

#include "drivers/raster.h"
#include "tests/tools/fonts.h"
#include "tests/tools/sample_receipt.h"
#include "tests/unit/t.h"

static struct font *font;

/* Draws and frees the slip. */
static struct raster
drawn(struct doc *d, int width_dots)
{
    struct raster r = {0};

    CHECK(raster_draw(d, font, width_dots, &r) == OK);
    doc_free(d);
    return r;
}

static bool
row_has_dots(const struct raster *r, int y)
{
    for (int x = 0; x < r->width_dots; x++)
        if (raster_dot(r, x, y))
            return true;
    return false;
}

/* The rightmost black dot of rows from .. to - 1, or -1. */
static int
right_edge(const struct raster *r, int from, int to)
{
    int edge = -1;

    for (int y = from; y < to; y++)
        for (int x = edge + 1; x < r->width_dots; x++)
            if (raster_dot(r, x, y))
                edge = x;
    return edge;
}

static int
count_dots(const struct raster *r)
{
    int n = 0;

    for (int y = 0; y < r->height_dots; y++)
        for (int x = 0; x < r->width_dots; x++)
            n += raster_dot(r, x, y);
    return n;
}

static void
test_raster__amounts_line_up_to_the_dot(void)
{
    static const char *const amounts[] = {
        "0", "60.000", "2.500.000", "1.111.110", "980"};
    struct doc *d = doc_new();
    struct raster r;
    int line, edge;

    for (size_t i = 0; i < 5; i++)
        doc_pair(d, doc_plain, "Trà", amounts[i]);
    r = drawn(d, RASTER_58MM);
    line = r.height_dots / 5;
    CHECK(r.height_dots == 5 * line);
    edge = right_edge(&r, 0, line);
    CHECK(edge > r.width_dots - 8);
    for (int i = 1; i < 5; i++)
        CHECK(right_edge(&r, i * line, (i + 1) * line) == edge);
    raster_finish(&r);
}

/* Every capital with its marks, alone at the very top and the very bottom of a
 * slip, has as many dots as with white lines around it. */
static void
test_raster__nothing_is_clipped_at_the_edges(void)
{
    for (int k = 0; k < DOC_SIZES * 2 * 2; k++) {
        struct doc_style style = {
            (enum doc_size)(k >> 2), (k & 1) != 0, DOC_LEFT};
        int width = k & 2 ? RASTER_80MM : RASTER_58MM;
        struct doc *tight = doc_new(), *wide = doc_new();
        struct raster a, b;

        doc_feed(wide, 1);
        doc_text(tight, style, "%s", font_vietnamese);
        doc_text(wide, style, "%s", font_vietnamese);
        doc_text(tight, style, "jQĐ(gạ₫|");
        doc_text(wide, style, "jQĐ(gạ₫|");
        doc_feed(wide, 1);
        a = drawn(tight, width);
        b = drawn(wide, width);
        CHECK(count_dots(&a) == count_dots(&b));
        for (int y = 0; y < b.height_dots; y++) /* nor beside */
            CHECK(!raster_dot(&b, 0, y) && !raster_dot(&b, width - 1, y));
        raster_finish(&a);
        raster_finish(&b);
    }
}

/* White rows between lines: no mark touches the letters above it. */
static void
test_raster__lines_do_not_touch(void)
{
    struct doc *d = doc_new();
    struct raster r;
    int line;

    for (int i = 0; i < 4; i++)
        doc_text(d, doc_strong, "gjpqyạợựQ ẨẪỖỔẰẴẾ");
    r = drawn(d, RASTER_58MM);
    line = r.height_dots / 4;
    for (int i = 1; i < 4; i++)
        CHECK(!row_has_dots(&r, i * line - 1));
    raster_finish(&r);
}

static void
test_raster__a_missing_letter_stops_the_drawing(void)
{
    struct doc *d = doc_new();
    struct raster r = {0};

    doc_text(d, doc_plain, "Mật ong 🍯");
    CHECK(raster_draw(d, font, RASTER_80MM, &r) == ERR_GLYPH);
    CHECK_STR(err_last()->args[0].value, "U+1F36F");
    CHECK(r.bits == NULL);
    doc_free(d);
    d = doc_new();
    doc_text(d, doc_plain, "\xff");
    CHECK(raster_draw(d, font, RASTER_80MM, &r) == ERR_TEXT);
    doc_free(d);
}

static void
test_raster__too_much_is_refused(void)
{
    struct raster r = {0};
    struct doc *d = doc_new();
    char digits[1001];

    for (int i = 0; i < 40; i++)
        doc_feed(d, DOC_FEED_MAX);
    CHECK(raster_draw(d, font, RASTER_80MM, &r) == ERR_TOO_LARGE);
    doc_free(d);

    d = doc_new();
    for (int i = 0; i <= RASTER_MARKS_MAX; i++)
        doc_cut(d, DOC_CUT_PARTIAL);
    CHECK(raster_draw(d, font, RASTER_80MM, &r) == ERR_TOO_LARGE);
    doc_free(d);

    d = doc_new();
    memset(digits, 'x', 1000);
    digits[1000] = '\0';
    doc_qr(d, digits, 0); /* version 26: 121 + 8 modules, 516 dots at 4 */
    CHECK(raster_draw(d, font, RASTER_58MM, &r) == ERR_TOO_LARGE);
    CHECK(raster_draw(d, font, RASTER_80MM, &r) == OK);
    raster_finish(&r);
    doc_free(d);
}

static void
test_raster__a_qr_code_keeps_its_quiet_zone(void)
{
    struct doc *d = doc_new();
    struct raster r;

    doc_rule(d, DOC_RULE_SOLID);
    doc_qr(d, sample_url(), 0);
    doc_rule(d, DOC_RULE_SOLID);
    r = drawn(d, RASTER_58MM); /* 49 modules of 5 dots, 245; rules of 14 */
    CHECK(r.height_dots == 14 + 245 + 40 + 14);
    for (int y = 14; y < 34; y++)
        CHECK(!row_has_dots(&r, y));
    CHECK(raster_dot(&r, 69, 34) && !raster_dot(&r, 68, 34));
    CHECK(raster_dot(&r, 69 + 34, 34) && !raster_dot(&r, 69 + 35, 34));
    CHECK(raster_dot(&r, 69 + 244, 34) && !raster_dot(&r, 69 + 245, 34));
    raster_finish(&r);
}

static void
test_raster__marks_stand_where_they_were_added(void)
{
    struct doc *d = doc_new();
    struct raster r;

    doc_pulse(d);
    doc_text(d, doc_plain, "one");
    doc_cut(d, DOC_CUT_PARTIAL);
    doc_text(d, doc_plain, "two");
    doc_cut(d, DOC_CUT_FULL);
    r = drawn(d, RASTER_80MM);
    CHECK(r.marks_len == 3);
    CHECK(r.marks[0].kind == RASTER_PULSE && r.marks[0].y == 0);
    CHECK(r.marks[1].kind == RASTER_CUT_PARTIAL);
    CHECK(r.marks[1].y == r.height_dots / 2);
    CHECK(r.marks[2].kind == RASTER_CUT_FULL);
    CHECK(r.marks[2].y == r.height_dots);
    raster_finish(&r);
}

static void
test_raster__an_empty_line_is_a_line(void)
{
    struct doc *one = doc_new(), *two = doc_new(), *none = doc_new();
    struct raster a, b, c;

    doc_text(one, doc_plain, "x");
    doc_text(two, doc_plain, "x");
    doc_text(two, doc_plain, "%s", "");
    a = drawn(one, RASTER_80MM);
    b = drawn(two, RASTER_80MM);
    c = drawn(none, RASTER_80MM);
    CHECK(b.height_dots == 2 * a.height_dots);
    CHECK(c.height_dots == 0 && c.bits == NULL);
    raster_finish(&a);
    raster_finish(&b);
    raster_finish(&c);
}

static void
test_raster__draws_the_same_every_time(void)
{
    struct raster a = drawn(sample_receipt(3, 15), RASTER_80MM);
    struct raster b = drawn(sample_receipt(3, 15), RASTER_80MM);

    CHECK(a.height_dots == b.height_dots && a.height_dots > 1500);
    CHECK(memcmp(a.bits, b.bits, a.stride * (size_t)a.height_dots) == 0);
    CHECK(!raster_dot(&a, -1, 0) && !raster_dot(&a, 0, -1));
    CHECK(!raster_dot(&a, 576, 0) && !raster_dot(&a, 0, a.height_dots));
    raster_finish(&a);
    raster_finish(&b);
}

static void *
draw_many(void *arg)
{
    struct raster *last = arg;

    for (int i = 0; i < 5; i++) {
        struct doc *d = sample_receipt(i, 3);

        raster_finish(last);
        if (raster_draw(d, font, RASTER_58MM, last) != OK)
            *last = (struct raster){0};
        doc_free(d);
    }
    return NULL;
}

/* The print worker and a request for a preview may draw at once. */
static void
test_raster__threads_share_a_font(void)
{
    struct raster r[3] = {{0}};
    pthread_t threads[3];

    for (int i = 0; i < 3; i++)
        CHECK(pthread_create(&threads[i], NULL, draw_many, &r[i]) == 0);
    for (int i = 0; i < 3; i++)
        pthread_join(threads[i], NULL);
    CHECK(r[0].height_dots > 500);
    for (int i = 1; i < 3; i++) {
        CHECK(r[i].height_dots == r[0].height_dots);
        CHECK(memcmp(r[i].bits, r[0].bits,
                  r[0].stride * (size_t)r[0].height_dots) == 0);
    }
    for (int i = 0; i < 3; i++)
        raster_finish(&r[i]);
}

int
main(void)
{
    if (font_open(FONT_REGULAR, FONT_BOLD, &font) != OK) {
        fprintf(stderr, "FAIL %s\n", err_msg());
        return 1;
    }
    RUN(test_raster__threads_share_a_font); /* first: no letter is drawn yet */
    RUN(test_raster__amounts_line_up_to_the_dot);
    RUN(test_raster__nothing_is_clipped_at_the_edges);
    RUN(test_raster__lines_do_not_touch);
    RUN(test_raster__a_missing_letter_stops_the_drawing);
    RUN(test_raster__too_much_is_refused);
    RUN(test_raster__a_qr_code_keeps_its_quiet_zone);
    RUN(test_raster__marks_stand_where_they_were_added);
    RUN(test_raster__an_empty_line_is_a_line);
    RUN(test_raster__draws_the_same_every_time);
    font_close(font);
    return T_END();
}
