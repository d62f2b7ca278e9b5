#include "pos/print/jobs.h"

#include <string.h>

#include "db/product.h"
#include "pos/shop.h"

enum err
jobs_add_receipt(struct db *db, const struct shop *shop,
    const struct sale *sale)
{
    struct print_job job = {.kind = PRINT_RECEIPT,
        .printer = "receipt",
        .sale_id = sale->id,
        .created_at = sale->at};
    int64_t id;

    return shop->print ? db_print_job_add(db, &job, &id) : OK;
}

enum err
jobs_add_again(struct db *db, const struct shop *shop,
    const struct print_job *again, int64_t *id_out)
{
    struct print_job job = *again;

    *id_out = 0;
    if (!job.printer[0])
        db_copy(job.printer, sizeof(job.printer), "receipt");
    return shop->print ? db_print_job_add(db, &job, id_out) : OK;
}
