/* The encoder's bytes as bytes: no real-time sequence among them, whatever the
 * picture, and every command's length known. */
#include <string.h>

#include "base/mem.h"
#include "drivers/escpos.h"
#include "drivers/quirks.h"
#include "tests/unit/t.h"

static unsigned noise = 20261122;

static unsigned
any(unsigned below)
{
    noise = noise * 1103515245u + 12345u;
    return (noise >> 16) % below;
}

/* Pictures made of what makes real-time sequences, scrubbed by rows. */
static struct raster
worst(int bytes_wide, int rows)
{
    static const uint8_t bad[] = {0x10, 0x10, 0x04, 0x05, 0x14, 0x00, 0x1d};
    struct raster r = {.width_dots = bytes_wide * 8,
        .height_dots = rows,
        .stride = (size_t)bytes_wide,
        .marks = {{RASTER_CUT_PARTIAL, rows / 3}, {RASTER_PULSE, rows / 3},
            {RASTER_CUT_FULL, rows}},
        .marks_len = 3};

    r.bits = mem_new((size_t)rows + 1, r.stride);
    for (size_t i = 0; i < (size_t)rows * r.stride; i++)
        r.bits[i] = bad[any(sizeof(bad))];
    raster_scrub(&r);
    return r;
}

/* The same for ESC *: such bytes stand in the columns. */
static struct raster
worst_columns(int bytes_wide, int rows)
{
    static const uint8_t bad[] = {0x10, 0x10, 0x04, 0x05, 0x14, 0x00};
    struct raster r = worst(bytes_wide, rows);

    memset(r.bits, 0, (size_t)rows * r.stride);
    for (int y = 0; y + 8 <= rows; y += 8)
        for (int x = 0; x < r.width_dots; x++) {
            uint8_t byte = bad[any(sizeof(bad))];

            for (int i = 0; i < 8; i++)
                if (byte >> (7 - i) & 1)
                    r.bits[(size_t)(y + i) * r.stride + (size_t)(x / 8)] |=
                        (uint8_t)(0x80 >> (x % 8));
        }
    return r;
}

static size_t
real_time(const struct buf *b)
{
    size_t n = 0;

    for (size_t i = 0; i + 1 < b->len; i++)
        n += b->data[i] == 0x10 &&
            (b->data[i + 1] == 0x04 || b->data[i + 1] == 0x05 ||
                b->data[i + 1] == 0x14);
    return n;
}

static void
test_escpos__no_picture_makes_a_real_time_sequence(void)
{
    for (int i = 0; i < 300; i++) {
        unsigned quirks = i & 1 ? QUIRK_NO_GS_V0 : 0;
        int wide = 1 + (int)any(72), rows = 1 + (int)any(260);
        struct raster r =
            quirks ? worst_columns(wide, rows) : worst(wide, rows);
        struct buf b;

        buf_init(&b, 1 << 20);
        escpos_encode(&r, quirks, &b);
        CHECK(!b.full && real_time(&b) == 0);
        buf_finish(&b);
        raster_finish(&r);
    }
}

/* Whoever shows the picture scrubs it first: then it is what is sent. */
static void
test_escpos__a_scrubbed_picture_is_sent_as_it_is(void)
{
    int changed = 0;

    for (int i = 0; i < 40; i++) {
        struct raster r = worst_columns(1 + (int)any(72), 8 + (int)any(100));
        size_t len = (size_t)r.height_dots * r.stride;
        struct buf before, after;
        char *was = mem_dup(r.bits, len);

        buf_init(&before, 1 << 20);
        buf_init(&after, 1 << 20);
        escpos_encode(&r, QUIRK_NO_GS_V0, &before);
        CHECK(memcmp(r.bits, was, len) == 0); /* it only changes a copy */
        CHECK(escpos_scrub(&r, 0) == 0);
        changed += escpos_scrub(&r, QUIRK_NO_GS_V0);
        CHECK(escpos_scrub(&r, QUIRK_NO_GS_V0) == 0);
        escpos_encode(&r, QUIRK_NO_GS_V0, &after);
        CHECK(after.len == before.len &&
            memcmp(after.data, before.data, after.len) == 0);
        for (size_t k = 0; k < len; k++) /* no dot is taken away */
            CHECK(((uint8_t)was[k] & ~r.bits[k]) == 0);
        mem_free(was);
        buf_finish(&before);
        buf_finish(&after);
        raster_finish(&r);
    }
    CHECK(changed > 100);
}

static void
test_escpos__its_commands_are_measured(void)
{
    static const unsigned quirks[] = {
        0, QUIRK_NO_GS_V0, QUIRK_NO_CUTTER, QUIRK_NO_GS_V0 | QUIRK_NO_CUTTER};

    for (size_t i = 0; i < sizeof(quirks) / sizeof(quirks[0]); i++) {
        struct raster r = worst(72, 500);
        struct buf b;
        size_t at = 0, n;

        buf_init(&b, 1 << 20);
        escpos_encode(&r, quirks[i], &b);
        do {
            n = escpos_command_len(b.data + at, b.len - at);
            CHECK(n <= 8192); /* one piece on the cable */
            CHECK(n == 0 || escpos_command_len(b.data + at, n) == n);
            CHECK(n == 0 || escpos_command_len(b.data + at, n - 1) == 0);
            at += n;
        } while (n > 0);
        CHECK(at == b.len);
        buf_finish(&b);
        raster_finish(&r);
    }
    CHECK(escpos_command_len("A", 1) == 0);
    CHECK(escpos_command_len("\x1bZ", 2) == 0);
    CHECK(escpos_command_len("\x1dZ", 2) == 0);
    CHECK(escpos_command_len("", 0) == 0);
}

int
main(void)
{
    RUN(test_escpos__no_picture_makes_a_real_time_sequence);
    RUN(test_escpos__a_scrubbed_picture_is_sent_as_it_is);
    RUN(test_escpos__its_commands_are_measured);
    return T_END();
}
