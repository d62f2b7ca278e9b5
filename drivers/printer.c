#include "drivers/printer.h"

#include <assert.h>
#include <string.h>

enum { STALL_MS = 10 * 1000 };

static const struct printer_ops *const transports[] = {
    &printer_file_ops,
    &printer_null_ops,
    &printer_tcp_ops,
    &printer_usb_ops,
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

enum err
printer_send(struct printer *p, const void *bytes, size_t len, int timeout_ms,
    size_t *sent_out)
{
    enum err e;

    *sent_out = 0;
    if (len == 0)
        return OK;
    e = p->ops->send(p, bytes, len, timeout_ms, sent_out);
    assert(*sent_out <= len);
    return e;
}

enum err
printer_receive(struct printer *p, void *bytes, size_t size, int timeout_ms,
    size_t *got_out)
{
    *got_out = 0;
    if (!p->ops->receive)
        return OK;
    return p->ops->receive(p, bytes, size, timeout_ms, got_out);
}

enum err
printer_port(struct printer *p, uint8_t *status_out)
{
    *status_out = 0;
    if (!p->ops->port)
        return err_set(
            ERR_PRINTER_SILENT, "%s has no port status", p->ops->name);
    return p->ops->port(p, status_out);
}

enum err
printer_left(struct printer *p, size_t *left_out)
{
    *left_out = 0;
    return p->ops->left ? p->ops->left(p, left_out) : OK;
}

enum err
printer_reset(struct printer *p)
{
    return p->ops->reset ? p->ops->reset(p) : OK;
}

const struct printer_id *
printer_who(struct printer *p)
{
    return p->ops->id ? p->ops->id(p) : NULL;
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
        enum err e = printer_send(p, bytes + *sent,
            left < PRINTER_PIECE ? left : PRINTER_PIECE, STALL_MS, &taken);

        *sent += taken;
        if (e != OK)
            return e;
        if (taken == 0)
            return err_set(ERR_PRINTER, "%s takes no more", p->ops->name);
    }
    return OK;
}

static enum err
end(struct printer *p, bool keep)
{
    return p->ops->end ? p->ops->end(p, keep) : OK;
}

enum err
printer_print(struct printer *p, const char *job, const void *bytes, size_t len,
    size_t *sent_out)
{
    struct err_state failure;
    enum err e = OK;

    *sent_out = 0;
    if (!is_job_name(job))
        return err_set(ERR_INVALID, "\"%s\" is no name for a job", job);
    if (p->ops->begin)
        e = p->ops->begin(p, job);
    if (e != OK)
        return e;
    e = send_all(p, bytes, len, sent_out);
    if (e == OK) {
        e = end(p, true);
    } else {
        err_save(&failure); /* the first failure is the one to tell */
        end(p, false);
        err_load(&failure);
    }
    if (e != OK && p->ops->keeps_jobs)
        *sent_out = 0;
    return e;
}

enum err
printer_preview(struct printer *p, const void *png, size_t len)
{
    return p->ops->preview ? p->ops->preview(p, png, len) : OK;
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
        [PRINTER_CUTTER] = "cutter",
        [PRINTER_FAILED] = "failed",
        [PRINTER_GONE] = "gone",
    };

    return names[state];
}
