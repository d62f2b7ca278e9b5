#include <string.h>

#include "sync/registry/registry.h"
#include "sync/registry/signing.h"

/* A name of two words stands before the name that is its first word. */
const struct registry_command registry_commands[] = {
    {.name = "init",
        .usage = "[--demo] [--root-keys 5] [--root-threshold 3] "
                 "[--targets-keys 3] [--targets-threshold 2] "
                 "[--passphrase-file FILE]",
        .options = {"demo", "root-keys=", "root-threshold=", "targets-keys=",
            "targets-threshold=", SIGNING_OPTIONS},
        .run = cmd_init},
    {.name = "publish",
        .usage = SIGNING_USAGE,
        .needs = REGISTRY_BOOKS,
        .options = {SIGNING_OPTIONS},
        .run = cmd_publish},
    {.name = "renew",
        .usage = SIGNING_USAGE,
        .needs = REGISTRY_BOOKS,
        .options = {SIGNING_OPTIONS},
        .run = cmd_renew},
    {.name = "key list",
        .usage = "[--keys DIR]...",
        .needs = REGISTRY_BOOKS,
        .options = {"keys="},
        .run = cmd_key_list},
    {.name = "key rotate",
        .usage = "ROLE [--old KEY] " SIGNING_USAGE,
        .needs = REGISTRY_BOOKS,
        .options = {"old=", SIGNING_OPTIONS},
        .words_min = 1,
        .words_max = 1,
        .run = cmd_key_rotate},
    {.name = "serve",
        .usage = "[--listen 127.0.0.1:8090] [--anywhere]",
        .options = {"listen=", "anywhere"},
        .run = cmd_serve},
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
