/* sync/registry/registry.h - the registry's commands.
 *
 * A command is a row of sync/registry/commands.c and one function over a
 * struct registry.  It answers through base/say.h and returns an error, or OK;
 * OK with `status` 1 means: done, and something wrong was found.
 *
 * The folder of a registry:
 *
 *     registry.db     its books (sync/registry/books.h); whoever has them open
 *                     is the one who works in the folder
 *     keys/           one file a signing key (sync/registry/keys.h)
 *     www/v1/         what is published: any web server may serve www */
#ifndef SYNC_REGISTRY_REGISTRY_H
#define SYNC_REGISTRY_REGISTRY_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/args.h"
#include "base/buf.h"
#include "base/command.h"
#include "base/err.h"
#include "base/lang.h"
#include "base/say.h"

struct books;

/* Exit statuses. */
enum { REGISTRY_DONE = 0, REGISTRY_WRONG = 1, REGISTRY_MISUSED = 2 };

/* Largest FILE a command takes. */
enum { REGISTRY_INPUT_MAX = 256 * 1024 * 1024 };

/* What a command needs of the folder. */
enum registry_needs {
    REGISTRY_NOTHING, /* `books` is NULL, nothing is looked at */
    REGISTRY_BOOKS    /* `books` is open, and nobody else works in the folder */
};

struct registry {
    const char *dir;
    struct books *books;
    int64_t now; /* unix seconds, when the command began */
    struct args args;
    const char *input; /* the FILE's bytes, NUL behind them; else empty */
    size_t input_len;
    struct say say;
    int status;
};

struct registry_command {
    struct command form; /* first: base/command.h */
    enum registry_needs needs;
    bool input; /* the first word is a FILE, "-" is standard input */
    enum err (*run)(struct registry *r);
};

/* All commands: rows of struct registry_command. */
extern const struct command_table registry_commands;

/* For values that cannot be, in a command's function: r->status becomes
 * REGISTRY_MISUSED; returns `e`. */
enum err registry_misused(struct registry *r, enum err e);

/* DIR/name in `out`.  ERR_FILE when it is too long for this system. */
enum err registry_path(
    const struct registry *r, const char *name, char out[PATH_MAX]);

/* Open r->books, made when they are not there: for `init`; the other commands
 * have them.  Waits some seconds for another command to end; then ERR_BUSY. */
enum err registry_open_books(struct registry *r);

/* Who does it: --by, or the user of this machine. */
const char *registry_by(const struct registry *r);

/* The program: exit status. */
int registry_main(int argc, const char *const *argv);

/* The commands' functions, one family a file. */
enum err cmd_help(struct registry *r);          /* cmd_help.c */
enum err cmd_init(struct registry *r);          /* cmd_init.c */
enum err cmd_publish(struct registry *r);       /* cmd_publish.c */
enum err cmd_renew(struct registry *r);
enum err cmd_key_list(struct registry *r);      /* cmd_key.c */
enum err cmd_key_rotate(struct registry *r);
enum err cmd_serve(struct registry *r);         /* cmd_serve.c */
enum err cmd_import(struct registry *r);        /* cmd_import.c */
enum err cmd_import_units(struct registry *r);
enum err cmd_import_mappings(struct registry *r);
enum err cmd_revoke(struct registry *r);        /* cmd_status.c */
enum err cmd_suspend(struct registry *r);
enum err cmd_reinstate(struct registry *r);
enum err cmd_drop(struct registry *r);
enum err cmd_history(struct registry *r);       /* cmd_history.c */
enum err cmd_labels(struct registry *r);        /* cmd_labels.c */
enum err cmd_showroom_add(struct registry *r);  /* cmd_showroom.c */
enum err cmd_showroom_list(struct registry *r);
enum err cmd_showroom_withdraw(struct registry *r);

#endif
