#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "tests/unit/t.h"

static int
sign(int n)
{
    return (n > 0) - (n < 0);
}

/* Every text of the list stands before every later one, and only itself is
 * equal. */
static void
check_order(const char *const *texts, int n)
{
    for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
            int got = sign(text_compare(texts[i], texts[j]));

            if (got != sign(i - j))
                fprintf(stderr, "%s against %s\n", texts[i], texts[j]);
            CHECK(got == sign(i - j));
        }
    }
}

#define CHECK_ORDER(texts)                                                     \
    check_order(texts, (int)(sizeof(texts) / sizeof((texts)[0])))

static void
test_order__is_that_of_the_domain_notes(void)
{
    static const char *const names[] = {"Da", "Dừa", "Đà", "Em", "Ê", "On",
        "Ổi", "Ôn", "Ơ", "Ớt", "Ua", "Ưu", "Vải", "Zn"};

    CHECK_ORDER(names);
}

static void
test_order__puts_letters_before_tones(void)
{
    static const char *const names[] = {"ma", "mà", "mả", "mã", "má", "mạ",
        "ma á", "mã a", "mác", "man", "mán", "mao", "mă", "mâ", "mb"};

    CHECK_ORDER(names);
}

static void
test_order__has_every_letter_at_its_place(void)
{
    static const char *const letters[] = {"", " ", "-", "0", "9", "a", "A", "ă",
        "Ă", "â", "Â", "b", "c", "d", "D", "đ", "Đ", "e", "ê", "f", "g", "h",
        "i", "Ĩ", "j", "k", "l", "m", "n", "o", "ô", "ơ", "Ơ", "p", "q", "r",
        "s", "t", "u", "Ũ", "ư", "Ư", "v", "w", "x", "y", "Ỵ", "z", "Z", "ö",
        "я", "茶"};

    CHECK_ORDER(letters);
}

static void
test_order__is_that_of_the_134_letters_with_tones(void)
{
    static const char *const vowels[] = {"e", "E", "è", "È", "ẻ", "Ẻ", "ẽ", "Ẽ",
        "é", "É", "ẹ", "Ẹ", "ê", "Ê", "ề", "Ề", "ể", "Ể", "ễ", "Ễ", "ế", "Ế",
        "ệ", "Ệ"};

    CHECK_ORDER(vowels);
}

static int
compare(const void *a, const void *b)
{
    return text_compare(*(const char *const *)a, *(const char *const *)b);
}

static void
test_order__sorts_a_price_list(void)
{
    const char *names[] = {"Trà sen Tây Hồ", "Miến Minh Dương", "Đậu phụ",
        "Dầu lạc", "trà sen Tây Hồ", "Trà shan tuyết", "Bánh 10 lá",
        "Bánh\u00a0đa", "Ấm chén", "An xoa"};
    static const char *const want[] = {"An xoa", "Ấm chén", "Bánh 10 lá",
        "Bánh\u00a0đa", "Dầu lạc", "Đậu phụ", "Miến Minh Dương",
        "trà sen Tây Hồ", "Trà sen Tây Hồ", "Trà shan tuyết"};

    qsort(names, 10, sizeof(names[0]), compare);
    for (int i = 0; i < 10; i++)
        CHECK(strcmp(names[i], want[i]) == 0);
}

int
main(void)
{
    RUN(test_order__is_that_of_the_domain_notes);
    RUN(test_order__puts_letters_before_tones);
    RUN(test_order__has_every_letter_at_its_place);
    RUN(test_order__is_that_of_the_134_letters_with_tones);
    RUN(test_order__sorts_a_price_list);
    return T_END();
}
