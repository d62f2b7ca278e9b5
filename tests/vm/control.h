/* tests/vm/control.h - how a script tells a device what happens to it.
 *
 * Two FIFOs, NAME.in and NAME.out: a line goes in, a line comes back.  Either
 * end may come and go, and nothing waits for the other:
 *
 *     echo "paper out 300" 1<>NAME.in; read -r -t 10 answer <>NAME.out
 *
 * What every device understands, besides the fake printer's own words:
 *     slips          how many slips were cut
 *     write N FILE   the N-th of them, from 1, as a PBM picture; 0: what is
 *                    still in the printer
 *     taken          bytes off the cable
 *     count          of everything, as name=number
 *     rest           yes when all is printed and no command is half read
 * The answer is "ok", "no" or what was asked for. */
#ifndef TESTS_VM_CONTROL_H
#define TESTS_VM_CONTROL_H

#include <stdbool.h>
#include <stddef.h>

enum { CONTROL_LINE = 160 };

struct fake;

struct control {
    int in, out;
    char line[CONTROL_LINE];
    size_t len;
    struct fake *fake;
};

/* Makes the FIFOs; ends the program when it cannot. */
void control_open(struct control *c, const char *name, struct fake *fake);

/* Answer what has come; waits for nothing.  `own` is asked first: true, and
 * `answer` filled, when the words were the device's. */
typedef bool control_own(void *arg, const char *words, char *answer);
void control_serve(struct control *c, control_own *own, void *arg);

#endif
