/* pos/print/draw.h - from a receipt to dots, bytes and pictures. */
#ifndef POS_PRINT_DRAW_H
#define POS_PRINT_DRAW_H

#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "drivers/font.h"
#include "drivers/raster.h"
#include "pos/print/compose.h"
#include "pos/shop.h"

struct db;

/* The receipt's dots at `width_dots`, exactly as printed; `copy` NULL is the
 * original.  ERR_NOT_FOUND.  raster_finish after OK. */
enum err draw_receipt(struct db *db, const struct shop *shop,
    struct font *font, int64_t sale_id, const struct compose_copy *copy,
    int width_dots, struct raster *raster_out);

/* Draw a slip nobody sees, so that the first customer's receipt finds every
 * letter drawn: some 9 ms that are better spent at the start. */
void draw_warm(struct font *font, int width_dots);

/* RASTER_80MM or RASTER_58MM for the settings' paper_mm. */
int draw_width(int paper_mm);

#endif
