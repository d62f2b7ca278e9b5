#include "pos/ctl/run.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "db/readers.h"
#include "db/showroom.h"
#include "pos/ctl/client.h"
#include "pos/data.h"
#include "pos/open.h"
#include "pos/tool.h"

enum {
    BUSY_TRIES = 50,    /* another command is at work: a moment */
    BUSY_WAIT_MS = 100
};

enum err
ctl_parse(struct ctl *c, int argc, const char *const *argv,
    const struct ctl_command **command_out)
{
    const struct command *row = NULL;
    enum err e = command_read(&ctl_commands, argc, argv, &c->args, &row);
    const void *whole = row; /* the form stands first */

    *command_out = whole;
    return ctl_misused(c, e);
}

static enum err
flush_out(struct ctl *c)
{
    struct buf *out = &c->say.out;
    bool taken = fwrite(out->data, 1, out->len, stdout) == out->len
                 && fflush(stdout) == 0;

    buf_clear(out);
    if (taken)
        return OK;
    err_arg("file", "stdout");
    err_arg("why", "write");
    return err_set(ERR_FILE, "standard output takes no more");
}

/* With readers alone: somebody else may be writing. */
static enum err
run_reading(struct ctl *c, const struct ctl_command *k, struct buf *err_out)
{
    struct shop shop = {.settings = c->settings};
    struct showroom who;
    char path[DATA_PATH];
    struct db *db;
    enum err e;

    data_path(c->settings->data_dir, "ocop-pos.db", path);
    e = readers_open(path, 1, &shop.readers);
    if (e != OK)
        return e;
    db = readers_take(shop.readers);
    e = db_showroom_get(db, &who);
    readers_give(shop.readers, db);
    if (e == OK) {
        shop.number = who.number;
        c->shop = &shop;
        ctl_run(c, k, err_out);
        c->shop = NULL;
    }
    readers_close(shop.readers);
    return e;
}

/* As the one who writes, or by the daemon that is it already. */
static enum err
run_writing(struct ctl *c, const struct ctl_command *k, int argc,
    const char *const *argv, struct buf *err_out)
{
    const struct timespec moment = {.tv_nsec = BUSY_WAIT_MS * 1000000L};
    struct open_shop open;
    enum err e = OK;

    for (int i = 0; i < BUSY_TRIES; i++) {
        e = open_shop(c->settings, 1, &open);
        if (e == OK) {
            c->shop = &open.shop;
            ctl_run(c, k, err_out);
            c->shop = NULL;
            close_shop(&open);
            return OK;
        }
        if (e == ERR_BUSY)
            e = client_run(c, argc, argv, err_out);
        if (e != ERR_BUSY)
            return e;
        nanosleep(&moment, NULL);
    }
    return e;
}

/* By the daemon that holds the printers, unless a printer is named that is
 * none of its own. */
static enum err
run_device(struct ctl *c, const struct ctl_command *k, int argc,
    const char *const *argv, struct buf *err_out)
{
    enum err e = ERR_BUSY;

    if (!args_has(&c->args, "at")
        && data_has_showroom(c->settings->data_dir))
        e = client_run(c, argc, argv, err_out);
    if (e != ERR_BUSY)
        return e;
    ctl_run(c, k, err_out); /* nobody is there to take it */
    return OK;
}

/* The daemon stands in another folder. */
static enum err
find_folder(struct ctl *c, char full[PATH_MAX])
{
    const char *given = c->args.words[0];
    char here[PATH_MAX] = "";
    int n;

    if (given[0] != '/' && !getcwd(here, sizeof(here)))
        here[0] = '\0';
    n = snprintf(full, PATH_MAX, "%s%s%s", here, here[0] ? "/" : "", given);
    c->folder_given = given;
    c->folder = full;
    if (n >= 0 && n < PATH_MAX)
        return OK;
    err_arg("file", "%.80s", given);
    err_arg("why", "too long");
    return err_set(ERR_FILE, "a path of %zu bytes", strlen(given));
}

static enum err
run(struct ctl *c, const struct ctl_command *k, int argc,
    const char *const *argv, struct buf *err_out)
{
    char full[PATH_MAX];
    struct buf input;
    enum err e = OK;

    buf_init(&input, CTL_INPUT_MAX);
    if (k->needs != CTL_NOTHING && k->needs != CTL_DEVICE
        && !data_has_showroom(c->settings->data_dir)) {
        err_arg("case", "showroom");
        err_arg("what", "%s", c->settings->data_dir);
        e = err_set(ERR_NOT_FOUND, "no showroom");
    }
    if (e == OK && k->folder)
        e = find_folder(c, full);
    if (e == OK && k->input)
        e = file_read(c->args.words[0], &input);
    c->input = input.data;
    c->input_len = input.len;
    if (e == OK && k->needs == CTL_NOTHING)
        ctl_run(c, k, err_out);
    else if (e == OK && k->needs == CTL_DEVICE)
        e = run_device(c, k, argc, argv, err_out);
    else if (e == OK && k->needs == CTL_READ)
        e = run_reading(c, k, err_out);
    else if (e == OK)
        e = run_writing(c, k, argc, argv, err_out);
    buf_finish(&input);
    return e;
}

/* `tool` has arguments of its own making. */
static bool
is_tool(int argc, const char *const *argv, int *status_out)
{
    int before = command_before(&ctl_commands, argc, argv);

    if (before >= argc || strcmp(argv[before], "tool") != 0)
        return false;
    *status_out = tool_main(
        argc - before - 1, (char **)&argv[before + 1], stdout);
    return true;
}

int
ctl_main(int argc, const char *const *argv)
{
    struct ctl c = {.flush = flush_out, .stop = -1};
    const struct ctl_command *k = NULL;
    struct settings settings;
    struct buf err_out;
    enum err e;

    if (is_tool(argc, argv, &c.status))
        return c.status;
    settings_default(&settings);
    say_init(&c.say, LANG_VI, false);
    buf_init(&err_out, CTL_INPUT_MAX);
    c.settings = &settings;
    e = ctl_parse(&c, argc, argv, &k);
    if (e == OK)
        e = open_settings(args_str(&c.args, "config", NULL),
            args_str(&c.args, "data", NULL), &settings);
    if (e != OK)
        settings_default(&settings); /* whatever was read of them */
    c.say.json = args_has(&c.args, "json") && !args_str(&c.args, "json", NULL);
    c.say.lang = command_lang(&c.args, settings.language);
    if (e == OK)
        e = run(&c, k, argc, argv, &err_out);
    if (e != OK)
        ctl_fail(&c, &err_out);
    if (flush_out(&c) != OK && c.status == CTL_DONE)
        c.status = CTL_WRONG;
    fwrite(err_out.data, 1, err_out.len, stderr);
    say_finish(&c.say);
    buf_finish(&err_out);
    return c.status;
}
