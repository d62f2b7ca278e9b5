/* tests/tools/fake_printer.h - a receipt printer made of memory.
 *
 * Written from Epson's description of ESC/POS, not from our encoder, so that
 * what it prints is what a printer would: it keeps dots, cuts, pulses and
 * resets, answers when asked, runs out of paper, jams, hangs and vanishes.  Its
 * receive buffer is finite: while it cannot print it takes what fits and then
 * no more.  Pure memory: no clock, no threads, no I/O but fake_slip_write;
 * libc and base/mem alone, so that it also runs inside an emulated machine.
 *
 *     struct fake *f = fake_new(&(struct fake_options){.width_dots = 576});
 *
 *     taken = fake_feed(f, bytes, len);      // what the cable brings
 *     n = fake_answers(f, out, sizeof(out)); // what it says
 *     fake_command(f, "paper out 300");      // what happens to it
 *
 * What it does not draw: letters are blocks of ink where the letter would be,
 * bar codes and QR codes of the printer's own are white; page mode, turned and
 * upside-down text are read right and counted as `undrawn`.
 *
 * One thread at a time. */
#ifndef TESTS_TOOLS_FAKE_PRINTER_H
#define TESTS_TOOLS_FAKE_PRINTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What such a printer does not know: answers that never come, commands that it
 * drops (and then prints what followed them as text, as printers do). */
enum {
    FAKE_NO_ANSWERS = 1,      /* one-way: says nothing at all */
    FAKE_NO_DLE_EOT = 2,      /* no real-time commands */
    FAKE_NO_ASB = 4,          /* GS a is taken and nothing said */
    FAKE_NO_GS_R = 8,         /* the same for GS r */
    FAKE_NO_PROCESS_ID = 16,  /* the same for GS ( H */
    FAKE_NO_GS_I = 32,        /* the same for GS I */
    FAKE_NO_GS_V0 = 64,       /* no raster pictures by GS v 0 */
    FAKE_NO_ESC_STAR = 128,   /* no column pictures by ESC * */
    FAKE_NO_GS_L = 256,       /* no graphics: GS ( L and GS 8 L are skipped */
    FAKE_NO_CUTTER = 512,     /* GS V feeds and does not cut */
    FAKE_BUSY_OFFLINE = 1024, /* takes no byte while it is offline */
    FAKE_LOSES_BUFFER = 2048  /* forgets what was unprinted when it goes offline
                               * for paper or cover */
};

/* What becomes of 10 04 n and its like. */
enum fake_real_time {
    /* As Epson says: obeyed as it arrives, inside a picture too; the bytes stay
     * where they are: dots inside a picture, nothing elsewhere. */
    FAKE_REAL_TIME_STAYS,
    /* Obeyed as it arrives, inside a picture too, and taken out of the stream:
     * such a picture lacks bytes. */
    FAKE_REAL_TIME_TAKEN_OUT,
    /* Obeyed only when the printer comes to it: cheap printers. */
    FAKE_REAL_TIME_IN_ORDER
};

struct fake_options {
    int width_dots;  /* 0: 576 */
    unsigned lacks;  /* FAKE_NO_*, FAKE_BUSY_OFFLINE, FAKE_LOSES_BUFFER */
    size_t buffer;   /* bytes it takes without printing them; 0: 4096 */
    int rows_per_s;  /* of dots; 0: at once.  See fake_tick. */
    int cutter_rows; /* from the head to the knife; 0: 96 */
    enum fake_real_time real_time;
    bool drawer; /* a pulse opens it, and its sensor says so */
    /* NULL: "FAKE", "POS-80", "F0001"; borrowed for the fake's life. */
    const char *maker, *model, *serial;
};

struct fake;

struct fake *fake_new(const struct fake_options *options); /* NULL: all 0 */
void fake_free(struct fake *f);

/* --- the cable --------------------------------------------------------- */

/* How many of the bytes it takes now, from the first on; fewer than `len`: it
 * is busy (or gone) and the rest must be offered again. */
size_t fake_feed(struct fake *f, const void *bytes, size_t len);

/* Take away up to `size` bytes of what it has to say. */
size_t fake_answers(struct fake *f, void *out, size_t size);
bool fake_has_answers(const struct fake *f);

/* USB class 7: GET_PORT_STATUS (0x20 paper empty, 0x10 selected, 0x08 no
 * error), GET_DEVICE_ID (the text, without its two bytes of length; owned by
 * the fake) and SOFT_RESET (forgets what is unprinted, as power does). */
