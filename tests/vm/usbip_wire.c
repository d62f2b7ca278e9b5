#include "tests/vm/usbip_wire.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { HEAD = 48, RET_SUBMIT = 3, RET_UNLINK = 4 };

static uint32_t
get32(const uint8_t *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 |
           p[3];
}

static void
put32(uint8_t *p, uint32_t v)
{
    for (int i = 0; i < 4; i++)
        p[i] = (uint8_t)(v >> (24 - 8 * i));
}

bool
wire_read_data(int fd, void *bytes, size_t len)
{
    uint8_t *at = bytes;

    while (len > 0) {
        ssize_t n = read(fd, at, len);

        if (n <= 0)
            return false;
        at += n;
        len -= (size_t)n;
    }
    return true;
}

bool
wire_read(int fd, struct wire_request *r)
{
    uint8_t head[HEAD];

    if (!wire_read_data(fd, head, sizeof(head)))
        return false;
    r->command = get32(head);
    r->number = get32(head + 4);
    r->in = get32(head + 12) != 0;
    r->endpoint = get32(head + 16);
    r->unlink = get32(head + 20); /* where WIRE_SUBMIT has its flags */
    r->len = get32(head + 24);
    memcpy(r->setup, head + 40, sizeof(r->setup));
    return true;
}

static void
send_all(int fd, const void *bytes, size_t len)
{
    const uint8_t *at = bytes;

    while (len > 0) {
        ssize_t n = write(fd, at, len);

        if (n <= 0) {
            perror("usbip: write");
            return;
        }
        at += n;
        len -= (size_t)n;
    }
}

void
wire_done(int fd, const struct wire_request *r, int status, const void *bytes,
    size_t done)
{
    uint8_t head[HEAD] = {0};

    put32(head, RET_SUBMIT);
    put32(head + 4, r->number);
    put32(head + 20, (uint32_t)status);
    put32(head + 24, (uint32_t)done);
    send_all(fd, head, sizeof(head));
    if (r->in)
        send_all(fd, bytes, done);
}

void
wire_unlinked(int fd, uint32_t number, int status)
{
    uint8_t head[HEAD] = {0};

    put32(head, RET_UNLINK);
    put32(head + 4, number);
    put32(head + 20, (uint32_t)status);
    send_all(fd, head, sizeof(head));
}
