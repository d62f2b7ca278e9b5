#include "pos/http/labels.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/settings.h"
#include "drivers/png.h"
#include "pos/fact/read.h"
#include "pos/http/ask.h"
#include "pos/print/label_job.h"
#include "pos/shop.h"

/* The printer of that id; with "" the one for labels, else the first: then the
 * picture shows what would stand on its paper. */
static enum err
find_printer(const struct settings *s, const char *id,
    const struct settings_printer **out)
{
    *out = id[0] ? settings_printer_find(s, id)
                 : settings_printer_for(s, SETTINGS_LABEL, 0);
    if (!*out && !id[0] && s->printers_len)
        *out = &s->printers[0];
    if (*out)
        return OK;
    err_arg("case", "printer");
    err_arg("what", "%s", id);
    return err_set(ERR_NOT_FOUND, "no printer \"%s\"", id);
}

static enum err
read_kind(const struct api_call *call, enum label_kind *out)
{
    const char *word = label_kind_words[LABEL_SHELF];
    enum err e = api_query_str(call, "kind", 16, &word);

    if (e != OK)
        return e;
    for (int i = 0; label_kind_words[i]; i++)
        if (strcmp(word, label_kind_words[i]) == 0) {
            *out = (enum label_kind)i;
            return OK;
        }
    err_at("kind");
    err_arg("field", "kind");
    err_arg("case", "words");
    err_arg("words", "shelf, price");
    return err_set(ERR_FIELD_VALUE, "no label of kind %s", word);
}

enum err
labels_png(struct api *api, struct api_call *call)
{
    static const char *const names[] = {"kind", "lot", "printer", NULL};
    const struct settings_printer *printer;
    struct label_ask ask = {.lot_id = 0};
    const char *id = "";
    struct raster raster;
    struct db *db;
    enum err e = api_query_only(call, names);

    READ(api_param_id(call, "id", "p_", 1, INT64_MAX, &ask.product_id));
    READ(read_kind(call, &ask.kind));
    READ(api_query_id(call, "lot", "l_", &ask.lot_id));
    READ(api_query_str(call, "printer", SETTINGS_PRINTER_ID - 1, &id));
    READ(find_printer(api->settings, id, &printer));
    READ(api_reader(api, call, &db));
    READ(label_picture(db, api->shop, api->shop->font, &ask, printer, &raster));
    if (e != OK)
        return e;
    call->reply->status = 200;
    call->reply->type = "image/png";
    e = png_encode(&raster, &call->reply->body);
    raster_finish(&raster);
    return e;
}

static enum err
read_item(const struct json *v, enum label_kind kind, struct label_item *out)
{
    static const char *const keys[] = {"product", "lot", "qty", NULL};
    int64_t qty = 1;
    enum err e = json_only(v, keys);

    *out = (struct label_item){.ask = {.kind = kind}};
    READ(ask_get_id(v, "product", "p_", &out->ask.product_id));
    READ(ask_opt_id(v, "lot", "l_", &out->ask.lot_id));
    READ(json_opt_int(v, "qty", 1, LABEL_COPIES_MAX, &qty));
    out->copies = (int)qty;
    return e;
}

/* {"kind":"shelf","printer":null,
 *  "items":[{"product":"p_17","lot":null,"qty":3}]} */
static enum err
read_order(const struct json *body, const char **printer_out,
    struct label_item *items, size_t *len_out)
{
    static const char *const keys[] = {"kind", "printer", "items", NULL};
    const struct json *list = NULL;
    int kind = LABEL_SHELF;
    enum err e = json_only(body, keys);

    READ(json_get_word(body, "kind", label_kind_words, &kind));
    READ(json_opt_str(body, "printer", SETTINGS_PRINTER_ID - 1, printer_out));
    READ(json_get_arr(body, "items", LABEL_ITEMS_MAX, &list));
    *len_out = json_len(list);
    for (size_t i = 0; e == OK && i < *len_out; i++)
        e = read_item(json_at(list, i), (enum label_kind)kind, &items[i]);
    if (e != OK || *len_out)
        return e;
    json_blame(body, "items");
    err_arg("case", "empty");
    return err_set(ERR_FIELD_VALUE, "no labels are asked for");
}

static void
answer_jobs(struct api_call *call, const struct print_job *jobs, size_t len)
{
    struct json_out out;
    char id[24];

    api_json(call, 202, &out);
    json_out_obj(&out);
    json_out_key(&out, "jobs");
    json_out_arr(&out);
    for (size_t i = 0; i < len; i++) {
        snprintf(id, sizeof(id), "j_%" PRId64, jobs[i].id);
        json_out_str(&out, id);
    }
    json_out_end_arr(&out);
    json_out_end_obj(&out);
}

enum err
labels_post(struct api *api, struct api_call *call)
{
    struct label_item *items = mem_new(LABEL_ITEMS_MAX, sizeof(items[0]));
    struct print_job *jobs = mem_new(LABEL_ITEMS_MAX, sizeof(jobs[0]));
    const struct settings_printer *printer = NULL;
    const char *id = "";
    struct db *db;
    size_t len = 0;
    enum err e = read_order(call->body, &id, items, &len);

    READ(find_printer(api->settings, id, &printer));
    READ(api_reader(api, call, &db));
    READ(label_items_check(db, api->shop, printer, items, len));
    if (e == OK) {
        api_reader_done(api, call);
        e = label_items_queue(api->shop, id, items, len, jobs);
    }
    if (e == OK)
        answer_jobs(call, jobs, len);
    mem_free(jobs);
    mem_free(items);
    return e;
}
