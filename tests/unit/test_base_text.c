#include "base/text.h"
#include "tests/unit/t.h"
#include "tests/unit/t_data.h"

#define DATA OCOP_SOURCE_DIR "/tests/data/"

typedef enum err text_function(const char *s, size_t len, struct buf *out);

/* What `f` makes of `s`; borrowed until the next call. */
static const char *
of(text_function *f, const char *s)
{
    static char kept[4096];
    struct buf b;

    buf_init(&b, sizeof(kept) - 1);
    CHECK(f(s, strlen(s), &b) == OK);
    snprintf(kept, sizeof(kept), "%s", b.data);
    buf_finish(&b);
    return kept;
}

static bool
is_text(const char *s)
{
    return text_is_utf8(s, strlen(s));
}

static void
test_text__is_strict_utf8(void)
{
    CHECK(text_is_utf8("", 0));
    CHECK(is_text("Đắk Lắk \xF4\x8F\xBF\xBF \xED\x9F\xBF \xEE\x80\x80"));
    CHECK(!text_is_utf8("a\0b", 3));
    CHECK(!is_text("\xC0\x80"));         /* NUL in two bytes */
    CHECK(!is_text("\xC1\xBF"));         /* overlong in two */
    CHECK(!is_text("\xE0\x9F\xBF"));     /* overlong in three */
    CHECK(!is_text("\xF0\x8F\xBF\xBF")); /* overlong in four */
    CHECK(!is_text("\xED\xA0\x80"));     /* U+D800 */
    CHECK(!is_text("\xED\xBF\xBF"));     /* U+DFFF */
    CHECK(!is_text("\xF4\x90\x80\x80")); /* U+110000 */
    CHECK(!is_text("\xF5\x80\x80\x80"));
    CHECK(!is_text("\xFF"));
    CHECK(!is_text("\x80"));
    CHECK(!is_text("\xE1\xBA"));   /* cut off at the end */
    CHECK(!is_text("\xE1\xBA M")); /* cut off in the middle */
    CHECK(!text_is_utf8("\xE1\xBA\xA5", 2));
}

static void
test_text__refuses_what_is_not_utf8_and_appends_nothing(void)
{
    static text_function *const all[] = {text_nfc, text_clean, text_fold};
    static const char *const bad[] = {
        "abc\xC3", "abc \xED\xA0\x80", "a\xF5", "Đà\x80"};
    struct buf b;

    buf_init(&b, 100);
    buf_add_str(&b, "x");
    for (size_t f = 0; f < 3; f++) {
        for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
            CHECK(all[f](bad[i], strlen(bad[i]), &b) == ERR_TEXT);
        CHECK(all[f]("a\0b", 3, &b) == ERR_TEXT);
    }
    CHECK_STR(b.data, "x");
    buf_finish(&b);
}

static void
test_text__appends_all_or_nothing(void)
{
    static text_function *const all[] = {text_nfc, text_clean, text_fold};
    struct buf b;

    for (size_t f = 0; f < 3; f++) {
        buf_init(&b, 7);
        buf_add_str(&b, "x");
        CHECK(all[f]("abcdefg", 7, &b) == ERR_TOO_LARGE);
        CHECK_STR(b.data, "x");
        CHECK(b.full);
        buf_clear(&b);
        CHECK(all[f]("abcdefg", 7, &b) == OK);
        CHECK_STR(b.data, "abcdefg");
        buf_finish(&b);
    }
}

static void
test_text__composes_and_folds_every_latin_letter(void)
{
    FILE *f = fopen(DATA "letters.tsv", "r");
    char line[256], *field[T_FIELDS];
    int n, letters = 0;

    CHECK(f != NULL);
    while (f && (n = t_tsv(f, line, sizeof(line), field)) > 0) {
        CHECK(n == 3);
        CHECK_STR(of(text_nfc, field[1]), field[0]);
        CHECK_STR(of(text_nfc, field[0]), field[0]);
        CHECK_STR(of(text_fold, field[0]), field[2]);
        CHECK_STR(of(text_fold, field[1]), field[2]);
        letters++;
    }
    CHECK(letters == 656);
    if (f)
        fclose(f);
}

