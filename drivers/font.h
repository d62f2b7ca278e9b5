/* drivers/font.h - letters as dots: FreeType behind one door.
 *
 * A font is a regular and a bold face.  A strike is one of them at one size;
 * its glyphs are drawn in one bit once and kept.  There is no kerning and no
 * shaping: after NFC every Vietnamese letter is one glyph, and what would need
 * more (a combining mark left over, an emoji, another script) is refused, never
 * drawn as a box or in the wrong place.
 *
 * Hinting is by face, chosen for the letters to stay apart, not for looks: see
 * font.c.  The line height comes from the tallest and the deepest letter that
 * Vietnamese has; the font's own ascender would cut the hook off an Ẩ.
 *
 * Threads: font_check and font_replace_missing may be called from any.  All
 * that takes a strike, and font_strike itself, only between font_lock and
 * font_unlock; raster_draw does that by itself. */
#ifndef DRIVERS_FONT_H
#define DRIVERS_FONT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

/* The 134 letters that Vietnamese has beyond ASCII: 66 vowels with marks
 * and tones, and đ, small and capital. */
extern const char font_vietnamese[];

enum { FONT_PX_MIN = 8, FONT_PX_MAX = 96 };

struct font;
struct font_strike;

/* One bit a dot, 1 = black, the leftmost dot in the highest bit. */
struct font_glyph {
    int left; /* from the pen to the first column */
    int top;  /* from the base line up to the first row */
    int width, height, stride;
    int advance; /* of the pen; always > 0 */
    const uint8_t *bits;
};

/* ERR_FILE when a face cannot be used, or lacks one of the 134 Vietnamese
 * letters, a figure or the ₫. */
enum err font_open(
    const char *regular_path, const char *bold_path, struct font **font_out);
void font_close(struct font *font);

/* ERR_GLYPH with letter=U+XXXX for the first character of `text` (UTF-8, NFC;
 * '\n' passes) that cannot be printed in both faces. */
enum err font_check(struct font *font, const char *text);

/* Append `text` (UTF-8) in NFC with every run of unprintable characters
 * replaced by one U+FFFD (which the font draws as a diamond), or by '?' where
 * the font has none.  Stars (DOC_STAR) count as unprintable here, whoever typed
 * them; what leaves no mark (joiners, variation selectors) is dropped.  Text
 * that is not UTF-8 becomes one such sign: this call cannot fail. */
void font_replace_missing(struct font *font, const char *text, struct buf *out);

void font_lock(struct font *font);
void font_unlock(struct font *font);

/* The strike of `px` dots, FONT_PX_MIN..FONT_PX_MAX; owned by the font. */
struct font_strike *font_strike(struct font *font, int px, bool bold);

/* Dots above and below the base line that a line needs. */
int font_ascent(const struct font_strike *strike);
int font_descent(const struct font_strike *strike);

/* Borrowed until font_close.  ERR_GLYPH with letter=U+XXXX. */
enum err font_glyph(struct font_strike *strike, uint32_t code_point,
    const struct font_glyph **glyph_out);

#endif
