/* Both label languages: what they say is read back to dots. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "drivers/raster_dots.h"
#include "drivers/tspl.h"
#include "drivers/zpl.h"
#include "tests/tools/fonts.h"
#include "tests/tools/sample_label.h"
#include "tests/tools/tspl_decode.h"
#include "tests/unit/t.h"

static struct font *font;

static struct raster
sample(int i)
{
    const struct sample_label *s = sample_label(i);
    struct raster r = {0};

    CHECK(label_draw(&s->label, font, s->width_mm * LABEL_DOTS_MM,
              s->height_mm * LABEL_DOTS_MM, &r) == OK);
    return r;
}

static void
test_tspl__ten_labels_are_read_back_to_the_same_dots(void)
{
    for (int i = 0; i < SAMPLE_LABELS; i++) {
        struct raster r = sample(i);
        struct tspl_label label;
        struct buf bytes;
        int wrong = 0;

        buf_init(&bytes, 1 << 20);
        tspl_encode(&r, 2, 1 + i, &bytes);
        tspl_decode(bytes.data, bytes.len, &label);
        CHECK(!label.why && label.printed == 1 + i && label.gap_mm == 2);
        CHECK(label.width == (size_t)r.width_dots &&
              label.height == (size_t)r.height_dots);
        for (int y = 0; !label.why && y < r.height_dots; y++)
            for (int x = 0; x < r.width_dots; x++)
                wrong += raster_dot(&r, x, y) !=
                         label.dots[(size_t)y * label.width + (size_t)x];
        CHECK(wrong == 0);
        tspl_label_finish(&label);
        buf_finish(&bytes);
        raster_finish(&r);
    }
}

static void
test_tspl__says_size_gap_and_copies(void)
{
    static const char head[] = "SIZE 40 mm,30 mm\r\nGAP 0 mm,0 mm\r\n"
                               "DIRECTION 0,0\r\nREFERENCE 0,0\r\nCLS\r\n"
                               "BITMAP 0,0,40,240,0,";
    struct raster r = sample(1);
    struct buf bytes;

    buf_init(&bytes, 1 << 20);
    tspl_encode(&r, 0, 12, &bytes);
    CHECK(memcmp(bytes.data, head, sizeof(head) - 1) == 0);
    CHECK_STR(bytes.data + bytes.len - 14, "\r\nPRINT 1,12\r\n");
    buf_finish(&bytes);
    raster_finish(&r);
}

static void
test_tspl__a_reader_of_it_finds_what_a_printer_would_obey(void)
{
    struct raster r = {.width_dots = 160, .stride = 20};
    struct tspl_label label;
    struct buf bytes;

    raster_grow(&r, 160);
    memcpy(r.bits + 50, "\xe4\xde", 2); /* not scrubbed */
    buf_init(&bytes, 1 << 16);
    tspl_encode(&r, 2, 1, &bytes);
    tspl_decode(bytes.data, bytes.len, &label);
    CHECK(label.why != NULL);
    tspl_label_finish(&label);
    label_scrub(&r);
    buf_clear(&bytes);
    tspl_encode(&r, 2, 1, &bytes);
    tspl_decode(bytes.data, bytes.len, &label);
    CHECK(!label.why);
    tspl_label_finish(&label);
    buf_finish(&bytes);
    raster_finish(&r);
}

/* One graphic field of hexadecimal digits, rows after each other. */
static void
test_zpl__ten_labels_are_read_back_to_the_same_dots(void)
{
    for (int i = 0; i < SAMPLE_LABELS; i++) {
        struct raster r = sample(i);
        size_t len = (size_t)r.height_dots * r.stride, n = 0;
        struct buf bytes, want;
        const char *at;
        int wrong = 0;

        buf_init(&bytes, 1 << 20);
        buf_init(&want, 200);
        zpl_encode(&r, 3, &bytes);
        buf_printf(&want, "^XA\n^PW%d\n^LL%d\n^LH0,0\n^FO0,0^GFA,%zu,%zu,%zu,",
            r.width_dots, r.height_dots, len, len, r.stride);
        CHECK(strncmp(bytes.data, want.data, want.len) == 0);
        for (at = bytes.data + want.len; *at != '^'; at++) {
            char digit[2] = {*at, '\0'};
            unsigned long v = strtoul(digit, NULL, 16);

            if (*at == '\n')
                continue;
            wrong += n / 2 >= len ||
                     (r.bits[n / 2] >> (n % 2 ? 0 : 4) & 15U) != v;
            n++;
        }
        CHECK(wrong == 0 && n == 2 * len);
        CHECK_STR(at, "^FS\n^PQ3\n^XZ\n");
        buf_finish(&want);
        buf_finish(&bytes);
        raster_finish(&r);
    }
}

int
main(void)
{
    CHECK(font_open(FONT_REGULAR, FONT_BOLD, &font) == OK);
    RUN(test_tspl__ten_labels_are_read_back_to_the_same_dots);
    RUN(test_tspl__says_size_gap_and_copies);
    RUN(test_tspl__a_reader_of_it_finds_what_a_printer_would_obey);
    RUN(test_zpl__ten_labels_are_read_back_to_the_same_dots);
    font_close(font);
    return T_END();
}
