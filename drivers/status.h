/* drivers/status.h - what printers answer, read from one stream of bytes.
 *
 *     status_init(&s, STATUS_ESCPOS);
 *     status_asked_dle(&s, 1);                 // 10 04 01 was sent
 *     status_feed(&s, bytes, got);
 *     if (s.answers[STATUS_DLE] > before) ...  // it has answered
 *     state = status_state(&s);
 *
 * ESC/POS printers send several kinds of answers over one wire, unasked ones
 * among them; Epson fixes a few bits of each kind so that they can be told
 * apart ("Transmission Status Identification" in the manuals):
 *
 *     DLE EOT n      one byte      0xx1xx10
 *     ASB (GS a)     four bytes    0xx1xx00 0xx0xxxx 0xx0xxxx 0xx0xxxx
 *     GS r n         one byte      0xx0xxxx
 *     GS ( H         37 22 d1 d2 d3 d4 00, and other blocks that end in 00
 *     XON, XOFF      11 13, anywhere
 *
 * A byte does not say which question it answers: questions are noted with
 * status_asked_*, and answered first in, first out.  Nothing here fails, waits
 * or allocates: bytes that make no sense are dropped. */
#ifndef DRIVERS_STATUS_H
#define DRIVERS_STATUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drivers/printer.h"

enum status_language { STATUS_ESCPOS, STATUS_TSPL, STATUS_ZPL };

/* What it told last, in `flags`. */
enum {
    STATUS_OFFLINE = 1,
    STATUS_COVER = 2,    /* cover or head open */
    STATUS_CUTTER = 4,   /* the knife is stuck */
    STATUS_ERROR = 8,    /* another fault that does not pass by itself */
    STATUS_PAPER = 16,   /* no paper at the sensor */
    STATUS_STOPPED = 32, /* it stopped printing because paper ended */
    STATUS_LOW = 64,     /* paper near its end */
    STATUS_DRAWER = 128, /* the drawer's wire is high */
    STATUS_BUSY = 256    /* label printers: printing, or labels wait in it */
};

/* Kinds of answers, for `answers`. */
enum status_kind {
    STATUS_ASB,
    STATUS_DLE,
    STATUS_ORDER, /* GS r */
    STATUS_PROCESS_ID,
    STATUS_LABEL, /* <ESC>!? or ~HS */
    STATUS_KINDS
};

enum { STATUS_ASKED_MAX = 8, STATUS_PART_MAX = 128 };

struct status {
    enum status_language language;
    unsigned flags;
    unsigned answers[STATUS_KINDS];  /* how many since status_init */
    unsigned orders_open;            /* GS r asked, not answered */
    char process_id[4];              /* answered last */
    uint8_t asked[STATUS_ASKED_MAX]; /* DLE EOT n; 0 for <ESC>!? */
    size_t asked_len;
    uint8_t part[STATUS_PART_MAX]; /* of an answer that is not whole */
    size_t part_len;
    unsigned first_line; /* the flags of ~HS so far */
};

void status_init(struct status *s, enum status_language language);

/* DLE EOT `n` (1 to 4) was sent; or, with TSPL, <ESC>!? (n is 0).  False, and
 * it must not be sent: too many questions are open. */
bool status_asked_dle(struct status *s, uint8_t n);
/* GS r 1 was sent. */
void status_asked_order(struct status *s);

/* Nothing that was asked will be answered: after a reset, or time enough. */
void status_forget(struct status *s);

/* What came.  Any bytes. */
void status_feed(struct status *s, const void *bytes, size_t len);

/* Nothing has come for long: half an answer is none. */
void status_quiet(struct status *s);

/* Of any kind. */
unsigned status_answers(const struct status *s);

/* PRINTER_UNKNOWN when it never told. */
enum printer_state status_state(const struct status *s);

#endif