static void
test_text__folds_the_known_names(void)
{
    FILE *f = fopen(DATA "fold.tsv", "r");
    char line[256], *field[T_FIELDS];
    int names = 0;

    CHECK(f != NULL);
    while (f && t_tsv(f, line, sizeof(line), field) == 2) {
        CHECK_STR(of(text_fold, field[0]), field[1]);
        names++;
    }
    CHECK(names == 7);
    if (f)
        fclose(f);
}

static void
test_text__fold_keeps_letters_and_digits_only(void)
{
    CHECK_STR(of(text_fold, ""), "");
    CHECK_STR(of(text_fold, " \t\n--(!)"), "");
    CHECK_STR(of(text_fold, "  Trà (sen) – Tây.Hồ, 100g/hộp!"),
        "tra sen tay ho 100g hop");
    CHECK_STR(of(text_fold, "a\u00a0b\u2013c×d₫"), "a b c d");
    CHECK_STR(of(text_fold, "ĐÀ NẴNG ĐẮC LẮC"), "da nang dac lac");
    CHECK_STR(of(text_fold, "\u00d0à Lạt, \u0189ồng"), "da lat dong");
    CHECK_STR(of(text_fold, "Thuỷ Thủy Hoà Hòa"), "thuy thuy hoa hoa");
    CHECK_STR(of(text_fold, "茶 ЙОД \u1100\u1161 ΣΑΣ"), "茶 иод \uac00 σασ");
    CHECK_STR(of(text_fold, "o\u0323\u0302 \u0301e"), "o e");
}

static void
test_text__composes_marks_in_any_order(void)
{
    CHECK_STR(of(text_nfc, "o\u0323\u0302"), "ộ");
    CHECK_STR(of(text_nfc, "o\u0302\u0323"), "ộ");
    CHECK_STR(of(text_nfc, "u\u031b\u0323 \u0110o\u031b\u0300n"), "ự Đờn");
    CHECK_STR(of(text_nfc, "\u212b\u2126\ufb01"), "\u00c5\u03a9\ufb01");
    CHECK_STR(of(text_nfc, "\u1100\u1161\u11a8"), "\uac01");
}

static void
test_text__composes_long_texts(void)
{
    struct buf in, out;

    buf_init(&in, 100000);
    buf_init(&out, 100000);
    for (int i = 0; i < 3000; i++)
        buf_add_str(&in, "e\u0302\u0301 ");
    CHECK(text_nfc(in.data, in.len, &out) == OK);
    CHECK(out.len == 3000 * 4);
    CHECK(strncmp(out.data, "ế ế ", 8) == 0);
    buf_finish(&in);
    buf_finish(&out);
}

/* UTF-8 of a code point below U+10000. */
static void
put_utf8(char out[4], uint32_t cp)
{
    int n = cp < 0x80 ? 1 : cp < 0x800 ? 2 : 3;

    memset(out, 0, 4);
    for (int i = n - 1; i > 0; i--, cp >>= 6)
        out[i] = (char)(0x80 | (cp & 0x3F));
    out[0] = (char)((n == 1 ? 0 : n == 2 ? 0xC0 : 0xE0) | cp);
}

/* A character that the quick way does not know makes the whole text go by the
 * tables; they must leave the others as they are. */
static void
test_text__quick_way_agrees_with_the_tables(void)
{
    static const uint32_t ranges[][2] = {
        {1, 0x2FF}, {0x1E00, 0x1EFF}, {0x2010, 0x205E}, {0x20A0, 0x20C0}};

    for (size_t r = 0; r < 4; r++) {
        for (uint32_t cp = ranges[r][0]; cp <= ranges[r][1]; cp++) {
            char utf8[4], text[16];

            put_utf8(utf8, cp);
            snprintf(text, sizeof(text), "a%s茶", utf8);
            CHECK_STR(of(text_nfc, text), text);
        }
    }
}

