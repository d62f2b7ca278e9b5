#include "drivers/label_fit.h"

#include <stddef.h>

enum {
    BIG_PX_MIN = 28,
    BIG_PERCENT_MIN = 75,
    BESIDE_GAP = 8,
    NOTE_GAP = 22,  /* between notes that share a row */
    HEAD_LINES = 2, /* where there is room for large ones; else 3 */
    ROOMY = 80,
    NOTE_LINES = 2,
    TIGHTEST = 55, /* percent, reached in so many steps: */
    TIGHTER = 4,
    AIR = 5
};

/* The only sizes there are, so that strikes are few: at each the tones of all
 * letters stay apart by 4 dots or more (test_drivers_font). */
static const int sizes[] = {
    96, 88, 80, 72, 64, 56, 48, 44, 40, 36, 32, 30, 28, 26, 24, 22, 21};

enum { SIZES = sizeof(sizes) / sizeof(sizes[0]) };

_Static_assert(LABEL_PX_MIN == 21, "the last of sizes");

/* One way of laying all: it fits or it does not. */
struct attempt {
    struct label_fit *f;
    struct label_note notes[LABEL_NOTES_MAX + 1];
    int notes_len;
    int percent; /* of the sizes that would look best */
    int big_px;  /* 0: the least */
    int head_px; /* 0: by percent, as the next */
    int head_lines;
    bool all;       /* no note was left out yet */
    bool packed;    /* short notes share rows */
    bool cut;       /* texts may end in "…" */
    int note_lines; /* of each note, at most */
    int spare;      /* dots a row that should be left over */
    bool fits;
};

struct laying {
    const char *text;
    int px_max;
    bool bold;
    int width, height, lines_max;
};

static int
larger(int a, int b)
{
    return a > b ? a : b;
}

/* At the largest size up to px_max at which it fits whole, at the smallest
 * where it never does.  *fits_out: does it. */
static enum err
lay(const struct label_fit *f, const struct laying *l, struct label_text *out,
    bool *fits_out)
{
    enum err e = OK;

    *fits_out = false;
    for (int i = 0; e == OK && i < SIZES && !*fits_out; i++) {
        if (sizes[i] > l->px_max)
            continue;
        e = label_text_lay(
            f->font, l->text, sizes[i], l->bold, l->width, l->lines_max, out);
        *fits_out =
            e == OK && !out->broken && !out->cut && out->height <= l->height;
    }
    return e;
}

static void
put(struct label_fit *f, const struct label_text *text, int x, int row)
{
    if (row == f->rows_len)
        f->row_top[f->rows_len++] = 0;
    f->row_top[row] = larger(f->row_top[row], text->top[0]);
    f->pieces[f->pieces_len++] =
        (struct label_piece){.text = *text, .x = x, .row = row};
}

static int
best_px(const struct attempt *a, int parts, int least)
{
    return larger(a->f->label_height * a->percent / (100 * parts), least);
}

static int
head_lines(const struct attempt *a)
{
    if (a->head_lines)
        return a->head_lines;
    return a->percent > ROOMY ? HEAD_LINES : LABEL_LINES_MAX;
}

static enum err
put_head(struct attempt *a)
{
    struct label_fit *f = a->f;
    struct laying l = {.text = f->label->head,
        .px_max = a->head_px ? a->head_px : best_px(a, 7, LABEL_PX_MIN),
        .bold = true,
        .width = f->wide_width,
        .height = f->wide_height,
        .lines_max = head_lines(a)};
    struct label_text head;
    bool fits;
    enum err e = lay(f, &l, &head, &fits);

    if (e == OK && !fits && head.height > l.height) {
        l.lines_max = 1;
        e = lay(f, &l, &head, &fits);
    }
    if (e != OK)
        return e;
    a->fits = a->fits && (fits || a->cut);
    put(f, &head, 0, 0);
    return OK;
}

/* What is still big: it shrinks less than the rest. */
static int
least_big(const struct attempt *a)
{
    struct attempt b = *a;

    b.percent = larger(a->percent, BIG_PERCENT_MIN);
    return best_px(&b, 5, BIG_PX_MIN);
}

/* The text behind the big one; len 0 when there is none. */
static enum err
lay_beside(const struct attempt *a, struct label_text *out)
{
    struct laying l = {.text = a->f->label->beside,
        .px_max = best_px(a, 11, LABEL_PX_MIN),
        .width = a->f->width,
        .height = a->f->height,
        .lines_max = 1};
    bool fits;

    *out = (struct label_text){.len = 0};
    return l.text[0] ? lay(a->f, &l, out, &fits) : OK;
}

