/* drivers/layout.h - where the lines of a row break and how wide its cells are.
 * Needs the font's lock, as all that takes a strike does. */
#ifndef DRIVERS_LAYOUT_H
#define DRIVERS_LAYOUT_H

#include <stddef.h>

#include "drivers/doc.h"
#include "drivers/font.h"

struct layout_line {
    const char *text; /* borrowed from the cell; not NUL-terminated */
    size_t len;
    int width_dots;
};

/* Take the next line from *at, which moves past it and past the spaces or the
 * '\n' it was broken at; *at is "" after the last.  Breaks between words; a
 * word wider than the line breaks where it must, but each line takes one letter
 * at least.  A no-break space does not break.  ERR_GLYPH. */
enum err layout_next_line(struct font_strike *strike, const char **at,
    int width_dots, struct layout_line *line_out);

/* The least width, up to `width_dots`, at which `text` takes no more lines than
 * at `width_dots`: lines of about the same length.  ERR_GLYPH. */
enum err layout_balance(struct font_strike *strike, const char *text,
    int width_dots, int *width_out);

/* Widths of a row's cells and where each begins.  Cells without a weight get
 * what their text needs, together at most three quarters of the row where
 * others share the rest; `gap_dots` stand between cells.  ERR_GLYPH. */
enum err layout_cells(struct font_strike *strike, const struct doc_element *row,
    int width_dots, int gap_dots, int x_out[DOC_CELLS_MAX],
    int width_out[DOC_CELLS_MAX]);

#endif
