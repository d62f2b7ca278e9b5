#include <string.h>

#include "drivers/printer.h"
#include "tests/tools/fake_server.h"
#include "tests/tools/fake_wire.h"
#include "tests/unit/t.h"

enum { SOON_MS = 5000 };

/* 20 rows of 72 bytes behind their head. */
static size_t
picture(char out[8 + 72 * 20])
{
    static const char head[] = "\x1dv0\0\x48\0\x14";

    memset(out, 0x55, 8 + 72 * 20);
    memcpy(out, head, 8);
    return 8 + 72 * 20;
}

/* What a printer at either kind of wire does, seen by drivers/printer.h. */
struct end {
    struct printer *printer;
    struct fake *fake; /* in process */
    struct fake_server *server;
};

static struct end
end_open(bool tcp, const struct fake_options *options)
{
    struct end e = {.printer = NULL};
    char spec[64];

    if (tcp) {
        e.server = fake_server_start(options, 0);
        snprintf(spec, sizeof(spec), "tcp:127.0.0.1:%d",
            fake_server_port(e.server));
        CHECK(printer_open(spec, &e.printer) == OK);
    } else {
        e.fake = fake_new(options);
        e.printer = fake_wire_open(e.fake);
    }
    return e;
}

static void
end_close(struct end *e)
{
    printer_close(e->printer);
    fake_server_stop(e->server);
    fake_free(e->fake);
}

static bool
tell(struct end *e, const char *words)
{
    return e->server ? fake_server_tell(e->server, words)
                     : fake_wire_tell(e->printer, words);
}

static size_t
rows(struct end *e)
{
    struct fake *f = e->server ? fake_server_lock(e->server) : e->fake;
    size_t n = fake_count(f)->rows;

    if (e->server)
        fake_server_unlock(e->server);
    return n;
}

/* Waits for the answer `want`. */
static bool
answers(struct end *e, const char *want, size_t len)
{
    char got[64];
    size_t have = 0, n;

    while (have < len) {
        if (printer_receive(e->printer, got + have, len - have, SOON_MS, &n) !=
                OK ||
            n == 0)
            return false;
        have += n;
    }
    return memcmp(got, want, len) == 0;
}

static void
test_wire__brings_bytes_and_answers(void)
{
    for (int tcp = 0; tcp < 2; tcp++) {
        struct end e = end_open(tcp, NULL);
        char bytes[8 + 72 * 20];
        size_t len = picture(bytes), sent;

        CHECK(printer_send(e.printer, bytes, len, SOON_MS, &sent) == OK);
        CHECK(sent == len);
        CHECK(printer_send(e.printer, "\x1dr1", 3, SOON_MS, &sent) == OK);
        CHECK(answers(&e, "\0", 1));
        CHECK(printer_send(e.printer, "\x10\x04\1", 3, SOON_MS, &sent) == OK);
        CHECK(answers(&e, "\x16", 1));
        CHECK(rows(&e) == 20);
        end_close(&e);
    }
}

static void
test_wire__stops_taking_when_the_paper_ends_and_goes_on(void)
{
    for (int tcp = 0; tcp < 2; tcp++) {
        struct end e = end_open(tcp, &(struct fake_options){.buffer = 64});
        char bytes[8 + 72 * 20];
        size_t len = picture(bytes), sent, all = 0;

        CHECK(tell(&e, "paper out 5"));
        /* a connection holds some itself: offer more than it can */
        for (int i = 0; i < 2000; i++) {
            CHECK(printer_send(e.printer, bytes + all % len, len - all % len,
                      20, &sent) == OK);
            all += sent;
            if (sent == 0)
                break;
        }
        CHECK(sent == 0 && rows(&e) == 5);
        CHECK(tcp || all == 8 + 5 * 72 + 64);
        CHECK(tell(&e, "paper in"));
        CHECK(printer_send(e.printer, bytes + all % len, len - all % len,
                  SOON_MS, &sent) == OK);
        CHECK(sent > 0);
        end_close(&e);
    }
}

static void
test_wire__a_printer_that_vanished_is_gone_and_another_finds_it_again(void)
{
    for (int tcp = 0; tcp < 2; tcp++) {
        struct end e = end_open(tcp, NULL);
        char bytes[8 + 72 * 20], spec[64];
        size_t len = picture(bytes), sent;
        enum err err = OK;

        CHECK(tell(&e, "vanish 100"));
        for (int i = 0; i < 100 && err == OK; i++)
            err = printer_send(e.printer, bytes, len, 50, &sent);
        CHECK(err == ERR_PRINTER);
        CHECK(rows(&e) == 1); /* 92 bytes of its rows */
        CHECK(tell(&e, "back"));
        if (tcp) {
            printer_close(e.printer);
            snprintf(spec, sizeof(spec), "tcp:127.0.0.1:%d",
                fake_server_port(e.server));
            CHECK(printer_open(spec, &e.printer) == OK);
        }
        CHECK(printer_send(e.printer, bytes, 72 * 20 - 92, SOON_MS, &sent) ==
              OK);
        CHECK(printer_send(e.printer, "\x1dr1", 3, SOON_MS, &sent) == OK);
        CHECK(answers(&e, "\0", 1));
        CHECK(rows(&e) == 20); /* the picture went on where it was */
        end_close(&e);
    }
}

static void
test_wire__knows_the_port_status_of_usb(void)
{
    struct end e = end_open(false, NULL);
    uint8_t status;

    CHECK(printer_port(e.printer, &status) == OK && status == 0x18);
    tell(&e, "paper out");
    CHECK(printer_port(e.printer, &status) == OK && status == 0x30);
    tell(&e, "power off");
    CHECK(printer_port(e.printer, &status) == ERR_PRINTER);
    end_close(&e);
}

int
main(void)
{
    RUN(test_wire__brings_bytes_and_answers);
    RUN(test_wire__stops_taking_when_the_paper_ends_and_goes_on);
    RUN(test_wire__a_printer_that_vanished_is_gone_and_another_finds_it_again);
    RUN(test_wire__knows_the_port_status_of_usb);
    return T_END();
}
