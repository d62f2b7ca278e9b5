/* label_draw I COPIES DIR: draws a sample label as label.png, and as the bytes
 * of each kind of printer: label.tspl, label.zpl and, on a strip with its
 * copies, strip.escpos, strip.png.  Prints what its codes say. */
#include <stdio.h>
#include <stdlib.h>

#include "drivers/escpos.h"
#include "drivers/png.h"
#include "drivers/tspl.h"
#include "drivers/zpl.h"
#include "tests/tools/fonts.h"
#include "tests/tools/sample_label.h"

enum { GAP_MM = 2, BYTES_MAX = 16 << 20 };

static void
write_beside(const char *dir, const char *name, struct buf *bytes)
{
    char path[600];
    FILE *f;

    snprintf(path, sizeof(path), "%s/%s", dir, name);
    f = fopen(path, "wb");
    if (!f || fwrite(bytes->data, 1, bytes->len, f) != bytes->len ||
        fclose(f) != 0) {
        perror(path);
        exit(2);
    }
    buf_clear(bytes);
}

static enum err
write_strip(const struct raster *label, int copies, const char *dir,
    struct buf *bytes)
{
    int width = label->width_dots > RASTER_58MM ? RASTER_80MM : RASTER_58MM;
    struct raster strip;
    enum err e;

    if (label->width_dots > RASTER_80MM)
        return OK; /* too wide for such paper */
    e = label_strip(label, copies, width, &strip);
    if (e != OK)
        return e;
    escpos_encode(&strip, 0, bytes);
    write_beside(dir, "strip.escpos", bytes);
    e = png_encode(&strip, bytes);
    write_beside(dir, "strip.png", bytes);
    raster_finish(&strip);
    return e;
}

static enum err
write_all(const struct raster *label, int copies, const char *dir)
{
    struct buf bytes;
    enum err e;

    buf_init(&bytes, BYTES_MAX);
    tspl_encode(label, GAP_MM, copies, &bytes);
    write_beside(dir, "label.tspl", &bytes);
    zpl_encode(label, copies, &bytes);
    write_beside(dir, "label.zpl", &bytes);
    e = png_encode(label, &bytes);
    write_beside(dir, "label.png", &bytes);
    if (e == OK)
        e = write_strip(label, copies, dir, &bytes);
    buf_finish(&bytes);
    return e;
}

int
main(int argc, char **argv)
{
    const struct sample_label *s;
    struct font *font = NULL;
    struct raster label = {0};
    enum err e;

    if (argc != 4) {
        fprintf(stderr, "usage: label_draw 0..9 COPIES DIR\n");
        return 2;
    }
    s = sample_label((int)strtol(argv[1], NULL, 10));
    e = font_open(FONT_REGULAR, FONT_BOLD, &font);
    if (e == OK)
        e = label_draw(&s->label, font, s->width_mm * LABEL_DOTS_MM,
            s->height_mm * LABEL_DOTS_MM, &label);
    if (e == OK)
        e = write_all(&label, (int)strtol(argv[2], NULL, 10), argv[3]);
    if (e == OK)
        printf("%s\n%s\n", s->label.code, s->label.qr);
    else
        fprintf(stderr, "label_draw: %s\n", err_msg());
    raster_finish(&label);
    font_close(font);
    return e == OK ? 0 : 1;
}
