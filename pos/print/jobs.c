#include "pos/print/jobs.h"

#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "db/product.h"
#include "db/writer.h"
#include "pos/print/printers.h"
#include "pos/print/zslip.h"
#include "pos/shop.h"

static enum err
add_where(struct db *db, const struct shop *shop, const struct sale *sale,
    enum print_kind kind, enum settings_role role)
{
    const struct settings_printer *where =
        printers_for(shop, role, sale->till);
    struct print_job job = {
        .kind = kind, .sale_id = sale->id, .created_at = clock_now()};
    int64_t id;

    if (!where)
        return OK;
    db_copy(job.printer, sizeof(job.printer), where->id);
    return db_print_job_add(db, &job, &id);
}

enum err
jobs_add_receipt(struct db *db, const struct shop *shop,
    const struct sale *sale, bool cash)
{
    enum err e = OK;

    if (cash)
        e = add_where(db, shop, sale, PRINT_DRAWER, SETTINGS_DRAWER);
    if (e == OK)
        e = add_where(db, shop, sale, PRINT_RECEIPT, SETTINGS_RECEIPT);
    if (e == OK)
        e = add_where(db, shop, sale, PRINT_COPY, SETTINGS_COPY);
    return e;
}

enum err
jobs_add_drawer(
    struct db *db, const struct shop *shop, int64_t till, bool *queued_out)
{
    const struct settings_printer *where =
        printers_for(shop, SETTINGS_DRAWER, till);
    struct print_job job = {.kind = PRINT_DRAWER, .created_at = clock_now()};

    *queued_out = where != NULL;
    if (!where)
        return OK;
    db_copy(job.printer, sizeof(job.printer), where->id);
    return db_print_job_add(db, &job, &job.id);
}

enum err
jobs_add_shift(
    struct db *db, const struct shop *shop, const struct shift *shift)
{
    const struct settings_printer *where =
        printers_for(shop, SETTINGS_RECEIPT, shift->till);
    struct print_job job = {.created_at = clock_now()};

    if (!where)
        return OK;
    zslip_job_set(&job, shift->id, true);
    db_copy(job.printer, sizeof(job.printer), where->id);
    return db_print_job_add(db, &job, &job.id);
}

struct queue {
    struct print_job *jobs;
    size_t len;
};

static enum err
queue_write(struct db *db, void *arg)
{
    struct queue *q = arg;
    enum err e = OK;

    for (size_t i = 0; e == OK && i < q->len; i++)
        e = db_print_job_add(db, &q->jobs[i], &q->jobs[i].id);
    return e;
}

/* Give it its printer. */
static enum err
place(const struct shop *shop, struct print_job *job)
{
    const struct settings_printer *where = NULL;

    if (job->printer[0] && shop->print)
        where = settings_printer_find(shop->settings, job->printer);
    else if (job->kind == PRINT_LABEL)
        where = printers_for(shop, SETTINGS_LABEL, 0);
    if (where) {
        db_copy(job->printer, sizeof(job->printer), where->id);
        return OK;
    }
    err_arg("case", job->printer[0] ? "printer" : "printer_for");
    err_arg("what", "%s",
        job->printer[0] ? job->printer : print_kind_name(job->kind));
    return err_set(ERR_NOT_FOUND, "no printer \"%s\" for a %s", job->printer,
        print_kind_name(job->kind));
}

enum err
jobs_queue_all(struct shop *shop, struct print_job *jobs, size_t len)
{
    struct queue q = {.jobs = jobs, .len = len};
    enum err e = OK;

    for (size_t i = 0; e == OK && i < len; i++) {
        jobs[i].created_at = clock_now();
        e = place(shop, &jobs[i]);
    }
    if (e == OK)
        e = db_write(shop->writer, "print_queue", queue_write, &q);
    if (e == OK)
        printers_wake(shop->print);
    return e;
}

enum err
jobs_queue(struct shop *shop, struct print_job *job)
{
    return jobs_queue_all(shop, job, 1);
}

enum err
jobs_queue_shift(
    struct shop *shop, const struct shift *shift, struct print_job *job_out)
{
    const struct settings_printer *where =
        printers_for(shop, SETTINGS_RECEIPT, shift->till);

    if (!where) {
        err_arg("case", "printer_till");
        err_arg("till", "%" PRId64, shift->till);
        return err_set(ERR_NOT_FOUND, "no printer for till %" PRId64,
            shift->till);
    }
    *job_out = (struct print_job){.copy = shift->closed,
        .why_again = shift->closed ? PRINT_ASKED : PRINT_FIRST};
    zslip_job_set(job_out, shift->id, shift->closed);
    db_copy(job_out->printer, sizeof(job_out->printer), where->id);
    return jobs_queue(shop, job_out);
}

static enum err
cancel_write(struct db *db, void *arg)
{
    struct print_job *job = arg;
    enum err e = db_print_job_cancel(db, job->id, clock_now());

    return e == OK ? db_print_job_get(db, job->id, job) : e;
}

enum err
jobs_cancel(struct shop *shop, int64_t id, struct print_job *job_out)
{
    enum err e;

    job_out->id = id;
    e = db_write(shop->writer, "print_cancel", cancel_write, job_out);
    if (e != OK)
        return e;
    printers_tell(shop->print, job_out);
    printers_wake(shop->print);
    return OK;
}
