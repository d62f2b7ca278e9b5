/* pos/daemon.h - all that runs in ocop-posd, started and stopped in order. */
#ifndef POS_DAEMON_H
#define POS_DAEMON_H

#include "base/err.h"
#include "base/settings.h"

struct daemon;

/* Open the showroom, the printer, the API and the command socket.  Once it
 * returns OK the address is served. */
enum err daemon_start(const struct settings *settings, struct daemon **out);

/* Stop taking requests, finish what is being written, close. */
void daemon_stop(struct daemon *d);

#endif
