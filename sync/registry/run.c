/* From a command line to a command's function and its answer. */
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "sync/registry/books.h"
#include "sync/registry/registry.h"

enum {
    ERROR_MAX = 64 * 1024,
    BUSY_TRIES = 100, /* another command is at work: some seconds */
    BUSY_WAIT_MS = 100
};

static const char standard_dir[] = "/var/lib/ocop-registry";

enum err
registry_misused(struct registry *r, enum err e)
{
    if (e != OK)
        r->status = REGISTRY_MISUSED;
    return e;
}

enum err
registry_path(
    const struct registry *r, const char *name, char out[PATH_MAX])
{
    int n = snprintf(out, PATH_MAX, "%s/%s", r->dir, name);

    if (n > 0 && n < PATH_MAX)
        return OK;
    err_arg("file", "%.80s", r->dir);
    err_arg("why", "too long");
    return err_set(ERR_FILE, "a path past %d bytes", PATH_MAX);
}

static enum err
parse(struct registry *r, int argc, const char *const *argv,
    const struct registry_command **command_out)
{
    const struct command *row = NULL;
    enum err e = command_read(&registry_commands, argc, argv, &r->args, &row);
    const void *whole = row; /* the form stands first */

    *command_out = whole;
    return registry_misused(r, e);
}

enum err
registry_open_books(struct registry *r)
{
    const struct timespec moment = {.tv_nsec = BUSY_WAIT_MS * 1000000L};
    char path[PATH_MAX];
    enum err e = registry_path(r, "registry.db", path);

    for (int i = 0; e == OK && !r->books && i < BUSY_TRIES; i++) {
        e = books_open(path, DB_WRITE, &r->books);
        if (e != ERR_BUSY || i + 1 == BUSY_TRIES)
            break;
        nanosleep(&moment, NULL);
        e = OK;
    }
    return e;
}

/* The books of a registry that is there. */
static enum err
open_books(struct registry *r)
{
    char path[PATH_MAX];
    enum err e = registry_path(r, "registry.db", path);

    if (e == OK && access(path, F_OK) != 0) {
        err_arg("case", "registry");
        err_arg("what", "%s", r->dir);
        return err_set(ERR_NOT_FOUND, "no registry in %s", r->dir);
    }
    return e == OK ? registry_open_books(r) : e;
}

static enum err
run(struct registry *r, const struct registry_command *k)
{
    struct buf input;
    enum err e = OK;

    buf_init(&input, REGISTRY_INPUT_MAX);
    if (k->needs == REGISTRY_BOOKS)
        e = open_books(r);
    if (e == OK && k->input)
        e = file_read(r->args.words[0], &input);
    r->input = input.data;
    r->input_len = input.len;
    if (e == OK)
        e = k->run(r);
    buf_finish(&input);
    books_close(r->books);
    return e;
}

/* --at: as if it were then.  For tests, and for telling what a day will
 * bring; clients believe their own clock. */
static enum err
take_time(struct registry *r)
{
    const char *at = args_str(&r->args, "at", NULL);

    return at ? clock_parse_rfc3339(at, &r->now) : OK;
}

/* The failure: a sentence for a person, and as the answer of --json. */
static void
fail(struct registry *r)
{
    struct err_state why;
    struct buf sentence;

    err_save(&why);
    if (r->status == REGISTRY_DONE)
        r->status = REGISTRY_WRONG;
    buf_init(&sentence, ERROR_MAX);
    lang_error(r->say.lang, &why, &sentence);
    fprintf(stderr, "%s\n", sentence.data);
    buf_finish(&sentence);
    say_failure(&r->say, &why);
}

int
registry_main(int argc, const char *const *argv)
{
    struct registry r = {.now = clock_now()};
    const struct registry_command *k = NULL;
    enum err e;

    say_init(&r.say, LANG_VI, false);
    e = parse(&r, argc, argv, &k);
    r.dir = args_str(&r.args, "dir", standard_dir);
    r.say.json = args_has(&r.args, "json");
    r.say.lang = command_lang(&r.args, LANG_VI);
    if (e == OK)
        e = registry_misused(&r, take_time(&r));
    if (e == OK)
        e = run(&r, k);
    if (e == OK)
        say_end(&r.say);
    if (e == OK && r.say.out.full)
        e = err_set(ERR_TOO_LARGE, "an answer past its limit");
    if (e != OK)
        fail(&r);
    if (fwrite(r.say.out.data, 1, r.say.out.len, stdout) != r.say.out.len
        || fflush(stdout) != 0)
        r.status = r.status == REGISTRY_DONE ? REGISTRY_WRONG : r.status;
    say_finish(&r.say);
    return r.status;
}
