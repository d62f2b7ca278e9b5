#include "drivers/font.h"

#include <assert.h>
#include <ft2build.h>
#include <pthread.h>
#include <string.h>
#include FT_FREETYPE_H
#include FT_ADVANCES_H
#include FT_SIZES_H

#include "base/mem.h"
#include "base/text.h"
#include "drivers/star.h"

const char font_vietnamese[] = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịò"
                               "óỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđÀ"
                               "ÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓ"
                               "ỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴĐ";

static const char figures[] = "0123456789.,%₫ ";

enum { STAR = 0x2605, SIGN = 0xfffd, REGULAR = 0, BOLD = 1 };

struct font_strike {
    FT_Face face;
    FT_Size size;
    FT_Int32 load_flags;
    int px;
    bool bold;
    int ascent, descent;
    struct font_glyph **kept; /* by the face's glyph index; NULL = not yet */
    struct font_glyph *star;
};

struct font {
    FT_Library library;
    FT_Face faces[2];
    struct font_strike **strikes;
    size_t strikes_len;
    pthread_mutex_t lock; /* of everything here: FreeType has none */
};

/* Of all vowels that differ in the tone alone, the least number of dots that
 * still differ when one is laid over the other, moved by up to a dot; by size,
 * for Debian 12's Noto Sans and FreeType:
 *
 *                        21  22  24  28  32  40  48 dots
 *   regular, its hints    4   4   5   5   8  15  18
 *   regular, auto-hinted  2   2   2   4   9  12  21
 *   regular, unhinted     2   3   4   5   9   9  17
 *   bold, its hints       4   4   2   7   9  11  20
 *   bold, auto-hinted     3   2   5   6  12  15  25
 *   bold, unhinted        2   4   6   7   6  11  17
 *
 * So the font's own hints serve, save for bold at 24, where they round the
 * acute and the hook above ă to nearly the same dots; there the auto-hinter is
 * also what tesseract reads best (2 of 72 names wrong, 12 unhinted). */
static FT_Int32
load_flags_for(int px, bool bold)
{
    FT_Int32 flags = FT_LOAD_TARGET_MONO;

    return bold && px == 24 ? flags | FT_LOAD_FORCE_AUTOHINT : flags;
}

static enum err
refuse_letter(uint32_t cp)
{
    err_arg("letter", "U+%04X", (unsigned)cp);
    return err_set(ERR_GLYPH, "the font cannot print U+%04X", (unsigned)cp);
}

/* Leaves no mark of its own: soft hyphen, joiners, directions, selectors. */
static bool
is_invisible(uint32_t cp)
{
    return cp == 0xad || (cp >= 0x200b && cp <= 0x200f) ||
           (cp >= 0x2028 && cp <= 0x202e) || (cp >= 0x2060 && cp <= 0x206f) ||
           (cp >= 0xfe00 && cp <= 0xfe0f) || cp == 0xfeff ||
           (cp >= 0xe0000 && cp <= 0xe0fff);
}

/* Its index in the face, or 0 when it cannot stand alone: missing, or without
 * room of its own on the line, as combining marks are. */
static FT_UInt
glyph_index(FT_Face face, uint32_t cp)
{
    FT_UInt index = is_invisible(cp) ? 0 : FT_Get_Char_Index(face, cp);
    FT_Fixed advance = 0;

    if (index == 0 ||
        FT_Get_Advance(face, index, FT_LOAD_NO_SCALE, &advance) != 0)
        return 0;
    return advance > 0 ? index : 0;
}

static bool
in_both(const struct font *font, uint32_t cp)
{
    return cp >= 0x20 && glyph_index(font->faces[REGULAR], cp) != 0 &&
           glyph_index(font->faces[BOLD], cp) != 0;
}

static enum err
open_face(struct font *font, int which, const char *path)
{
    const char *needed[] = {font_vietnamese, figures};
    uint32_t cp;

    if (FT_New_Face(font->library, path, 0, &font->faces[which]) != 0 ||
        !FT_IS_SCALABLE(font->faces[which])) {
        err_arg("file", "%s", path);
        return err_set(ERR_FILE, "%s: not a font that can be used", path);
    }
    for (size_t i = 0; i < sizeof(needed) / sizeof(needed[0]); i++)
        for (const char *at = needed[i]; (cp = text_next(&at)) != 0;)
            if (glyph_index(font->faces[which], cp) == 0) {
                err_arg("file", "%s", path);
                return err_set(
                    ERR_FILE, "%s: lacks U+%04X", path, (unsigned)cp);
            }
    return OK;
}

