/* The printer that is a folder: each slip one file, there whole or not at all.
 * Written as .<job>.part, synced, renamed, and the folder synced, so that a
 * power cut leaves either no slip or a slip. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "drivers/printer.h"

enum { NAME_SIZE = PRINTER_JOB_NAME_MAX + 16, COPIES_MAX = 9999 };

struct file_printer {
    struct printer printer; /* first: what callers hold */
    char *dir;              /* for messages */
    int dir_fd;
    int fd; /* of the part being written; -1 = none */
    char job[PRINTER_JOB_NAME_MAX + 1];
    char kept[NAME_SIZE]; /* the last slip's name without ending, or "" */
};

static struct file_printer *
self(struct printer *p)
{
    return (struct file_printer *)p;
}

static enum err
fail(const struct file_printer *fp, const char *what)
{
    err_arg("why", "%s", strerror(errno));
    return err_set(
        ERR_PRINTER, "cannot %s in %s: %s", what, fp->dir, strerror(errno));
}

static void
file_close(struct printer *p)
{
    struct file_printer *fp = self(p);

    if (fp->fd >= 0)
        close(fp->fd);
    if (fp->dir_fd >= 0)
        close(fp->dir_fd);
    mem_free(fp->dir);
    mem_free(fp);
}

static enum err
file_open(const char *where, struct printer **printer_out)
{
    struct file_printer *fp;
    enum err e;

    if (!*where)
        return err_set(ERR_SETTINGS, "\"file:\" names no folder");
    fp = mem_new(1, sizeof(*fp));
    fp->printer.ops = &printer_file_ops;
    fp->dir = mem_dup_str(where);
    fp->fd = -1;
    mkdir(where, 0750); /* there already, or else open tells why not */
    fp->dir_fd = open(where, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fp->dir_fd < 0 || faccessat(fp->dir_fd, ".", W_OK | X_OK, 0) != 0) {
        e = fail(fp, "keep slips");
        file_close(&fp->printer);
        return e;
    }
    *printer_out = &fp->printer;
    return OK;
}

static void
part_name(const struct file_printer *fp, char out[NAME_SIZE])
{
    snprintf(out, NAME_SIZE, ".%s.part", fp->job);
}

static int
open_part(struct file_printer *fp)
{
    char part[NAME_SIZE];

    part_name(fp, part);
    return openat(fp->dir_fd, part,
        O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0640);
}

static enum err
file_begin(struct printer *p, const char *job)
{
    struct file_printer *fp = self(p);

    snprintf(fp->job, sizeof(fp->job), "%s", job);
    fp->kept[0] = '\0';
    fp->fd = open_part(fp);
    return fp->fd < 0 ? fail(fp, "begin a slip") : OK;
}

static enum err
file_send(struct printer *p, const void *bytes, size_t len, int timeout_ms,
    size_t *sent_out)
{
    struct file_printer *fp = self(p);
    ssize_t n;

    (void)timeout_ms; /* a disk is waited for */
    *sent_out = 0;
    do
        n = write(fp->fd, bytes, len);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        return fail(fp, "write a slip");
    *sent_out = (size_t)n;
    return OK;
}

/* A name with `ending` that nothing has yet: <job>, <job>-2, ... */
static enum err
free_name(struct file_printer *fp, const char *ending, char out[NAME_SIZE])
{
    char full[NAME_SIZE + 8];
    struct stat st;

    for (int n = 1; n <= COPIES_MAX; n++) {
        if (n == 1)
            snprintf(out, NAME_SIZE, "%s", fp->job);
        else
            snprintf(out, NAME_SIZE, "%s-%d", fp->job, n);
        snprintf(full, sizeof(full), "%s%s", out, ending);
        if (fstatat(fp->dir_fd, full, &st, AT_SYMLINK_NOFOLLOW) != 0 &&
            errno == ENOENT)
            return OK;
    }
    return err_set(
        ERR_PRINTER, "%d slips %s in %s", COPIES_MAX, fp->job, fp->dir);
}

/* Sync what was written and close it; `e` is how the writing went. */
static enum err
settle_part(struct file_printer *fp, enum err e)
{
    int synced = fsync(fp->fd), fd = fp->fd;

    fp->fd = -1;
    if ((close(fd) != 0 || synced != 0) && e == OK)
        return fail(fp, "settle a slip");
    return e;
}

static enum err
put_in_place(struct file_printer *fp, const char *name, const char *ending)
{
    char part[NAME_SIZE], full[NAME_SIZE + 8];

    part_name(fp, part);
    snprintf(full, sizeof(full), "%s%s", name, ending);
    if (renameat(fp->dir_fd, part, fp->dir_fd, full) != 0 ||
        fsync(fp->dir_fd) != 0)
        return fail(fp, "name a slip");
    return OK;
}

static void
drop_part(struct file_printer *fp)
{
    char part[NAME_SIZE];

    part_name(fp, part);
    unlinkat(fp->dir_fd, part, 0);
}

static enum err
file_end(struct printer *p, bool keep)
{
    struct file_printer *fp = self(p);
    char name[NAME_SIZE];
    enum err e = settle_part(fp, OK);

    if (keep && e == OK)
        e = free_name(fp, ".escpos", name);
    if (keep && e == OK)
        e = put_in_place(fp, name, ".escpos");
    if (keep && e == OK)
        memcpy(fp->kept, name, sizeof(name));
    else
        drop_part(fp);
    return e;
}

static enum err
file_preview(struct printer *p, const void *png, size_t len)
{
    struct file_printer *fp = self(p);
    const char *at = png;
    size_t sent = 0, taken;
    enum err e = OK;

    if (!fp->kept[0])
        return err_set(ERR_INVALID, "a preview without its slip");
    fp->fd = open_part(fp);
    if (fp->fd < 0)
        return fail(fp, "begin a preview");
    while (e == OK && sent < len) {
        e = file_send(p, at + sent, len - sent, 0, &taken);
        sent += taken;
    }
    e = settle_part(fp, e);
    if (e == OK)
        e = put_in_place(fp, fp->kept, ".png");
    if (e != OK)
        drop_part(fp);
    return e;
}

/* There is no paper to run out of: only, is the folder there? */
static enum err
file_port(struct printer *p, uint8_t *status_out)
{
    struct file_printer *fp = self(p);
    struct stat st;

    if (fstat(fp->dir_fd, &st) == 0 && st.st_nlink == 0)
        errno = ENOENT;
    else if (faccessat(fp->dir_fd, ".", W_OK | X_OK, 0) == 0) {
        *status_out = PRINTER_PORT_NO_ERROR | PRINTER_PORT_SELECTED;
        return OK;
    }
    return fail(fp, "keep slips");
}

const struct printer_ops printer_file_ops = {
    .name = "file",
    .keeps_jobs = true,
    .open = file_open,
    .begin = file_begin,
    .send = file_send,
    .port = file_port,
    .end = file_end,
    .preview = file_preview,
    .close = file_close,
};
