#include "pos/print/label_job.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/json_out.h"
#include "db/product.h"
#include "pos/print/jobs.h"
#include "pos/shop.h"

void
label_job_set(struct print_job *job, const struct label_ask *ask, int copies)
{
    struct json_out out;
    struct buf body;

    assert(copies > 0 && copies <= LABEL_COPIES_MAX);
    buf_init(&body, PRINT_BODY - 1);
    json_out_init(&out, &body);
    json_out_obj(&out);
    json_out_put_str(&out, "kind", label_kind_words[ask->kind]);
    json_out_put_int(&out, "product", ask->product_id);
    if (ask->lot_id)
        json_out_put_int(&out, "lot", ask->lot_id);
    else
        json_out_put_null(&out, "lot");
    json_out_put_int(&out, "copies", copies);
    json_out_end_obj(&out);
    job->kind = PRINT_LABEL;
    db_copy(job->body, sizeof(job->body), body.data);
    buf_finish(&body);
}

enum err
label_job_read(
    const struct print_job *job, struct label_ask *ask_out, int *copies_out)
{
    struct label_ask ask = {.lot_id = 0};
    struct json *body;
    int64_t copies = 1;
    int kind = 0;
    enum err e = json_parse(job->body, strlen(job->body), NULL, &body);

    if (e != OK)
        return e;
    e = json_get_word(body, "kind", label_kind_words, &kind);
    if (e == OK)
        e = json_get_int(body, "product", 1, INT64_MAX, &ask.product_id);
    if (e == OK)
        e = json_opt_int(body, "lot", 1, INT64_MAX, &ask.lot_id);
    if (e == OK)
        e = json_get_int(body, "copies", 1, LABEL_COPIES_MAX, &copies);
    json_free(body);
    if (e != OK)
        return e;
    ask.kind = (enum label_kind)kind;
    *ask_out = ask;
    *copies_out = (int)copies;
    return OK;
}

/* The failure that is set, told as one of item `i`. */
static void
blame_item(size_t i)
{
    struct err_state s;

    err_save(&s);
    snprintf(s.path, sizeof(s.path), "items[%zu]", i);
    err_load(&s);
}

enum err
label_items_check(struct db *db, const struct shop *shop,
    const struct settings_printer *printer, const struct label_item *items,
    size_t len)
{
    struct raster label;
    enum err e = OK;

    for (size_t i = 0; e == OK && i < len; i++) {
        e = label_picture(db, shop, shop->font, &items[i].ask, printer, &label);
        if (e == OK)
            raster_finish(&label);
        else
            blame_item(i);
    }
    return e;
}

enum err
label_items_queue(struct shop *shop, const char *printer_id,
    const struct label_item *items, size_t len, struct print_job *jobs_out)
{
    for (size_t i = 0; i < len; i++) {
        jobs_out[i] = (struct print_job){.id = 0};
        db_copy(jobs_out[i].printer, sizeof(jobs_out[i].printer), printer_id);
        label_job_set(&jobs_out[i], &items[i].ask, items[i].copies);
    }
    return jobs_queue_all(shop, jobs_out, len);
}

enum err
make_label(struct making *m)
{
    struct label_ask ask;
    struct raster label;
    int copies;
    enum err e = label_job_read(m->job, &ask, &copies);

    if (e == OK)
        e = label_picture(m->db, m->shop, m->font, &ask, m->printer, &label);
    if (e != OK)
        return e;
    e = label_bytes(
        &label, m->printer, m->health->quirks, copies, m->bytes, m->png);
    raster_finish(&label);
    return e;
}
