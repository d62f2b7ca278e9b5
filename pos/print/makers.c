#include "pos/print/makers.h"

#include "base/clock.h"
#include "db/showroom.h"
#include "drivers/doc.h"
#include "drivers/escpos.h"
#include "drivers/png.h"
#include "drivers/quirks.h"
#include "pos/print/draw.h"
#include "pos/print/label_job.h"
#include "pos/print/selftest.h"
#include "pos/print/zslip.h"

enum err
make_slip(struct making *m, struct raster *raster)
{
    escpos_scrub(raster, m->health->quirks); /* before both: the same dots */
    escpos_encode(raster, m->health->quirks, m->bytes);
    return png_encode(raster, m->png);
}

static enum err
make_receipt(struct making *m)
{
    const struct print_job *job = m->job;
    struct compose_copy copy = {.n = job->copy,
        .why = job->why_again,
        .second = job->kind == PRINT_COPY};
    struct raster raster;
    enum err e = draw_receipt(m->db, m->shop, m->font, job->sale_id, &copy,
        draw_width(m->printer->paper_mm), &raster);

    if (e != OK)
        return e;
    e = make_slip(m, &raster);
    raster_finish(&raster);
    return e;
}

/* No paper moves: the pulse alone. */
static enum err
make_drawer(struct making *m)
{
    if (make_at_once(m->health))
        escpos_pulse_now(m->bytes);
    else
        escpos_pulse(m->bytes);
    return OK;
}

bool
make_at_once(const struct link_health *health)
{
    return health->answers && !(health->quirks & QUIRK_NO_DLE_EOT) &&
        (health->state == PRINTER_PAPER_OUT ||
            health->state == PRINTER_COVER_OPEN);
}

static enum err
make_test(struct making *m)
{
    struct selftest test = {.lang = m->shop->settings->language,
        .printer = m->printer,
        .at = clock_now(),
        .health = m->health};
    struct showroom showroom;
    enum err e = db_showroom_get(m->db, &showroom);

    test.showroom = showroom.name;
    return e == OK ? selftest_bytes(&test, m->font, m->bytes, m->png) : e;
}

static make_fn *const makers[] = {
    [PRINT_RECEIPT] = make_receipt,
    [PRINT_COPY] = make_receipt,
    [PRINT_DRAWER] = make_drawer,
    [PRINT_LABEL] = make_label,
    [PRINT_TEST] = make_test,
    [PRINT_SHIFT] = make_zslip,
};

enum err
make_job(struct making *m)
{
    make_fn *make = makers[m->job->kind];
    enum err e;

    if (!make)
        return err_set(ERR_INVALID, "nobody makes a %s",
            print_kind_name(m->job->kind));
    e = make(m);
    if (e == OK && (m->bytes->full || m->png->full))
        e = err_set(ERR_TOO_LARGE, "a job past %d bytes", MAKE_BYTES_MAX);
    return e;
}
