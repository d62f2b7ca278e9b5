/* Printers on TCP, played by sockets of this machine. */
#include <arpa/inet.h>
#include <asm/socket.h>
#include <linux/filter.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "drivers/printer.h"
#include "tests/unit/t.h"

enum { BIG = 4 * 1024 * 1024 };

/* A printer's socket and the transport connected to it. */
struct line {
    int listener, fd;
    char spec[64];
    struct printer *p;
};

static void
line_listen(struct line *l)
{
    struct sockaddr_in at = {.sin_family = AF_INET};
    socklen_t len = sizeof(at);
    int small = 4096;

    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    l->listener = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(l->listener, SOL_SOCKET, SO_RCVBUF, &small, sizeof(small));
    CHECK(bind(l->listener, (struct sockaddr *)&at, len) == 0);
    CHECK(listen(l->listener, 8) == 0);
    CHECK(getsockname(l->listener, (struct sockaddr *)&at, &len) == 0);
    snprintf(l->spec, sizeof(l->spec), "tcp:127.0.0.1:%d",
        ntohs(at.sin_port));
}

static void
line_open(struct line *l)
{
    *l = (struct line){.fd = -1};
    line_listen(l);
    CHECK(printer_open(l->spec, &l->p) == OK);
    l->fd = accept(l->listener, NULL, NULL);
    CHECK(l->fd >= 0);
}

static void
line_close(struct line *l)
{
    printer_close(l->p);
    if (l->fd >= 0)
        close(l->fd);
    close(l->listener);
}

/* Read `max` bytes, less only when there are no more. */
static size_t
line_read(struct line *l, size_t max)
{
    char bytes[4096];
    size_t got = 0;

    for (;;) {
        struct pollfd wait = {.fd = l->fd, .events = POLLIN};
        size_t want = max - got < sizeof(bytes) ? max - got : sizeof(bytes);
        ssize_t n;

        if (want == 0 || poll(&wait, 1, 10000) != 1)
            return got;
        n = read(l->fd, bytes, want);
        if (n <= 0)
            return got;
        for (ssize_t i = 0; i < n; i++)
            t_bad += bytes[i] != (char)((got + (size_t)i) % 251);
        got += (size_t)n;
    }
}

/* Bytes whose place can be told: the i-th is i % 251. */
static char *
counted_bytes(void)
{
    char *bytes = mem_new(BIG, 1);

    for (size_t i = 0; i < BIG; i++)
        bytes[i] = (char)(i % 251);
    return bytes;
}

/* Send until it takes nothing more; what was counted in all. */
static size_t
send_until_full(struct printer *p, const char *bytes)
{
    size_t counted = 0, taken;

    do {
        CHECK(printer_send(p, bytes + counted, BIG - counted, 50, &taken)
            == OK);
        counted += taken;
    } while (taken > 0 && counted < BIG);
    return counted;
}

static const char *
case_of(void)
{
    for (size_t i = 0; i < err_last()->args_len; i++)
        if (strcmp(err_last()->args[i].name, "case") == 0)
            return err_last()->args[i].value;
    return "";
}

static void
test_tcp__bytes_and_answers_pass(void)
{
    struct line l;
    char got[8] = "";
    uint8_t port;
    size_t n = 9;

    line_open(&l);
    CHECK(printer_send(l.p, "\0\1\2\3", 4, 500, &n) == OK && n == 4);
    CHECK(line_read(&l, 4) == 4);
    CHECK(printer_receive(l.p, got, 8, 0, &n) == OK && n == 0);
    CHECK(printer_receive(l.p, got, 8, 20, &n) == OK && n == 0);
    CHECK(write(l.fd, "\x12\x14", 2) == 2);
    CHECK(printer_receive(l.p, got, 8, 2000, &n) == OK && n == 2);
    CHECK(memcmp(got, "\x12\x14", 2) == 0);
    CHECK(printer_port(l.p, &port) == ERR_PRINTER_SILENT);
    CHECK(printer_who(l.p) == NULL && !l.p->ops->keeps_jobs);
    line_close(&l);
}

static void
test_tcp__a_printer_that_stops_takes_no_more_and_every_byte_is_counted(void)
{
    char *bytes = counted_bytes();
    struct line l;
    size_t counted, taken, left = 0;
    int64_t before;

    line_open(&l);
    counted = send_until_full(l.p, bytes);
    CHECK(counted > 0 && counted < BIG);
    before = clock_mono_ms();
    CHECK(printer_send(l.p, bytes + counted, 100, 60, &taken) == OK);
    CHECK(taken == 0 && clock_mono_ms() - before >= 50);
    CHECK(printer_left(l.p, &left) == OK && left > 0 && left <= counted);
    CHECK(line_read(&l, counted) == counted); /* it goes on: nothing twice */
    CHECK(printer_send(l.p, bytes + counted, 1000, 2000, &taken) == OK);
    CHECK(taken == 1000);
    counted += taken;
    printer_close(l.p);
    l.p = NULL;
    CHECK(read(l.fd, bytes, 2000) == 1000); /* and not one byte more */
    CHECK(read(l.fd, bytes, 2000) == 0);
    mem_free(bytes);
    line_close(&l);
}

