#include "pos/print/label.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/lang.h"
#include "base/money.h"
#include "base/settings.h"
#include "db/product.h"
#include "db/stock.h"
#include "drivers/escpos.h"
#include "drivers/link.h"
#include "drivers/png.h"
#include "drivers/tspl.h"
#include "drivers/zpl.h"
#include "pos/certified/age.h"
#include "pos/certified/tokens.h"
#include "pos/print/draw.h"
#include "pos/print/label_code.h"
#include "pos/print/unit_price.h"
#include "pos/sell/certificate.h"
#include "pos/shop.h"
#include "sync/record.h"

const char *const label_kind_words[] = {"shelf", "price", NULL};

enum { TEXT_MAX = 1024, NARROW_HEIGHT = 240, WIDE_HEIGHT = 320 };

/* What a label is made of while it is read. */
struct reading {
    struct db *db;
    const struct shop *shop;
    struct font *font;
    const struct label_ask *ask;
    struct label_words *out;
    struct product product;
    struct lot lot; /* id 0: none */
    struct certificate certificate;
    bool shows; /* the mark */
    int64_t price, now;
};

/* The next note, to be filled. */
static struct buf *
add_note(struct reading *r, enum label_how how)
{
    struct label *l = &r->out->label;

    assert(l->notes_len < LABEL_NOTES_MAX);
    l->notes[l->notes_len].how = how;
    return &r->out->notes[l->notes_len++];
}

static void
add_date_note(struct reading *r, enum label_how how, const char *key,
    int32_t day)
{
    struct err_arg date = {.name = "date"};

    clock_format_vn_date(day, date.value);
    lang_format(LANG_VI, key, &date, 1, add_note(r, how));
}

static void
add_mark(struct reading *r)
{
    struct buf *mark;

    if (!r->shows)
        return;
    mark = add_note(r, LABEL_WHOLE);
    buf_add_str(mark, "OCOP ");
    for (int i = 0; i < r->certificate.record.stars; i++)
        buf_add_str(mark, DOC_STAR);
}

static void
add_unit_price(struct reading *r)
{
    struct unit_price unit;
    struct buf *note;

    if (r->product.kind == PRODUCT_WEIGHED ||
        !unit_price_of(r->product.unit, r->product.name, r->price, &unit))
        return;
    note = add_note(r, LABEL_WHOLE);
    money_format(unit.price, note);
    buf_printf(note, "/%s", unit.per);
}

/* Where the certificate says it comes from: "Xã Hoài Đức, thành phố Hà Nội". */
static enum err
add_place(struct reading *r)
{
    const struct json *place = NULL;
    const char *text = "";
    struct json *record;
    struct buf line;
    enum err e;

    buf_init(&line, RECORD_MAX + 1);
    e = db_certified_record(r->db, r->certificate.record.id, &line);
    if (e == OK)
        e = json_parse(line.data, line.len, NULL, &record);
    buf_finish(&line);
    if (e != OK)
        return e;
    if (json_opt_obj(record, "place", &place) == OK && place &&
        json_opt_str(place, "text", RECORD_NAME, &text) == OK && text[0])
        font_replace_missing(r->font, text, add_note(r, LABEL_CUT));
    json_free(record);
    return OK;
}

static enum err
add_notes(struct reading *r)
{
    bool tag = r->ask->kind == LABEL_PRICE;
    enum err e = OK;

    if (r->lot.id && r->lot.expires_day != DAY_NEVER)
        add_date_note(r, LABEL_MUST, "label.expires", r->lot.expires_day);
    add_mark(r);
    add_unit_price(r);
    if (r->certificate.listed) {
        font_replace_missing(
            r->font, r->certificate.record.producer, add_note(r, LABEL_CUT));
        e = add_place(r);
    }
    if (r->lot.id && r->lot.code[0]) {
        struct buf *note = add_note(r, LABEL_SPARE);

        buf_printf(note, "%s ", lang_text(LANG_VI, "label.lot"));
        font_replace_missing(r->font, r->lot.code, note);
    }
    if (!tag && r->shows)
        add_date_note(
            r, LABEL_SPARE, "label.until", r->certificate.record.until_day);
    return e;
}

static enum err
read_product(struct reading *r)
{
    enum err e = db_product_get(r->db, r->ask->product_id, &r->product);

    if (e == OK && r->product.retired) {
        err_arg("name", "%s", r->product.name);
        err_arg("case", "label");
        return err_set(
            ERR_PRODUCT_RETIRED, "p_%" PRId64 " is retired", r->product.id);
    }
    if (e == ERR_NOT_FOUND) {
        err_arg("case", "product");
        err_arg("what", "p_%" PRId64, r->ask->product_id);
        return err_set(e, "no product p_%" PRId64, r->ask->product_id);
    }
    if (e == OK)
        e = db_price_get(r->db, r->product.id, r->now, &r->price);
    if (e == ERR_PRICE_MISSING) {
        err_arg("name", "%s", r->product.name);
        return err_set(e, "p_%" PRId64 " has no price", r->product.id);
    }
    return e;
}

