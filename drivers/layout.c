#include "drivers/layout.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

#include "base/text.h"

static enum err
advance_of(struct font_strike *strike, uint32_t cp, int *advance_out)
{
    const struct font_glyph *g;
    enum err e = font_glyph(strike, cp, &g);

    if (e == OK)
        *advance_out = g->advance;
    return e;
}

/* A line being filled: what surely stands on it, and how far it was read. */
struct fill {
    const char *from;
    const char *word_end; /* after the last whole word; NULL = none yet */
    int word_end_width;
    const char *next; /* where a line broken after that word goes on */
};

static void
end_line(
    struct layout_line *line_out, const char *from, const char *to, int width)
{
    line_out->text = from;
    line_out->len = (size_t)(to - from);
    line_out->width_dots = width;
}

/* Full at `here`: break after the last whole word, else inside the word. */
static void
break_line(const struct fill *fill, const char *here, int width,
    const char **at, struct layout_line *line_out)
{
    if (fill->word_end) {
        end_line(line_out, fill->from, fill->word_end, fill->word_end_width);
        *at = fill->next;
    } else {
        end_line(line_out, fill->from, here, width);
        *at = here;
    }
}

static const char *
skip_spaces(const char *at)
{
    while (*at == ' ')
        at++;
    return at;
}

enum err
layout_next_line(struct font_strike *strike, const char **at, int width_dots,
    struct layout_line *line_out)
{
    struct fill fill = {.from = *at};
    const char *here = *at;
    bool in_word = false;
    int width = 0;

    while (*here && *here != '\n') {
        const char *next = here;
        uint32_t cp = text_next(&next);
        int advance;
        enum err e = advance_of(strike, cp, &advance);

        if (e != OK)
            return e;
        if (cp == ' ' && in_word) {
            fill.word_end = here;
            fill.word_end_width = width;
            fill.next = skip_spaces(here);
        }
        in_word = cp != ' ';
        /* spaces may hang over the edge: the line breaks there anyway */
        if (in_word && width + advance > width_dots && here > fill.from) {
            break_line(&fill, here, width, at, line_out);
            return OK;
        }
        width += advance;
        here = next;
    }
    if (!in_word && fill.word_end)
        end_line(line_out, fill.from, fill.word_end, fill.word_end_width);
    else
        end_line(line_out, fill.from, here, width);
    *at = *here == '\n' ? here + 1 : here;
    return OK;
}

static enum err
count_lines(struct font_strike *strike, const char *text, int width_dots,
    int *lines_out)
{
    struct layout_line line;
    int lines = 0;

    for (; *text; lines++) {
        enum err e = layout_next_line(strike, &text, width_dots, &line);

        if (e != OK)
            return e;
    }
    *lines_out = lines;
    return OK;
}

enum err
layout_balance(struct font_strike *strike, const char *text, int width_dots,
    int *width_out)
{
    int least = 0, enough = width_dots, most_lines = 0, lines;
    enum err e = count_lines(strike, text, width_dots, &most_lines);

    if (most_lines < 2)
        least = width_dots; /* nothing to balance */
    while (e == OK && least + 1 < enough) {
        int middle = (least + enough) / 2;

        e = count_lines(strike, text, middle, &lines);
        if (e == OK && lines <= most_lines)
            enough = middle;
        else
            least = middle;
    }
    *width_out = enough;
    return e;
}

/* The widest of the text's own lines. */
static enum err
natural_width(struct font_strike *strike, const char *text, int *width_out)
{
    int widest = 0, width = 0;
    uint32_t cp;

    while ((cp = text_next(&text)) != 0) {
        int advance;
        enum err e;

        if (cp == '\n') {
            width = 0;
            continue;
        }
        e = advance_of(strike, cp, &advance);
        if (e != OK)
            return e;
        width += advance;
        if (width > widest)
            widest = width;
    }
    *width_out = widest;
    return OK;
}

/* Share `room` by weight; ends are rounded, not widths, so that nothing is
 * lost and rows with the same weights agree. */
static void
share(const struct doc_element *row, int room, int weights, int *width)
{
    int before = 0, end = 0;

    for (int i = 0; i < row->cells_len; i++) {
        int weight = row->cells[i].weight, last = end;

        if (weight == 0)
            continue;
        before += weight;
        end = room * before / weights;
        width[i] = end - last;
    }
}

/* Cut the cells without a weight down to `most` dots together. */
static int
limit_natural(const struct doc_element *row, int sum, int most, int *width)
{
    int left = 0;

    if (sum <= most)
        return sum;
    for (int i = 0; i < row->cells_len; i++)
        if (row->cells[i].weight == 0) {
            width[i] = width[i] * most / sum;
            left += width[i];
        }
    return left;
}

enum err
layout_cells(struct font_strike *strike, const struct doc_element *row,
    int width_dots, int gap_dots, int x_out[DOC_CELLS_MAX],
    int width_out[DOC_CELLS_MAX])
{
    int room = width_dots - gap_dots * (row->cells_len - 1);
    int weights = 0, sum = 0, x = 0;

    for (int i = 0; i < row->cells_len; i++) {
        const struct doc_cell *cell = &row->cells[i];
        enum err e;

        weights += cell->weight;
        width_out[i] = 0;
        if (cell->weight > 0)
            continue;
        e = natural_width(strike, cell->text, &width_out[i]);
        if (e != OK)
            return e;
        sum += width_out[i];
    }
    sum = limit_natural(row, sum, weights ? room * 3 / 4 : room, width_out);
    if (weights)
        share(row, room - sum, weights, width_out);
    for (int i = 0; i < row->cells_len; i++) {
        x_out[i] = x;
        x += width_out[i] + gap_dots;
    }
    return OK;
}
