#include "tests/vm/control.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/tools/fake_printer.h"

static int
fifo_open(const char *name, const char *end)
{
    char path[256];
    int fd;

    snprintf(path, sizeof(path), "%s.%s", name, end);
    if (mkfifo(path, 0600) && errno != EEXIST) {
        perror(path);
        exit(1);
    }
    /* Both ways open, so that neither end's coming and going is an end. */
    fd = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0) {
        perror(path);
        exit(1);
    }
    return fd;
}

void
control_open(struct control *c, const char *name, struct fake *fake)
{
    memset(c, 0, sizeof(*c));
    c->in = fifo_open(name, "in");
    c->out = fifo_open(name, "out");
    c->fake = fake;
}

static bool
slip_write(const struct fake *f, const char *words)
{
    char *file;
    size_t n = strtoul(words, &file, 10);
    size_t i = n ? n - 1 : fake_slips(f);

    return *file == ' ' && i <= fake_slips(f) &&
           fake_slip_write(fake_slip(f, i), file + 1);
}

static void
tell_count(const struct fake *f, char *answer)
{
    const struct fake_count *n = fake_count(f);

    snprintf(answer, CONTROL_LINE,
        "taken=%zu resets=%zu cuts=%zu pulses=%zu letters=%zu unknown=%zu "
        "refused=%zu clipped=%zu inside=%zu",
        n->taken, n->resets, n->cuts, n->pulses, n->letters, n->unknown,
        n->refused, n->clipped, n->real_time_inside);
}

static void
obey(struct fake *f, const char *words, char *answer)
{
    bool ok = true;

    if (strcmp(words, "slips") == 0) {
        snprintf(answer, CONTROL_LINE, "%zu", fake_slips(f));
        return;
    }
    if (strcmp(words, "taken") == 0) {
        snprintf(answer, CONTROL_LINE, "%zu", fake_count(f)->taken);
        return;
    }
    if (strcmp(words, "count") == 0) {
        tell_count(f, answer);
        return;
    }
    if (strcmp(words, "rest") == 0)
        ok = fake_idle(f) && fake_at_rest(f);
    else if (strncmp(words, "write ", 6) == 0)
        ok = slip_write(f, words + 6);
    else
        ok = fake_command(f, words);
    snprintf(answer, CONTROL_LINE, ok ? "ok" : "no");
}

static void
answer_line(struct control *c, control_own *own, void *arg)
{
    char answer[CONTROL_LINE] = "ok";

    if (!own(arg, c->line, answer))
        obey(c->fake, c->line, answer);
    fprintf(stderr, "%s: %s\n", c->line, answer);
    if (dprintf(c->out, "%s\n", answer) < 0)
        perror("answer");
}

void
control_serve(struct control *c, control_own *own, void *arg)
{
    char byte;

    while (read(c->in, &byte, 1) == 1) {
        if (byte != '\n') {
            if (c->len < sizeof(c->line) - 1)
                c->line[c->len++] = byte;
            continue;
        }
        c->line[c->len] = '\0';
        c->len = 0;
        answer_line(c, own, arg);
    }
}
