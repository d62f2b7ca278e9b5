#include <string.h>

#include "base/clock.h"
#include "db/stock.h"
#include "drivers/link.h"
#include "pos/open.h"
#include "pos/print/label_job.h"
#include "pos/stock/product.h"
#include "tests/tools/fake_printer.h"
#include "tests/tools/fonts.h"
#include "tests/tools/list_fixture.h"
#include "tests/tools/tspl_decode.h"
#include "tests/unit/t.h"

enum { MIEN = 1, TRAU, VE, DAY = 86400 };

static struct fixture f;
static struct font *font;
static struct list_text text;

static void
begin(void)
{
    fixture_open(&f);
    list_text_init(&text);
}

static void
end(void)
{
    list_text_finish(&text);
    fixture_close(&f);
}

static struct label_words
words(enum label_kind kind, int64_t product, int64_t lot)
{
    struct label_ask ask = {kind, product, lot};
    struct label_words w;
    enum err e = label_words_read(f.db, &f.shop, font, &ask, &w);

    CHECK(e == OK);
    if (e != OK) /* an empty one, so that the test goes on */
        memset(&w, 0, sizeof(w));
    return w;
}

static enum err
refused(enum label_kind kind, int64_t product, int64_t lot)
{
    struct label_ask ask = {kind, product, lot};
    struct label_words w;
    enum err e = label_words_read(f.db, &f.shop, font, &ask, &w);

    if (e == OK)
        label_words_finish(&w);
    return e;
}

static enum err
change(struct db *db, void *arg)
{
    int64_t id;

    return product_write(db, arg, &id);
}

static void
check_notes(const struct label_words *w, const char *const want[])
{
    int n = 0;

    for (; want[n]; n++)
        if (n < w->label.notes_len)
            CHECK_STR(w->label.notes[n].text, want[n]);
    CHECK(w->label.notes_len == n);
}

static void
test_label__says_name_price_unit_and_code(void)
{
    struct label_words w;

    begin();
    w = words(LABEL_SHELF, MIEN, 0);
    CHECK_STR(w.label.head, "Miến Minh Dương");
    CHECK_STR(w.label.big, "60.000\xc2\xa0₫");
    CHECK_STR(w.label.beside, "/gói");
    CHECK(w.label.beside_spare);
    CHECK_STR(w.label.code, "08934567890120");
    CHECK_STR(w.label.qr, "");
    check_notes(&w, (const char *const[]){NULL});
    label_words_finish(&w);
    w = words(LABEL_SHELF, TRAU, 0);
    CHECK(!w.label.beside_spare); /* 850.000 a kilogram: must stand */
    CHECK_STR(w.label.code, "20001");
    label_words_finish(&w);
    w = words(LABEL_PRICE, VE, 0);
    CHECK_STR(w.label.code, ""); /* its SKU has letters */
    label_words_finish(&w);
    end();
}

static void
test_label__a_price_tag_says_the_expiry_of_its_lot(void)
{
    struct label_words w;

    begin();
    w = words(LABEL_PRICE, MIEN, 1);
    check_notes(&w, (const char *const[]){"HSD 02/12/2026", "Lô LO1", NULL});
    label_words_finish(&w);
    w = words(LABEL_PRICE, TRAU, 3); /* no date, no code */
    check_notes(&w, (const char *const[]){NULL});
    label_words_finish(&w);
    end();
}

static void
test_label__refuses_lots_that_do_not_belong_on_it(void)
{
    begin();
    CHECK(refused(LABEL_PRICE, MIEN, 3) == ERR_FIELD_VALUE);
    CHECK(refused(LABEL_PRICE, MIEN, 99) == ERR_FIELD_VALUE);
    CHECK(refused(LABEL_SHELF, MIEN, 1) == ERR_FIELD_VALUE);
    CHECK(refused(LABEL_PRICE, MIEN, 1) == OK);
    fixture_clock(FIXTURE_NOW + 11 * (int64_t)DAY);
    CHECK(refused(LABEL_PRICE, MIEN, 1) == ERR_LOT_EXPIRED);
    CHECK(refused(LABEL_PRICE, MIEN, 2) == OK);
    CHECK(refused(LABEL_SHELF, 77, 0) == ERR_NOT_FOUND);
    end();
}

static void
test_label__a_retired_product_needs_none(void)
{
    struct product_ask ask = {
        .id = MIEN, .staff = 2, .has_retired = true, .retired = true};

    begin();
    CHECK(fixture_write(&f, change, &ask) == OK);
    CHECK(refused(LABEL_SHELF, MIEN, 0) == ERR_PRODUCT_RETIRED);
    end();
}

