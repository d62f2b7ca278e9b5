/* receipt_draw WIDTH FIRST LINES DIR: draws a sample slip and prints it to the
 * folder: slip.escpos and slip.png, with what is on it beside (names.txt,
 * qr.txt), for programs that know nothing of ours to read. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drivers/escpos.h"
#include "drivers/png.h"
#include "drivers/printer.h"
#include "tests/tools/fonts.h"
#include "tests/tools/sample_receipt.h"

static enum err
print(const struct raster *r, const char *dir)
{
    struct printer *p = NULL;
    struct buf bytes, png;
    char spec[512];
    size_t sent;
    enum err e;

    buf_init(&bytes, 16 << 20);
    buf_init(&png, 16 << 20);
    snprintf(spec, sizeof(spec), "file:%s", dir);
    escpos_encode(r, 0, &bytes);
    e = png_encode(r, &png);
    if (e == OK)
        e = printer_open(spec, &p);
    if (e == OK)
        e = printer_print(p, "slip", bytes.data, bytes.len, &sent);
    if (e == OK)
        e = printer_preview(p, png.data, png.len);
    printer_close(p);
    buf_finish(&bytes);
    buf_finish(&png);
    return e;
}

static FILE *
open_beside(const char *dir, const char *name)
{
    char path[600];
    FILE *f;

    snprintf(path, sizeof(path), "%s/%s", dir, name);
    f = fopen(path, "w");
    if (!f) {
        perror(path);
        exit(2);
    }
    return f;
}

static void
tell(const char *dir, int first, int lines)
{
    FILE *f = open_beside(dir, "names.txt");

    for (int i = 0; i < lines; i++)
        fprintf(f, "%s\n", sample_product(first + i));
    fclose(f);
    f = open_beside(dir, "qr.txt");
    fprintf(f, "%s\n", sample_url());
    fclose(f);
}

int
main(int argc, char **argv)
{
    struct font *font = NULL;
    struct raster r = {0};
    struct doc *d;
    int first, lines;
    enum err e;

    if (argc != 5) {
        fprintf(stderr, "usage: receipt_draw 384|576 FIRST LINES DIR\n");
        return 2;
    }
    first = (int)strtol(argv[2], NULL, 10);
    lines = (int)strtol(argv[3], NULL, 10);
    d = sample_receipt(first, lines);
    e = font_open(FONT_REGULAR, FONT_BOLD, &font);
    if (e == OK)
        e = raster_draw(d, font,
            strcmp(argv[1], "384") == 0 ? RASTER_58MM : RASTER_80MM, &r);
    if (e == OK)
        e = print(&r, argv[4]);
    if (e == OK)
        tell(argv[4], first, lines);
    else
        fprintf(stderr, "receipt_draw: %s\n", err_msg());
    raster_finish(&r);
    font_close(font);
    doc_free(d);
    return e == OK ? 0 : 1;
}
