/* The fake printer's paper: rows of dots, and where they were cut. */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "tests/tools/fake_inside.h"

enum { ROOM_LEAST = 64 };

static struct fake_slip *
current(struct fake *f)
{
    return f->slips[f->slips_len - 1];
}

void
fake_paper_new(struct fake *f)
{
    struct fake_slip *s = mem_new(1, sizeof(*s));

    s->width = f->width;
    s->stride = f->stride;
    s->text = mem_new(ROOM_LEAST, 1);
    if (f->slips_len == f->slips_room) {
        f->slips_room = f->slips_room * 2 + 4;
        f->slips = mem_resize(f->slips, f->slips_room, sizeof(f->slips[0]));
    }
    f->slips[f->slips_len++] = s;
}

/* Room doubles at powers of two, so that no size of it need be kept. */
static void *
grown(void *ptr, size_t len, size_t more, size_t unit)
{
    size_t room = ROOM_LEAST;

    while (room < len)
        room *= 2;
    if (len > 0 && len + more <= room)
        return ptr;
    while (room < len + more)
        room *= 2;
    return mem_resize(ptr, room, unit);
}

static void
add_rows(struct fake_slip *s, const uint8_t *bits, size_t rows)
{
    s->bits = grown(s->bits, s->rows, rows, s->stride);
    if (bits)
        memcpy(s->bits + s->rows * s->stride, bits, rows * s->stride);
    else
        memset(s->bits + s->rows * s->stride, 0, rows * s->stride);
    s->rows += rows;
}

void
fake_paper_row(struct fake *f, const uint8_t *bits)
{
    add_rows(current(f), bits, 1);
    f->count.rows++;
}

void
fake_paper_text(struct fake *f, char letter)
{
    struct fake_slip *s = current(f);

    s->text = grown(s->text, s->text_len + 1, 1, 1);
    s->text[s->text_len++] = letter;
    s->text[s->text_len] = '\0';
}

/* The knife stands `cutter_rows` above the head: without a feed the last rows
 * printed hang below the cut and belong to the next slip. */
void
fake_paper_cut(struct fake *f, char cut, bool behind_knife)
{
    struct fake_slip *s = current(f), *next;
    size_t below = behind_knife ? 0 : f->cutter_rows;

    if (below > s->rows)
        below = s->rows;
    fake_paper_new(f);
    next = current(f);
    if (below > 0)
        add_rows(next, s->bits + (s->rows - below) * s->stride, below);
    s->rows -= below;
    s->cut = cut;
}

void
fake_paper_free(struct fake *f)
{
    for (size_t i = 0; i < f->slips_len; i++) {
        mem_free(f->slips[i]->bits);
        mem_free(f->slips[i]->text);
        mem_free(f->slips[i]);
    }
    mem_free(f->slips);
}

size_t
fake_slips(const struct fake *f)
{
    return f->slips_len - 1;
}

const struct fake_slip *
fake_slip(const struct fake *f, size_t i)
{
    return i < f->slips_len ? f->slips[i] : NULL;
}

bool
fake_slip_dot(const struct fake_slip *s, size_t x, size_t y)
{
    return x < s->width && y < s->rows &&
        (s->bits[y * s->stride + x / 8] >> (7 - x % 8) & 1);
}

bool
fake_slip_write(const struct fake_slip *s, const char *path)
{
    FILE *file = fopen(path, "wb");
    size_t bytes = s->rows * s->stride;
    bool good;

    if (!file)
        return false;
    good = fprintf(file, "P4\n%zu %zu\n", s->width, s->rows) > 0 &&
        fwrite(s->bits ? s->bits : (const uint8_t *)"", 1, bytes, file) ==
            bytes;
    return fclose(file) == 0 && good;
}
