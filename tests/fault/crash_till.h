/* tests/fault/crash_till.h - a till that sells over HTTP to a daemon that
 * dies: what was not answered is asked again, under the same key. */
#ifndef TESTS_FAULT_CRASH_TILL_H
#define TESTS_FAULT_CRASH_TILL_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "tests/fault/crash_books.h"
#include "tests/tools/http_client.h"

enum { CRASH_PRODUCTS = 100 };

/* What all tills of a test know. */
struct crash_shop {
    int port;
    char token[64];
    _Atomic int64_t sold; /* answers heard by all tills */
    _Atomic bool stop;
};

struct crash_till {
    struct crash_shop *shop;
    pthread_t thread;
    uint64_t random;
    int number;
    struct http_client http;
    bool connected;
    int64_t made;         /* bills */
    char key[40];         /* of the bill that waits for its answer */
    struct buf body;
    pthread_mutex_t lock; /* acks and acks_len */
    struct crash_ack *acks;
    size_t acks_len, acks_cap;
    size_t again, replayed, refused;
};

/* A port of this machine that nobody listens on. */
int crash_free_port(void);

void crash_till_start(
    struct crash_till *t, struct crash_shop *shop, int number);

/* No new bills; each till still waits for the answer it has not heard. */
void crash_stop(struct crash_shop *shop);
void crash_till_join(struct crash_till *t);
void crash_till_finish(struct crash_till *t);

/* How many answers all tills have heard. */
int64_t crash_sold(struct crash_shop *shop);
/* The answers this one heard, from the `from`th on; mem_free by the caller. */
size_t crash_till_heard(
    struct crash_till *t, size_t from, struct crash_ack **acks_out);

#endif