/* It stands in the row below instead, before all notes; what can be spared
 * comes last. */
static void
note_beside(struct attempt *a)
{
    struct label_note note = {.text = a->f->label->beside, .how = LABEL_CUT};
    int at = a->f->label->beside_spare ? a->notes_len : 0;

    if (at > 0 && !a->all)
        return;
    for (int i = a->notes_len++; i > at; i--)
        a->notes[i] = a->notes[i - 1];
    a->notes[at] = note;
}

/* Beside it, else below: at most `width` dots. */
static enum err
lay_big(struct attempt *a, int width, struct label_text *big,
    struct label_text *beside)
{
    struct label_fit *f = a->f;
    struct laying l = {.text = f->label->big,
        .bold = true,
        .px_max = a->big_px ? a->big_px : least_big(a),
        .width = width,
        .height = f->height,
        .lines_max = 1};
    bool fits = false;
    enum err e = lay_beside(a, beside);

    if (e == OK && beside->len && beside->width <= f->width * 2 / 5) {
        l.width -= BESIDE_GAP + beside->width;
        e = lay(f, &l, big, &fits);
        fits = fits && big->px >= BIG_PX_MIN;
    }
    if (e == OK && !fits) {
        beside->len = 0;
        l.width = width;
        e = lay(f, &l, big, &fits);
    }
    a->fits = a->fits && fits;
    return e;
}

/* Across the whole label where it stands high enough, else in the column. */
static enum err
put_big(struct attempt *a)
{
    struct label_fit *f = a->f;
    struct label_text big, beside;
    bool could = a->fits;
    enum err e = lay_big(a, f->wide_width, &big, &beside);

    f->big_width = f->wide_width;
    if (e == OK && f->width < f->wide_width &&
        f->pieces[0].text.height + LABEL_GAP + big.height > f->wide_height) {
        a->fits = could;
        f->big_width = f->width;
        e = lay_big(a, f->width, &big, &beside);
    }
    if (e != OK)
        return e;
    put(f, &big, 0, 1);
    if (beside.len)
        put(f, &beside, big.width + BESIDE_GAP, 1);
    else if (f->label->beside[0])
        note_beside(a);
    return OK;
}

/* Dots across that the pieces of the last row leave. */
static int
room_in_row(const struct label_fit *f)
{
    int end = 0;

    for (int i = 0; i < f->pieces_len; i++) {
        const struct label_piece *p = &f->pieces[i];

        if (p->row == f->rows_len - 1)
            end = larger(end, p->x + p->text.width);
    }
    return (f->rows_len == 2 ? f->big_width : f->width) - end;
}

/* A note of one line may go to the end of a row that has room: at the right
 * edge beside the price, behind the note before it elsewhere. */
static void
put_note(struct attempt *a, const struct label_text *note)
{
    struct label_fit *f = a->f;
    int room = room_in_row(f), row = f->rows_len - 1;

    if (!a->packed || note->len > 1 || room < note->width + NOTE_GAP)
        put(f, note, 0, row + 1);
    else if (row == 1)
        put(f, note, f->big_width - note->width, row);
    else
        put(f, note, f->width - room + NOTE_GAP, row);
}

/* All notes at one size. */
static enum err
put_notes(struct attempt *a)
{
    struct label_fit *f = a->f;
    int px = best_px(a, 10, LABEL_PX_MIN);
    enum err e = OK;

    for (int i = 0; e == OK && i < a->notes_len; i++) {
        struct laying l = {.text = a->notes[i].text,
            .px_max = px,
            .width = f->width,
            .height = f->height,
            .lines_max = a->note_lines};
        struct label_text note;
        bool fits;

        e = lay(f, &l, &note, &fits);
        if (e == OK)
            put_note(a, &note);
        a->fits =
            a->fits && (fits || (a->cut && a->notes[i].how > LABEL_WHOLE));
    }
    return e;
}

static void
measure_rows(struct label_fit *f)
{
    f->used = LABEL_GAP * (f->rows_len - 1);
    for (int row = 0; row < f->rows_len; row++)
        f->row_height[row] = 0;
    for (int i = 0; i < f->pieces_len; i++) {
        const struct label_piece *p = &f->pieces[i];
        int *height = &f->row_height[p->row];

        *height = larger(
            *height, f->row_top[p->row] - p->text.top[0] + p->text.height);
    }
    for (int row = 0; row < f->rows_len; row++)
        f->used += f->row_height[row];
}

