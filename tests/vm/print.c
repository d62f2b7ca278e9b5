/* vm_print WHERE FILE NUMBER [flush] - prints the bytes of FILE on the printer
 * WHERE as job NUMBER, telling in lines what drivers/link hears meanwhile:
 *     state paper_out
 *     sent
 *     end OK counted=40960 of=40960 all=1 interrupted=0 level=process_id
 * Exit 0 when the end is OK.  Gives up a job after 10 minutes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "drivers/link.h"

enum { SLIP_MAX = 4 << 20, LIMIT_MS = 600 * 1000 };

static void
tell_state(void *arg, const struct link_health *health)
{
    (void)arg;
    printf("state %s\n", printer_state_name(health->state));
    fflush(stdout);
}

static void
tell_sent(void *arg)
{
    (void)arg;
    puts("sent");
    fflush(stdout);
}

static bool
too_late(void *arg)
{
    return clock_mono_ms() > *(int64_t *)arg + LIMIT_MS;
}

static bool
file_read(const char *path, struct buf *out)
{
    FILE *f = fopen(path, "rb");
    char piece[4096];
    size_t n;

    if (!f) {
        perror(path);
        return false;
    }
    while ((n = fread(piece, 1, sizeof(piece), f)) > 0)
        buf_add(out, piece, n);
    fclose(f);
    return true;
}

static enum err
print(const char *where, const struct link_job *job, struct link_outcome *out)
{
    int64_t began = clock_mono_ms();
    struct link_watch watch = {.state = tell_state,
        .sent = tell_sent,
        .stop = too_late,
        .arg = &began};
    struct link *l = NULL;
    enum err e = link_open(&(struct link_config){.where = where}, &l);

    if (e == OK)
        e = link_print(l, job, &watch, out);
    link_close(l);
    return e;
}

int
main(int argc, char **argv)
{
    struct link_outcome o = {0};
    struct link_job job = {.name = "vm"};
    struct buf slip;
    enum err e;

    if (argc < 4) {
        fputs("usage: vm_print WHERE FILE NUMBER [flush]\n", stderr);
        return 2;
    }
    buf_init(&slip, SLIP_MAX);
    if (!file_read(argv[2], &slip))
        return 2;
    job.bytes = slip.data;
    job.len = slip.len;
    job.number = (uint32_t)strtoul(argv[3], NULL, 10);
    job.flush = argc > 4 && strcmp(argv[4], "flush") == 0;
    e = print(argv[1], &job, &o);
    if (e != OK)
        printf("failed: %s\n", err_msg());
    printf("end %s counted=%zu of=%zu all=%d interrupted=%d level=%s\n",
        err_name(e), o.counted, slip.len, o.all, o.interrupted,
        link_level_name(o.level));
    buf_finish(&slip);
    return e == OK ? 0 : 1;
}
