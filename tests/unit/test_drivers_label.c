#include <string.h>

#include "base/mem.h"
#include "drivers/label_fit.h"
#include "drivers/raster_dots.h"
#include "tests/tools/fonts.h"
#include "tests/tools/sample_label.h"
#include "tests/unit/t.h"

static struct font *font;

static int
count_dots(const struct raster *r)
{
    int n = 0;

    for (int y = 0; y < r->height_dots; y++)
        for (int x = 0; x < r->width_dots; x++)
            n += raster_dot(r, x, y);
    return n;
}

static struct raster
blank(int width, int height)
{
    struct raster r = {.width_dots = width, .stride = (size_t)width / 8};

    raster_grow(&r, height);
    return r;
}

/* A text alone on a sheet where nothing can cut it. */
static int
dots_alone(const struct label_text *t)
{
    struct raster r = blank(1600, 400);
    int n;

    label_text_draw(t, &r, 80, 100);
    n = count_dots(&r);
    raster_finish(&r);
    return n;
}

/* Dots of a column drawn at its own size are those of its texts, each drawn
 * alone: none was cut off at an edge, and no two share a dot. */
static void
check_apart(const struct label_fit *f)
{
    struct raster r = blank(1000, f->height);
    int sum = 0;

    label_fit_draw(f, &r, 8, 0, LABEL_GAP);
    for (int i = 0; i < f->pieces_len; i++)
        sum += dots_alone(&f->pieces[i].text);
    CHECK(count_dots(&r) == sum);
    raster_finish(&r);
}

static void
check_within(const struct label_fit *f)
{
    CHECK(f->used <= f->height);
    for (int i = 0; i < f->pieces_len; i++) {
        const struct label_piece *p = &f->pieces[i];
        int room = p->row < 2 ? f->wide_width : f->width;

        CHECK(p->x + p->text.width <= room);
        for (int k = 0; k < i; k++)
            if (f->pieces[k].row == p->row)
                CHECK(f->pieces[k].x + f->pieces[k].text.width <= p->x);
    }
}

static void
test_label__texts_stay_whole_and_apart_at_any_size(void)
{
    int fitted = 0;

    font_lock(font);
    for (int i = 0; i < SAMPLE_LABELS; i++)
        for (int width = 152; width < 800; width += 120)
            for (int height = 100; height < 400; height += 60) {
                struct label_fit f = {.label = &sample_label(i)->label,
                    .font = font, .label_height = height * 4 / 3,
                    .width = width, .height = height, .wide_width = width,
                    .wide_height = height};
                enum err e = label_fit(&f);

                CHECK(e == OK || e == ERR_TOO_LARGE);
                if (e != OK)
                    continue;
                fitted++;
                check_within(&f);
                if (height % 120 == 100)
                    check_apart(&f);
            }
    font_unlock(font);
    CHECK(fitted > 250);
}

static void
test_label__every_sample_has_white_edges(void)
{
    for (int i = 0; i < SAMPLE_LABELS; i++) {
        const struct sample_label *s = sample_label(i);
        struct raster r;

        CHECK(label_draw(&s->label, font, s->width_mm * LABEL_DOTS_MM,
                  s->height_mm * LABEL_DOTS_MM, &r) == OK);
        for (int x = 0; x < r.width_dots; x++)
            for (int y = 0; y < 4; y++)
                CHECK(!raster_dot(&r, x, y) &&
                      !raster_dot(&r, x, r.height_dots - 1 - y));
        for (int y = 0; y < r.height_dots; y++)
            CHECK(!raster_dot(&r, 0, y) &&
                  !raster_dot(&r, r.width_dots - 1, y));
        raster_finish(&r);
    }
}

static void
test_label__the_price_is_the_largest(void)
{
    font_lock(font);
    for (int i = 0; i < SAMPLE_LABELS; i++) {
        struct label_fit f = {.label = &sample_label(i)->label, .font = font,
            .label_height = 240, .width = 300, .height = 170,
            .wide_width = 380, .wide_height = 80};

        CHECK(label_fit(&f) == OK);
        for (int k = 0; k < f.pieces_len; k++)
            CHECK(k == 1 || f.pieces[k].text.px < f.pieces[1].text.px);
    }
    font_unlock(font);
}