static enum err
try(struct attempt a, bool *fits_out)
{
    enum err e;

    a.f->pieces_len = a.f->rows_len = 0;
    a.fits = true;
    e = put_head(&a);
    if (e == OK)
        e = put_big(&a);
    if (e == OK)
        e = put_notes(&a);
    if (e != OK)
        return e;
    measure_rows(a.f);
    *fits_out = a.fits && a.f->used + a.spare * a.f->rows_len <= a.f->height;
    return OK;
}

/* Found: the same again with the big one as large as the room that is left
 * allows, but for a little air between rows. */
static enum err
enlarge_big(struct attempt *a)
{
    struct attempt b = *a;
    int least = least_big(a);
    bool fits = false;
    enum err e = OK;

    b.spare = AIR;
    for (int i = 0; e == OK && sizes[i] > least && !fits; i++) {
        b.big_px = sizes[i];
        if (sizes[i] <= a->f->label_height * 2 / 5)
            e = try(b, &fits);
    }
    if (fits)
        *a = b;
    return e;
}

/* And the head as large as would look best, if there is room for it in as many
 * lines. */
static enum err
enlarge_head(struct attempt *a)
{
    struct attempt b = *a;
    int best = larger(a->f->label_height / 7, LABEL_PX_MIN), px;
    bool fits;
    enum err e = try(*a, &fits);

    px = a->f->pieces[0].text.px;
    b.spare = AIR;
    b.head_lines = a->f->pieces[0].text.len;
    fits = false;
    for (int i = 0; e == OK && sizes[i] > px && !fits; i++) {
        b.head_px = sizes[i];
        if (sizes[i] <= best)
            e = try(b, &fits);
        fits = fits && a->f->pieces[0].text.px == sizes[i];
    }
    if (fits)
        *a = b;
    return e;
}

/* Ever smaller, with a row for each note or sharing rows. */
static enum err
try_whole(struct attempt *a, bool *fits_out)
{
    enum err e = OK;

    a->cut = false;
    a->note_lines = NOTE_LINES;
    for (int i = 0; e == OK && i < TIGHTER * 2 && !*fits_out; i++) {
        a->percent = 100 - i / 2 * (100 - TIGHTEST) / (TIGHTER - 1);
        a->packed = i % 2;
        e = try(*a, fits_out);
    }
    return e;
}

/* As small as can be, ending in "…"; the head in one line where a note that
 * must stand would not. */
static enum err
try_cut(struct attempt *a, bool must, bool *fits_out)
{
    enum err e = OK;

    a->cut = true;
    for (int lines = NOTE_LINES; e == OK && lines > 0 && !*fits_out; lines--) {
        a->note_lines = lines;
        e = try(*a, fits_out);
    }
    if (e != OK || *fits_out || !must)
        return e;
    a->head_lines = 1;
    return try(*a, fits_out);
}

/* Notes that must stand come first. */
static int
must_stand(const struct label *l)
{
    int n = 0;

    while (n < l->notes_len && l->notes[n].how == LABEL_MUST)
        n++;
    return n;
}

/* Whole where possible; else cut; else fewer notes. */
enum err
label_fit(struct label_fit *f)
{
    struct attempt a = {.f = f};
    int must = must_stand(f->label);
    bool fits = false;
    enum err e = OK;

    for (int i = 0; i < f->label->notes_len; i++)
        a.notes[i] = f->label->notes[i];
    for (int n = f->label->notes_len; e == OK && n >= must && !fits; n--) {
        a.notes_len = n;
        a.all = n == f->label->notes_len;
        e = try_whole(&a, &fits);
        if (e == OK && !fits && (n == 0 || a.notes[n - 1].how != LABEL_SPARE))
            e = try_cut(&a, n > 0 && n == must, &fits);
    }
    if (e == OK && fits)
        e = enlarge_big(&a);
    if (e == OK && fits)
        e = enlarge_head(&a);
    if (e != OK || fits)
        return e == OK ? try(a, &fits) : e;
    err_arg("case", "label");
    return err_set(ERR_TOO_LARGE, "%d x %d dots do not hold \"%s\"", f->width,
        f->height, f->label->big);
}

void
label_fit_draw(
    const struct label_fit *f, struct raster *r, int x, int y, int gap)
{
    for (int row = 0; row < f->rows_len; row++) {
        for (int i = 0; i < f->pieces_len; i++) {
            const struct label_piece *p = &f->pieces[i];

            if (p->row == row)
                label_text_draw(&p->text, r, x + p->x,
                    y + f->row_top[row] - p->text.top[0]);
        }
        y += f->row_height[row] + gap;
    }
}
