#include <string.h>

#include "sync/registry/registry.h"
#include "sync/registry/signing.h"

/* Of suspend, revoke and reinstate. */
#define ORDER_USAGE "ID|CERT --decision N --date D --ground TEXT"
#define ORDER_OPTIONS "decision*", "date*", "ground*", "by="

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
    {.name = "import units",
        .usage = "FILE.csv|.json [--units-version V] [--dry-run] [--by NAME]",
        .needs = REGISTRY_BOOKS,
        .options = {"units-version=", "dry-run", "by="},
        .words_min = 1,
        .words_max = 1,
        .input = true,
        .run = cmd_import_units},
    {.name = "import mappings",
        .usage = "FILE.psv [--dry-run] [--by NAME]",
        .needs = REGISTRY_BOOKS,
        .options = {"dry-run", "by="},
        .words_min = 1,
        .words_max = 1,
        .input = true,
        .run = cmd_import_mappings},
    {.name = "import",
        .usage = "FILE.csv|.xlsx|.ndjson [--dry-run] [--by NAME] "
                 "[--sheet NAME] [--evidence official_decision|press|demo]",
        .needs = REGISTRY_BOOKS,
        .options = {"dry-run", "by=", "sheet=", "evidence="},
        .words_min = 1,
        .words_max = 1,
        .input = true,
        .run = cmd_import},
    {.name = "revoke",
        .usage = ORDER_USAGE " [--recall none|stop_sale|"
                             "return_to_producer|destroy] [--by NAME]",
        .needs = REGISTRY_BOOKS,
        .options = {ORDER_OPTIONS, "recall="},
        .words_min = 1,
        .words_max = 1,
        .run = cmd_revoke},
    {.name = "suspend",
        .usage = ORDER_USAGE " [--recall none|stop_sale|"
                             "return_to_producer|destroy] [--by NAME]",
        .needs = REGISTRY_BOOKS,
        .options = {ORDER_OPTIONS, "recall="},
        .words_min = 1,
        .words_max = 1,
        .run = cmd_suspend},
    {.name = "reinstate",
        .usage = ORDER_USAGE " [--by NAME]",
        .needs = REGISTRY_BOOKS,
        .options = {ORDER_OPTIONS},
        .words_min = 1,
        .words_max = 1,
        .run = cmd_reinstate},
    {.name = "drop",
        .usage = "ID|CERT --ground TEXT [--by NAME]",
        .needs = REGISTRY_BOOKS,
        .options = {"ground*", "by="},
        .words_min = 1,
        .words_max = 1,
        .run = cmd_drop},
    {.name = "history",
        .usage = "ID|CERT",
        .needs = REGISTRY_BOOKS,
        .words_min = 1,
        .words_max = 1,
        .run = cmd_history},
    {.name = "showroom add",
        .usage = "--number N --name TEXT --commune CODE [--key HEX] "
                 "[--from DATE] [--by NAME]",
        .needs = REGISTRY_BOOKS,
        .options = {"number*", "name*", "commune*", "key=", "from=", "by="},
        .run = cmd_showroom_add},
    {.name = "showroom list",
        .needs = REGISTRY_BOOKS,
        .run = cmd_showroom_list},
    {.name = "showroom withdraw",
        .usage = "--number N --key-number K [--last-good SEQ] [--date DATE] "
                 "[--by NAME]",
        .needs = REGISTRY_BOOKS,
        .options = {"number*", "key-number*", "last-good=", "date=", "by="},
        .run = cmd_showroom_withdraw},
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