/* Only what may still be sold gets a price tag. */
static enum err
read_lot(struct reading *r)
{
    char date[CLOCK_DATE_SIZE];
    enum err e;

    if (!r->ask->lot_id)
        return OK;
    e = db_lot_get(r->db, r->ask->lot_id, &r->lot);
    if (e != OK && e != ERR_NOT_FOUND)
        return e;
    if (e == ERR_NOT_FOUND || r->lot.product_id != r->product.id ||
        r->ask->kind != LABEL_PRICE) {
        err_arg("case", r->ask->kind == LABEL_PRICE ? "lot" : "lot_shelf");
        return err_set(ERR_FIELD_VALUE, "l_%" PRId64 " is no lot for this",
            r->ask->lot_id);
    }
    if (r->lot.expires_day >= clock_day(r->now))
        return OK;
    clock_format_vn_date(r->lot.expires_day, date);
    err_arg("name", "%s", r->product.name);
    err_arg("date", "%s", date);
    err_arg("case", "label");
    return err_set(ERR_LOT_EXPIRED, "l_%" PRId64 " expired", r->lot.id);
}

static enum err
read_certificate(struct reading *r)
{
    struct list_age_info age;
    struct sale_cert frozen;
    enum err e = list_age_now(r->db, r->now, &age);

    if (e == OK)
        e = certificate_of_product(
            r->db, r->product.id, clock_day(r->now), &r->certificate);
    if (e != OK)
        return e;
    certificate_freeze(&r->certificate, &frozen);
    r->shows = certificate_shows(&frozen, (int)age.age);
    return OK;
}

static enum err
fill(struct reading *r)
{
    struct label_words *out = r->out;
    enum err e = add_notes(r);

    font_replace_missing(r->font, r->product.name, &out->head);
    money_format(r->price, &out->big);
    buf_add_char(&out->beside, '/');
    font_replace_missing(r->font, r->product.unit, &out->beside);
    out->label.beside_spare = r->product.kind != PRODUCT_WEIGHED;
    if (e == OK)
        e = label_code_choose(
            r->db, &r->product, clock_day(r->now), &out->code);
    if (e == OK && r->shows && r->ask->kind == LABEL_SHELF)
        e = tokens_url(r->db, &r->certificate.record,
            r->shop->settings->verify_base, &out->qr);
    out->label.head = out->head.data;
    out->label.big = out->big.data;
    out->label.beside = out->beside.data;
    out->label.code = out->code.data;
    out->label.qr = out->qr.data;
    for (int i = 0; i < LABEL_NOTES_MAX; i++)
        out->label.notes[i].text = out->notes[i].data;
    return e;
}

enum err
label_words_read(struct db *db, const struct shop *shop, struct font *font,
    const struct label_ask *ask, struct label_words *out)
{
    struct reading r = {.db = db,
        .shop = shop,
        .font = font,
        .ask = ask,
        .out = out,
        .now = clock_now()};
    enum err e;

    *out = (struct label_words){.label = {.notes_len = 0}};
    buf_init(&out->head, TEXT_MAX);
    buf_init(&out->big, TEXT_MAX);
    buf_init(&out->beside, TEXT_MAX);
    buf_init(&out->code, TEXT_MAX);
    buf_init(&out->qr, TEXT_MAX);
    for (int i = 0; i < LABEL_NOTES_MAX; i++)
        buf_init(&out->notes[i], TEXT_MAX);
    e = read_product(&r);
    if (e == OK)
        e = read_lot(&r);
    if (e == OK)
        e = read_certificate(&r);
    if (e == OK)
        e = fill(&r);
    if (e != OK)
        label_words_finish(out);
    return e;
}

void
label_words_finish(struct label_words *words)
{
    buf_finish(&words->head);
    buf_finish(&words->big);
    buf_finish(&words->beside);
    buf_finish(&words->code);
    buf_finish(&words->qr);
    for (int i = 0; i < LABEL_NOTES_MAX; i++)
        buf_finish(&words->notes[i]);
}

static void
size_of(const struct settings_printer *printer, int *width_out, int *height_out)
{
    if (printer->language == LINK_ESCPOS) {
        *width_out = draw_width(printer->paper_mm);
        *height_out = *width_out == RASTER_58MM ? NARROW_HEIGHT : WIDE_HEIGHT;
        return;
    }
    *width_out = printer->label_width_mm * LABEL_DOTS_MM;
    *height_out = printer->label_height_mm * LABEL_DOTS_MM;
}

enum err
label_picture(struct db *db, const struct shop *shop, struct font *font,
    const struct label_ask *ask, const struct settings_printer *printer,
    struct raster *raster_out)
{
    struct label_words words;
    int width, height;
    enum err e = label_words_read(db, shop, font, ask, &words);

    if (e != OK)
        return e;
    size_of(printer, &width, &height);
    e = label_draw(&words.label, font, width, height, raster_out);
    if (e == ERR_TOO_LARGE && words.label.qr[0]) {
        words.label.qr = "";
        e = label_draw(&words.label, font, width, height, raster_out);
    }
    label_words_finish(&words);
    return e;
}

static enum err
strip_bytes(const struct raster *label, unsigned quirks, int copies,
    struct buf *bytes, struct buf *png)
{
    struct raster strip;
    enum err e = label_strip(label, copies, label->width_dots, &strip);

    if (e != OK)
        return e;
    escpos_scrub(&strip, quirks);
    escpos_encode(&strip, quirks, bytes);
    e = png_encode(&strip, png);
    raster_finish(&strip);
    return e;
}

enum err
label_bytes(const struct raster *label, const struct settings_printer *printer,
    unsigned quirks, int copies, struct buf *bytes, struct buf *png)
{
    assert(copies > 0 && copies <= LABEL_COPIES_MAX);
    switch (printer->language) {
    case LINK_TSPL:
        tspl_encode(label, printer->gap_mm, copies, bytes);
        break;
    case LINK_ZPL:
        zpl_encode(label, copies, bytes);
        break;
    default:
        return strip_bytes(label, quirks, copies, bytes, png);
    }
    return png_encode(label, png);
}
