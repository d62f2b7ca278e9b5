#include "tests/vm/usbip_printer.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "tests/tools/fake_printer.h"

enum { OUT_ENDPOINT = 0x02, IN_ENDPOINT = 0x81, ANSWER = 1024 };

/* USB 2.0 chapter 9, USB Printer Class 1.1. */
enum {
    GET_STATUS = 0x8000,
    CLEAR_ENDPOINT = 0x0201,
    GET_DESCRIPTOR = 0x8006,
    GET_CONFIGURATION = 0x8008,
    GET_DEVICE_ID = 0xa100,
    GET_PORT_STATUS = 0xa101,
    SOFT_RESET = 0x2102,
    SOFT_RESET_OLD = 0x2302 /* of version 1.0, still sent by hosts */
};

static const uint8_t device[] = {18, 1, 0x00, 0x02, 0, 0, 0, USBIP_PACKET, 0x19,
    0x04, 0x11, 0x50, 0x00, 0x01, 1, 2, 3, 1};
static const uint8_t config[] = {9, 2, 32, 0, 1, 1, 0, 0xc0, 50, /* */
    9, 4, 0, 0, 2, 7, 1, 2, 0,                                   /* */
    7, 5, OUT_ENDPOINT, 2, USBIP_PACKET, 0, 0,                   /* */
    7, 5, IN_ENDPOINT, 2, USBIP_PACKET, 0, 0};
static const char *const strings[] = {"", "FakeUSBIP", "POS-58", "SN42"};

static size_t
string_descriptor(unsigned i, uint8_t *out)
{
    size_t n = 2;

    if (i >= sizeof(strings) / sizeof(strings[0]))
        return 0;
    if (i == 0) { /* the languages */
        out[n++] = 0x09;
        out[n++] = 0x04;
    }
    for (const char *s = strings[i]; *s; s++) {
        out[n++] = (uint8_t)*s;
        out[n++] = 0;
    }
    out[0] = (uint8_t)n;
    out[1] = 3;
    return n;
}

static size_t
descriptor(const uint8_t *setup, uint8_t *out)
{
    switch (setup[3]) {
    case 1:
        memcpy(out, device, sizeof(device));
        return sizeof(device);
    case 2:
        memcpy(out, config, sizeof(config));
        return sizeof(config);
    case 3:
        return string_descriptor(setup[2], out);
    default:
        return 0;
    }
}

static size_t
device_id(const struct usbip_printer *p, uint8_t *out)
{
    int n =
        snprintf((char *)out + 2, ANSWER - 2, "%s", fake_device_id(p->fake));

    out[0] = (uint8_t)((n + 2) >> 8);
    out[1] = (uint8_t)(n + 2);
    return (size_t)n + 2;
}

/* What an IN request is answered with; 0: refused. */
static size_t
answer_of(struct usbip_printer *p, const uint8_t *setup, uint8_t *out)
{
    switch (setup[0] << 8 | setup[1]) {
    case GET_DESCRIPTOR:
        return descriptor(setup, out);
    case GET_STATUS:
        out[0] = out[1] = 0;
        return 2;
    case GET_CONFIGURATION:
        out[0] = 1;
        return 1;
    case GET_DEVICE_ID:
        return p->id_stalls ? 0 : device_id(p, out);
    case GET_PORT_STATUS:
        out[0] = fake_port(p->fake);
        return 1;
    default:
        return 0;
    }
}

static void
control_out(struct usbip_printer *p, const uint8_t *setup)
{
    int what = setup[0] << 8 | setup[1];

    if (what == SOFT_RESET || what == SOFT_RESET_OLD) {
        p->resets++;
        fake_soft_reset(p->fake);
    }
    if (what == CLEAR_ENDPOINT && setup[4] == OUT_ENDPOINT) {
        p->halts_cleared++;
        p->halted = false;
    }
}

static void
control(struct usbip_printer *p, const struct wire_request *r)
{
    uint8_t answer[ANSWER];
    size_t wanted = (size_t)(r->setup[6] | r->setup[7] << 8), n;

    if (!r->in) {
        control_out(p, r->setup);
        wire_done(p->fd, r, 0, NULL, r->len);
        return;
    }
    n = answer_of(p, r->setup, answer);
    if (n > wanted)
        n = wanted;
    wire_done(p->fd, r, n ? 0 : -EPIPE, answer, n);
}

