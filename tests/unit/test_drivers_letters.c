/* Every two letters and figures of a receipt, not only those of one family
 * (test_drivers_font), stay apart: as drawn, moved by a dot, and when a hot
 * head makes every dot a dot larger. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "drivers/font.h"
#include "drivers/raster.h"
#include "tests/tools/fonts.h"
#include "tests/unit/t.h"

enum { ROWS = 64, BASE = 44, PEN = 8, LETTERS_MAX = 256, LEAST = 4 };

static struct font *font;

/* A letter on a field of 64 x 64 dots, the highest bit to the left. */
struct letter {
    uint32_t code_point;
    uint64_t rows[ROWS];
    int black;
};

static int
bits_of(uint64_t row)
{
    int n = 0;

    for (; row; row &= row - 1)
        n++;
    return n;
}

static void
count(struct letter *l)
{
    l->black = 0;
    for (int y = 0; y < ROWS; y++)
        l->black += bits_of(l->rows[y]);
}

static void
draw(struct font_strike *strike, uint32_t code_point, struct letter *l)
{
    const struct font_glyph *g = NULL;

    *l = (struct letter){.code_point = code_point};
    CHECK(font_glyph(strike, code_point, &g) == OK);
    CHECK(g->top <= BASE && g->height - g->top < ROWS - BASE);
    CHECK(PEN + g->left > 0 && PEN + g->left + g->width < 63);
    for (int y = 0; y < g->height; y++)
        for (int x = 0; x < g->width; x++)
            if (g->bits[y * g->stride + x / 8] >> (7 - x % 8) & 1)
                l->rows[BASE - g->top + y] |=
                    UINT64_C(1) << (63 - PEN - g->left - x);
    count(l);
}

/* Each dot also blackens the one to its right and the one below. */
static void
bleed(struct letter *l)
{
    for (int y = ROWS - 1; y >= 0; y--)
        l->rows[y] |= l->rows[y] >> 1 | (y > 0 ? l->rows[y - 1] : 0);
    count(l);
}

/* Dots in which `b`, moved by (dx, dy), differs from `a`. */
static int
differing(const struct letter *a, const struct letter *b, int dx, int dy)
{
    int n = 0;

    for (int y = 1; y < ROWS - 1; y++) {
        uint64_t row = b->rows[y + dy];

        n += bits_of(a->rows[y] ^
            (dx < 0 ? row << 1 : dx > 0 ? row >> 1 : row));
    }
    return n;
}

static int
distance(const struct letter *a, const struct letter *b)
{
    int least = abs(a->black - b->black);

    if (least >= LEAST)
        return least; /* no move changes that */
    least = 10000;
    for (int dx = -1; dx <= 1; dx++)
        for (int dy = -1; dy <= 1; dy++) {
            int n = differing(a, b, dx, dy);

            least = n < least ? n : least;
        }
    return least;
}

static size_t
draw_all(struct font_strike *strike, bool hot, struct letter *out)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyz0123456789"
                                "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const char *texts[] = {font_vietnamese, plain};
    uint32_t code_point;
    size_t n = 0;

    for (int i = 0; i < 2; i++)
        while ((code_point = text_next(&texts[i])) != 0) {
            draw(strike, code_point, &out[n]);
            if (hot)
                bleed(&out[n]);
            n++;
        }
    return n;
}

static void
check_all(const struct letter *letters, size_t n, const char *how, int want)
{

    for (size_t i = 0; i < n; i++)
        for (size_t k = i + 1; k < n; k++) {
            int d = distance(&letters[i], &letters[k]);

            if (d < want)
                printf("%s: U+%04X and U+%04X differ in %d\n", how,
                    (unsigned)letters[i].code_point,
                    (unsigned)letters[k].code_point, d);
            CHECK(d >= want);
        }
}

/* Of small and normal letters; larger ones differ by more. */
static void
try_all(bool hot, int want)
{
    static struct letter letters[LETTERS_MAX];
    static const int widths[] = {RASTER_58MM, RASTER_80MM};

    font_lock(font);
    for (int i = 0; i < 8; i++) {
        int px = raster_px(widths[i & 1], i & 2 ? DOC_NORMAL : DOC_SMALL);
        bool bold = (i & 4) != 0;
        size_t n = draw_all(font_strike(font, px, bold), hot, letters);
        char how[32];

        CHECK(n == 134 + 62);
        snprintf(how, sizeof(how), "%d dots%s", px, bold ? ", bold" : "");
        check_all(letters, n, how, want);
    }
    font_unlock(font);
}

static void
test_letters__any_two_stay_apart(void)
{
    try_all(false, LEAST);
}

static void
test_letters__any_two_stay_apart_when_dots_run(void)
{
    try_all(true, 3);
}

static void
test_letters__the_same_letter_is_not_apart(void)
{
    struct letter a, moved = {.black = 0};

    font_lock(font);
    draw(font_strike(font, 24, false), 0x1ec3, &a);
    font_unlock(font);
    for (int y = 1; y < ROWS; y++)
        moved.rows[y] = a.rows[y - 1] << 1;
    count(&moved);
    CHECK(a.black > 20 && moved.black == a.black);
    CHECK(distance(&a, &moved) == 0);
    moved.rows[BASE] ^= 0xff00;
    count(&moved);
    CHECK(distance(&a, &moved) == 8);
}

int
main(void)
{
    if (font_open(FONT_REGULAR, FONT_BOLD, &font) != OK) {
        fprintf(stderr, "FAIL %s\n", err_msg());
        return 1;
    }
    RUN(test_letters__any_two_stay_apart);
    RUN(test_letters__any_two_stay_apart_when_dots_run);
    RUN(test_letters__the_same_letter_is_not_apart);
    font_close(font);
    return T_END();
}
