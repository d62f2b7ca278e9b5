/* tspl_to_pbm < bytes > picture.pbm: what a TSPL printer would have on its
 * label; size, gap and number of labels on standard error. */
#include <stdio.h>

#include "tests/tools/tspl_decode.h"

static void
write_pbm(const struct tspl_label *l)
{
    printf("P4\n%zu %zu\n", l->width, l->height);
    for (size_t i = 0; i < l->height * l->width; i += 8) {
        unsigned byte = 0;

        for (size_t bit = 0; bit < 8; bit++)
            byte = byte << 1 | l->dots[i + bit];
        putchar((int)byte);
    }
}

int
main(void)
{
    static char bytes[1 << 20];
    size_t len = fread(bytes, 1, sizeof(bytes), stdin);
    struct tspl_label label;
    int status = 0;

    tspl_decode(bytes, len, &label);
    if (label.why) {
        fprintf(stderr, "at byte %zu: %s\n", label.at, label.why);
        status = 1;
    } else {
        write_pbm(&label);
        fprintf(stderr, "%d x %d mm, gap %d mm, %d printed\n", label.width_mm,
            label.height_mm, label.gap_mm, label.printed);
    }
    tspl_label_finish(&label);
    return status;
}
