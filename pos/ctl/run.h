/* pos/ctl/run.h - a command line from end to end. */
#ifndef POS_CTL_RUN_H
#define POS_CTL_RUN_H

#include "base/err.h"
#include "pos/ctl/ctl.h"

/* `ocop-pos` with these words, its own name not among them; the exit status.
 * Standard output gets the answer, standard error a sentence. */
int ctl_main(int argc, const char *const *argv);

/* Read the words: options of all commands and of the one that is named.
 * ERR_INVALID with a `case`, and c->status CTL_MISUSED. */
enum err ctl_parse(struct ctl *c, int argc, const char *const *argv,
    const struct ctl_command **command_out);

#endif