static void
test_text__clean_leaves_one_line_of_seen_letters(void)
{
    CHECK_STR(of(text_clean, ""), "");
    CHECK_STR(of(text_clean, " \t\r\n "), "");
    CHECK_STR(of(text_clean, "\ufeffMiến\r\nMinh\tDương\n"), "Miến Minh Dương");
    CHECK_STR(of(text_clean, "a \n\n b"), "a b");
    CHECK_STR(of(text_clean, "a  b"), "a  b");
    CHECK_STR(of(text_clean, "\u00a0a\u00a0b\u3000"), "a\u00a0b");
    CHECK_STR(of(text_clean, "a\u2028b\xC2\x85"
                             "c\x7f"
                             "d"),
        "a b c d");
    CHECK_STR(of(text_clean, "tr\u200b\u00e0 \u202esen\u202c \u00adT\u00e2y"),
        "trà sen Tây");
    CHECK_STR(of(text_clean, "e\u200b\u0302 o\u0302"), "ê ô");
    CHECK_STR(of(text_clean, "\u200b \u200b"), "");
    CHECK_STR(of(text_clean, "a \u200b"), "a");
}

/* Some code points, valid, by chance: Vietnamese, ASCII, marks, anything. */
static void
random_text(uint64_t *seed, struct buf *out)
{
    static const char *const some[] = {"Đ", "ắ", "e\u0302\u0301", " ", "\t",
        "A", "z", "9", "-", "\u0323", "\u200b", "\u1100\u1161", "Ω", "ß", "İ",
        "\u01c4", "\ufb01", "½", "茶", "\U0001f375", "\u0d4a", "\u1e9b\u0323"};
    size_t n = t_random(seed) % 12;

    buf_clear(out);
    for (size_t i = 0; i < n; i++)
        buf_add_str(out, some[t_random(seed) % (sizeof(some) / sizeof(*some))]);
}

static void
check_again(text_function *f, const struct buf *in)
{
    struct buf once, twice;

    buf_init(&once, 4096);
    buf_init(&twice, 4096);
    CHECK(f(in->data, in->len, &once) == OK);
    CHECK(f(once.data, once.len, &twice) == OK);
    CHECK_STR(twice.data, once.data);
    buf_clear(&twice);
    CHECK(text_nfc(once.data, once.len, &twice) == OK);
    CHECK_STR(twice.data, once.data);
    buf_finish(&once);
    buf_finish(&twice);
}

static void
test_text__doing_it_again_changes_nothing(void)
{
    uint64_t seed = 20261122;
    struct buf b;

    buf_init(&b, 4096);
    for (int i = 0; i < 2000; i++) {
        random_text(&seed, &b);
        check_again(text_nfc, &b);
        check_again(text_clean, &b);
        check_again(text_fold, &b);
    }
    buf_finish(&b);
}

static void
test_text__initials_are_the_first_letter_of_each_word(void)
{
    struct buf b;

    buf_init(&b, 100);
    text_initials("mien minh duong", &b);
    text_initials("", &b);
    text_initials("100g", &b);
    text_initials("茶 a", &b);
    CHECK_STR(b.data, "mmd1茶a");
    buf_finish(&b);
}

static void
test_text__steps_over_code_points(void)
{
    const char *s = "Đắk\U0001f375", *at = s;

    CHECK(text_next(&at) == 0x110 && text_next(&at) == 0x1EAF);
    CHECK(text_next(&at) == 'k' && text_next(&at) == 0x1F375);
    CHECK(text_next(&at) == 0 && text_next(&at) == 0);
    CHECK(at == s + strlen(s));
    CHECK(text_len(s) == 4 && text_len("") == 0);
    at = "\xE1\xBA"; /* broken: no step goes past the end */
    CHECK(text_next(&at) == 0xFFFD && text_next(&at) == 0xFFFD);
    CHECK(text_next(&at) == 0);
}

int
main(void)
{
    RUN(test_text__is_strict_utf8);
    RUN(test_text__refuses_what_is_not_utf8_and_appends_nothing);
    RUN(test_text__appends_all_or_nothing);
    RUN(test_text__composes_and_folds_every_latin_letter);
    RUN(test_text__folds_the_known_names);
    RUN(test_text__fold_keeps_letters_and_digits_only);
    RUN(test_text__composes_marks_in_any_order);
    RUN(test_text__composes_long_texts);
    RUN(test_text__quick_way_agrees_with_the_tables);
    RUN(test_text__clean_leaves_one_line_of_seen_letters);
    RUN(test_text__doing_it_again_changes_nothing);
    RUN(test_text__initials_are_the_first_letter_of_each_word);
    RUN(test_text__steps_over_code_points);
    return T_END();
}