uint8_t fake_port(const struct fake *f);
const char *fake_device_id(const struct fake *f);
void fake_soft_reset(struct fake *f);

/* It is not on the cable: fake_feed takes nothing, fake_answers says nothing.
 * What its buffer holds is printed all the same: it has power of its own. */
bool fake_gone(const struct fake *f);

/* Time passes; needed only with rows_per_s, which prints nothing else. */
void fake_tick(struct fake *f, int ms);

/* Nothing is left to print or to read: the buffer is empty. */
bool fake_idle(const struct fake *f);

/* --- what happens to it ------------------------------------------------ */

/* Words; false when there is no such command:
 *   paper out [ROWS]   the paper ends, after ROWS more rows of dots
 *   paper low          near its end; prints on
 *   paper in           a new roll: goes on where it stood
 *   cover open | cover close
 *   cutter jam         the next cut fails: an error until it is told to recover
 *   cutter free        the jam is removed (DLE ENQ 1 or 2, the cover opened
 *                      and closed, or power then ends the error)
 *   stall | go         hangs: takes nothing, prints nothing, says nothing
 *   vanish [BYTES]     leaves the cable, after it has taken BYTES more
 *   back               is on the cable again, with what it remembers
 *   power off | power on   gone, and all that was unprinted forgotten
 *   hold answers | free answers   GS r and GS ( H answer only when freed
 *   drawer open | drawer close    what the sensor of the drawer says
 *   rows N             rows_per_s from now on */
bool fake_command(struct fake *f, const char *words);

/* --- what came of it --------------------------------------------------- */

/* A piece of paper.  Bits as in a PBM file: 1 = black, rows of `stride` bytes,
 * the highest bit is the leftmost dot.  The white that the knife leaves above
 * the first row is no row. */
struct fake_slip {
    size_t width, rows, stride;
    uint8_t *bits;
    char *text; /* its letters as they came, '\n' after a line; NUL behind */
    size_t text_len;
    char cut; /* 'f' full, 'p' partial, 0: still in the printer */
};

/* Number of slips that were cut, and the i-th; i = fake_slips(f) is what is
 * still in the printer (perhaps of 0 rows).  Borrowed until the next feed. */
size_t fake_slips(const struct fake *f);
const struct fake_slip *fake_slip(const struct fake *f, size_t i);
bool fake_slip_dot(const struct fake_slip *s, size_t x, size_t y);
/* As a PBM picture.  False when the file cannot be written. */
bool fake_slip_write(const struct fake_slip *s, const char *path);

enum fake_kind {
    FAKE_RESET,     /* ESC @ */
    FAKE_CUT,       /* arg: 'f' or 'p' */
    FAKE_PULSE,     /* arg: connector 0 or 1 */
    FAKE_ASKED,     /* answered a question; arg: its first answering byte */
    FAKE_CONFIRMED, /* arg: the number of a GS ( H, big end first */
    FAKE_HAPPENED,  /* fake_command; `what` is its words */
    FAKE_OFFLINE,
    FAKE_ONLINE,
    FAKE_UNKNOWN, /* a command it does not know; arg: its two bytes */
    FAKE_KINDS
};

struct fake_event {
    enum fake_kind kind;
    size_t byte; /* bytes taken before it */
    size_t slip, row;
    uint32_t arg;
    char what[32];
};

const char *fake_kind_name(enum fake_kind kind); /* "reset", "cut", ... */
size_t fake_events(const struct fake *f);
const struct fake_event *fake_event(const struct fake *f, size_t i);

struct fake_count {
    size_t taken;    /* bytes off the cable */
    size_t executed; /* of these, bytes that were read out of the buffer */
    size_t resets, cuts, pulses;
    size_t rows;     /* of dots fed, blank ones too */
    size_t pictures; /* GS v 0, ESC *, GS ( L and GS 8 L pictures drawn */
    size_t letters;  /* bytes printed as text */
    size_t unknown;  /* commands it does not know */
    size_t refused;  /* values out of range, commands at a wrong place */
    size_t clipped;  /* pictures wider than the paper: cut off at its edge */
    size_t undrawn;  /* read right, not drawn */
    size_t real_time;
    size_t real_time_inside; /* of these, inside another command's bytes */
};
const struct fake_count *fake_count(const struct fake *f);

/* It stands between two commands, with nothing in its line. */
bool fake_at_rest(const struct fake *f);

#endif
