#include "pos/print/draw.h"

#include "db/showroom.h"
#include "drivers/doc.h"

int
draw_width(int paper_mm)
{
    return paper_mm == 58 ? RASTER_58MM : RASTER_80MM;
}

void
draw_warm(struct font *font, int width_dots)
{
    const struct doc_style styles[] = {doc_plain, doc_strong, doc_small,
        doc_title};
    struct doc *doc = doc_new();
    struct raster raster;

    for (size_t i = 0; i < sizeof(styles) / sizeof(styles[0]); i++)
        doc_text(doc, styles[i], "%s 0123456789 .,:-/×₫ ABCDEGHIKLMNOPQRSTUVXY "
                                 "abcdeghiklmnopqrstuvxy", font_vietnamese);
    if (raster_draw(doc, font, width_dots, &raster) == OK)
        raster_finish(&raster);
    doc_free(doc);
}

enum err
draw_receipt(struct db *db, const struct shop *shop, struct font *font,
    int64_t sale_id, const struct compose_copy *copy, int width_dots,
    struct raster *raster_out)
{
    struct showroom showroom;
    struct doc *doc = NULL;
    struct receipt r;
    enum err e = receipt_read(db, shop, sale_id, &r);

    if (e != OK)
        return e;
    e = db_showroom_get(db, &showroom);
    if (e == OK)
        e = compose_receipt(&r, shop, &showroom, font, copy, &doc);
    receipt_finish(&r);
    if (e == OK)
        e = raster_draw(doc, font, width_dots, raster_out);
    doc_free(doc);
    return e;
}
