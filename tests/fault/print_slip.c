#include "tests/fault/print_slip.h"

#include <string.h>

#include "pos/print/draw.h"
#include "tests/bench/big_shop.h"

struct listing {
    struct print_job *jobs;
    size_t len;
};

static enum err
list_one(void *arg, const struct print_job *job)
{
    struct listing *l = arg;

    if (l->len < PRINT_JOBS)
        l->jobs[l->len++] = *job;
    return OK;
}

size_t
print_jobs_of(struct db *db, int64_t sale_id, struct print_job jobs[PRINT_JOBS])
{
    struct print_filter filter = {
        .sale_id = sale_id, .before = INT64_MAX, .limit = PRINT_JOBS};
    struct print_job newest[PRINT_JOBS];
    struct listing l = {.jobs = newest};

    big_must(db_print_job_each(db, &filter, list_one, &l), "jobs");
    for (size_t i = 0; i < l.len; i++)
        jobs[i] = newest[l.len - 1 - i];
    return l.len;
}

struct print_job
print_receipt_of(struct db *db, int64_t sale_id)
{
    struct print_job jobs[PRINT_JOBS], last = {0};
    size_t n = print_jobs_of(db, sale_id, jobs);

    for (size_t i = 0; i < n; i++)
        if (jobs[i].kind == PRINT_RECEIPT)
            last = jobs[i];
    return last;
}

void
print_draw(struct db *db, const struct shop *shop, struct font *font,
    const struct print_job *job, int width_dots, struct raster *raster_out)
{
    const struct compose_copy copy = {.n = job->copy, .why = job->why_again};

    big_must(draw_receipt(db, shop, font, job->sale_id,
                 job->copy ? &copy : NULL, width_dots, raster_out),
        "draw");
}

/* The rows of a slip or a picture, without the white above and below. */
struct rows {
    const uint8_t *bits; /* of the first that is not white */
    size_t stride, width, len;
};

static bool
is_white(const uint8_t *row, size_t stride)
{
    for (size_t i = 0; i < stride; i++)
        if (row[i])
            return false;
    return true;
}

static struct rows
trimmed(const uint8_t *bits, size_t stride, size_t width, size_t rows)
{
    struct rows r = {
        .bits = bits, .stride = stride, .width = width, .len = rows};

    for (; r.len > 0 && is_white(r.bits, stride); r.len--)
        r.bits += stride;
    while (r.len > 0 && is_white(r.bits + (r.len - 1) * stride, stride))
        r.len--;
    return r;
}

static struct rows
of_slip(const struct fake_slip *s)
{
    return trimmed(s->bits, s->stride, s->width, s->rows);
}

static struct rows
of_raster(const struct raster *r)
{
    return trimmed(r->bits, r->stride, (size_t)r->width_dots,
        (size_t)r->height_dots);
}

static size_t
same_rows(const struct rows *a, const struct rows *b)
{
    size_t y = 0;

    while (a->width == b->width && y < a->len && y < b->len
        && memcmp(a->bits + y * a->stride, b->bits + y * b->stride,
               (a->width + 7) / 8) == 0)
        y++;
    return y;
}

bool
print_slip_is(const struct fake_slip *slip, const struct raster *r)
{
    struct rows a = of_slip(slip), b = of_raster(r);

    return a.len > 0 && a.len == b.len && same_rows(&a, &b) == a.len;
}

size_t
print_slip_rows_of(const struct fake_slip *slip, const struct raster *r)
{
    struct rows a = of_slip(slip), b = of_raster(r);

    return same_rows(&a, &b);
}

size_t
print_slip_parting(const struct raster *a, const struct raster *b)
{
    struct rows one = of_raster(a), other = of_raster(b);

    return same_rows(&one, &other);
}
