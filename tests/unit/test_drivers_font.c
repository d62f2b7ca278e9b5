#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "drivers/font.h"
#include "drivers/label.h"
#include "drivers/raster.h"
#include "tests/tools/fonts.h"
#include "tests/unit/t.h"

static struct font *font;

/* Is the glyph's dot black, seen from the pen on the base line? */
static int
dot(const struct font_glyph *g, int x, int y)
{
    int col = x - g->left, row = g->top - y;

    if (col < 0 || col >= g->width || row < 0 || row >= g->height)
        return 0;
    return g->bits[row * g->stride + col / 8] >> (7 - col % 8) & 1;
}

static int
larger(int a, int b)
{
    return a > b ? a : b;
}

/* Dots in which two glyphs differ when one is moved by (dx, dy), each 1 dot at
 * most. */
static int
differing(
    const struct font_glyph *a, const struct font_glyph *b, int dx, int dy)
{
    int left = -larger(-a->left, -b->left) - 1;
    int right = larger(a->left + a->width, b->left + b->width) + 1;
    int top = larger(a->top, b->top) + 1;
    int below = larger(a->height - a->top, b->height - b->top) + 1;
    int n = 0;

    for (int y = -below; y <= top; y++)
        for (int x = left; x <= right; x++)
            n += dot(a, x, y) != dot(b, x + dx, y + dy);
    return n;
}

static int
distance(const struct font_glyph *a, const struct font_glyph *b)
{
    int least = 10000;

    for (int dx = -1; dx <= 1; dx++)
        for (int dy = -1; dy <= 1; dy++) {
            int n = differing(a, b, dx, dy);

            least = n < least ? n : least;
        }
    return least;
}

static const struct font_glyph *
glyph(struct font_strike *strike, uint32_t cp)
{
    const struct font_glyph *g = NULL;

    CHECK(font_glyph(strike, cp, &g) == OK);
    return g;
}

/* The least distance of two letters that differ in their tone alone. */
static int
least_distance(struct font_strike *strike)
{
    static const char *const families[] = {"aàáảãạ", "ăằắẳẵặ", "âầấẩẫậ",
        "eèéẻẽẹ", "êềếểễệ", "iìíỉĩị", "oòóỏõọ", "ôồốổỗộ", "ơờớởỡợ", "uùúủũụ",
        "ưừứửữự", "yỳýỷỹỵ", "AÀÁẢÃẠ", "ĂẰẮẲẴẶ", "ÂẦẤẨẪẬ", "EÈÉẺẼẸ", "ÊỀẾỂỄỆ",
        "IÌÍỈĨỊ", "OÒÓỎÕỌ", "ÔỒỐỔỖỘ", "ƠỜỚỞỠỢ", "UÙÚỦŨỤ", "ƯỪỨỬỮỰ", "YỲÝỶỸỴ",
        "dđ", "DĐ", "aăâ", "oôơ", "uư", "eê", "AĂÂ", "OÔƠ", "UƯ", "EÊ"};
    int least = 10000;

    for (size_t f = 0; f < sizeof(families) / sizeof(families[0]); f++) {
        const struct font_glyph *g[6];
        const char *at = families[f];
        size_t n = 0;
        uint32_t cp;

        while ((cp = text_next(&at)) != 0)
            g[n++] = glyph(strike, cp);
        for (size_t i = 0; i < n; i++)
            for (size_t k = i + 1; k < n; k++) {
                int d = distance(g[i], g[k]);

                least = d < least ? d : least;
            }
    }
    return least;
}

static void
test_font__tones_stay_apart_at_every_size_used(void)
{
    static const int widths[] = {RASTER_58MM, RASTER_80MM};

    font_lock(font);
    for (int i = 0; i < 2 * DOC_SIZES * 2; i++) {
        int px = raster_px(widths[i & 1], (enum doc_size)(i >> 2));
        bool bold = (i & 2) != 0;
        int least = least_distance(font_strike(font, px, bold));

        if (least < 4)
            printf("%d dots%s: %d\n", px, bold ? ", bold" : "", least);
        CHECK(least >= 4);
    }
    font_unlock(font);
}

/* drivers/label_fit.c; above 48 dots letters only get clearer. */
static void
test_font__tones_stay_apart_at_every_size_of_a_label(void)
{
    static const int sizes[] = {
        LABEL_PX_MIN, 22, 24, 26, 28, 30, 32, 36, 40, 44, 48};

    font_lock(font);
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
        for (int bold = 0; bold < 2; bold++)
            CHECK(least_distance(font_strike(font, sizes[i], bold)) >= 4);
    font_unlock(font);
}

