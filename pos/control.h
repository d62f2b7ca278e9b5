/* pos/control.h - the operator's commands while the daemon runs.
 *
 * Only one program writes in a data folder (pos/data.h).  While that is the
 * daemon, `ocop-pos` hands its commands over at DIR/control.sock, whose mode
 * lets in the daemon's own user and root alone, and the daemon runs them with
 * its own writer: tokens are made and lists taken in while selling goes on.
 * One thread, one command at a time, bounded in bytes and time; the form of
 * what is said: pos/ctl/wire.h. */
#ifndef POS_CONTROL_H
#define POS_CONTROL_H

#include "base/err.h"
#include "pos/shop.h"

struct control;

/* Take commands for `shop`, which stays the caller's and open.  The caller
 * holds the lock of the folder: a socket that is there already is left from a
 * daemon that died.  ERR_FILE, ERR_SYSTEM. */
enum err control_open(struct shop *shop, struct control **out);

/* Finish the command that runs, take no more.  NULL is taken. */
void control_close(struct control *c);

#endif