static void
drop_first(struct usbip_transfer *list, size_t *len)
{
    mem_free(list[0].data);
    (*len)--;
    memmove(list, list + 1, *len * sizeof(*list));
}

/* One packet, when there is room for it. */
static bool
packet_move(struct usbip_printer *p)
{
    struct usbip_transfer *t = &p->out[0];
    size_t took = fake_feed(p->fake, p->packet, p->packet_len), n;

    p->packet_len -= took;
    memmove(p->packet, p->packet + took, p->packet_len);
    if (p->packet_len > 0 || p->out_len == 0 || p->nak || p->halted ||
        fake_gone(p->fake))
        return false;
    n = t->request.len - t->done;
    if (n > USBIP_PACKET)
        n = USBIP_PACKET;
    memcpy(p->packet, t->data + t->done, n);
    p->packet_len = n;
    t->done += n;
    p->halted = p->halt_after > 0 && --p->halt_after == 0;
    if (t->done == t->request.len) {
        wire_done(p->fd, &t->request, 0, NULL, t->done);
        drop_first(p->out, &p->out_len);
    }
    return true;
}

void
usbip_printer_move(struct usbip_printer *p)
{
    uint8_t bytes[USBIP_PACKET];
    size_t n;

    while (packet_move(p))
        ;
    while (p->halted && p->out_len > 0) {
        wire_done(p->fd, &p->out[0].request, -EPIPE, NULL, p->out[0].done);
        drop_first(p->out, &p->out_len);
    }
    while (p->in_len > 0 && fake_has_answers(p->fake)) {
        n = p->in[0].request.len;
        if (n > sizeof(bytes))
            n = sizeof(bytes);
        n = fake_answers(p->fake, bytes, n);
        wire_done(p->fd, &p->in[0].request, 0, bytes, n);
        drop_first(p->in, &p->in_len);
    }
}

static bool
unlink_in(struct usbip_transfer *list, size_t *len, uint32_t number, int fd)
{
    for (size_t i = 0; i < *len; i++)
        if (list[i].request.number == number) {
            /* RET_UNLINK cannot tell how much had gone: the transfer ends
             * first, short, as a host controller reports it. */
            if (list[i].done > 0)
                wire_done(fd, &list[i].request, 0, NULL, list[i].done);
            (*len)--;
            mem_free(list[i].data);
            memmove(list + i, list + i + 1, (*len - i) * sizeof(*list));
            return true;
        }
    return false;
}

static void
unlink_transfer(struct usbip_printer *p, const struct wire_request *r)
{
    bool there = unlink_in(p->out, &p->out_len, r->unlink, p->fd) ||
                 unlink_in(p->in, &p->in_len, r->unlink, p->fd);

    wire_unlinked(p->fd, r->number, there ? -ECONNRESET : 0);
}

static bool
out_begin(struct usbip_printer *p, const struct wire_request *r)
{
    struct usbip_transfer *t;

    if (p->out_len == USBIP_PENDING || r->len > USBIP_DATA)
        return false;
    t = &p->out[p->out_len];
    t->request = *r;
    t->done = 0;
    t->data = mem_new(r->len ? r->len : 1, 1);
    if (!wire_read_data(p->fd, t->data, r->len)) {
        mem_free(t->data);
        return false;
    }
    if (r->endpoint == 0) {
        control(p, r);
        mem_free(t->data);
        return true;
    }
    p->out_len++;
    return true;
}

bool
usbip_printer_serve(struct usbip_printer *p)
{
    struct wire_request r;

    if (!wire_read(p->fd, &r))
        return false;
    if (r.command == WIRE_UNLINK) {
        unlink_transfer(p, &r);
        return true;
    }
    if (!r.in)
        return out_begin(p, &r);
    if (r.endpoint == 0) {
        control(p, &r);
        return true;
    }
    if (p->in_len == USBIP_PENDING)
        return false;
    memset(&p->in[p->in_len], 0, sizeof(p->in[0]));
    p->in[p->in_len++].request = r;
    return true;
}

bool
usbip_printer_rests(const struct usbip_printer *p)
{
    bool moves = p->packet_len > 0 || (p->out_len > 0 && !p->nak);

    return !moves && fake_idle(p->fake) && !fake_has_answers(p->fake);
}

void
usbip_printer_forget(struct usbip_printer *p)
{
    while (p->out_len > 0)
        drop_first(p->out, &p->out_len);
    while (p->in_len > 0)
        drop_first(p->in, &p->in_len);
    p->packet_len = 0;
    p->halted = false;
}
