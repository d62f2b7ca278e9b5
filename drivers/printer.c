#include "drivers/printer.h"

#include <assert.h>
#include <string.h>

#include "base/mem.h"

static const struct printer_ops *const transports[] = {
    &printer_file_ops,
    &printer_null_ops,
};

enum err
printer_open(const char *spec, struct printer **printer_out)
{
    const char *colon = strchr(spec, ':');

    for (size_t i = 0; i < sizeof(transports) / sizeof(transports[0]); i++) {
        size_t len = strlen(transports[i]->name);

        if (colon && (size_t)(colon - spec) == len &&
            memcmp(spec, transports[i]->name, len) == 0)
            return transports[i]->open(colon + 1, printer_out);
    }
    err_arg("printer", "%s", spec);
    return err_set(ERR_SETTINGS, "no printer is called \"%s\"", spec);
}

void
printer_close(struct printer *p)
{
    if (p)
        p->ops->close(p);
}

static bool
is_job_name(const char *job)
{
    static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                  "abcdefghijklmnopqrstuvwxyz0123456789._-";
    size_t len = strlen(job);

    return len >= 1 && len <= PRINTER_JOB_NAME_MAX && job[0] != '.' &&
           strspn(job, allowed) == len;
}

static enum err
send_all(struct printer *p, const char *bytes, size_t len, size_t *sent)
{
    while (*sent < len) {
        size_t left = len - *sent, taken = 0;
        enum err e = p->ops->send(p, bytes + *sent,
            left < PRINTER_PIECE ? left : PRINTER_PIECE, &taken);

        assert(taken <= left);
        *sent += taken;
        if (e != OK)
            return e;
        if (taken == 0)
            return err_set(ERR_PRINTER, "%s takes no more", p->ops->name);
    }
    return OK;
}

enum err
printer_print(struct printer *p, const char *job, const void *bytes, size_t len,
    size_t *sent_out)
{
    struct err_state failure;
    enum err e;

    *sent_out = 0;
    if (!is_job_name(job))
        return err_set(ERR_INVALID, "\"%s\" is no name for a job", job);
    e = p->ops->begin(p, job);
    if (e != OK)
        return e;
    e = send_all(p, bytes, len, sent_out);
    if (e == OK) {
        e = p->ops->end(p, true);
    } else {
        err_save(&failure); /* the first failure is the one to tell */
        p->ops->end(p, false);
        err_load(&failure);
    }
    if (e != OK && p->ops->whole_only)
        *sent_out = 0;
    return e;
}

enum err
printer_preview(struct printer *p, const void *png, size_t len)
{
    return p->ops->preview ? p->ops->preview(p, png, len) : OK;
}

enum printer_state
printer_status(struct printer *p)
{
    return p->ops->status(p);
}

const char *
printer_state_name(enum printer_state state)
{
    static const char *const names[] = {
        [PRINTER_READY] = "ready",
        [PRINTER_UNKNOWN] = "unknown",
        [PRINTER_OFFLINE] = "offline",
        [PRINTER_PAPER_OUT] = "paper_out",
        [PRINTER_COVER_OPEN] = "cover_open",
        [PRINTER_FAILED] = "failed",
        [PRINTER_GONE] = "gone",
    };

    return names[state];
}
