/* escpos_to_pbm WIDTH < bytes > picture.pbm: what an ESC/POS printer would have
 * on its paper, slip after slip; cuts and pulses on standard error.  Fails when
 * the printer did not understand every byte, or was left within a command. */
#include <stdio.h>
#include <stdlib.h>

#include "tests/tools/fake_printer.h"

static size_t
read_rows(const struct fake *f)
{
    size_t rows = 0;

    for (size_t i = 0; i <= fake_slips(f); i++)
        rows += fake_slip(f, i)->rows;
    return rows;
}

static void
write_pbm(const struct fake *f)
{
    printf("P4\n%zu %zu\n", fake_slip(f, 0)->width, read_rows(f));
    for (size_t i = 0; i <= fake_slips(f); i++) {
        const struct fake_slip *s = fake_slip(f, i);

        if (s->rows > 0)
            fwrite(s->bits, s->stride, s->rows, stdout);
    }
}

static void
tell_events(const struct fake *f)
{
    for (size_t i = 0; i < fake_events(f); i++) {
        const struct fake_event *e = fake_event(f, i);

        fprintf(stderr, "%s slip %zu row %zu\n", fake_kind_name(e->kind),
            e->slip + 1, e->row);
    }
}

static const char *
fault_of(const struct fake *f)
{
    const struct fake_count *c = fake_count(f);

    if (!fake_at_rest(f) || c->taken == 0)
        return "not at the end of a command";
    if (c->unknown || c->refused || c->letters)
        return "what such a printer does not understand";
    if (c->real_time)
        return "a real-time sequence";
    return c->clipped ? "a picture wider than the paper" : NULL;
}

int
main(int argc, char **argv)
{
    struct fake *f;
    const char *fault;
    char bytes[4096];
    size_t n;
    int width = argc == 2 ? (int)strtol(argv[1], NULL, 10) : 0;

    if (width <= 0 || width % 8 != 0) {
        fprintf(stderr, "usage: escpos_to_pbm WIDTH < bytes > picture\n");
        return 2;
    }
    f = fake_new(&(struct fake_options){.width_dots = width});
    while ((n = fread(bytes, 1, sizeof(bytes), stdin)) > 0)
        fake_feed(f, bytes, n);
    fault = fault_of(f);
    if (fault)
        fprintf(stderr, "%s\n", fault);
    else
        write_pbm(f);
    tell_events(f);
    fake_free(f);
    return fault ? 1 : 0;
}
