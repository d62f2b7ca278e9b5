#include "base/text.h"

#include <utf8proc.h>

#include "base/mem.h"

/* The ASCII letter that a Latin letter with marks folds to; '.' where the
 * Unicode tables must be asked.  Đ (U+0110), its look-alikes Ð (U+00D0) and
 * Ɖ (U+0189), which old converters leave behind, have no decomposition. */
static const char fold_00c0[] =
    "aaaaaa.ceeeeiiiidnooooo..uuuuy..aaaaaa.ceeeeiiiidnooooo..uuuuy.y"
    /* U+0100 */
    "aaaaaaccccccccddddeeeeeeeeeegggggggghh..iiiiiiiii...jjkk.llllll."
    "...nnnnnn...oooooo..rrrrrrsssssssstttt..uuuuuuuuuuuuwwyyyzzzzzz."
    ".........d......................oo.............uu..............."
    ".............aaiioouuuuuuuuuu.aaaa....ggkkoooo..j...gg..nnaa...."
    /* U+0200 */
    "aaaaeeeeiiiioooorrrruuuusstt..hh......aaeeooooooooyy............"
    "................";
static const char fold_1e00[] =
    "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm"
    "mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv"
    "wwwwwwwwwwxxxxyyzzzzzzhtwy......aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee"
    "eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy......";

/* Bytes of the code point at `s`, of which `len` may be read; 0 when it is not
 * strict UTF-8.  Stops at the first wrong byte, so also at a NUL. */
static size_t
decode(const char *s, size_t len, uint32_t *cp_out)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    const unsigned char *b = (const unsigned char *)s;
    size_t n;
    uint32_t cp;

    if (len > 0 && b[0] < 0x80) {
        *cp_out = b[0];
        return 1;
    }
    if (len == 0 || b[0] < 0xC2 || b[0] > 0xF4)
        return 0;
    n = b[0] < 0xE0 ? 2 : b[0] < 0xF0 ? 3 : 4;
    if (n > len)
        return 0;
    cp = b[0] & (0xFFu >> (n + 1));
    for (size_t i = 1; i < n; i++) {
        if ((b[i] & 0xC0u) != 0x80u)
            return 0;
        cp = cp << 6 | (b[i] & 0x3Fu);
    }
    if (cp < least[n] || cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
        return 0;
    *cp_out = cp;
    return n;
}

static bool
in(uint32_t cp, uint32_t first, uint32_t last)
{
    return cp - first <= last - first;
}

/* Is NFC whatever stands before or behind it (a test holds this against the
 * whole of Unicode): nearly all that a showroom ever writes. */
static bool
is_composed(uint32_t cp)
{
    return cp < 0x300 || in(cp, 0x1E00, 0x1EFF) || in(cp, 0x2010, 0x205E) ||
           in(cp, 0x20A0, 0x20C0);
}

/* Strict UTF-8 without NUL; says too whether all of it is plainly NFC. */
static bool
scan(const char *s, size_t len, bool *composed_out)
{
    *composed_out = true;
    while (len > 0) {
        uint32_t cp;
        size_t n = decode(s, len, &cp);

        if (n == 0 || cp == 0)
            return false;
        if (!is_composed(cp))
            *composed_out = false;
        s += n;
        len -= n;
    }
    return true;
}

bool
text_is_utf8(const char *s, size_t len)
{
    bool composed;

    return scan(s, len, &composed);
}

static enum err
not_text(void)
{
    return err_set(ERR_TEXT, "not strict UTF-8 without NUL");
}

/* OK, or what was appended since `start` taken back and ERR_TOO_LARGE. */
static enum err
all_or_nothing(struct buf *out, size_t start)
{
    if (!out->full)
        return OK;
    buf_cut(out, start);
    return err_set(ERR_TOO_LARGE, "text of more than %zu bytes", out->max);
}

static void
add_cp(struct buf *out, uint32_t cp)
{
    utf8proc_uint8_t bytes[4];

    buf_add(
        out, bytes, (size_t)utf8proc_encode_char((utf8proc_int32_t)cp, bytes));
}

/* Append valid UTF-8 in NFC, by the Unicode tables. */
static enum err
compose(const char *s, size_t len, struct buf *out)
{
    const utf8proc_option_t how = UTF8PROC_STABLE | UTF8PROC_COMPOSE;
    const utf8proc_uint8_t *from = (const utf8proc_uint8_t *)s;
    utf8proc_int32_t few[256], *cps = few, *many = NULL;
    utf8proc_ssize_t n;

    n = utf8proc_decompose(from, (utf8proc_ssize_t)len, few, 256, how);
    if (n > 256) {
        many = cps = mem_new((size_t)n, sizeof(*many));
        n = utf8proc_decompose(from, (utf8proc_ssize_t)len, many, n, how);
    }
    if (n > 0)
        n = utf8proc_normalize_utf32(cps, n, how);
    for (utf8proc_ssize_t i = 0; i < n; i++)
        add_cp(out, (uint32_t)cps[i]);
    mem_free(many);
    return n < 0 ? err_set(ERR_TEXT, "text that cannot be composed") : OK;
}

enum err
text_nfc(const char *s, size_t len, struct buf *out)
{
    size_t start = out->len;
    bool composed;
    enum err e;

    if (!scan(s, len, &composed))
        return not_text();
    if (composed) {
        buf_add(out, s, len);
    } else {
        e = compose(s, len, out);
        if (e != OK)
            return e;
    }
    return all_or_nothing(out, start);
}

enum look { LOOK_SEEN, LOOK_SPACE, LOOK_BREAK, LOOK_NOTHING };