static void
test_tcp__little_is_left_to_the_system(void)
{
    char *bytes = counted_bytes();
    struct line l;

    line_open(&l);
    /* A slip is some 80 kB: one that stops is noticed within it. */
    CHECK(send_until_full(l.p, bytes) < 64 * 1024);
    mem_free(bytes);
    line_close(&l);
}

static void
test_tcp__a_printer_that_hangs_up_is_gone(void)
{
    struct line l;
    char got[8];
    uint8_t port;
    size_t n = 9;

    line_open(&l);
    close(l.fd);
    l.fd = -1;
    CHECK(printer_receive(l.p, got, 8, 2000, &n) == ERR_PRINTER && n == 0);
    CHECK_STR(case_of(), "gone");
    CHECK(printer_port(l.p, &port) == ERR_PRINTER);
    CHECK(printer_send(l.p, "12", 2, 500, &n) == ERR_PRINTER && n == 0);
    line_close(&l);
}

static void
test_tcp__a_printer_that_hangs_up_when_idle_is_called_again(void)
{
    struct line l;
    char got[8];
    size_t n = 9;

    line_open(&l);
    CHECK(printer_send(l.p, "\0", 1, 500, &n) == OK && line_read(&l, 1) == 1);
    poll(NULL, 0, 3100);
    close(l.fd);
    CHECK(printer_receive(l.p, got, 8, 2000, &n) == OK && n == 0);
    l.fd = accept(l.listener, NULL, NULL);
    CHECK(printer_send(l.p, "\0\1", 2, 500, &n) == OK && n == 2);
    CHECK(line_read(&l, 2) == 2);
    close(l.fd); /* just now something was said */
    l.fd = -1;
    CHECK(printer_receive(l.p, got, 8, 2000, &n) == ERR_PRINTER);
    line_close(&l);
}

static void
test_tcp__a_printer_that_vanishes_while_sending_is_gone(void)
{
    char *bytes = counted_bytes();
    struct linger now = {.l_onoff = 1, .l_linger = 0};
    struct line l;
    size_t counted, taken = 9;

    line_open(&l);
    counted = send_until_full(l.p, bytes);
    CHECK(line_read(&l, 1000) == 1000);
    setsockopt(l.fd, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
    close(l.fd); /* refuses what it has not read */
    l.fd = -1;
    CHECK(printer_send(l.p, bytes + counted, BIG - counted, 2000, &taken)
        == ERR_PRINTER);
    CHECK(taken == 0);
    CHECK_STR(case_of(), "gone");
    mem_free(bytes);
    line_close(&l);
}

/* Its cable is pulled: nothing it is sent arrives, nothing comes back. */
static void
pull_cable(int fd)
{
    struct sock_filter drop = {.code = BPF_RET | BPF_K, .k = 0};
    struct sock_fprog all = {.len = 1, .filter = &drop};

    CHECK(setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &all, sizeof(all))
        == 0);
}

static void
test_tcp__a_printer_whose_cable_was_pulled_is_gone(void)
{
    struct line l;
    uint8_t port;
    size_t n, left = 0;
    enum err e = ERR_PRINTER_SILENT;
    int64_t before = clock_mono_ms();

    line_open(&l);
    pull_cable(l.fd);
    CHECK(printer_send(l.p, "abc", 3, 500, &n) == OK && n == 3);
    CHECK(printer_left(l.p, &left) == OK && left == 3);
    while (e == ERR_PRINTER_SILENT && clock_mono_ms() - before < 60 * 1000) {
        poll(NULL, 0, 100);
        e = printer_port(l.p, &port);
    }
    CHECK(e == ERR_PRINTER);
    CHECK_STR(case_of(), "gone");
    line_close(&l);
}

/* Paper out: TCP answers, but has no room. */
static void
test_tcp__a_printer_without_room_is_not_gone(void)
{
    char *bytes = counted_bytes();
    struct line l;
    size_t counted, taken;
    int64_t before = clock_mono_ms();

    line_open(&l);
    counted = send_until_full(l.p, bytes);
    while (clock_mono_ms() - before < 6000) { /* past what silence may last */
        CHECK(printer_send(l.p, bytes + counted, 10, 200, &taken) == OK);
        counted += taken;
    }
    CHECK(line_read(&l, counted) == counted);
    mem_free(bytes);
    line_close(&l);
}

