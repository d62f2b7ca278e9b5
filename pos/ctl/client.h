/* pos/ctl/client.h - a command handed to the daemon that runs. */
#ifndef POS_CTL_CLIENT_H
#define POS_CTL_CLIENT_H

#include "base/buf.h"
#include "base/err.h"
#include "pos/ctl/ctl.h"

/* Have the daemon of c->settings' folder run the words `argv` with c->input;
 * c->status, c->say.out and `err_out` are what it answered.  ERR_BUSY, and
 * nothing happened, when no daemon takes commands there; ERR_SYSTEM with the
 * case "control" when it stopped answering: it may or may not be done. */
enum err client_run(struct ctl *c, int argc, const char *const *argv,
    struct buf *err_out);

#endif
