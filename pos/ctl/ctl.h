/* pos/ctl/ctl.h - the operator's commands (contract/commands.md).
 *
 * A command is a row of pos/ctl/commands.c and one function over a struct ctl.
 * The function does not know where it runs: in `ocop-pos` itself when nobody
 * else writes in the data folder, or inside the daemon that does
 * (pos/control.h).  It answers through base/say.h and returns an error, or
 * OK; OK with `status` 1 means: done, and something wrong was found. */
#ifndef POS_CTL_CTL_H
#define POS_CTL_CTL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/args.h"
#include "base/buf.h"
#include "base/command.h"
#include "base/err.h"
#include "base/lang.h"
#include "base/say.h"
#include "base/settings.h"
#include "pos/shop.h"

/* Exit statuses. */
enum { CTL_DONE = 0, CTL_WRONG = 1, CTL_MISUSED = 2 };

/* Largest FILE a command takes: what one list of the registry may be. */
enum { CTL_INPUT_MAX = 64 * 1024 * 1024 };

/* What a command needs of the showroom. */
enum ctl_needs {
    CTL_NOTHING, /* shop is NULL */
    CTL_READ,    /* shop->readers and number; beside whoever writes */
    CTL_WRITE,   /* the whole shop; in the daemon when it runs */
    CTL_DEVICE   /* a printer: in the daemon when it runs, which holds them
                    open, with its whole shop; else, and with --at, as
                    CTL_NOTHING */
};

struct ctl {
    const struct settings *settings;
    struct shop *shop;
    struct args args;
    const char *folder_given, *folder; /* the DIR as said, and in full */
    const char *input; /* the FILE's bytes, NUL behind them; else empty */
    size_t input_len;
    struct say say;
    int status;
    int stop; /* inside the daemon: readable when it ends; else -1 */
    /* Hand over what was said so far: for long answers of CTL_READ commands;
     * ERR_FILE when nobody takes it.  NULL inside the daemon. */
    enum err (*flush)(struct ctl *c);
};

struct ctl_command {
    struct command form; /* first: base/command.h */
    enum ctl_needs needs;
    int input; /* 1: the first word is a FILE, "-" is standard input; 0: none */
    int folder; /* 1: the first word is a DIR, for the daemon in full */
    enum err (*run)(struct ctl *c);
};

/* All commands: rows of struct ctl_command. */
extern const struct command_table ctl_commands;

/* Run `command` with c->args, c->shop and c->input filled in; afterwards
 * c->status is the exit status, c->say.out what goes to standard output, and
 * `err_out` what goes to standard error: a sentence for a person. */
void ctl_run(
    struct ctl *c, const struct ctl_command *command, struct buf *err_out);

/* The sentence and status of a failure, as ctl_run gives it. */
void ctl_fail(struct ctl *c, struct buf *err_out);

/* For values that cannot be, in a command's function: c->status becomes
 * CTL_MISUSED; returns `e`. */
enum err ctl_misused(struct ctl *c, enum err e);

#endif