static void
test_tcp__reset_connects_anew_and_forgets_what_was_on_its_way(void)
{
    char *bytes = counted_bytes();
    struct line l;
    size_t taken, left = 9;

    line_open(&l);
    send_until_full(l.p, bytes);
    CHECK(printer_reset(l.p) == OK);
    close(l.fd);
    l.fd = accept(l.listener, NULL, NULL);
    CHECK(printer_left(l.p, &left) == OK && left == 0);
    CHECK(printer_send(l.p, bytes, 3, 500, &taken) == OK && taken == 3);
    CHECK(line_read(&l, 3) == 3);
    close(l.listener);
    CHECK(printer_reset(l.p) == ERR_PRINTER);
    CHECK_STR(case_of(), "refused");
    CHECK(printer_send(l.p, bytes, 3, 10, &taken) == ERR_PRINTER);
    CHECK(printer_left(l.p, &left) == ERR_PRINTER);
    mem_free(bytes);
    line_close(&l);
}

static void
test_tcp__ipv6_is_spoken(void)
{
    struct sockaddr_in6 at = {.sin6_family = AF_INET6};
    socklen_t len = sizeof(at);
    struct line l = {.fd = -1};

    at.sin6_addr.s6_addr[15] = 1; /* ::1 */
    l.listener = socket(AF_INET6, SOCK_STREAM, 0);
    CHECK(bind(l.listener, (struct sockaddr *)&at, len) == 0);
    CHECK(listen(l.listener, 1) == 0);
    CHECK(getsockname(l.listener, (struct sockaddr *)&at, &len) == 0);
    snprintf(l.spec, sizeof(l.spec), "tcp:[::1]:%d", ntohs(at.sin6_port));
    CHECK(printer_open(l.spec, &l.p) == OK);
    l.fd = accept(l.listener, NULL, NULL);
    CHECK(l.fd >= 0);
    line_close(&l);
}

static void
test_tcp__who_is_not_there_is_told(void)
{
    struct printer *p = NULL;
    struct line l = {.fd = -1};

    line_listen(&l);
    close(l.listener);
    CHECK(printer_open(l.spec, &p) == ERR_PRINTER);
    CHECK_STR(case_of(), "refused");
    CHECK(printer_open("tcp:no-such-host.invalid", &p) == ERR_PRINTER);
    CHECK_STR(case_of(), "host");
    CHECK(p == NULL);
}

/* A printer that answers nothing at all, not even the greeting. */
static void
test_tcp__connecting_ends(void)
{
    struct line l = {.fd = -1};
    struct printer *p[4] = {NULL};
    int64_t before;

    line_listen(&l);
    pull_cable(l.listener);
    before = clock_mono_ms();
    CHECK(printer_open(l.spec, &p[0]) == ERR_PRINTER);
    CHECK_STR(case_of(), "refused");
    CHECK(clock_mono_ms() - before >= 2900);
    close(l.listener);
}

static void
test_tcp__settings_must_name_a_host_and_a_port(void)
{
    static const char *const bad[] = {"tcp:", "tcp::9100", "tcp:h:", "tcp:h:0",
        "tcp:h:65536", "tcp:h:99999999999999999999", "tcp:h:91x", "tcp:h:-1",
        "tcp:h: 9100", "tcp:::1", "tcp:[::1", "tcp:[]", "tcp:[::1]x",
        "tcp:[::1]:", "tcp:h/x", "tcp:a b", "tcp:u@h", "tcp:h:1:2"};
    char longest[400];
    struct printer *p = NULL;

    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        CHECK(printer_open(bad[i], &p) == ERR_SETTINGS);
        if (t_bad)
            fprintf(stderr, "at %s\n", bad[i]);
    }
    memset(longest, 'a', sizeof(longest));
    memcpy(longest, "tcp:", 4);
    longest[sizeof(longest) - 1] = '\0';
    CHECK(printer_open(longest, &p) == ERR_SETTINGS);
    CHECK(p == NULL);
}

int
main(void)
{
    RUN(test_tcp__bytes_and_answers_pass);
    RUN(test_tcp__a_printer_that_stops_takes_no_more_and_every_byte_is_counted);
    RUN(test_tcp__little_is_left_to_the_system);
    RUN(test_tcp__a_printer_that_hangs_up_is_gone);
    RUN(test_tcp__a_printer_that_hangs_up_when_idle_is_called_again);
    RUN(test_tcp__a_printer_that_vanishes_while_sending_is_gone);
    RUN(test_tcp__a_printer_whose_cable_was_pulled_is_gone);
    RUN(test_tcp__a_printer_without_room_is_not_gone);
    RUN(test_tcp__reset_connects_anew_and_forgets_what_was_on_its_way);
    RUN(test_tcp__ipv6_is_spoken);
    RUN(test_tcp__who_is_not_there_is_told);
    RUN(test_tcp__connecting_ends);
    RUN(test_tcp__settings_must_name_a_host_and_a_port);
    return T_END();
}
