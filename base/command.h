/* base/command.h - the commands of a program: found by the first words of a
 * command line, read by what their row takes, told by `help`.
 *
 * A program's own row begins with a struct command and goes on with what it
 * needs and whom it calls. */
#ifndef BASE_COMMAND_H
#define BASE_COMMAND_H

#include <stddef.h>

#include "base/args.h"
#include "base/err.h"
#include "base/lang.h"
#include "base/say.h"

struct command {
    const char *name;  /* "staff add": one or two words; NULL behind the last.
                          The longer of two that begin alike stands first */
    const char *usage; /* what is behind the name, for `help`; may be NULL */
    const char *options[16]; /* args_spec, without those every command takes */
    size_t words_min, words_max;
};

struct command_table {
    const char *program;   /* "ocop-pos" */
    const char *sentences; /* "ctl.help": ctl.help.staff_add is what it does */
    const char *const *common; /* args_spec: what every command takes, "help"
                                  among it */
    const void *rows;          /* one is called "help" */
    size_t row_size;
};

/* The row that the first words name, and how many they are; NULL. */
const struct command *command_find(const struct command_table *t, int argc,
    const char *const *argv, int *words_out);

/* How many words stand before the name: options that every command takes. */
int command_before(
    const struct command_table *t, int argc, const char *const *argv);

/* Find the command and read all its options.  `--help` anywhere is the row of
 * `help`, with nothing checked.  ERR_INVALID with a `case`: no_command,
 * command (+ `what`), and those of base/args.h; all of them misuse. */
enum err command_read(const struct command_table *t, int argc,
    const char *const *argv, struct args *out, const struct command **row_out);

/* The language asked for by --lang, else by the environment: English when it
 * is, Vietnamese when --lang says another, `otherwise` when it does not. */
enum lang command_lang(const struct args *a, enum lang otherwise);

/* Say the commands whose names begin with the words of `a`; ERR_INVALID, case
 * command, when there is none. */
enum err command_help(
    const struct command_table *t, const struct args *a, struct say *say);

/* One entry of it: the program's name and `usage`, below the sentence `key`. */
void command_help_entry(const struct command_table *t, struct say *say,
    const char *usage, const char *key);

#endif
