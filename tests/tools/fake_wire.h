/* tests/tools/fake_wire.h - the fake printer as a transport of drivers/printer,
 * in this process: for link_over.
 *
 *     struct printer *p = fake_wire_open(f);
 *     e = link_over(p, &config, &l);
 *
 * Time-outs are waited for really, in naps of a millisecond in which the fake's
 * own time passes.  The fake is not owned: it lives on when the wire is
 * closed, and another wire may find it again. */
#ifndef TESTS_TOOLS_FAKE_WIRE_H
#define TESTS_TOOLS_FAKE_WIRE_H

#include "drivers/printer.h"
#include "tests/tools/fake_printer.h"

/* Two-way unless the fake answers nothing; with a port status. */
struct printer *fake_wire_open(struct fake *f);

/* fake_command while another thread prints; false: no such words. */
bool fake_wire_tell(struct printer *p, const char *words);

/* Around anything else that is done with the fake meanwhile. */
void fake_wire_lock(struct printer *p);
void fake_wire_unlock(struct printer *p);

#endif
