/* tests/tools/fake_frame.h - where one ESC/POS command ends and the next
 * begins.  Lengths are those of Epson's list of commands; nothing of what they
 * mean. */
#ifndef TESTS_TOOLS_FAKE_FRAME_H
#define TESTS_TOOLS_FAKE_FRAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { FAKE_HEAD_MAX = 16 };

/* Zeroed: between two commands. */
struct fake_frame {
    uint8_t head[FAKE_HEAD_MAX]; /* of the command at hand */
    size_t head_len;
    bool whole; /* and has been told; the next byte begins another */
    bool in_data;
    bool until_nul;
    uint64_t data_left; /* without until_nul */
};

enum fake_step {
    FAKE_STEP_MORE,   /* part of a head */
    FAKE_STEP_LETTER, /* no command: text */
    FAKE_STEP_DONE,   /* a command without data is whole */
    FAKE_STEP_HEAD,   /* the head is whole, data follow */
    FAKE_STEP_DATA,   /* a byte of data */
    FAKE_STEP_LAST,   /* the last byte of data: the command is whole */
    FAKE_STEP_UNKNOWN /* the head begins no command of this printer */
};

/* Take the next byte; `lacks` is FAKE_NO_* of fake_printer.h.  After DONE, LAST
 * and UNKNOWN the head is still there for the caller to read, and forgotten by
 * the next call. */
enum fake_step fake_frame_take(
    struct fake_frame *frame, uint8_t byte, unsigned lacks);

/* Between two commands. */
bool fake_frame_at_rest(const struct fake_frame *frame);

#endif
