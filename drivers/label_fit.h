/* drivers/label_fit.h - how large head, big and notes of a label can be so that
 * all stand in a column, and in which rows.  For drivers/label.c. */
#ifndef DRIVERS_LABEL_FIT_H
#define DRIVERS_LABEL_FIT_H

#include "drivers/label.h"
#include "drivers/label_text.h"

enum {
    LABEL_GAP = 5,                         /* dots between rows, at least */
    LABEL_PIECES_MAX = LABEL_NOTES_MAX + 3 /* head, big, beside */
};

/* A text in a row; the first lines of a row's pieces share their base line. */
struct label_piece {
    struct label_text text;
    int x, row;
};

struct label_fit {
    /* Given. */
    const struct label *label;
    struct font *font;
    int label_height;            /* sizes go by it */
    int width, height;           /* of the column, head included */
    int wide_width, wide_height; /* its upper part may be wider */
    /* Found. */
    struct label_piece pieces[LABEL_PIECES_MAX];
    int pieces_len;
    int rows_len;
    int row_top[LABEL_PIECES_MAX]; /* of the first base line */
    int row_height[LABEL_PIECES_MAX];
    int big_width; /* of its row */
    int used;      /* dots of all rows, LABEL_GAP between them */
};

/* ERR_TOO_LARGE when not even head and big fit; ERR_GLYPH.  Needs the font's
 * lock; the texts found borrow those of the label. */
enum err label_fit(struct label_fit *f);

/* Draw it from (x, y) on, `gap` dots between rows. */
void label_fit_draw(
    const struct label_fit *f, struct raster *r, int x, int y, int gap);

#endif
