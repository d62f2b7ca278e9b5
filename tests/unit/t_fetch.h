/* tests/unit/t_fetch.h - a fetch of the server of t_wire.h, and what it said
 * when it failed. */
#ifndef TESTS_UNIT_T_FETCH_H
#define TESTS_UNIT_T_FETCH_H

#include <stdio.h>
#include <string.h>

#include "sync/fetch.h"
#include "tests/unit/t_wire.h"

static const char *
arg_of(const char *name)
{
    const struct err_state *s = err_last();

    for (size_t i = 0; i < s->args_len; i++)
        if (strcmp(s->args[i].name, name) == 0)
            return s->args[i].value;
    return "";
}

/* Short in everything; closed by fetch_close. */
static struct fetch *
fetch_wire(wire_answer_fn *answer)
{
    struct fetch_config c = {
        .connect_seconds = 10, .stall_seconds = 1, .total_seconds = 20};
    struct fetch *f = NULL;
    char url[64];

    atomic_store(&wire_answer, answer);
    snprintf(url, sizeof(url), "http://127.0.0.1:%d/v1", wire_port);
    c.base_url = url;
    return fetch_open(&c, &f) ? NULL : f;
}

/* A whole good answer of `len` bytes. */
static void
wire_body(int fd, const char *headers, const void *body, size_t len)
{
    wire_say(fd, "HTTP/1.1 200 OK\r\nContent-Length: %zu\r\n%s\r\n", len,
        headers);
    wire_send(fd, body, len);
}

#endif
