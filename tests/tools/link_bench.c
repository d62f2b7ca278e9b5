#include "tests/tools/link_bench.h"

#include <assert.h>
#include <string.h>

#include "base/mem.h"
#include "drivers/escpos.h"

enum { ROWS = 300, WIDTH = 576 };

/* A picture of noise, scrubbed as drawn ones are, and a cut. */
static void
make_job(struct buf *out)
{
    struct raster r = {.width_dots = WIDTH,
        .height_dots = ROWS,
        .stride = WIDTH / 8,
        .marks = {{RASTER_CUT_PARTIAL, ROWS}},
        .marks_len = 1};
    unsigned noise = 7;

    r.bits = mem_new(ROWS, WIDTH / 8);
    for (size_t i = 0; i < ROWS * r.stride; i++) {
        noise = noise * 1103515245u + 12345u;
        r.bits[i] = noise >> 28 ? (uint8_t)(noise >> 16) : 0x10;
    }
    raster_scrub(&r);
    buf_init(out, 1 << 20);
    escpos_encode(&r, 0, out);
    raster_finish(&r);
}

static void
on_state(void *arg, const struct link_health *health)
{
    struct bench *b = arg;

    if (b->states_len > 0 && b->states[b->states_len - 1] == health->state)
        return;
    assert(b->states_len < BENCH_STATES_MAX);
    b->states[b->states_len++] = health->state;
}

static void
on_sent(void *arg)
{
    ((struct bench *)arg)->sent++;
}

struct bench
bench_new_over(unsigned quirks, bool one_way)
{
    struct bench b = {.s = script_new(),
        .pace = {.piece_ms = 2, .ask_ms = 5, .confirm_ms = 40, .stall_ms = 200},
        .watch = {.state = on_state, .sent = on_sent},
        .stop_from = -1};
    struct link_config config = {.pace = b.pace, .quirks = quirks};

    b.s->one_way = one_way;
    make_job(&b.bytes);
    b.job = (struct link_job){
        .name = "job", .bytes = b.bytes.data, .len = b.bytes.len, .number = 12};
    if (link_over(&b.s->printer, &config, &b.l) != OK)
        assert(false);
    return b;
}

struct bench
bench_new(unsigned quirks)
{
    return bench_new_over(quirks, false);
}

void
bench_relink(struct bench *b, enum link_language language)
{
    struct link_config config = {.pace = b->pace, .language = language};

    link_close(b->l);
    if (link_over(&b->s->printer, &config, &b->l) != OK)
        assert(false);
}

void
bench_free(struct bench *b)
{
    link_close(b->l);
    script_free(b->s);
    buf_finish(&b->bytes);
}

enum err
bench_print(struct bench *b)
{
    b->watch.arg = b;
    return link_print(b->l, &b->job, &b->watch, &b->out);
}

/* A question of the link, at `c`: DLE EOT, GS a, GS r, GS ( H; or nothing. */
static size_t
question_len(const uint8_t *c, size_t len)
{
    if (c[0] == 0)
        return 1;
    if (len >= 3 && c[0] == 0x10 && c[1] == 0x04)
        return 3;
    if (len >= 3 && c[0] == 0x1d && (c[1] == 'a' || c[1] == 'r'))
        return 3;
    if (len >= 11 && c[0] == 0x1d && c[1] == '(' && c[2] == 'H')
        return 11;
    return 0;
}

size_t
bench_job_bytes(const struct bench *b)
{
    const uint8_t *got = b->s->got, *job = b->job.bytes;
    size_t at = 0, i = 0, n, left;

    while (i < b->s->got_len) {
        left = b->s->got_len - i;
        n = question_len(got + i, left);
        if (n == 0) {
            n = at < b->job.len ? escpos_command_len(job + at, b->job.len - at)
                                : 0;
            n = n < left ? n : left;
            if (n == 0 || memcmp(got + i, job + at, n) != 0)
                return SIZE_MAX;
            at += n;
        }
        i += n;
    }
    return at;
}

bool
bench_got_job_once(const struct bench *b)
{
    return bench_job_bytes(b) == b->job.len;
}

size_t
bench_count(const struct bench *b, const void *bytes, size_t len)
{
    size_t n = 0;

    for (size_t i = 0; i + len <= b->s->got_len; i++)
        n += memcmp(b->s->got + i, bytes, len) == 0;
    return n;
}
