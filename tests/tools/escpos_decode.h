/* tests/tools/escpos_decode.h - a printer made of paper only: reads ESC/POS and
 * keeps the dots.
 *
 * Written from Epson's description of the commands, not from our encoder, and
 * stricter than any printer: a byte that begins no known command, a picture
 * wider than the paper, or a real-time sequence anywhere (which some printers
 * obey inside pictures too) is a failure.  Takes its bytes in pieces of any
 * size, as a cable brings them. */
#ifndef TESTS_TOOLS_ESCPOS_DECODE_H
#define TESTS_TOOLS_ESCPOS_DECODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { ESCPOS_EVENTS_MAX = 64, ESCPOS_COMMAND_MAX = 8 };

struct escpos_event {
    char kind;  /* 'i' reset, 'p' partial cut, 'f' full cut, 'd' drawer */
    size_t row; /* rows printed before it */
};

struct escpos_paper {
    size_t width; /* dots */
    size_t rows;
    uint8_t *dots; /* a byte each, 1 = black; rows * width */
    size_t bands;
    struct escpos_event events[ESCPOS_EVENTS_MAX];
    size_t events_len;
    const char *why; /* of the failure; NULL = none */
    size_t at;       /* bytes read so far */
    /* the command being read, and what of a picture is still to come */
    uint8_t command[ESCPOS_COMMAND_MAX];
    size_t command_len;
    size_t band_stride, band_bytes_left, band_column;
    uint8_t before; /* the byte read last */
};

void escpos_paper_init(struct escpos_paper *p, size_t width);
void escpos_paper_finish(struct escpos_paper *p);

/* False when it has failed, now or before. */
bool escpos_paper_feed(struct escpos_paper *p, const void *bytes, size_t len);

/* True when nothing failed and the last command was whole. */
bool escpos_paper_complete(const struct escpos_paper *p);

#endif
