#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/lang.h"
#include "base/text.h"
#include "tests/unit/t.h"

enum { NAMES_MAX = 12 }; /* values a sentence shows */

static const char *const files[LANG_COUNT] = {
    OCOP_SOURCE_DIR "/pos/web/vi.json", OCOP_SOURCE_DIR "/pos/web/en.json"};

static bool
load_file(enum lang lang)
{
    struct buf text;
    enum err e;

    buf_init(&text, 1024 * 1024);
    e = file_read(files[lang], &text);
    if (!e)
        e = lang_load(lang, text.data, text.len);
    if (e)
        fprintf(stderr, "%s: %s\n", files[lang], err_msg());
    buf_finish(&text);
    return !e;
}

static bool
is_there(enum lang lang, const char *key)
{
    return lang_text(lang, key) != key;
}

static void
test_lang__both_languages_have_the_same_keys(void)
{
    for (int l = 0; l < LANG_COUNT; l++) {
        for (size_t i = 0; i < lang_count((enum lang)l); i++) {
            const char *key = lang_key_at((enum lang)l, i);
            enum lang other = l == LANG_VI ? LANG_EN : LANG_VI;

            if (!is_there(other, key))
                fprintf(stderr, "%s: no %s\n", files[other], key);
            CHECK(is_there(other, key));
        }
    }
    CHECK(lang_count(LANG_VI) > 100);
}

static int
compare_names(const void *a, const void *b)
{
    return strcmp(a, b);
}

/* The names in braces, sorted; how many.  -1 for a brace without its other. */
static int
names_in(const char *text, char names[NAMES_MAX][32])
{
    int n = 0;

    while ((text = strpbrk(text, "{}"))) {
        size_t len = strcspn(text + 1, "{}");

        if (*text == '}' || text[len + 1] != '}' || len == 0 || len > 23 ||
            n == NAMES_MAX)
            return -1;
        memcpy(names[n], text + 1, len);
        names[n++][len] = '\0';
        text += len + 2;
    }
    qsort(names, (size_t)n, sizeof(names[0]), compare_names);
    return n;
}

static void
test_lang__both_languages_show_the_same_values(void)
{
    for (size_t i = 0; i < lang_count(LANG_VI); i++) {
        const char *key = lang_key_at(LANG_VI, i);
        char vi[NAMES_MAX][32], en[NAMES_MAX][32];
        int n = names_in(lang_text(LANG_VI, key), vi);
        bool same = n >= 0 && n == names_in(lang_text(LANG_EN, key), en);

        for (int j = 0; same && j < n; j++)
            same = strcmp(vi[j], en[j]) == 0;
        if (!same)
            fprintf(stderr, "%s: the names in braces differ\n", key);
        CHECK(same);
    }
}

static void
test_lang__every_sentence_is_clean_text(void)
{
    struct buf clean;

    buf_init(&clean, 4000);
    for (int l = 0; l < LANG_COUNT; l++) {
        for (size_t i = 0; i < lang_count((enum lang)l); i++) {
            const char *key = lang_key_at((enum lang)l, i);
            const char *text = lang_text((enum lang)l, key);

            buf_clear(&clean);
            CHECK(text_clean(text, strlen(text), &clean) == OK);
            if (strcmp(text, clean.data) != 0 || !*text)
                fprintf(stderr, "%s: %s is not clean\n", files[l], key);
            CHECK(*text && strcmp(text, clean.data) == 0);
        }
    }
    buf_finish(&clean);
}

static void
test_lang__every_failure_has_its_sentence(void)
{
    for (int e = OK + 1; e < ERR_COUNT; e++) {
        char key[64];

        snprintf(key, sizeof(key), "err.%s", err_name((enum err)e));
        if (!is_there(LANG_VI, key))
            fprintf(stderr, "no %s\n", key);
        CHECK(is_there(LANG_VI, key) && is_there(LANG_EN, key));
    }
}

static void
test_lang__every_case_of_the_base_has_its_sentence(void)
{
    static const char *const keys[] = {"err.json_canonical",
        "err.field_value_range", "err.field_value_length",
        "err.field_value_decimals", "err.field_value_items",
        "err.field_value_words", "err.text_csv", "err.invalid_csv_quote",
        "err.invalid_csv_open", "err.invalid_csv_columns",
        "err.invalid_csv_name", "err.invalid_csv_wide", "err.invalid_csv_long",
        "err.invalid_csv_empty"};

    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
        CHECK(is_there(LANG_VI, keys[i]) && is_there(LANG_EN, keys[i]));
}