enum err
font_open(
    const char *regular_path, const char *bold_path, struct font **font_out)
{
    struct font *font = mem_new(1, sizeof(*font));
    enum err e;

    pthread_mutex_init(&font->lock, NULL);
    if (FT_Init_FreeType(&font->library) != 0) {
        font->library = NULL;
        e = err_set(ERR_SYSTEM, "FreeType does not start");
        goto out;
    }
    e = open_face(font, REGULAR, regular_path);
    if (e == OK)
        e = open_face(font, BOLD, bold_path);
out:
    if (e != OK) {
        font_close(font);
        return e;
    }
    *font_out = font;
    return OK;
}

static void
free_strike(struct font_strike *strike)
{
    for (FT_Long i = 0; i < strike->face->num_glyphs; i++)
        mem_free(strike->kept[i]);
    mem_free(strike->kept);
    mem_free(strike->star);
    mem_free(strike);
}

void
font_close(struct font *font)
{
    if (!font)
        return;
    for (size_t i = 0; i < font->strikes_len; i++)
        free_strike(font->strikes[i]);
    mem_free(font->strikes);
    if (font->library)
        FT_Done_FreeType(font->library); /* faces and sizes go with it */
    pthread_mutex_destroy(&font->lock);
    mem_free(font);
}

void
font_lock(struct font *font)
{
    pthread_mutex_lock(&font->lock);
}

void
font_unlock(struct font *font)
{
    pthread_mutex_unlock(&font->lock);
}

/* A glyph with room for its dots behind it, one piece of memory. */
static struct font_glyph *
new_glyph(int width, int height)
{
    int stride = (width + 7) / 8;
    size_t dots = (size_t)stride * (size_t)height;
    struct font_glyph *g = mem_new(1, sizeof(*g) + dots);

    g->width = width;
    g->height = height;
    g->stride = stride;
    g->bits = (const uint8_t *)(g + 1);
    return g;
}

static uint8_t *
own_bits(struct font_glyph *g)
{
    return (uint8_t *)(g + 1);
}

/* Keep what FreeType drew last. */
static struct font_glyph *
copy_slot(FT_GlyphSlot slot)
{
    const FT_Bitmap *bm = &slot->bitmap;
    struct font_glyph *g = new_glyph((int)bm->width, (int)bm->rows);

    for (int y = 0; y < g->height; y++)
        memcpy(own_bits(g) + y * g->stride, bm->buffer + y * bm->pitch,
            (size_t)g->stride);
    g->left = slot->bitmap_left;
    g->top = slot->bitmap_top;
    g->advance = (int)((slot->advance.x + 32) >> 6);
    if (g->advance < 1)
        g->advance = 1;
    return g;
}

static enum err
draw_glyph(struct font_strike *strike, FT_UInt index, uint32_t cp)
{
    FT_GlyphSlot slot = strike->face->glyph;

    if (FT_Activate_Size(strike->size) != 0 ||
        FT_Load_Glyph(
            strike->face, index, strike->load_flags | FT_LOAD_RENDER) != 0 ||
        (slot->bitmap.width && slot->bitmap.pixel_mode != FT_PIXEL_MODE_MONO))
        return refuse_letter(cp);
    strike->kept[index] = copy_slot(slot);
    return OK;
}

/* The font has no star; one as high as a capital is drawn for it. */
static const struct font_glyph *
star_glyph(struct font_strike *strike)
{
    int side = strike->px * 7 / 8;
    struct font_glyph *g;

    if (!strike->star) {
        g = new_glyph(side, side);
        star_draw(side, own_bits(g), g->stride);
        g->top = side * 15 / 16;
        g->advance = side + strike->px / 12;
        strike->star = g;
    }
    return strike->star;
}

enum err
font_glyph(struct font_strike *strike, uint32_t code_point,
    const struct font_glyph **glyph_out)
{
    FT_UInt index;
    enum err e;

    if (code_point == STAR) {
        *glyph_out = star_glyph(strike);
        return OK;
    }
    index = glyph_index(strike->face, code_point);
    if (index == 0)
        return refuse_letter(code_point);
    if (!strike->kept[index]) {
        e = draw_glyph(strike, index, code_point);
        if (e != OK)
            return e;
    }
    *glyph_out = strike->kept[index];
    return OK;
}

