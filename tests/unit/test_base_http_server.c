#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/http_server.h"
#include "base/mem.h"
#include "tests/unit/t.h"

enum { LIMIT = 1000, ANSWER = 64 * 1024 };

static struct http_server *server;
static char answer[ANSWER];

static void
nap(int ms)
{
    struct timespec t = {.tv_sec = ms / 1000,
        .tv_nsec = (long)(ms % 1000) * 1000000};

    nanosleep(&t, NULL);
}

static bool
three_times(void *arg, struct buf *out)
{
    int *n = arg;

    if (++*n > 3)
        return false;
    buf_printf(out, "part %d\n", *n);
    return true;
}

static size_t
limit(void *arg, const struct http_request *r)
{
    (void)arg;
    (void)r;
    return LIMIT;
}

static void
handle(void *arg, const struct http_request *r, struct http_reply *reply)
{
    const char *first = r->segments_len ? r->segments[0] : "";

    (void)arg;
    reply->type = "text/plain";
    if (r->bad) {
        reply->status = 400;
        return;
    }
    if (strcmp(first, "slow") == 0)
        nap(400);
    if (strcmp(first, "fixed") == 0) {
        reply->fixed = "fixed bytes";
        reply->fixed_len = 11;
        http_reply_cache(reply, "max-age=1");
        return;
    }
    if (strcmp(first, "stream") == 0) {
        reply->stream = (struct http_stream){.next = three_times,
            .done = mem_free,
            .arg = mem_new(1, sizeof(int))};
        return;
    }
    buf_printf(&reply->body, "%s %s body=%zu large=%d loop=%d", r->method,
        first, r->body_len, r->body_too_large, r->loopback);
}

static void
start(int request_seconds, int idle_seconds, int per_address)
{
    struct http_config c = {.listen = "127.0.0.1:0",
        .handle = handle,
        .body_limit = limit,
        .request_seconds = request_seconds,
        .idle_seconds = idle_seconds,
        .connections_per_address = per_address};

    CHECK(http_server_open(&c, &server) == OK);
}

static int
dial(void)
{
    struct sockaddr_in to = {.sin_family = AF_INET,
        .sin_port = htons((uint16_t)http_server_port(server))};
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    inet_pton(AF_INET, "127.0.0.1", &to.sin_addr);
    CHECK(connect(fd, (const struct sockaddr *)&to, sizeof(to)) == 0);
    return fd;
}

static void
say(int fd, const char *text)
{
    size_t len = strlen(text);
    ssize_t n;

    while (len && (n = send(fd, text, len, MSG_NOSIGNAL)) > 0) {
        text += n;
        len -= (size_t)n;
    }
}

/* All that comes until the other side closes. */
static const char *
hear(int fd)
{
    size_t len = 0;
    ssize_t n;

    while (len < ANSWER - 1 &&
        (n = recv(fd, answer + len, ANSWER - 1 - len, 0)) > 0)
        len += (size_t)n;
    answer[len] = '\0';
    close(fd);
    return answer;
}

static const char *
ask(const char *text)
{
    int fd = dial();

    say(fd, text);
    return hear(fd);
}

#define END "Host: a\r\nConnection: close\r\n\r\n"

static void
test_http_server__answers_with_the_security_headers(void)
{
    start(0, 0, 0);
    ask("GET /a HTTP/1.1\r\n" END);
    CHECK(strncmp(answer, "HTTP/1.1 200 ", 13) == 0);
    CHECK(strstr(answer, "\r\n\r\nGET a body=0 large=0 loop=1"));
    CHECK(strstr(answer, "\r\nX-Content-Type-Options: nosniff\r\n"));
    CHECK(strstr(answer, "\r\nReferrer-Policy: no-referrer\r\n"));
    CHECK(strstr(answer, "\r\nCross-Origin-Opener-Policy: same-origin\r\n"));
    CHECK(strstr(answer, "\r\nCache-Control: no-store\r\n"));
    CHECK(strstr(answer, "\r\nContent-Security-Policy: default-src 'none'"));
    ask("GET /fixed HTTP/1.1\r\n" END);
    CHECK(strstr(answer, "\r\n\r\nfixed bytes"));
    CHECK(!strstr(answer, "no-store") && strstr(answer, "max-age=1"));
    ask("HEAD /a HTTP/1.1\r\n" END);
    CHECK(strstr(answer, "Content-Length: 28\r\n"));
    CHECK(strcmp(answer + strlen(answer) - 4, "\r\n\r\n") == 0);
    http_server_close(server);
}

static void
test_http_server__a_stream_comes_in_parts(void)
{
    start(0, 0, 0);
    ask("GET /stream HTTP/1.1\r\n" END);
    CHECK(strstr(answer, "part 1\n") && strstr(answer, "part 3\n"));
    http_server_close(server);
}

static void
test_http_server__a_body_past_its_limit_is_dropped_and_told(void)
{
    static char text[LIMIT + 200];
    int n = snprintf(text, sizeof(text),
        "POST /b HTTP/1.1\r\nContent-Length: %d\r\n" END, LIMIT + 1);

    start(0, 0, 0);
    memset(text + n, 'x', LIMIT + 1);
    ask(text);
    CHECK(strstr(answer, "POST b body=0 large=1"));

    ask("POST /b HTTP/1.1\r\nContent-Length: 3\r\n" END "abc");
    CHECK(strstr(answer, "POST b body=3 large=0"));

    n = snprintf(text, sizeof(text),
        "POST /b HTTP/1.1\r\nTransfer-Encoding: chunked\r\n" END "%x\r\n",
        LIMIT + 1);
    memset(text + n, 'x', LIMIT + 1);
    snprintf(text + n + LIMIT + 1, 8, "\r\n0\r\n\r\n");
    ask(text);
    CHECK(strstr(answer, "POST b body=0 large=1"));

    /* So much that it is not even read. */
    ask("POST /b HTTP/1.1\r\nContent-Length: 9000000000\r\n" END);
    CHECK(strstr(answer, "POST b body=0 large=1"));
    http_server_close(server);
}

