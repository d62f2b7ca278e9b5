/* The printer that takes everything and keeps nothing: for a showroom without
 * paper, and proof that struct printer_ops asks for no device. */
#include "base/mem.h"
#include "drivers/printer.h"

static enum err
null_open(const char *where, struct printer **printer_out)
{
    if (*where)
        return err_set(ERR_SETTINGS, "\"null:%s\" has no place to go", where);
    *printer_out = mem_new(1, sizeof(**printer_out));
    (*printer_out)->ops = &printer_null_ops;
    return OK;
}

static enum err
null_begin(struct printer *p, const char *job)
{
    (void)p;
    (void)job;
    return OK;
}

static enum err
null_send(struct printer *p, const void *bytes, size_t len, size_t *sent_out)
{
    (void)p;
    (void)bytes;
    *sent_out = len;
    return OK;
}

static enum err
null_end(struct printer *p, bool keep)
{
    (void)p;
    (void)keep;
    return OK;
}

static enum printer_state
null_status(struct printer *p)
{
    (void)p;
    return PRINTER_READY;
}

static void
null_close(struct printer *p)
{
    mem_free(p);
}

const struct printer_ops printer_null_ops = {
    .name = "null",
    .open = null_open,
    .begin = null_begin,
    .send = null_send,
    .end = null_end,
    .status = null_status,
    .close = null_close,
};