/* A failure without its values is told without them, not with a hole. */
static void
test_lang__every_sentence_with_values_has_a_plain_one(void)
{
    for (int e = OK + 1; e < ERR_COUNT; e++) {
        struct err_state bare = {.err = (enum err)e};
        struct buf vi, en;

        buf_init(&vi, 1000);
        buf_init(&en, 1000);
        lang_error(LANG_VI, &bare, &vi);
        lang_error(LANG_EN, &bare, &en);
        if (strstr(vi.data, "…") || strstr(en.data, "…"))
            fprintf(stderr, "no err.%s_plain\n", err_name((enum err)e));
        CHECK(vi.len && !strstr(vi.data, "…"));
        CHECK(en.len && !strstr(en.data, "…"));
        buf_finish(&vi);
        buf_finish(&en);
    }
}

/* Says what went wrong and what to do: a whole sentence, ended. */
static void
test_lang__a_failure_is_told_in_whole_sentences(void)
{
    for (size_t i = 0; i < lang_count(LANG_VI); i++) {
        const char *key = lang_key_at(LANG_VI, i);
        const char *vi = lang_text(LANG_VI, key);
        const char *en = lang_text(LANG_EN, key);

        if (strncmp(key, "err.", 4) != 0)
            continue;
        if (vi[strlen(vi) - 1] != '.' || en[strlen(en) - 1] != '.')
            fprintf(stderr, "%s does not end\n", key);
        CHECK(vi[strlen(vi) - 1] == '.' && en[strlen(en) - 1] == '.');
    }
}

static const char *
told(enum lang lang, struct buf *out)
{
    buf_clear(out);
    lang_error(lang, err_last(), out);
    return out->data;
}

static void
test_lang__a_failure_shows_its_values(void)
{
    struct buf out;

    buf_init(&out, 1000);
    err_arg("left", "3");
    err_arg("unit", "gói");
    err_arg("name", "Miến Minh Dương {left}");
    err_set(ERR_STOCK_SHORT, "x");
    CHECK_STR(told(LANG_VI, &out),
        "Chỉ còn 3 gói Miến Minh Dương {left}. Bớt số lượng hoặc nhờ quản lý "
        "duyệt.");
    err_arg("missing", "%d", 583000);
    err_set(ERR_PAID_SHORT, "x");
    CHECK_STR(told(LANG_VI, &out),
        "Khách trả còn thiếu 583.000\xC2\xA0₫. Thu thêm rồi thanh toán lại.");
    err_set(ERR_NOT_FOUND, "x");
    CHECK_STR(told(LANG_EN, &out), "It was not found.");
    buf_finish(&out);
}

static void
test_lang__a_case_has_its_own_sentence(void)
{
    struct buf out;

    buf_init(&out, 1000);
    err_arg("field", "lines[0].qty");
    err_arg("case", "range");
    err_arg("min", "1");
    err_arg("max", "9");
    err_set(ERR_FIELD_VALUE, "x");
    CHECK_STR(told(LANG_VI, &out), "lines[0].qty phải từ 1 đến 9.");
    err_at("qty"); /* the path says it too */
    err_arg("case", "nobody_wrote_it");
    err_set(ERR_FIELD_VALUE, "x");
    CHECK_STR(told(LANG_EN, &out), "The value of qty is not accepted.");
    buf_finish(&out);
}

static void
test_lang__what_is_no_language_file_is_refused(void)
{
    CHECK(lang_load(LANG_EN, "{\"a\":{\"b\":\"x {n}\"}}", 19) == OK);
    CHECK_STR(lang_text(LANG_EN, "a.b"), "x {n}");
    CHECK_STR(lang_text(LANG_EN, "a"), "a");
    CHECK(lang_load(LANG_EN, "{\"a\":1}", 7) == ERR_FIELD_TYPE);
    CHECK(lang_load(LANG_EN, "{", 1) == ERR_JSON);
    CHECK(lang_count(LANG_EN) == 1); /* what was there stays */
    lang_unload();
    CHECK(lang_count(LANG_EN) == 0);
}

int
main(void)
{
    if (!load_file(LANG_VI) || !load_file(LANG_EN))
        return 1;
    RUN(test_lang__both_languages_have_the_same_keys);
    RUN(test_lang__both_languages_show_the_same_values);
    RUN(test_lang__every_sentence_is_clean_text);
    RUN(test_lang__every_failure_has_its_sentence);
    RUN(test_lang__every_case_of_the_base_has_its_sentence);
    RUN(test_lang__every_sentence_with_values_has_a_plain_one);
    RUN(test_lang__a_failure_is_told_in_whole_sentences);
    RUN(test_lang__a_failure_shows_its_values);
    RUN(test_lang__a_case_has_its_own_sentence);
    RUN(test_lang__what_is_no_language_file_is_refused);
    return T_END();
}