static void
test_label__what_must_be_whole_is_left_out_rather_than_cut(void)
{
    struct label l = {.head = "Miến", .big = "60.000 ₫", .beside = "/kg",
        .notes = {{"HSD 30/06/2027 · Lô L2606A-0012-3", LABEL_WHOLE}},
        .notes_len = 1, .code = "", .qr = ""};
    struct label_fit f = {.label = &l, .font = font, .label_height = 160,
        .width = 160, .height = 80, .wide_width = 160, .wide_height = 80};

    font_lock(font);
    CHECK(label_fit(&f) == OK && f.rows_len == 2);
    l.notes[0].how = LABEL_CUT;
    CHECK(label_fit(&f) == OK && f.rows_len == 3);
    CHECK(f.pieces[f.pieces_len - 1].text.cut);
    font_unlock(font);
}

static void
test_label__a_last_day_stands_though_the_name_is_cut(void)
{
    struct label l = {.head = "Trứng gà đồi Nắng Sớm vỉ mười quả",
        .big = "42.000 ₫", .beside = "/vỉ", .beside_spare = true,
        .notes = {{"HSD 20/12/2026", LABEL_MUST}, {"OCOP ★★★", LABEL_WHOLE}},
        .notes_len = 2, .code = "", .qr = ""};
    struct label_fit f = {.label = &l, .font = font, .label_height = 160,
        .width = 226, .height = 84, .wide_width = 226, .wide_height = 84};

    font_lock(font);
    CHECK(label_fit(&f) == OK && f.rows_len == 3 && f.pieces[0].text.cut);
    CHECK_STR(f.pieces[f.pieces_len - 1].text.lines[0].text, "HSD 20/12/2026");
    l.notes[0].how = LABEL_WHOLE;
    CHECK(label_fit(&f) == OK && f.rows_len == 2 && !f.pieces[0].text.cut);
    l.notes[0].how = LABEL_MUST;
    f.height = f.wide_height = 60; /* not even then: no such tag */
    CHECK(label_fit(&f) == ERR_TOO_LARGE);
    font_unlock(font);
}

static void
test_label__too_small_for_its_codes_is_said(void)
{
    struct label l = sample_label(0)->label;
    struct raster r;

    CHECK(label_draw(&l, font, 160, 160, &r) == ERR_TOO_LARGE);
    l.qr = "";
    CHECK(label_draw(&l, font, 160, 160, &r) == ERR_TOO_LARGE);
    l.code = "";
    CHECK(label_draw(&l, font, 160, 160, &r) == OK);
    raster_finish(&r);
    l.code = "SP001";
    CHECK(label_draw(&l, font, 400, 240, &r) == ERR_CODE_UNREADABLE);
}

static void
test_label__a_strip_holds_each_copy_and_a_line_between(void)
{
    struct raster one = blank(384, 240), strip;

    raster_fill(&one, 10, 10, 300, 200);
    CHECK(label_strip(&one, 3, RASTER_80MM, &strip) == OK);
    CHECK(strip.width_dots == 576);
    CHECK(strip.height_dots == 3 * 240 + 2 * LABEL_STRIP_GAP);
    CHECK(strip.marks_len == 1 && strip.marks[0].y == strip.height_dots);
    for (int i = 0; i < 3; i++)
        for (int y = 0; y < 240; y++)
            for (int x = 0; x < 384; x++)
                CHECK(raster_dot(&strip, 96 + x,
                          i * (240 + LABEL_STRIP_GAP) + y) ==
                      raster_dot(&one, x, y));
    CHECK(raster_dot(&strip, 0, 240 + LABEL_STRIP_GAP / 2));
    raster_finish(&strip);
    CHECK(label_strip(&one, 400, RASTER_80MM, &strip) == ERR_TOO_LARGE);
    raster_finish(&one);
}

static void
test_label__no_bytes_that_printers_obey_inside_pictures(void)
{
    struct raster r = blank(64, 2);

    memcpy(r.bits, "\xe4\xde\x00\x81\xde\x00\x10\x04", 8);
    CHECK(label_scrub(&r) == 3);
    CHECK(memcmp(r.bits, "\xe4\xfe\x00\x81\xfe\x00\x18\x04", 8) == 0);
    CHECK(label_scrub(&r) == 0);
    raster_finish(&r);
}

int
main(void)
{
    CHECK(font_open(FONT_REGULAR, FONT_BOLD, &font) == OK);
    RUN(test_label__texts_stay_whole_and_apart_at_any_size);
    RUN(test_label__every_sample_has_white_edges);
    RUN(test_label__the_price_is_the_largest);
    RUN(test_label__what_must_be_whole_is_left_out_rather_than_cut);
    RUN(test_label__a_last_day_stands_though_the_name_is_cut);
    RUN(test_label__too_small_for_its_codes_is_said);
    RUN(test_label__a_strip_holds_each_copy_and_a_line_between);
    RUN(test_label__no_bytes_that_printers_obey_inside_pictures);
    font_close(font);
    return T_END();
}
