/* tests/tools/tspl_decode.h - a label printer of paper only: reads TSPL and
 * keeps the dots.
 *
 * Written from TSC's description of the commands, not from our encoder, and
 * stricter than any printer: an unknown command, a picture beside the label, or
 * one of the sequences that printers obey at once, wherever they stand
 * (ESC ! and ~ !), is a failure. */
#ifndef TESTS_TOOLS_TSPL_DECODE_H
#define TESTS_TOOLS_TSPL_DECODE_H

#include <stddef.h>
#include <stdint.h>

struct tspl_label {
    int width_mm, height_mm, gap_mm;
    size_t width, height; /* dots, 8 a millimetre */
    uint8_t *dots;        /* a byte each, 1 = black; height * width */
    int printed;          /* labels, all PRINT together */
    const char *why;      /* of the failure; NULL = none */
    size_t at;            /* byte that it was found at */
};

/* Reads all of it; `label_out` needs tspl_label_finish. */
void tspl_decode(
    const void *bytes, size_t len, struct tspl_label *label_out);
void tspl_label_finish(struct tspl_label *label);

#endif