static void
test_font__a_line_holds_its_tallest_letters(void)
{
    font_lock(font);
    for (int px = 16; px <= 64; px++)
        for (int bold = 0; bold < 2; bold++) {
            struct font_strike *s = font_strike(font, px, bold);
            const char *at = font_vietnamese;
            int top = 0, below = 0;
            uint32_t cp;

            while ((cp = text_next(&at)) != 0) {
                const struct font_glyph *g = glyph(s, cp);

                top = g->top > top ? g->top : top;
                below = g->height - g->top > below ? g->height - g->top : below;
            }
            CHECK(font_ascent(s) >= top && font_descent(s) >= below);
            CHECK(font_ascent(s) <= top + 2); /* paper is not wasted either */
        }
    font_unlock(font);
}

static void
test_font__has_all_134_letters(void)
{
    CHECK(text_len(font_vietnamese) == 134);
    CHECK(font_check(font, font_vietnamese) == OK);
    CHECK(font_check(font, "0123456789 .,:;%×–…₫\xc2\xa0()/#@&\"'\n★") == OK);
}

static void
test_font__figures_are_all_as_wide(void)
{
    font_lock(font);
    for (int px = 20; px <= 48; px++)
        for (int bold = 0; bold < 2; bold++) {
            struct font_strike *s = font_strike(font, px, bold);

            for (uint32_t cp = '1'; cp <= '9'; cp++)
                CHECK(glyph(s, cp)->advance == glyph(s, '0')->advance);
        }
    font_unlock(font);
}

static void
test_font__a_missing_letter_is_named(void)
{
    static const struct {
        const char *text, *letter;
    } bad[] = {
        {"Mật ong 🍯", "U+1F36F"},
        {"中文", "U+4E2D"},
        {"x\xcc\x81", "U+0301"}, /* no such letter after NFC */
        {"a\xe2\x80\x8b"
         "b",
            "U+200B"}, /* leaves no mark */
        {"\t", "U+0009"},
    };

    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        CHECK(font_check(font, bad[i].text) == ERR_GLYPH);
        CHECK(err_last()->args_len == 1);
        CHECK_STR(err_last()->args[0].name, "letter");
        CHECK_STR(err_last()->args[0].value, bad[i].letter);
    }
}

static void
test_font__replaces_what_it_cannot_print(void)
{
    static const struct {
        const char *text, *want;
    } cases[] = {
        {"", ""},
        {"Miến dong 500 g", "Miến dong 500 g"},
        {"Mie\xcc\x82\xcc\x81n", "Miến"},
        {"Mật ong 🍯🐝 rừng", "Mật ong � rừng"},
        {"❤\xef\xb8\x8f ok", "� ok"},
        {"a\xe2\x80\x8b"
         "b\xc2\xad"
         "c",
            "abc"},
        {"x\xcc\x81y", "x�y"},
        {"Trà ★★★★★ giả", "Trà � giả"},
        {"tab\there", "tab�here"},
        {"\xff", "�"},
    };
    struct buf b;

    buf_init(&b, 200);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        buf_clear(&b);
        font_replace_missing(font, cases[i].text, &b);
        CHECK_STR(b.data, cases[i].want);
        CHECK(font_check(font, b.data) == OK);
    }
    buf_finish(&b);
}

static void
test_font__is_refused_when_it_cannot_write_vietnamese(void)
{
    static const char *const bad[] = {"/nowhere/font.ttf", "/etc/passwd",
        FONT_DIR "NotoSansThai-Regular.ttf"};
    struct font *other = NULL;

    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        CHECK(font_open(FONT_REGULAR, bad[i], &other) == ERR_FILE);
        CHECK(other == NULL);
        CHECK_STR(err_last()->args[0].value, bad[i]);
    }
    font_close(NULL);
}

static void
test_font__the_star_is_upright_and_even(void)
{
    const struct font_glyph *g;
    int black = 0;

    font_lock(font);
    g = glyph(font_strike(font, 22, false), 0x2605);
    for (int y = 0; y < g->height; y++)
        for (int x = 0; x < g->width; x++) {
            int here = dot(g, x, g->top - y);

            CHECK(here == dot(g, g->width - 1 - x, g->top - y));
            black += here;
        }
    /* the star's share of its square is 0.37 */
    CHECK(black * 100 > g->width * g->height * 30);
    CHECK(black * 100 < g->width * g->height * 45);
    font_unlock(font);
}

int
main(void)
{
    if (font_open(FONT_REGULAR, FONT_BOLD, &font) != OK) {
        fprintf(stderr, "FAIL %s\n", err_msg());
        return 1;
    }
    RUN(test_font__tones_stay_apart_at_every_size_used);
    RUN(test_font__tones_stay_apart_at_every_size_of_a_label);
    RUN(test_font__a_line_holds_its_tallest_letters);
    RUN(test_font__has_all_134_letters);
    RUN(test_font__figures_are_all_as_wide);
    RUN(test_font__a_missing_letter_is_named);
    RUN(test_font__replaces_what_it_cannot_print);
    RUN(test_font__is_refused_when_it_cannot_write_vietnamese);
    RUN(test_font__the_star_is_upright_and_even);
    font_close(font);
    return T_END();
}
