/* escpos_to_pbm WIDTH < bytes > picture.pbm: what an ESC/POS printer would have
 * on its paper; cuts and pulses on standard error. */
#include <stdio.h>
#include <stdlib.h>

#include "tests/tools/escpos_decode.h"

static void
write_pbm(const struct escpos_paper *p)
{
    printf("P4\n%zu %zu\n", p->width, p->rows);
    for (size_t i = 0; i < p->rows * p->width; i += 8) {
        unsigned byte = 0;

        for (size_t bit = 0; bit < 8; bit++)
            byte = byte << 1 | p->dots[i + bit];
        putchar((int)byte);
    }
}

int
main(int argc, char **argv)
{
    struct escpos_paper paper;
    char bytes[4096];
    size_t n;
    int status = 0;

    if (argc != 2 || strtoul(argv[1], NULL, 10) % 8 != 0) {
        fprintf(stderr, "usage: escpos_to_pbm WIDTH < bytes > picture\n");
        return 2;
    }
    escpos_paper_init(&paper, strtoul(argv[1], NULL, 10));
    while ((n = fread(bytes, 1, sizeof(bytes), stdin)) > 0)
        escpos_paper_feed(&paper, bytes, n);
    if (escpos_paper_complete(&paper)) {
        write_pbm(&paper);
    } else {
        fprintf(stderr, "at byte %zu: %s\n", paper.at,
            paper.why ? paper.why : "not at the end of a command");
        status = 1;
    }
    for (size_t i = 0; i < paper.events_len; i++)
        fprintf(stderr, "%c %zu\n", paper.events[i].kind, paper.events[i].row);
    escpos_paper_finish(&paper);
    return status;
}
