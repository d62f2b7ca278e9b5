#include "tests/tools/http_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

enum { ANSWER_MAX = 4 * 1024 * 1024 };

int
http_client_open(struct http_client *c, int port)
{
    struct sockaddr_in to = {.sin_family = AF_INET,
        .sin_port = htons((uint16_t)port),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int yes = 1;

    buf_init(&c->in, ANSWER_MAX);
    c->fd = socket(AF_INET, SOCK_STREAM, 0);
    if (c->fd < 0 || connect(c->fd, (struct sockaddr *)&to, sizeof(to)) != 0) {
        http_client_close(c);
        return -1;
    }
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
    return 0;
}

void
http_client_close(struct http_client *c)
{
    if (c->fd >= 0)
        close(c->fd);
    c->fd = -1;
    buf_finish(&c->in);
}

static int
send_all(int fd, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t n = send(fd, bytes, len, MSG_NOSIGNAL);

        if (n <= 0)
            return -1;
        bytes += n;
        len -= (size_t)n;
    }
    return 0;
}

/* Bytes of the whole answer once its head is there; 0 before. */
static size_t
whole(const struct buf *in, size_t *head_out)
{
    const char *end = strstr(in->data, "\r\n\r\n"), *at = in->data;

    if (!end)
        return 0;
    *head_out = (size_t)(end - in->data) + 4;
    while (at < end) {
        const char *line = strstr(at, "\r\n") + 2;

        if (strncasecmp(line, "Content-Length:", 15) == 0)
            return *head_out + strtoul(line + 15, NULL, 10);
        at = line;
    }
    return *head_out;
}

int
http_client_ask(struct http_client *c, const char *head, const char *body)
{
    struct buf out;
    size_t body_len = body ? strlen(body) : 0, head_len = 0, want = 0;
    char piece[16384];
    int failed;

    buf_init(&out, ANSWER_MAX);
    buf_add_str(&out, head);
    if (body)
        buf_printf(&out, "Content-Length: %zu\r\n", body_len);
    buf_add_str(&out, "\r\n");
    buf_add(&out, body, body_len);
    failed = send_all(c->fd, out.data, out.len);
    buf_finish(&out);
    buf_clear(&c->in);
    while (!failed && (want == 0 || c->in.len < want)) {
        ssize_t n = recv(c->fd, piece, sizeof(piece), 0);

        if (n <= 0)
            return -1;
        buf_add(&c->in, piece, (size_t)n);
        want = whole(&c->in, &head_len);
    }
    if (failed || c->in.len < 12)
        return -1;
    c->body = c->in.data + head_len;
    c->status = (int)strtol(c->in.data + 9, NULL, 10);
    return c->status;
}
