/* tests/tools/script_printer.h - a transport that does what a test says, call
 * by call: for drivers/link alone.  It obeys no command; a test tells it which
 * questions it answers, how much it takes, and when it is gone.
 *
 * Nothing is waited for: a time-out passes in a millisecond, and what was
 * asked to be waited is added up instead. */
#ifndef TESTS_TOOLS_SCRIPT_PRINTER_H
#define TESTS_TOOLS_SCRIPT_PRINTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drivers/printer.h"

enum { SCRIPT_MAX = 256 * 1024, SCRIPT_SAYS_MAX = 1024 };

struct script {
    struct printer printer; /* first: what the link holds */

    /* What it is; set before the link is made. */
    bool answers_dle, answers_asb, answers_order, answers_id;
    bool answers_label; /* <ESC>!? and ~HS with `label` */
    bool one_way, has_port;

    /* How it is. */
    uint8_t dle[5]; /* what it answers to DLE EOT n */
    uint8_t asb[4];
    uint8_t order, port;
    char label[160];
    size_t label_len;
    size_t room;       /* bytes it still takes; SIZE_MAX: any number */
    size_t at_once;    /* at most so many in one sending; 0: any number */
    size_t gone_after; /* it is gone when it has so many; SIZE_MAX: never */

    /* Called at each sending and receiving that finds nothing to do. */
    void (*idle)(struct script *s, int times);
    void *arg;

    /* What came of it. */
    uint8_t got[SCRIPT_MAX];
    size_t got_len;
    int idle_times, resets, closed;
    int receive_calls;
    long waited_ms; /* time-outs asked for in vain */
    size_t says_len;
    uint8_t says[SCRIPT_SAYS_MAX];
    size_t parsed; /* of got: looked through for questions */
};

/* A script that takes everything and answers nothing; script_free. */
struct script *script_new(void);
/* The struct too: the link only counts `closed`. */
void script_free(struct script *s);

/* It says this, at the next receiving. */
void script_say(struct script *s, const void *bytes, size_t len);
/* Automatic status, as `asb` is now. */
void script_say_asb(struct script *s);

#endif
