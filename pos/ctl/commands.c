#include "pos/ctl/ctl.h"

#include <string.h>

#include "pos/ctl/families.h"

const struct ctl_command ctl_commands[] = {
    {.name = "init",
        .usage = "--showroom N --name TEXT --commune CODE [--owner NAME]",
        .needs = CTL_NOTHING,
        .options = {"showroom*", "name*", "commune*", "owner="},
        .run = ctl_init},
    {.name = "staff add",
        .usage = "--name TEXT --role ROLE [--pin DIGITS]",
        .needs = CTL_WRITE,
        .options = {"name*", "role*", "pin="},
        .run = ctl_staff_add},
    {.name = "staff list", .needs = CTL_READ, .run = ctl_staff_list},
    {.name = "staff disable",
        .usage = "NUMBER",
        .needs = CTL_WRITE,
        .words_min = 1,
        .words_max = 1,
        .run = ctl_staff_disable},
    {.name = "staff pin",
        .usage = "NUMBER [--pin DIGITS]",
        .needs = CTL_WRITE,
        .options = {"pin="},
        .words_min = 1,
        .words_max = 1,
        .run = ctl_staff_pin},
    {.name = "token create",
        .usage = "--role ROLE --name TEXT",
        .needs = CTL_WRITE,
        .options = {"role*", "name*"},
        .run = ctl_token_create},
    {.name = "token list", .needs = CTL_READ, .run = ctl_token_list},
    {.name = "token revoke",
        .usage = "NUMBER",
        .needs = CTL_WRITE,
        .words_min = 1,
        .words_max = 1,
        .run = ctl_token_revoke},
    {.name = "till add",
        .usage = "NUMBER [--name TEXT]",
        .needs = CTL_WRITE,
        .options = {"name="},
        .words_min = 1,
        .words_max = 1,
        .run = ctl_till_add},
    {.name = "till list", .needs = CTL_READ, .run = ctl_till_list},
    {.name = "device enrol",
        .usage = "[--till NUMBER] [--name TEXT]",
        .needs = CTL_WRITE,
        .options = {"till=", "name="},
        .run = ctl_device_enrol},
    {.name = "device list", .needs = CTL_READ, .run = ctl_device_list},
    {.name = "device revoke",
        .usage = "NUMBER",
        .needs = CTL_WRITE,
        .words_min = 1,
        .words_max = 1,
        .run = ctl_device_revoke},
    {.name = "import products",
        .usage = "FILE.csv|.xlsx [--dry-run]",
        .needs = CTL_WRITE,
        .options = {"dry-run"},
        .words_min = 1,
        .words_max = 1,
        .input = 1,
        .run = ctl_import_products},
    {.name = "import certified",
        .usage = "DIR",
        .needs = CTL_WRITE,
        .words_min = 1,
        .words_max = 1,
        .folder = 1,
        .run = ctl_import_certified},
    {.name = "export journal",
        .usage = "[--from N]",
        .needs = CTL_READ,
        .options = {"from="},
        .run = ctl_export_journal},
    {.name = "verify",
        .usage = "[--full] [--journal FILE] [--slip DIGITS]...",
        .needs = CTL_NOTHING,
        .options = {"full", "journal=", "slip="},
        .run = ctl_verify},
    {.name = "demo",
        .usage = "--from DIR --url URL --bin DIR --json F [--registry-url U]",
        .needs = CTL_NOTHING,
        .options = {"from*", "url*", "bin*", "json*", "registry-url="},
        .run = ctl_demo},
    {.name = "help",
        .needs = CTL_NOTHING,
        .words_max = ARGS_WORDS,
        .run = ctl_help},
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

const struct ctl_command *
ctl_find(int argc, const char *const *argv, int *words_out)
{
    for (const struct ctl_command *c = ctl_commands; c->name; c++) {
        *words_out = spelled(c->name, argc, argv);
        if (*words_out)
            return c;
    }
    return NULL;
}

enum err
ctl_misused(struct ctl *c, enum err e)
{
    if (e != OK)
        c->status = CTL_MISUSED;
    return e;
}

void
ctl_fail(struct ctl *c, struct buf *err_out)
{
    struct err_state why;

    err_save(&why);
    if (c->status == CTL_DONE)
        c->status = CTL_WRONG;
    lang_error(c->say.lang, &why, err_out);
    buf_add_char(err_out, '\n');
    say_failure(&c->say, &why);
}

void
ctl_run(struct ctl *c, const struct ctl_command *command, struct buf *err_out)
{
    if (command->run(c) != OK) {
        ctl_fail(c, err_out);
        return;
    }
    say_end(&c->say);
    if (!c->say.out.full)
        return;
    err_set(ERR_TOO_LARGE, "an answer past its limit");
    ctl_fail(c, err_out);
}