/* What text_clean does with a code point. */
static enum look
look_of(uint32_t cp)
{
    if (in(cp, 0x21, 0x7E) || in(cp, 0xC0, 0x2FF) || in(cp, 0x1E00, 0x1EFF))
        return LOOK_SEEN;
    switch (utf8proc_category((utf8proc_int32_t)cp)) {
    case UTF8PROC_CATEGORY_ZS:
        return LOOK_SPACE;
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
        return LOOK_BREAK;
    case UTF8PROC_CATEGORY_CF:
        return LOOK_NOTHING;
    default:
        return LOOK_SEEN;
    }
}

/* Append valid UTF-8 to an empty buf as text_clean promises, but for NFC. */
static void
clean(const char *s, size_t len, struct buf *out)
{
    size_t seen = 0; /* bytes of `out` up to the last thing seen */
    bool broken = false;

    while (len > 0) {
        uint32_t cp = 0;
        size_t n = decode(s, len, &cp);
        enum look look = look_of(cp);

        if (look == LOOK_SEEN) {
            if (broken && seen > 0) {
                buf_cut(out, seen);
                buf_add_char(out, ' ');
            }
            broken = false;
            buf_add(out, s, n);
            seen = out->len;
        } else if (look == LOOK_BREAK) {
            broken = true;
        } else if (look == LOOK_SPACE && seen > 0) {
            buf_add(out, s, n);
        }
        s += n;
        len -= n;
    }
    buf_cut(out, seen);
}

enum err
text_clean(const char *s, size_t len, struct buf *out)
{
    struct buf cleaned;
    enum err e;

    if (!text_is_utf8(s, len))
        return not_text();
    buf_init(&cleaned, len);
    clean(s, len, &cleaned);
    e = text_nfc(cleaned.data, cleaned.len, out);
    buf_finish(&cleaned);
    return e;
}

/* A fold being written: a space is owed before the next letter once something
 * else than a letter came by. */
struct fold {
    struct buf *out;
    size_t start;
    bool gap;
    bool foreign; /* wrote what may have to be composed */
};

static void
fold_put(struct fold *fold, uint32_t cp)
{
    if (fold->gap && fold->out->len > fold->start)
        buf_add_char(fold->out, ' ');
    fold->gap = false;
    if (cp < 0x80) {
        buf_add_char(fold->out, (char)cp);
        return;
    }
    fold->foreign = true;
    add_cp(fold->out, cp);
}

/* By the Unicode tables: decomposed, marks dropped, lower case. */
static void
fold_rare(struct fold *fold, uint32_t cp)
{
    utf8proc_int32_t parts[8];
    int last_class = 0;
    utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)cp, parts, 8,
        UTF8PROC_STABLE | UTF8PROC_DECOMPOSE, &last_class);

    for (utf8proc_ssize_t i = 0; i < n && i < 8; i++) {
        utf8proc_category_t is = utf8proc_category(parts[i]);

        if (is >= UTF8PROC_CATEGORY_MN && is <= UTF8PROC_CATEGORY_ME)
            continue;
        if ((is >= UTF8PROC_CATEGORY_LU && is <= UTF8PROC_CATEGORY_LO) ||
            (is >= UTF8PROC_CATEGORY_ND && is <= UTF8PROC_CATEGORY_NO))
            fold_put(fold, (uint32_t)utf8proc_tolower(parts[i]));
        else
            fold->gap = true;
    }
}

static void
fold_one(struct fold *fold, uint32_t cp)
{
    char letter = '.';

    if (in(cp, 'a', 'z') || in(cp, '0', '9')) {
        letter = (char)cp;
    } else if (in(cp, 'A', 'Z')) {
        letter = (char)(cp - 'A' + 'a');
    } else if (cp < 0x80) {
        fold->gap = true;
        return;
    } else if (in(cp, 0xC0, 0x24F)) {
        letter = fold_00c0[cp - 0xC0];
    } else if (in(cp, 0x1E00, 0x1EFF)) {
        letter = fold_1e00[cp - 0x1E00];
    }
    if (letter != '.')
        fold_put(fold, (unsigned char)letter);
    else
        fold_rare(fold, cp);
}

/* Compose what was written: marks are gone, but Hangul stands in pieces. */
static enum err
fold_compose(struct fold *fold)
{
    struct buf pieces;
    enum err e;

    buf_init(&pieces, fold->out->max);
    buf_add(
        &pieces, fold->out->data + fold->start, fold->out->len - fold->start);
    buf_cut(fold->out, fold->start);
    e = text_nfc(pieces.data, pieces.len, fold->out);
    buf_finish(&pieces);
    return e;
}

enum err
text_fold(const char *s, size_t len, struct buf *out)
{
    struct fold fold = {.out = out, .start = out->len};
    enum err e;

    while (len > 0) {
        uint32_t cp;
        size_t n = decode(s, len, &cp);

        if (n == 0 || cp == 0) {
            buf_cut(out, fold.start);
            return not_text();
        }
        fold_one(&fold, cp);
        s += n;
        len -= n;
    }
    e = all_or_nothing(out, fold.start);
    return e == OK && fold.foreign ? fold_compose(&fold) : e;
}

void
text_initials(const char *fold, struct buf *out)
{
    bool first = true;
    const char *at = fold;
    uint32_t cp;

    while ((cp = text_next(&at)) != 0) {
        if (first && cp != ' ')
            add_cp(out, cp);
        first = cp == ' ';
    }
}

size_t
text_len(const char *utf8)
{
    size_t n = 0;

    while (text_next(&utf8) != 0)
        n++;
    return n;
}

uint32_t
text_next(const char **at)
{
    uint32_t cp = 0;
    size_t n;

    if (**at == '\0')
        return 0;
    /* never past the NUL: decode stops at the first byte that is wrong */
    n = decode(*at, 4, &cp);
    *at += n ? n : 1;
    return n ? cp : 0xFFFD;
}
