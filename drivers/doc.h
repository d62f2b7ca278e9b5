/* drivers/doc.h - a slip as a list of what stands on it, for no device in
 * particular: rows of text, rules, a QR code, feeds, cuts, the drawer's pulse.
 * drivers/raster.h draws it, drivers/escpos.h makes a printer's bytes of it.
 *
 *     struct doc *d = doc_new();
 *
 *     doc_text(d, doc_title, "%s", shop_name);
 *     doc_text(d, doc_centre, "ĐC: %s", address);
 *     doc_rule(d, DOC_RULE_SOLID);
 *     doc_text(d, doc_strong, "%s", product_name);
 *     doc_pair(d, doc_plain, "2 gói × 85.000", "170.000");
 *     doc_text(d, doc_small, "OCOP " DOC_STAR DOC_STAR DOC_STAR " số 17");
 *     doc_gap(d);
 *     ...
 *     doc_rule(d, DOC_RULE_DASHED);
 *     doc_columns(d, doc_plain, (struct doc_cell[]){
 *         {"Thuế suất", 2, DOC_LEFT}, {"Trước thuế", 3, DOC_RIGHT},
 *         {"Tiền thuế", 3, DOC_RIGHT}}, 3);
 *     doc_pair(d, doc_total, "TỔNG CỘNG", "170.000 ₫");
 *     doc_qr(d, verify_url, 0);
 *     doc_text(d, doc_small_centre, "%s", host);
 *     doc_cut(d, DOC_CUT_PARTIAL);
 *     e = raster_draw(d, font, RASTER_80MM, &raster);
 *     doc_free(d);
 *
 * The calls that add give nothing back.  The first failure stays in the slip,
 * what is added after it is ignored, and doc_err or raster_draw tells it: so a
 * composer reads as the receipt does.  Failures: ERR_TEXT for text that is not
 * UTF-8 or holds a control character other than '\n'; ERR_TOO_LARGE beyond the
 * limits below.
 *
 * Text is made NFC when it is added.  Whether the font has every letter is
 * seen when the slip is drawn (ERR_GLYPH): pass names that people typed through
 * font_replace_missing first, so that no letter can stop a sale.
 *
 * A slip belongs to one thread at a time. */
#ifndef DRIVERS_DOC_H
#define DRIVERS_DOC_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

enum {
    DOC_ELEMENTS_MAX = 8192,
    DOC_BYTES_MAX = 512 * 1024, /* of text, all rows together */
    DOC_CELLS_MAX = 6,
    DOC_FEED_MAX = 40,
    DOC_QR_BYTES_MAX = 1024
};

/* The star of a certificate.  Ours to give: font_replace_missing takes it out
 * of names, so only a composer that knows a certificate can print one. */
#define DOC_STAR "\xe2\x98\x85" /* U+2605 */

enum doc_align { DOC_LEFT, DOC_CENTRE, DOC_RIGHT };
/* Dots at 80 mm / 58 mm: 22/21, 24/22, 32/28, and 48/40 for the rare word that
 * must be seen from afar. */
enum doc_size { DOC_SMALL, DOC_NORMAL, DOC_LARGE, DOC_HUGE, DOC_SIZES };
enum doc_rule { DOC_RULE_SOLID, DOC_RULE_DASHED };
enum doc_cut { DOC_CUT_PARTIAL, DOC_CUT_FULL };
/* What a self-test shows, as wide as the paper: millimetres above and dots
 * below, with both edges; eight greys; steps in which every dot of the head
 * has its turn; all of them at once. */
enum doc_pattern {
    DOC_PATTERN_RULER,
    DOC_PATTERN_GREYS,
    DOC_PATTERN_STEPS,
    DOC_PATTERN_SOLID
};

struct doc_style {
    enum doc_size size;
    bool bold;
    enum doc_align align; /* for doc_text; cells carry their own */
};

/* The styles of this house; make others with a compound literal. */
extern const struct doc_style doc_plain, doc_centre, doc_right;
extern const struct doc_style doc_strong, doc_strong_centre;
extern const struct doc_style doc_small, doc_small_centre;
extern const struct doc_style doc_title; /* large, bold, centred */
extern const struct doc_style doc_total; /* large, bold, left */

/* One cell of a row.  Its text wraps between words within the cell. */
struct doc_cell {
    const char *text;
    int weight; /* share of the width; 0 = as wide as its text */
    enum doc_align align;
};

enum doc_kind {
    DOC_ROW,  /* cells, style */
    DOC_RULE, /* rule */
    DOC_FEED, /* count: quarters of a line of normal size */
    DOC_QR,   /* cells[0].text; count: dots a module, 0 = what fits */
    DOC_PATTERN, /* pattern */
    DOC_CUT,     /* cut */
    DOC_PULSE
};

/* What raster_draw reads; texts are owned by the slip. */
struct doc_element {
    enum doc_kind kind;
    struct doc_style style;
    enum doc_rule rule;
    enum doc_pattern pattern;
    enum doc_cut cut;
    int count;
    int cells_len;
    struct doc_cell cells[DOC_CELLS_MAX];
};

struct doc;

struct doc *doc_new(void);
void doc_free(struct doc *d);

/* A line, or several with '\n'; wraps between words.  Centred text that wraps
 * is broken into lines of about the same length. */
void doc_text(struct doc *d, struct doc_style style, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* A row of 1..DOC_CELLS_MAX cells; texts are copied.  Rows with the same
 * weights have their columns at the same dots. */
void doc_columns(struct doc *d, struct doc_style style,
    const struct doc_cell *cells, size_t n);

/* The row every receipt is made of: `left` wraps, `right` stands whole at the
 * right edge. */
void doc_pair(
    struct doc *d, struct doc_style style, const char *left, const char *right);

void doc_rule(struct doc *d, enum doc_rule rule);

/* White space of `lines` lines of normal size, 1..DOC_FEED_MAX. */
void doc_feed(struct doc *d, int lines);

/* A little white, a quarter of a line: between one product and the next. */
void doc_gap(struct doc *d);

/* A QR code of `text` (ASCII), centred.  `module_dots` 4..8, or 0: 5 where it
 * fits, else 4.  3 is the self-test's alone: many phones do not read 0.375 mm
 * from thermal paper, and the slip is there to see whether this one is read. */
void doc_qr(struct doc *d, const char *text, int module_dots);

void doc_pattern(struct doc *d, enum doc_pattern pattern);

/* Cut behind what stands above; further elements go on a new slip. */
void doc_cut(struct doc *d, enum doc_cut cut);

/* Open the cash drawer.  Takes no paper. */
void doc_pulse(struct doc *d);

/* OK, or the first failure, told again as err_set did. */
enum err doc_err(const struct doc *d);

size_t doc_len(const struct doc *d);
/* Borrowed; `i` below doc_len. */
const struct doc_element *doc_at(const struct doc *d, size_t i);

#endif