static void
test_http_server__nonsense_is_refused_and_cut(void)
{
    static char head[40000];

    start(0, 0, 0);
    ask("NONSENSE\r\n\r\n");
    CHECK(strncmp(answer, "HTTP/1.1 4", 10) == 0 || !answer[0]);
    ask("POST /a HTTP/1.1\r\nContent-Length: -1\r\n" END);
    CHECK(strncmp(answer, "HTTP/1.1 400 ", 13) == 0);
    ask("POST /a HTTP/1.1\r\nContent-Length: 4\r\n"
        "Transfer-Encoding: chunked\r\n" END "0\r\n\r\n");
    CHECK(strncmp(answer, "HTTP/1.1 400 ", 13) == 0);
    ask("GET /../a HTTP/1.1\r\n" END);
    CHECK(strncmp(answer, "HTTP/1.1 400 ", 13) == 0);
    snprintf(head, sizeof(head), "GET /a HTTP/1.1\r\nX: ");
    memset(head + strlen(head), 'x', sizeof(head) - 100);
    snprintf(head + sizeof(head) - 60, 50, "\r\n" END);
    ask(head);
    CHECK(strncmp(answer, "HTTP/1.1 431 ", 13) == 0);
    http_server_close(server);
}

static void
test_http_server__who_drips_or_idles_is_cut(void)
{
    struct http_stats stats;
    int drip, idle;
    int64_t from = clock_mono_ms();

    start(1, 2, 0);
    idle = dial();
    drip = dial();
    say(drip, "GET /a HTTP/1.1\r\n");
    while (clock_mono_ms() - from < 30000 &&
        send(drip, "X", 1, MSG_NOSIGNAL) == 1)
        nap(50);
    CHECK(clock_mono_ms() - from < 30000);
    CHECK(hear(drip)[0] == '\0');
    CHECK(hear(idle)[0] == '\0');
    http_server_stats(server, &stats);
    CHECK(stats.timed_out == 2 && stats.served == 0);
    http_server_close(server);
}

static void
test_http_server__one_address_has_its_share_of_connections(void)
{
    int fds[3];

    start(0, 0, 2);
    for (int i = 0; i < 3; i++) {
        fds[i] = dial();
        say(fds[i], "GET /a HTTP/1.1\r\nHost: a\r\n\r\n");
        if (i < 2) /* its thread lives: the answer is there */
            CHECK(recv(fds[i], answer, 10, 0) == 10);
    }
    CHECK(hear(fds[2])[0] == '\0');
    close(fds[0]);
    close(fds[1]);
    http_server_close(server);
}

static void *
ask_slowly(void *arg)
{
    int *fd = arg;

    say(*fd, "GET /slow HTTP/1.1\r\n" END);
    hear(*fd);
    return NULL;
}

static void
test_http_server__a_running_answer_is_finished_at_the_end(void)
{
    struct http_stats stats = {0};
    pthread_t asker;
    int fd;

    start(0, 0, 0);
    fd = dial();
    pthread_create(&asker, NULL, ask_slowly, &fd);
    while (stats.requests == 0) {
        nap(1);
        http_server_stats(server, &stats);
    }
    http_server_close(server);
    pthread_join(asker, NULL);
    CHECK(strstr(answer, "GET slow"));
}

static void
test_http_server__listens_on_this_machine_only_unless_told(void)
{
    struct http_config c = {.listen = "0.0.0.0:0", .handle = handle};

    CHECK(http_server_open(&c, &server) == ERR_SETTINGS);
    c.listen = "8080";
    CHECK(http_server_open(&c, &server) == ERR_SETTINGS);
    c.listen = "pos.example:0";
    c.beyond_loopback = true;
    CHECK(http_server_open(&c, &server) == ERR_SETTINGS);
}

static void
test_http_server__a_taken_port_is_an_error(void)
{
    struct http_config c = {.handle = handle};
    struct http_server *second;
    char listen[32];

    start(0, 0, 0);
    snprintf(listen, sizeof(listen), "127.0.0.1:%d", http_server_port(server));
    c.listen = listen;
    CHECK(http_server_open(&c, &second) == ERR_SYSTEM);
    http_server_close(server);
}

int
main(void)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN};

    sigaction(SIGPIPE, &ignore, NULL);
    RUN(test_http_server__answers_with_the_security_headers);
    RUN(test_http_server__a_stream_comes_in_parts);
    RUN(test_http_server__a_body_past_its_limit_is_dropped_and_told);
    RUN(test_http_server__nonsense_is_refused_and_cut);
    RUN(test_http_server__who_drips_or_idles_is_cut);
    RUN(test_http_server__one_address_has_its_share_of_connections);
    RUN(test_http_server__a_running_answer_is_finished_at_the_end);
    RUN(test_http_server__listens_on_this_machine_only_unless_told);
    RUN(test_http_server__a_taken_port_is_an_error);
    return T_END();
}
