#include "pos/ctl/ctl.h"

#include "pos/ctl/families.h"

/* What every command takes. */
static const char *const common[] = {
    "data=", "config=", "json", "lang=", "help", NULL};

static const struct ctl_command rows[] = {
    {.form.name = "init",
        .form.usage = "--showroom N --name TEXT --commune CODE [--owner NAME]",
        .needs = CTL_NOTHING,
        .form.options = {"showroom*", "name*", "commune*", "owner="},
        .run = ctl_init},
    {.form.name = "staff add",
        .form.usage = "--name TEXT --role ROLE [--pin DIGITS]",
        .needs = CTL_WRITE,
        .form.options = {"name*", "role*", "pin="},
        .run = ctl_staff_add},
    {.form.name = "staff list", .needs = CTL_READ, .run = ctl_staff_list},
    {.form.name = "staff disable",
        .form.usage = "NUMBER",
        .needs = CTL_WRITE,
        .form.words_min = 1,
        .form.words_max = 1,
        .run = ctl_staff_disable},
    {.form.name = "staff pin",
        .form.usage = "NUMBER [--pin DIGITS]",
        .needs = CTL_WRITE,
        .form.options = {"pin="},
        .form.words_min = 1,
        .form.words_max = 1,
        .run = ctl_staff_pin},
    {.form.name = "token create",
        .form.usage = "--role ROLE --name TEXT",
        .needs = CTL_WRITE,
        .form.options = {"role*", "name*"},
        .run = ctl_token_create},
    {.form.name = "token list", .needs = CTL_READ, .run = ctl_token_list},
    {.form.name = "token revoke",
        .form.usage = "NUMBER",
        .needs = CTL_WRITE,
        .form.words_min = 1,
        .form.words_max = 1,
        .run = ctl_token_revoke},
    {.form.name = "till add",
        .form.usage = "NUMBER [--name TEXT]",
        .needs = CTL_WRITE,
        .form.options = {"name="},
        .form.words_min = 1,
        .form.words_max = 1,
        .run = ctl_till_add},
    {.form.name = "till list", .needs = CTL_READ, .run = ctl_till_list},
    {.form.name = "device enrol",
        .form.usage = "[--till NUMBER] [--name TEXT]",
        .needs = CTL_WRITE,
        .form.options = {"till=", "name="},
        .run = ctl_device_enrol},
    {.form.name = "device list", .needs = CTL_READ, .run = ctl_device_list},
    {.form.name = "device revoke",
        .form.usage = "NUMBER",
        .needs = CTL_WRITE,
        .form.words_min = 1,
        .form.words_max = 1,
        .run = ctl_device_revoke},
    {.form.name = "import products",
        .form.usage = "FILE.csv|.xlsx [--dry-run]",
        .needs = CTL_WRITE,
        .form.options = {"dry-run"},
        .form.words_min = 1,
        .form.words_max = 1,
        .input = 1,
        .run = ctl_import_products},
    {.form.name = "import certified",
        .form.usage = "DIR",
        .needs = CTL_WRITE,
        .form.words_min = 1,
        .form.words_max = 1,
        .folder = 1,
        .run = ctl_import_certified},
    {.form.name = "import labels",
        .form.usage = "FILE",
        .needs = CTL_WRITE,
        .form.words_min = 1,
        .form.words_max = 1,
        .input = 1,
        .run = ctl_import_labels},
    {.form.name = "export journal",
        .form.usage = "[--from N]",
        .needs = CTL_READ,
        .form.options = {"from="},
        .run = ctl_export_journal},
    {.form.name = "printer list",
        .needs = CTL_DEVICE,
        .run = ctl_printer_list},
    {.form.name = "printer status",
        .form.usage = "[ID] [--at SPEC]",
        .needs = CTL_DEVICE,
        .form.options = {"at="},
        .form.words_max = 1,
        .run = ctl_printer_status},
    {.form.name = "printer test",
        .form.usage = "[ID] [--at SPEC] [--from FILE] [--paper 58|80]",
        .needs = CTL_DEVICE,
        .form.options = {"at=", "from=", "paper="},
        .form.words_max = 1,
        .run = ctl_printer_test},
    {.form.name = "verify",
        .form.usage = "[--full] [--journal FILE] [--slip DIGITS]...",
        .needs = CTL_NOTHING,
        .form.options = {"full", "journal=", "slip="},
        .run = ctl_verify},
    {.form.name = "demo",
        .form.usage = "--from DIR --url URL --bin DIR --json F "
                      "[--registry-url U]",
        .needs = CTL_NOTHING,
        .form.options = {"from*", "url*", "bin*", "json*", "registry-url="},
        .run = ctl_demo},
    {.form.name = "help",
        .needs = CTL_NOTHING,
        .form.words_max = ARGS_WORDS,
        .run = ctl_help},
    {.form.name = NULL},
};

const struct command_table ctl_commands = {.program = "ocop-pos",
    .sentences = "ctl.help",
    .common = common,
    .rows = rows,
    .row_size = sizeof(rows[0])};

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
