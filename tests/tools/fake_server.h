/* tests/tools/fake_server.h - the fake printer at a TCP port of 127.0.0.1, as
 * printers with a network have it: one connection at a time, the next waits.
 *
 * What the printer does not take stays in the connection, so that its sender is
 * stopped.  A printer that vanishes resets the connection and refuses others
 * until it is back; one that stalls keeps the connection and is silent. */
#ifndef TESTS_TOOLS_FAKE_SERVER_H
#define TESTS_TOOLS_FAKE_SERVER_H

#include "tests/tools/fake_printer.h"

struct fake_server;

/* Serves on `port`, 0: any; NULL, and a message on standard error, when that
 * cannot be. */
struct fake_server *fake_server_start(
    const struct fake_options *options, int port);
void fake_server_stop(struct fake_server *s);
int fake_server_port(const struct fake_server *s);

/* fake_command; what it does to the connection is done when this returns. */
bool fake_server_tell(struct fake_server *s, const char *words);

/* Around a look at the printer. */
struct fake *fake_server_lock(struct fake_server *s);
void fake_server_unlock(struct fake_server *s);

#endif
