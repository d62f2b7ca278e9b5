#include <string.h>

#include "sync/registry/registry.h"

/* A name of two words stands before the name that is its first word. */
const struct registry_command registry_commands[] = {
    {.name = "help", .words_max = ARGS_WORDS, .run = cmd_help},
    {.name = NULL},
};

/* How many of the words spell `name`, which is of one or two; 0: they do
 * not. */
static int
spelled(const char *name, int argc, const char *const *argv)
{
    int words = 0;

    for (const char *at = name; *at; words++) {
        size_t len = strcspn(at, " ");

        if (words == argc || strlen(argv[words]) != len
            || strncmp(argv[words], at, len) != 0)
            return 0;
        at += len + (at[len] == ' ');
    }
    return words;
}

const struct registry_command *
registry_find(int argc, const char *const *argv, int *words_out)
{
    for (const struct registry_command *c = registry_commands; c->name; c++) {
        *words_out = spelled(c->name, argc, argv);
        if (*words_out)
            return c;
    }
    return NULL;
}