/* Name and content, and a certificate that is linked by its id. */
static void
certify(const char *status)
{
    struct product_ask ask = {.id = MIEN, .staff = 2, .has_registry = true,
        .registry_id = "A", .has_name = true, .name = "Miến 500 g"};

    list_text_add(&text, &(struct list_record){"A", 17, .stars = 4,
        .status = status});
    CHECK(list_text_take(&text, &f) == OK);
    CHECK(fixture_write(&f, change, &ask) == OK);
}

static void
test_label__shows_stars_while_the_certificate_is_in_force(void)
{
    struct label_words w;

    begin();
    certify(NULL);
    w = words(LABEL_SHELF, MIEN, 0);
    check_notes(&w, (const char *const[]){"OCOP ★★★★", "120.000\xc2\xa0₫/kg",
        "HTX Minh Dương", "Chứng nhận đến 31/12/2028", NULL});
    label_words_finish(&w);
    fixture_clock(FIXTURE_NOW + 800 * (int64_t)DAY); /* past its last day */
    w = words(LABEL_SHELF, MIEN, 0);
    check_notes(&w,
        (const char *const[]){"120.000\xc2\xa0₫/kg", "HTX Minh Dương", NULL});
    label_words_finish(&w);
    end();
}

static void
test_label__shows_no_stars_of_a_suspended_certificate(void)
{
    struct label_words w;

    begin();
    certify("suspended");
    w = words(LABEL_PRICE, MIEN, 0);
    check_notes(&w,
        (const char *const[]){"120.000\xc2\xa0₫/kg", "HTX Minh Dương", NULL});
    label_words_finish(&w);
    end();
}

static void
test_label__shows_the_code_that_finds_this_product_alone(void)
{
    struct product_ask ve = {.id = VE, .staff = 2, .has_codes = true,
        .codes_len = 1, .codes = {{"8934567890120", 1000}}};
    struct product_ask mien = {.id = MIEN, .staff = 2, .has_codes = true,
        .codes_len = 4, .codes = {{"8934567890120", 1000}, {"77001", 1000},
            {"8930000900036", 20000}, {"MIEN-1", 1000}}};
    struct label_words w;

    begin();
    CHECK(fixture_write(&f, change, &ve) == OK);
    CHECK(fixture_write(&f, change, &mien) == OK);
    w = words(LABEL_SHELF, MIEN, 0);
    CHECK_STR(w.label.code, "77001"); /* one is borrowed, one a pack's */
    label_words_finish(&w);
    w = words(LABEL_SHELF, VE, 0);
    CHECK_STR(w.label.code, "08934567890120"); /* better than none */
    label_words_finish(&w);
    end();
}

static void
test_label__a_sku_of_digits_is_a_code(void)
{
    struct product_ask ask = {
        .id = VE, .staff = 2, .has_sku = true, .sku = "90017"};
    struct label_words w;

    begin();
    CHECK(fixture_write(&f, change, &ask) == OK);
    w = words(LABEL_SHELF, VE, 0);
    CHECK_STR(w.label.code, "90017");
    label_words_finish(&w);
    end();
}

static struct settings_printer
printer(int language)
{
    return (struct settings_printer){.paper_mm = 80, .language = language,
        .gap_mm = 3, .label_width_mm = 50, .label_height_mm = 30};
}

static struct raster
picture(const struct settings_printer *p)
{
    struct label_ask ask = {LABEL_PRICE, MIEN, 2};
    struct raster r = {0};

    CHECK(label_picture(f.db, &f.shop, font, &ask, p, &r) == OK);
    return r;
}

static void
test_label__a_label_printer_gets_its_size_and_copies(void)
{
    struct settings_printer p = printer(LINK_TSPL);
    struct tspl_label label;
    struct buf bytes, png;
    struct raster r;
    int wrong = 0;

    begin();
    buf_init(&bytes, 1 << 20);
    buf_init(&png, 1 << 20);
    r = picture(&p);
    CHECK(label_bytes(&r, &p, 0, 7, &bytes, &png) == OK);
    tspl_decode(bytes.data, bytes.len, &label);
    CHECK(!label.why && label.printed == 7 && label.gap_mm == 3);
    CHECK(label.width == 400 && label.height == 240 && png.len > 0);
    for (size_t i = 0; !label.why && i < label.width * label.height; i++)
        wrong += label.dots[i] !=
                 raster_dot(&r, (int)(i % label.width), (int)(i / label.width));
    CHECK(wrong == 0);
    tspl_label_finish(&label);
    raster_finish(&r);
    buf_clear(&bytes);
    p = printer(LINK_ZPL);
    r = picture(&p);
    CHECK(label_bytes(&r, &p, 0, 7, &bytes, &png) == OK);
    CHECK(strncmp(bytes.data, "^XA\n^PW400\n^LL240\n", 18) == 0);
    CHECK(strstr(bytes.data, "^PQ7\n") != NULL);
    raster_finish(&r);
    buf_finish(&bytes);
    buf_finish(&png);
    end();
}

