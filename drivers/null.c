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
null_send(struct printer *p, const void *bytes, size_t len, int timeout_ms,
    size_t *sent_out)
{
    (void)p;
    (void)bytes;
    (void)timeout_ms;
    *sent_out = len;
    return OK;
}

static void
null_close(struct printer *p)
{
    mem_free(p);
}

const struct printer_ops printer_null_ops = {
    .name = "null",
    .keeps_jobs = true,
    .open = null_open,
    .send = null_send,
    .close = null_close,
};
