#include "pos/print/tell.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/settings.h"
#include "pos/print/answers.h"
#include "pos/sell/receipt_no.h"
#include "pos/shop.h"

void
tell_message(enum lang lang, const struct print_view *view, struct buf *out)
{
    if (view->health.state == PRINTER_GONE && view->why.err)
        lang_error(lang, &view->why, out);
    else
        buf_add_str(out, answers_message(lang, view->health.state));
}

const char *
tell_why(enum lang lang, const struct print_job *job)
{
    char key[sizeof("printer.why.") + PRINT_MESSAGE];
    const char *text;

    snprintf(key, sizeof(key), "printer.why.%s", job->message);
    text = lang_text(lang, key);
    return text == key ? job->message : text;
}

const char *
tell_level(int64_t level)
{
    return level > LINK_NONE && level <= LINK_ACCEPTED
               ? link_level_name((enum link_level)level)
               : NULL;
}

void
tell_job_members(struct json_out *o, const struct shop *shop,
    const struct print_job *job)
{
    char no[RECEIPT_NO], id[24];

    snprintf(id, sizeof(id), "j_%" PRId64, job->id);
    json_out_put_str(o, "id", id);
    json_out_put_str(o, "kind", print_kind_name(job->kind));
    receipt_no_format(shop->number, job->sale_id, no);
    json_out_put_str(o, "receipt_no", job->sale_id ? no : NULL);
    json_out_put_str(o, "state", print_state_name(job->state));
    json_out_put_str(o, "level", tell_level(job->level));
}

void
tell_printer(const struct shop *shop, const struct print_view *view,
    struct buf *out)
{
    struct json_out o;
    struct buf text;

    buf_init(&text, 500);
    tell_message(shop->settings->language, view, &text);
    json_out_init(&o, out);
    json_out_obj(&o);
    json_out_put_str(&o, "printer", view->printer.id);
    json_out_put_str(&o, "state", printer_state_name(view->health.state));
    json_out_put_str(&o, "message", text.data);
    json_out_put_int(&o, "queue", view->counts.waiting);
    json_out_put_int(&o, "unknown", view->counts.asked);
    json_out_key(&o, "job");
    if (view->job.id) {
        json_out_obj(&o);
        tell_job_members(&o, shop, &view->job);
        json_out_end_obj(&o);
    } else {
        json_out_null(&o);
    }
    json_out_end_obj(&o);
    json_out_end(&o);
    buf_finish(&text);
}
