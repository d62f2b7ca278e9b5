/* fetch_once BASE_URL PATH [CA_FILE] - one small file by sync/fetch.h: its
 * bytes on standard output; with status 1, the `case` of the refusal. */
#include <stdio.h>
#include <string.h>

#include "sync/fetch.h"

static const char *
said(enum err e)
{
    const struct err_state *s = err_last();

    for (size_t i = 0; i < s->args_len; i++)
        if (strcmp(s->args[i].name, "case") == 0)
            return s->args[i].value;
    return err_name(e);
}

int
main(int argc, char **argv)
{
    struct fetch_config c = {.connect_seconds = 10, .total_seconds = 20};
    struct fetch *f;
    struct buf out;
    enum err e;

    if (argc < 3)
        return 2;
    c.base_url = argv[1];
    c.ca_file = argc > 3 ? argv[3] : NULL;
    buf_init(&out, 64 * 1024);
    e = fetch_open(&c, &f);
    if (!e)
        e = fetch_bytes(f, argv[2], 64 * 1024, &out);
    puts(e ? said(e) : out.data);
    fetch_close(f);
    buf_finish(&out);
    return e != OK;
}
