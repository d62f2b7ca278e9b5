#include <string.h>

#include "drivers/barcode.h"
#include "tests/unit/t.h"

/* Modules as GS1 and ISO draw them: 1 = bar. */
static const char *
modules(const char *digits)
{
    static char out[512];
    struct bars b;
    size_t n = 0;

    if (barcode_encode(digits, &b) != OK)
        return "refused";
    for (int i = 0; i < b.runs_len; i++)
        for (int k = 0; k < b.runs[i]; k++)
            out[n++] = i % 2 ? '0' : '1';
    out[n] = '\0';
    return out;
}

static enum barcode_kind
kind(const char *digits)
{
    struct bars b;

    CHECK(barcode_encode(digits, &b) == OK);
    return b.kind;
}

static void
test_barcode__ean13_is_drawn_as_gs1_draws_it(void)
{
    /* The sets L G G L L G of a first digit 5. */
    CHECK_STR(modules("5901234123457"), "101"
        "0001011" "0100111" "0110011" "0010011" "0111101" "0011101" "01010"
        "1100110" "1101100" "1000010" "1011100" "1001110" "1000100" "101");
    /* L G L G G L of 8, Vietnam's 893. */
    CHECK_STR(modules("8934567890120"), "101"
        "0001011" "0100001" "0100011" "0111001" "0000101" "0111011" "01010"
        "1001000" "1110100" "1110010" "1100110" "1101100" "1110010" "101");
}

static void
test_barcode__ean8_is_drawn_as_gs1_draws_it(void)
{
    CHECK_STR(modules("55123457"), "101"
        "0110001" "0110001" "0011001" "0010011" "01010"
        "1000010" "1011100" "1001110" "1000100" "101");
}

static void
test_barcode__code128_counts_its_check_character(void)
{
    /* Start C 105, 12, 34; (105 + 12 + 2 * 34) mod 103 = 82. */
    CHECK_STR(modules("1234"), "11010011100" "10110011100" "10001011000"
        "10010011110" "1100011101011");
    /* Start C, 00, 10, to B 100, '1' 17: 105 + 0 + 20 + 300 + 68 = 493,
     * mod 103 = 81. */
    CHECK_STR(modules("00101"), "11010011100" "11011001100" "11001000100"
        "10111101110" "10011100110" "10010111100" "1100011101011");
    /* Start B 104, '7' 23: 127 mod 103 = 24. */
    CHECK_STR(modules("7"),
        "11010010000" "11101101110" "11101001100" "1100011101011");
}

static void
test_barcode__itf_pairs_bars_with_spaces(void)
{
    struct bars b;

    CHECK(barcode_encode("15400141288763", &b) == OK);
    CHECK(b.kind == BARCODE_ITF14);
    CHECK(b.runs_len == 4 + 7 * 10 + 3);
    /* 1 is w n n n w in the bars, 5 is w n w n n in the spaces. */
    CHECK(memcmp(b.runs,
              "\2\2\2\2" "\5\5\2\2\2\5\2\2\5\2", 14) == 0);
    CHECK(memcmp(b.runs + b.runs_len - 3, "\5\2\2", 3) == 0);
    CHECK(barcode_run_dots(&b, 4, 2) == 5 && barcode_run_dots(&b, 0, 2) == 2);
    CHECK(barcode_dots(&b, 2) == 2 * 20 + 8 + 7 * 32 + 9);
}

static void
test_barcode__widths_are_those_of_the_standard(void)
{
    struct bars b;

    CHECK(barcode_encode("8934567890120", &b) == OK);
    CHECK(barcode_bars_dots(&b, 1 + 1) == 2 * 95);
    CHECK(barcode_dots(&b, 3) == 3 * (11 + 95 + 7));
    CHECK(barcode_encode("96385074", &b) == OK);
    CHECK(barcode_dots(&b, 2) == 2 * (7 + 67 + 7));
}

static void
test_barcode__a_gtin_of_14_digits_is_drawn_as_what_it_was(void)
{
    struct bars b;

    CHECK(barcode_encode("08934567890120", &b) == OK);
    CHECK(b.kind == BARCODE_EAN13);
    CHECK_STR(b.digits, "8934567890120");
    CHECK(barcode_encode("00000096385074", &b) == OK);
    CHECK(b.kind == BARCODE_EAN8);
    CHECK_STR(b.digits, "96385074");
    CHECK(barcode_encode("036000291452", &b) == OK); /* of 12 digits */
    CHECK(b.kind == BARCODE_EAN13);
    CHECK_STR(b.digits, "0036000291452");
    CHECK(kind("18934567890127") == BARCODE_ITF14);
}

static void
test_barcode__other_digits_are_code128(void)
{
    CHECK(kind("8934567890121") == BARCODE_CODE128); /* wrong check digit */
    CHECK(kind("00101") == BARCODE_CODE128);
    CHECK(kind("12345678901234567890123456789012") == BARCODE_CODE128);
}

static void
test_barcode__refuses_what_has_no_bars(void)
{
    struct bars b;

    CHECK(barcode_encode("", &b) == ERR_CODE_UNREADABLE);
    CHECK(barcode_encode("SP001", &b) == ERR_CODE_UNREADABLE);
    CHECK(barcode_encode("123 456", &b) == ERR_CODE_UNREADABLE);
    CHECK(barcode_encode("123456789012345678901234567890123", &b) ==
          ERR_CODE_UNREADABLE);
}

int
main(void)
{
    RUN(test_barcode__ean13_is_drawn_as_gs1_draws_it);
    RUN(test_barcode__ean8_is_drawn_as_gs1_draws_it);
    RUN(test_barcode__code128_counts_its_check_character);
    RUN(test_barcode__itf_pairs_bars_with_spaces);
    RUN(test_barcode__widths_are_those_of_the_standard);
    RUN(test_barcode__a_gtin_of_14_digits_is_drawn_as_what_it_was);
    RUN(test_barcode__other_digits_are_code128);
    RUN(test_barcode__refuses_what_has_no_bars);
    return T_END();
}
