#include "pos/print/reprint.h"

#include "base/clock.h"
#include "db/product.h"
#include "db/writer.h"
#include "pos/fact/fact.h"
#include "pos/fact/fact_sale.h"
#include "pos/print/printers.h"
#include "pos/sell/receipt_no.h"
#include "pos/shop.h"

/* One more printing of a receipt: into the journal, and counted in
 * job->copy. */
static enum err
count_copy(struct db *db, const struct shop *shop, int64_t staff,
    const struct sale *sale, struct print_job *job)
{
    struct fact_reprint f = {
        .showroom = shop->number, .sale_id = sale->id, .staff = staff};
    struct journal_head head;
    struct fact_time time;
    enum err e = fact_now(db, &time);

    if (e != OK)
        return e;
    f.at = time.at;
    job->copy = sale->copies + 1;
    return fact_reprint_post(db, &f, &head);
}

struct reprint {
    struct shop *shop;
    const struct reprint_ask *ask;
    struct reprinted *out;
};

static enum err
find_receipt(struct db *db, const struct shop *shop, int64_t id,
    struct sale *out)
{
    char no[RECEIPT_NO];
    enum err e = db_sale_get(db, id, out);

    if (e != ERR_NOT_FOUND)
        return e;
    receipt_no_format(shop->number, id, no);
    err_arg("case", "receipt");
    err_arg("what", "%s", no);
    return err_set(e, "no receipt %s", no);
}

static enum err
reprint_write(struct db *db, void *arg)
{
    struct reprint *r = arg;
    struct print_job job = {.kind = PRINT_RECEIPT,
        .sale_id = r->ask->sale_id,
        .why_again = PRINT_ASKED,
        .created_at = clock_now()};
    const struct settings_printer *where;
    struct sale sale;
    int64_t id;
    enum err e = find_receipt(db, r->shop, r->ask->sale_id, &sale);

    if (e != OK)
        return e;
    where = printers_for(r->shop, SETTINGS_RECEIPT,
        r->ask->till ? r->ask->till : sale.till);
    e = count_copy(db, r->shop, r->ask->staff, &sale, &job);
    r->out->copy = job.copy;
    r->out->printing = where != NULL;
    if (e != OK || !where)
        return e;
    db_copy(job.printer, sizeof(job.printer), where->id);
    return db_print_job_add(db, &job, &id);
}

enum err
reprint_commit(struct shop *shop, const struct reprint_ask *ask,
    struct reprinted *out)
{
    struct reprint r = {.shop = shop, .ask = ask, .out = out};

    return db_write(shop->writer, "reprint", reprint_write, &r);
}

struct answering {
    struct shop *shop;
    const struct print_answer *ask;
    struct print_job *job, *again;
};

static const struct settings_printer *
where_again(const struct shop *shop, const struct print_job *job,
    int64_t till)
{
    static const enum settings_role roles[] = {
        [PRINT_RECEIPT] = SETTINGS_RECEIPT,
        [PRINT_COPY] = SETTINGS_COPY,
        [PRINT_LABEL] = SETTINGS_LABEL,
        [PRINT_SHIFT] = SETTINGS_RECEIPT,
    };
    const struct settings_printer *same =
        shop->print ? settings_printer_find(shop->settings, job->printer)
                    : NULL;

    return same ? same : printers_for(shop, roles[job->kind], till);
}

/* The same on paper once more, where it was to come out. */
static enum err
print_again(struct db *db, struct answering *a)
{
    struct print_job *again = a->again;
    const struct settings_printer *where;
    struct sale sale = {.till = 0};
    enum err e = OK;

    *again = (struct print_job){.kind = a->job->kind,
        .state = PRINT_QUEUED,
        .sale_id = a->job->sale_id,
        .copy = a->job->copy + 1,
        .why_again = PRINT_AFTER_UNKNOWN,
        .follows = a->job->id,
        .created_at = clock_now()};
    db_copy(again->body, sizeof(again->body), a->job->body);
    if (again->sale_id)
        e = find_receipt(db, a->shop, again->sale_id, &sale);
    where = where_again(a->shop, a->job, sale.till);
    if (e != OK || !where)
        return e;
    db_copy(again->printer, sizeof(again->printer), where->id);
    if (again->sale_id)
        e = count_copy(db, a->shop, a->ask->staff, &sale, again);
    return e == OK ? db_print_job_add(db, again, &again->id) : e;
}

static enum err
answer_write(struct db *db, void *arg)
{
    struct answering *a = arg;
    const struct print_answer *ask = a->ask;
    enum err e = db_print_job_answer(
        db, ask->job_id, ask->printed, clock_now(), ask->staff);

    if (e == OK)
        e = db_print_job_get(db, ask->job_id, a->job);
    if (e == OK && !ask->printed)
        e = print_again(db, a);
    return e;
}

enum err
print_answer_commit(struct shop *shop, const struct print_answer *ask,
    struct print_job *job_out, struct print_job *again_out)
{
    struct answering a = {
        .shop = shop, .ask = ask, .job = job_out, .again = again_out};
    enum err e;

    *again_out = (struct print_job){.id = 0};
    e = db_write(shop->writer, "print_answer", answer_write, &a);
    if (e != OK)
        return e;
    printers_tell(shop->print, job_out);
    printers_wake(shop->print);
    return OK;
}