/* Ascent and descent, from the letters that can be tallest or deepest: capitals
 * with two marks above, dots and horns below, brackets.  (That no other of the
 * 134 is, at any size, is a test: drawing all would make a first receipt wait.)
 */
static void
measure(struct font_strike *strike)
{
    static const char extreme[] = "ẤẦẨẪẮẰẲẴẾỀỂỄỐỒỔỖỚỜỞỠỨỪỬỮ"
                                  "ẶẬỆỘỢỰặậệịộợựỵgjpqyQ()[]|/₫";
    const struct font_glyph *g;
    uint32_t cp;

    for (const char *at = extreme; (cp = text_next(&at)) != 0;) {
        if (font_glyph(strike, cp, &g) != OK)
            continue; /* a bracket can be spared; letters open_face saw */
        if (g->top > strike->ascent)
            strike->ascent = g->top;
        if (g->height - g->top > strike->descent)
            strike->descent = g->height - g->top;
    }
}

static struct font_strike *
new_strike(struct font *font, int px, bool bold)
{
    FT_Face face = font->faces[bold ? BOLD : REGULAR];
    struct font_strike *strike = mem_new(1, sizeof(*strike));
    FT_Error failed;

    strike->face = face;
    strike->px = px;
    strike->bold = bold;
    strike->load_flags = load_flags_for(px, bold);
    strike->kept = mem_new((size_t)face->num_glyphs, sizeof(strike->kept[0]));
    failed = FT_New_Size(face, &strike->size);
    assert(!failed); /* only for want of memory */
    failed = FT_Activate_Size(strike->size);
    assert(!failed);
    failed = FT_Set_Pixel_Sizes(face, 0, (FT_UInt)px);
    assert(!failed); /* the face is scalable: open_face looked */
    measure(strike);
    return strike;
}

struct font_strike *
font_strike(struct font *font, int px, bool bold)
{
    size_t n = font->strikes_len;

    assert(px >= FONT_PX_MIN && px <= FONT_PX_MAX);
    for (size_t i = 0; i < n; i++)
        if (font->strikes[i]->px == px && font->strikes[i]->bold == bold)
            return font->strikes[i];
    font->strikes = mem_resize(font->strikes, n + 1, sizeof(*font->strikes));
    font->strikes[n] = new_strike(font, px, bold);
    font->strikes_len++;
    return font->strikes[n];
}

int
font_ascent(const struct font_strike *strike)
{
    return strike->ascent;
}

int
font_descent(const struct font_strike *strike)
{
    return strike->descent;
}

enum err
font_check(struct font *font, const char *text)
{
    enum err e = OK;
    uint32_t cp;

    font_lock(font);
    while (e == OK && (cp = text_next(&text)) != 0)
        if (cp != '\n' && cp != STAR && !in_both(font, cp))
            e = refuse_letter(cp);
    font_unlock(font);
    return e;
}

static void
add_sign(const struct font *font, struct buf *out)
{
    buf_add_str(out, in_both(font, SIGN) ? "\xef\xbf\xbd" : "?");
}

/* `text` is NFC. */
static void
replace_missing(const struct font *font, const char *text, struct buf *out)
{
    bool in_run = false;

    for (;;) {
        const char *from = text;
        uint32_t cp = text_next(&text);

        if (cp == 0)
            return;
        if (is_invisible(cp))
            continue;
        if (cp == '\n' || in_both(font, cp)) {
            buf_add(out, from, (size_t)(text - from));
            in_run = false;
        } else if (!in_run) {
            add_sign(font, out);
            in_run = true;
        }
    }
}

void
font_replace_missing(struct font *font, const char *text, struct buf *out)
{
    size_t len = strlen(text);
    struct buf nfc;

    buf_init(&nfc, len * 3 + 64); /* NFC grows text by 3 at most */
    font_lock(font);
    if (text_nfc(text, len, &nfc) == OK && !nfc.full)
        replace_missing(font, nfc.data, out);
    else
        add_sign(font, out);
    font_unlock(font);
    buf_finish(&nfc);
}
