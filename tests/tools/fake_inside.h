/* tests/tools/fake_inside.h - the fake printer's own state: for the files of
 * the fake alone. */
#ifndef TESTS_TOOLS_FAKE_INSIDE_H
#define TESTS_TOOLS_FAKE_INSIDE_H

#include "tests/tools/fake_frame.h"
#include "tests/tools/fake_printer.h"

enum {
    FAKE_LINE_ROWS = 24 * 8, /* letters of the largest size */
    FAKE_SAYS_MAX = 1024,
    FAKE_HELD_MAX = 10,               /* the longest real-time command */
    FAKE_COLLECT_MAX = 4 * 1024 * 1024
};

/* What stands in the line being filled, and how it is to be set. */
struct fake_line {
    uint8_t *bits; /* FAKE_LINE_ROWS rows of the paper's stride */
    size_t x;      /* dots from the left end of the area */
    size_t tall;   /* rows used; 0: the line is empty */
    size_t spacing, margin, area;
    size_t wide, high; /* magnified letters */
    int justify;       /* 0 left, 1 centre, 2 right */
    bool page_mode;
};

/* What is drawn and not yet on paper: rows, then a feed, then a cut. */
struct fake_pending {
    uint8_t *bits;
    size_t rows, at, room;
    size_t blank;
    char cut;         /* 'f', 'p', 0 */
    bool behind_knife; /* the feed brought the last row to the knife */
};

/* A picture coming in by GS v 0. */
struct fake_picture {
    size_t stride, column;
    size_t x_scale, y_scale;
    bool ignored;
    uint8_t row[8192];
};

struct fake_collect {
    uint8_t *bytes; /* of the data of the command at hand */
    size_t len, room;
};

struct fake {
    struct fake_options options;
    size_t width, stride, cutter_rows;
    char device_id[160];
    struct fake_count count;
    /* the cable */
    bool gone, stalled, powered;
    int64_t vanish_in; /* bytes; -1: not */
    struct fake_frame arriving;
    uint8_t held[FAKE_HELD_MAX]; /* of what may be a real-time command */
    size_t held_len;
    bool held_inside, pulse_disabled;
    uint8_t *buffer;
    size_t buffer_size, buffer_at, buffer_len;
    /* the printer */
    struct fake_frame frame;
    struct fake_line line;
    struct fake_pending pending;
    struct fake_picture picture;
    struct fake_collect collect;
    uint8_t *graphics; /* GS ( L: stored, not yet printed */
    size_t graphics_rows;
    int64_t paper_left; /* rows; -1: plenty */
    bool paper_out, paper_low, cover_open, jam, error, drawer_open;
    bool was_offline;
    int rows_per_s;
    int64_t may_print; /* rows, in thousandths, of this tick */
    /* what it says */
    uint8_t asb; /* GS a n; 0: off */
    uint8_t asb_told[4];
    uint8_t says[FAKE_SAYS_MAX], later[FAKE_SAYS_MAX];
    size_t says_len, later_len;
    bool hold_answers;
    /* what came of it */
    struct fake_slip **slips; /* the last is in the printer */
    size_t slips_len, slips_room;
    struct fake_event *events;
    size_t events_len, events_room;
};

/* fake_printer.c */
bool fake_offline(const struct fake *f);
void fake_note(
    struct fake *f, enum fake_kind kind, uint32_t arg, const char *what);
/* Print what can be printed, and tell what changed. */
void fake_run(struct fake *f);
/* Forget what is unprinted: buffer, command, line, what is drawn. */
void fake_forget(struct fake *f);

void fake_vanish(struct fake *f);

/* fake_obey.c: the engine.  Take one byte out of the buffer. */
void fake_take(struct fake *f, uint8_t byte);
void fake_reset_line(struct fake *f); /* as ESC @ leaves it */
void fake_pulse(struct fake *f, unsigned connector, const char *how);

/* fake_draw.c: dots. */
void fake_draw_letter(struct fake *f, uint8_t letter);
void fake_draw_line(struct fake *f, size_t least_rows); /* LF and its like */
void fake_draw_feed(struct fake *f, size_t rows);
void fake_draw_cut(struct fake *f, char cut, bool with_feed);
void fake_picture_begin(struct fake *f, const uint8_t *head);
void fake_picture_byte(struct fake *f, uint8_t byte);
void fake_columns(struct fake *f, const uint8_t *head); /* ESC * */
void fake_graphics(struct fake *f);                     /* GS ( L, GS 8 L */

/* fake_paper.c: one more row, black where `bits` say (NULL: blank). */
void fake_paper_new(struct fake *f);
void fake_paper_row(struct fake *f, const uint8_t *bits);
void fake_paper_text(struct fake *f, char letter);
void fake_paper_cut(struct fake *f, char cut, bool behind_knife);
void fake_paper_free(struct fake *f);

/* fake_answer.c */
/* Obey the real-time command in `held`. */
void fake_answer_real_time(struct fake *f, const uint8_t *c, size_t len);
void fake_answer_ask(struct fake *f, const uint8_t *head); /* GS r, GS I */
void fake_answer_process_id(struct fake *f); /* GS ( H, data collected */
void fake_answer_asb(struct fake *f, uint8_t n);
void fake_answer_changes(struct fake *f); /* automatic status back */
void fake_answer_freed(struct fake *f);

#endif