static void
test_label__receipt_paper_gets_a_strip_to_cut_apart(void)
{
    struct settings_printer p = printer(LINK_ESCPOS);
    struct fake_options options = {.buffer = 1 << 20};
    struct fake *paper = fake_new(&options);
    const struct fake_slip *slip;
    struct buf bytes, png;
    struct raster r;
    int wrong = 0, step;

    begin();
    buf_init(&bytes, 1 << 22);
    buf_init(&png, 1 << 22);
    r = picture(&p);
    CHECK(r.width_dots == RASTER_80MM);
    CHECK(label_bytes(&r, &p, 0, 3, &bytes, &png) == OK);
    step = r.height_dots + LABEL_STRIP_GAP;
    CHECK(fake_feed(paper, bytes.data, bytes.len) == bytes.len);
    CHECK(fake_slips(paper) == 1 && fake_count(paper)->unknown == 0);
    slip = fake_slip(paper, 0);
    CHECK(slip->cut == 'p' && slip->width == 576);
    CHECK(slip->rows >= (size_t)(3 * r.height_dots + 2 * LABEL_STRIP_GAP));
    for (int top = 0; top < 3 * step; top += step)
        for (int y = 0; y < r.height_dots; y++)
            for (int x = 0; x < r.width_dots; x++)
                wrong += raster_dot(&r, x, y) !=
                         fake_slip_dot(slip, (size_t)x, (size_t)(top + y));
    CHECK(wrong == 0);
    fake_free(paper);
    raster_finish(&r);
    p.paper_mm = 58;
    r = picture(&p);
    CHECK(r.width_dots == RASTER_58MM);
    buf_clear(&bytes);
    CHECK(label_bytes(&r, &p, 0, LABEL_COPIES_MAX, &bytes, &png) == OK);
    raster_finish(&r);
    buf_finish(&bytes);
    buf_finish(&png);
    end();
}

static void
test_label__a_job_holds_what_was_asked(void)
{
    struct label_ask ask = {LABEL_PRICE, 17, 9}, got;
    struct print_job job = {.id = 1};
    int copies = 0;

    label_job_set(&job, &ask, 25);
    CHECK(job.kind == PRINT_LABEL);
    CHECK_STR(job.body,
        "{\"kind\":\"price\",\"product\":17,\"lot\":9,\"copies\":25}");
    CHECK(label_job_read(&job, &got, &copies) == OK);
    CHECK(got.kind == LABEL_PRICE && got.product_id == 17 && got.lot_id == 9);
    CHECK(copies == 25);
    ask = (struct label_ask){LABEL_SHELF, 17, 0};
    label_job_set(&job, &ask, 1);
    CHECK(label_job_read(&job, &got, &copies) == OK);
    CHECK(got.kind == LABEL_SHELF && got.lot_id == 0 && copies == 1);
    snprintf(job.body, sizeof(job.body),
        "{\"kind\":\"poster\",\"product\":17,\"copies\":1}");
    CHECK(label_job_read(&job, &got, &copies) == ERR_FIELD_VALUE);
}

int
main(void)
{
    CHECK(font_open(FONT_REGULAR, FONT_BOLD, &font) == OK);
    CHECK(open_lang() == OK);
    RUN(test_label__says_name_price_unit_and_code);
    RUN(test_label__a_price_tag_says_the_expiry_of_its_lot);
    RUN(test_label__refuses_lots_that_do_not_belong_on_it);
    RUN(test_label__a_retired_product_needs_none);
    RUN(test_label__shows_stars_while_the_certificate_is_in_force);
    RUN(test_label__shows_no_stars_of_a_suspended_certificate);
    RUN(test_label__shows_the_code_that_finds_this_product_alone);
    RUN(test_label__a_sku_of_digits_is_a_code);
    RUN(test_label__a_label_printer_gets_its_size_and_copies);
    RUN(test_label__receipt_paper_gets_a_strip_to_cut_apart);
    RUN(test_label__a_job_holds_what_was_asked);
    font_close(font);
    return T_END();
}
