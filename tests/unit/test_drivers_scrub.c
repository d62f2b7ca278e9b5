#include <string.h>

#include "base/mem.h"
#include "drivers/raster.h"
#include "tests/tools/fonts.h"
#include "tests/tools/sample_receipt.h"
#include "tests/unit/t.h"

static struct raster
blank(int rows)
{
    struct raster r = {.width_dots = 384, .height_dots = rows, .stride = 48};

    r.bits = mem_new((size_t)rows, r.stride);
    return r;
}

static int
real_time_pairs(const struct raster *r)
{
    size_t len = (size_t)r->height_dots * r->stride;
    int n = 0;

    for (size_t i = 0; i + 1 < len; i++) {
        uint8_t next = r->bits[i + 1];

        n += r->bits[i] == 0x10 &&
             (next == 0x04 || next == 0x05 || next == 0x14);
    }
    return n;
}

static void
test_scrub__changes_one_dot_of_a_pair(void)
{
    static const uint8_t seconds[] = {0x04, 0x05, 0x14};

    for (size_t i = 0; i < sizeof(seconds); i++) {
        struct raster r = blank(3);

        r.bits[50] = 0x10;
        r.bits[51] = seconds[i];
        CHECK(raster_scrub(&r) == 1);
        CHECK(r.bits[50] == 0x18 && r.bits[51] == seconds[i]);
        CHECK(raster_scrub(&r) == 0);
        raster_finish(&r);
    }
}

static void
test_scrub__widens_towards_the_darker_side(void)
{
    struct raster r = blank(3);

    r.bits[2] = 0x20; /* above, to the left */
    r.bits[50] = 0x10;
    r.bits[51] = 0x04;
    CHECK(raster_scrub(&r) == 1);
    CHECK(r.bits[50] == 0x30);
    raster_finish(&r);
}

static void
test_scrub__sees_a_pair_across_rows(void)
{
    struct raster r = blank(2);

    r.bits[47] = 0x10;
    r.bits[48] = 0x04;
    CHECK(raster_scrub(&r) == 1);
    CHECK(real_time_pairs(&r) == 0);
    r.bits[95] = 0x10; /* the last byte begins no pair */
    CHECK(raster_scrub(&r) == 0);
    raster_finish(&r);
}

static void
test_scrub__leaves_other_bytes_alone(void)
{
    struct raster r = blank(1);

    for (size_t i = 0; i < 48; i++)
        r.bits[i] = (uint8_t)(i & 1 ? i : 0x10);
    r.bits[5] = r.bits[0x15] = 0; /* 05 and 15 come only here */
    CHECK(raster_scrub(&r) == 0);
    CHECK(r.bits[0] == 0x10 && r.bits[1] == 1);
    raster_finish(&r);
}

/* Whatever the bytes are: no pair is left, no dot vanishes, no more dots change
 * than it says. */
static void
test_scrub__holds_for_any_picture(void)
{
    static const uint8_t likely[] = {0x10, 0x10, 0x04, 0x05, 0x14, 0x18, 0, 1};
    unsigned x = 1;

    for (int round = 0; round < 200; round++) {
        struct raster r = blank(20), old = blank(20);
        int changed, differ = 0;

        for (size_t i = 0; i < 20 * r.stride; i++) {
            x = x * 1103515245u + 12345u;
            r.bits[i] = old.bits[i] = likely[(x >> 16) % sizeof(likely)];
        }
        changed = raster_scrub(&r);
        for (int y = 0; y < 20; y++)
            for (int col = 0; col < 384; col++) {
                CHECK(raster_dot(&r, col, y) || !raster_dot(&old, col, y));
                differ += raster_dot(&r, col, y) != raster_dot(&old, col, y);
            }
        CHECK(differ == changed && changed > 0);
        CHECK(real_time_pairs(&r) == 0);
        raster_finish(&r);
        raster_finish(&old);
    }
}

static void
test_scrub__receipts_are_drawn_scrubbed(void)
{
    struct font *font = NULL;

    CHECK(font_open(FONT_REGULAR, FONT_BOLD, &font) == OK);
    for (int first = 0; first < SAMPLE_PRODUCTS; first++) {
        struct doc *d = sample_receipt(first, 9);
        struct raster r = {0};

        CHECK(raster_draw(d, font, first % 2 ? RASTER_58MM : RASTER_80MM, &r) ==
              OK);
        CHECK(real_time_pairs(&r) == 0);
        raster_finish(&r);
        doc_free(d);
    }
    font_close(font);
}

int
main(void)
{
    RUN(test_scrub__changes_one_dot_of_a_pair);
    RUN(test_scrub__widens_towards_the_darker_side);
    RUN(test_scrub__sees_a_pair_across_rows);
    RUN(test_scrub__leaves_other_bytes_alone);
    RUN(test_scrub__holds_for_any_picture);
    RUN(test_scrub__receipts_are_drawn_scrubbed);
    return T_END();
}
