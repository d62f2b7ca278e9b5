#include "tests/tools/fake_wire.h"

#include <pthread.h>
#include <stdio.h>
#include <time.h>

#include "base/mem.h"

struct wire {
    struct printer printer; /* first: what callers hold */
    struct fake *fake;
    struct printer_id id;
    pthread_mutex_t lock;
};

static struct wire *
self(struct printer *p)
{
    return (struct wire *)p;
}

static enum err
gone(void)
{
    err_arg("case", "gone");
    return err_set(ERR_PRINTER, "the fake printer is not on the wire");
}

static bool
try_send(struct fake *f, void *bytes, size_t size, size_t *n)
{
    *n += fake_feed(f, (const char *)bytes + *n, size - *n);
    return *n == size;
}

static bool
try_receive(struct fake *f, void *bytes, size_t size, size_t *n)
{
    *n = fake_answers(f, bytes, size);
    return *n > 0;
}

/* `attempt`: one try; true when there is nothing to wait for any more. */
static enum err
wait_for(struct printer *p,
    bool (*attempt)(struct fake *f, void *bytes, size_t size, size_t *n),
    void *bytes, size_t size, int timeout_ms, size_t *n)
{
    const struct timespec nap = {.tv_nsec = 1000 * 1000};
    struct wire *w = self(p);
    enum err e = OK;
    bool done;

    *n = 0;
    for (int ms = 0;; ms++) {
        pthread_mutex_lock(&w->lock);
        done = attempt(w->fake, bytes, size, n);
        if (fake_gone(w->fake))
            e = gone();
        pthread_mutex_unlock(&w->lock);
        if (done || e != OK || ms >= timeout_ms)
            return e;
        nanosleep(&nap, NULL);
        pthread_mutex_lock(&w->lock);
        fake_tick(w->fake, 1);
        pthread_mutex_unlock(&w->lock);
    }
}

static enum err
wire_send(struct printer *p, const void *bytes, size_t len, int timeout_ms,
    size_t *sent_out)
{
    return wait_for(p, try_send, (void *)(uintptr_t)bytes, len, timeout_ms,
        sent_out);
}

static enum err
wire_receive(struct printer *p, void *bytes, size_t size, int timeout_ms,
    size_t *got_out)
{
    return wait_for(p, try_receive, bytes, size, timeout_ms, got_out);
}

static enum err
wire_port(struct printer *p, uint8_t *status_out)
{
    struct wire *w = self(p);
    bool is_gone;

    pthread_mutex_lock(&w->lock);
    *status_out = fake_port(w->fake);
    is_gone = fake_gone(w->fake);
    pthread_mutex_unlock(&w->lock);
    return is_gone ? gone() : OK;
}

static enum err
wire_reset(struct printer *p)
{
    struct wire *w = self(p);
    bool is_gone;

    pthread_mutex_lock(&w->lock);
    is_gone = fake_gone(w->fake);
    if (!is_gone)
        fake_soft_reset(w->fake);
    pthread_mutex_unlock(&w->lock);
    return is_gone ? gone() : OK;
}

static const struct printer_id *
wire_id(struct printer *p)
{
    return &self(p)->id;
}

static void
wire_close(struct printer *p)
{
    pthread_mutex_destroy(&self(p)->lock);
    mem_free(p);
}

static const struct printer_ops ops = {.name = "fake",
    .send = wire_send,
    .receive = wire_receive,
    .port = wire_port,
    .reset = wire_reset,
    .id = wire_id,
    .close = wire_close};

struct printer *
fake_wire_open(struct fake *f)
{
    struct wire *w = mem_new(1, sizeof(*w));

    w->printer.ops = &ops;
    w->fake = f;
    w->id = (struct printer_id){.two_way = true, .class7 = true};
    snprintf(w->id.maker, sizeof(w->id.maker), "FAKE");
    pthread_mutex_init(&w->lock, NULL);
    return &w->printer;
}

bool
fake_wire_tell(struct printer *p, const char *words)
{
    bool known;

    fake_wire_lock(p);
    known = fake_command(self(p)->fake, words);
    fake_wire_unlock(p);
    return known;
}

void
fake_wire_lock(struct printer *p)
{
    pthread_mutex_lock(&self(p)->lock);
}

void
fake_wire_unlock(struct printer *p)
{
    pthread_mutex_unlock(&self(p)->lock);
}
