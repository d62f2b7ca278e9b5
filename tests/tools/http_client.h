/* tests/tools/http_client.h - as much HTTP as a test needs: one
 * keep-alive connection to this machine, answers with a Content-Length. */
#ifndef TESTS_TOOLS_HTTP_CLIENT_H
#define TESTS_TOOLS_HTTP_CLIENT_H

#include "base/buf.h"

struct http_client {
    int fd;
    struct buf in;
    int status;       /* of the last answer */
    const char *body; /* borrowed until the next call */
};

/* 0, or -1 when nobody listens. */
int http_client_open(struct http_client *c, int port);
void http_client_close(struct http_client *c);

/* Send `head` (request line and headers, each ended by CRLF, none empty) and
 * `body` (NULL: none) and read the answer; the status, or -1. */
int http_client_ask(struct http_client *c, const char *head, const char *body);

#endif
