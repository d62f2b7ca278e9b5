#include "pos/print/reprint.h"

#include "db/writer.h"
#include "pos/fact/fact.h"
#include "pos/fact/fact_sale.h"
#include "pos/print/jobs.h"
#include "pos/sell/receipt_no.h"
#include "pos/shop.h"

struct reprint {
    struct shop *shop;
    int64_t sale_id, staff;
    struct reprinted *out;
};

static enum err
reprint_write(struct db *db, void *arg)
{
    struct reprint *r = arg;
    struct fact_reprint f = {.showroom = r->shop->number,
        .sale_id = r->sale_id, .staff = r->staff};
    struct journal_head head;
    struct fact_time time;
    struct sale sale;
    char no[RECEIPT_NO];
    struct print_job job = {.kind = PRINT_RECEIPT,
        .sale_id = r->sale_id, .why_again = PRINT_ASKED};
    int64_t id;
    enum err e = db_sale_get(db, r->sale_id, &sale);

    if (e == ERR_NOT_FOUND) {
        receipt_no_format(r->shop->number, r->sale_id, no);
        err_arg("case", "receipt");
        err_arg("what", "%s", no);
        return err_set(e, "no receipt %s", no);
    }
    if (e == OK)
        e = fact_now(db, &time);
    if (e != OK)
        return e;
    f.at = time.at;
    r->out->copy = sale.copies + 1;
    r->out->printing = r->shop->print != NULL;
    e = fact_reprint_post(db, &f, &head);
    job.copy = r->out->copy;
    job.created_at = time.at;
    return e == OK ? jobs_add_again(db, r->shop, &job, &id) : e;
}

enum err
reprint_commit(struct shop *shop, int64_t sale_id, int64_t staff,
    struct reprinted *out)
{
    struct reprint r = {
        .shop = shop, .sale_id = sale_id, .staff = staff, .out = out};

    return db_write(shop->writer, "reprint", reprint_write, &r);
}
