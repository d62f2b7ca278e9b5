#include "tests/tools/script_printer.h"

#include <assert.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "drivers/escpos.h"

static struct script *
self(struct printer *p)
{
    return (struct script *)p;
}

void
script_say(struct script *s, const void *bytes, size_t len)
{
    assert(s->says_len + len <= SCRIPT_SAYS_MAX);
    memcpy(s->says + s->says_len, bytes, len);
    s->says_len += len;
}

void
script_say_asb(struct script *s)
{
    script_say(s, s->asb, sizeof(s->asb));
}

static void
answer(struct script *s, const uint8_t *c, size_t len)
{
    uint8_t id[7] = {0x37, 0x22};

    if (len == 3 && c[0] == 0x10 && c[1] == 0x04 && s->answers_dle)
        script_say(s, &s->dle[c[2]], 1);
    if (len == 3 && c[0] == 0x1d && c[1] == 'a' && s->answers_asb)
        script_say_asb(s);
    if (len == 3 && c[0] == 0x1d && c[1] == 'r' && s->answers_order)
        script_say(s, &s->order, 1);
    if (len == 11 && c[0] == 0x1d && c[2] == 'H' && s->answers_id) {
        memcpy(id + 2, c + 7, 4);
        script_say(s, id, sizeof(id));
    }
}

/* Questions in what it got, as a printer meets them: between commands. */
static void
obey(struct script *s)
{
    while (s->parsed < s->got_len) {
        const uint8_t *c = s->got + s->parsed;
        size_t left = s->got_len - s->parsed, n;

        if (s->answers_label) {
            n = 1;
            if (left >= 3 &&
                (memcmp(c, "\x1b!?", 3) == 0 || memcmp(c, "~HS", 3) == 0))
                script_say(s, s->label, s->label_len);
            else if (left < 3)
                return;
        } else if (c[0] == 0x10) {
            n = left >= 3 ? 3 : 0;
        } else {
            n = escpos_command_len(c, left);
        }
        if (n == 0)
            return;
        answer(s, c, n);
        s->parsed += n;
    }
}

static void
pass(struct script *s, int timeout_ms)
{
    struct timespec ms = {0, 1000000};

    if (timeout_ms > 0) {
        s->waited_ms += timeout_ms;
        nanosleep(&ms, NULL);
    }
    s->idle_times++;
    if (s->idle)
        s->idle(s, s->idle_times);
}

static bool
is_gone(const struct script *s)
{
    return s->got_len >= s->gone_after;
}

static enum err
gone(void)
{
    return err_set(ERR_PRINTER, "gone, as the script says");
}

static enum err
script_send(struct printer *p, const void *bytes, size_t len, int timeout_ms,
    size_t *sent_out)
{
    struct script *s = self(p);
    size_t n = len < s->room ? len : s->room;

    if (is_gone(s))
        return gone();
    if (s->at_once && n > s->at_once)
        n = s->at_once;
    if (n > s->gone_after - s->got_len)
        n = s->gone_after - s->got_len;
    assert(n <= SCRIPT_MAX - s->got_len);
    memcpy(s->got + s->got_len, bytes, n);
    s->got_len += n;
    s->room -= s->room == SIZE_MAX ? 0 : n;
    *sent_out = n;
    obey(s);
    if (n == 0)
        pass(s, timeout_ms);
    return is_gone(s) ? gone() : OK;
}

static enum err
script_receive(struct printer *p, void *bytes, size_t size, int timeout_ms,
    size_t *got_out)
{
    struct script *s = self(p);
    size_t n;

    s->receive_calls++;
    if (is_gone(s))
        return gone();
    if (s->says_len == 0 && timeout_ms > 0)
        pass(s, timeout_ms);
    n = s->says_len < size ? s->says_len : size;
    memcpy(bytes, s->says, n);
    s->says_len -= n;
    memmove(s->says, s->says + n, s->says_len);
    *got_out = n;
    return OK;
}

static enum err
script_port(struct printer *p, uint8_t *status_out)
{
    struct script *s = self(p);

    if (is_gone(s))
        return gone();
    if (!s->has_port)
        return err_set(ERR_PRINTER_SILENT, "no port status in this script");
    *status_out = s->port;
    return OK;
}

static enum err
script_reset(struct printer *p)
{
    self(p)->resets++;
    return OK;
}

static const struct printer_id *
script_id(struct printer *p)
{
    static const struct printer_id two_way = {.two_way = true}, one_way = {0};

    return self(p)->one_way ? &one_way : &two_way;
}

static void
script_close(struct printer *p)
{
    self(p)->closed++;
}

static const struct printer_ops ops = {
    .name = "script",
    .send = script_send,
    .receive = script_receive,
    .port = script_port,
    .reset = script_reset,
    .id = script_id,
    .close = script_close,
};

struct script *
script_new(void)
{
    struct script *s = mem_new(1, sizeof(*s));

    s->printer.ops = &ops;
    s->room = s->gone_after = SIZE_MAX;
    s->asb[0] = 0x10;
    s->asb[3] = 0x0f;
    memset(s->dle, 0x12, sizeof(s->dle));
    s->port = PRINTER_PORT_NO_ERROR | PRINTER_PORT_SELECTED;
    return s;
}

void
script_free(struct script *s)
{
    mem_free(s);
}
