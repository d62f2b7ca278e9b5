#include "tests/fault/crash_till.h"

#include <arpa/inet.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "base/json.h"
#include "base/mem.h"
#include "pos/sell/receipt_no.h"
#include "tests/unit/t_data.h"

enum { ANSWER_MAX_S = 20 };

int
crash_free_port(void)
{
    struct sockaddr_in at = {.sin_family = AF_INET,
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof(at);
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    if (fd < 0 || bind(fd, (struct sockaddr *)&at, sizeof(at)) != 0
        || getsockname(fd, (struct sockaddr *)&at, &len) != 0)
        abort();
    close(fd);
    return ntohs(at.sin_port);
}

static int64_t
draw(struct crash_till *t, int64_t below)
{
    return (int64_t)(t_random(&t->random) >> 16) % below;
}

static void
make_bill(struct crash_till *t)
{
    int64_t lines = 1 + draw(t, 4);

    snprintf(t->key, sizeof(t->key), "crash-till-%d-%010" PRId64, t->number,
        ++t->made);
    buf_clear(&t->body);
    buf_add_str(&t->body, "{\"till\":\"1\",\"lines\":[");
    for (int64_t i = 0; i < lines; i++)
        buf_printf(&t->body, "%s{\"product\":\"p_%" PRId64 "\",\"qty\":%"
            PRId64 "}", i ? "," : "", 1 + draw(t, CRASH_PRODUCTS),
            1 + draw(t, 3));
    buf_add_str(&t->body, "],\"payments\":[{\"method\":\"cash\","
                          "\"tendered\":100000000}]}");
}

/* The receipt of a 201 or 200. */
static enum err
read_answer(struct crash_till *t, struct crash_ack *a)
{
    const struct json *journal;
    const char *no, *hash;
    struct json *body;
    enum err e = json_parse(t->http.body, strlen(t->http.body), NULL, &body);

    memset(a, 0, sizeof(*a));
    snprintf(a->key, sizeof(a->key), "%s", t->key);
    if (e == OK)
        e = json_get_str(body, "receipt_no", RECEIPT_NO - 1, &no);
    if (e == OK)
        e = receipt_no_parse(no, 0, &a->sale_id);
    if (e == OK)
        e = json_get_int(body, "total", 1, JSON_INT_MAX, &a->total);
    if (e == OK)
        e = json_get_obj(body, "journal", &journal);
    if (e == OK)
        e = json_get_int(journal, "seq", 1, JSON_INT_MAX, &a->seq);
    if (e == OK)
        e = json_get_str(journal, "hash", 64, &hash);
    if (e == OK)
        snprintf(a->hash, sizeof(a->hash), "%s", hash);
    json_free(body);
    return e;
}

static void
hear(struct crash_till *t)
{
    struct crash_ack a;

    if (read_answer(t, &a) != OK) {
        fprintf(stderr, "FAIL an answer that is none: %s: %s\n", err_msg(),
            t->http.body);
        t->refused++;
        return;
    }
    t->shop->sold++;
    if (t->acks_len && strcmp(t->acks[t->acks_len - 1].key, a.key) == 0) {
        /* asked once more after it was answered */
        if (memcmp(&t->acks[t->acks_len - 1], &a, sizeof(a)) != 0) {
            fprintf(stderr, "FAIL another answer to %s\n", a.key);
            t->refused++;
        }
        return;
    }
    pthread_mutex_lock(&t->lock);
    if (t->acks_len == t->acks_cap) {
        t->acks_cap = t->acks_cap ? t->acks_cap * 2 : 256;
        t->acks = mem_resize(t->acks, t->acks_cap, sizeof(*t->acks));
    }
    t->acks[t->acks_len++] = a;
    pthread_mutex_unlock(&t->lock);
}

static bool
connect_till(struct crash_till *t)
{
    const struct timeval patience = {.tv_sec = ANSWER_MAX_S};
    const struct timespec pause = {.tv_nsec = 2000000};

    if (t->connected)
        return true;
    t->connected = http_client_open(&t->http, t->shop->port) == 0;
    if (t->connected)
        setsockopt(t->http.fd, SOL_SOCKET, SO_RCVTIMEO, &patience,
            sizeof(patience));
    else
        nanosleep(&pause, NULL);
    return t->connected;
}

/* Ask once; true when the bill is settled, one way or the other. */
static bool
ask(struct crash_till *t)
{
    const struct timespec pause = {.tv_nsec = 5000000};
    char head[512];
    int status;

    if (!connect_till(t))
        return false;
    snprintf(head, sizeof(head), "POST /api/v1/sales HTTP/1.1\r\n"
        "Host: 127.0.0.1\r\nAuthorization: Bearer %s\r\n"
        "Content-Type: application/json\r\nIdempotency-Key: %s\r\n",
        t->shop->token, t->key);
    status = http_client_ask(&t->http, head, t->body.data);
    if (status == 201 || status == 200) {
        t->replayed += status == 200;
        hear(t);
        return true;
    }
    t->again++;
    if (status == 503) {
        nanosleep(&pause, NULL);
        return false;
    }
    if (status > 0) {
        fprintf(stderr, "FAIL %d: %s\n", status, t->http.body);
        t->refused++;
    }
    t->connected = false;
    http_client_close(&t->http);
    return status > 0;
}

static void *
till_main(void *arg)
{
    struct crash_till *t = arg;

    while (!t->shop->stop) {
        if (draw(t, 20)) /* else the same once more: it is answered alike */
            make_bill(t);
        else if (!t->made)
            continue;
        while (!ask(t))
            ;
    }
    if (t->connected)
        http_client_close(&t->http);
    return NULL;
}

void
crash_till_start(struct crash_till *t, struct crash_shop *shop, int number)
{
    *t = (struct crash_till){.shop = shop, .number = number,
        .random = (uint64_t)number + 77};
    buf_init(&t->body, 4096);
    pthread_mutex_init(&t->lock, NULL);
    if (pthread_create(&t->thread, NULL, till_main, t) != 0)
        abort();
}

void
crash_stop(struct crash_shop *shop)
{
    shop->stop = true;
}

void
crash_till_join(struct crash_till *t)
{
    pthread_join(t->thread, NULL);
}

void
crash_till_finish(struct crash_till *t)
{
    buf_finish(&t->body);
    mem_free(t->acks);
}

int64_t
crash_sold(struct crash_shop *shop)
{
    return shop->sold;
}

size_t
crash_till_heard(
    struct crash_till *t, size_t from, struct crash_ack **acks_out)
{
    size_t len;

    pthread_mutex_lock(&t->lock);
    len = t->acks_len - from;
    *acks_out = mem_new(len + 1, sizeof(**acks_out));
    if (len)
        memcpy(*acks_out, t->acks + from, len * sizeof(**acks_out));
    pthread_mutex_unlock(&t->lock);
    return len;
}
