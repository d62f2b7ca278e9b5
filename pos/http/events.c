#include "pos/http/events.h"

#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/mem.h"

struct said {
    char event[16];
    char data[EVENTS_DATA_MAX];
};

struct events {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    int64_t seq; /* the last record we were told of */
    int64_t said; /* messages so far; the last EVENTS_SAID are in `ring` */
    int64_t streams;
    bool stopped;
    struct said ring[EVENTS_SAID];
};

struct events *
events_new(void)
{
    struct events *ev = mem_new(1, sizeof(*ev));
    pthread_condattr_t attr;

    pthread_mutex_init(&ev->lock, NULL);
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_cond_init(&ev->changed, &attr);
    pthread_condattr_destroy(&attr);
    return ev;
}

void
events_free(struct events *ev)
{
    if (!ev)
        return;
    assert(ev->streams == 0);
    pthread_cond_destroy(&ev->changed);
    pthread_mutex_destroy(&ev->lock);
    mem_free(ev);
}

void
events_wake(void *arg, int64_t last_seq)
{
    struct events *ev = arg;

    pthread_mutex_lock(&ev->lock);
    ev->seq = last_seq;
    pthread_cond_broadcast(&ev->changed);
    pthread_mutex_unlock(&ev->lock);
}

void
events_say(struct events *ev, const char *event, const char *data)
{
    struct said *s;

    if (strlen(data) >= EVENTS_DATA_MAX)
        return;
    pthread_mutex_lock(&ev->lock);
    s = &ev->ring[ev->said++ % EVENTS_SAID];
    snprintf(s->event, sizeof(s->event), "%s", event);
    snprintf(s->data, sizeof(s->data), "%s", data);
    pthread_cond_broadcast(&ev->changed);
    pthread_mutex_unlock(&ev->lock);
}

void
events_stop(struct events *ev)
{
    pthread_mutex_lock(&ev->lock);
    ev->stopped = true;
    pthread_cond_broadcast(&ev->changed);
    pthread_mutex_unlock(&ev->lock);
}

bool
events_join(struct events *ev)
{
    bool in;

    pthread_mutex_lock(&ev->lock);
    in = !ev->stopped && ev->streams < EVENTS_STREAMS_MAX;
    ev->streams += in;
    pthread_mutex_unlock(&ev->lock);
    return in;
}

void
events_leave(struct events *ev)
{
    pthread_mutex_lock(&ev->lock);
    ev->streams--;
    pthread_mutex_unlock(&ev->lock);
}

int64_t
events_streams(struct events *ev)
{
    int64_t n;

    pthread_mutex_lock(&ev->lock);
    n = ev->streams;
    pthread_mutex_unlock(&ev->lock);
    return n;
}

int64_t
events_said(struct events *ev)
{
    int64_t n;

    pthread_mutex_lock(&ev->lock);
    n = ev->said;
    pthread_mutex_unlock(&ev->lock);
    return n;
}

enum events_why
events_wait(struct events *ev, int64_t seq, int64_t said, int wait_ms)
{
    enum events_why why = EVENTS_NEWS;
    struct timespec until = clock_mono_after(wait_ms);

    pthread_mutex_lock(&ev->lock);
    while (!ev->stopped && ev->seq <= seq && ev->said <= said &&
        why == EVENTS_NEWS)
        if (pthread_cond_timedwait(&ev->changed, &ev->lock, &until) ==
            ETIMEDOUT)
            why = EVENTS_QUIET;
    if (ev->stopped)
        why = EVENTS_STOP;
    pthread_mutex_unlock(&ev->lock);
    return why;
}

void
events_take(struct events *ev, int64_t *said, struct buf *out)
{
    pthread_mutex_lock(&ev->lock);
    if (ev->said - *said > EVENTS_SAID)
        *said = ev->said - EVENTS_SAID; /* the older ones are gone */
    for (; *said < ev->said; ++*said) {
        const struct said *s = &ev->ring[*said % EVENTS_SAID];

        buf_printf(out, "event: %s\ndata: %s\n\n", s->event, s->data);
    }
    pthread_mutex_unlock(&ev->lock);
}
