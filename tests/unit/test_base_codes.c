#include <string.h>

#include "base/codes.h"
#include "tests/unit/t.h"

static void
test_codes__a_gtin_has_its_check_digit(void)
{
    CHECK(codes_gtin_ok("8934567890120"));
    CHECK(codes_gtin_ok("09521234543213"));
    CHECK(codes_gtin_ok("96385074"));     /* GTIN-8 */
    CHECK(codes_gtin_ok("036000291452")); /* GTIN-12 */
    CHECK(!codes_gtin_ok("8934567890121"));
    CHECK(!codes_gtin_ok("8934567890210")); /* two digits changed places */
    CHECK(!codes_gtin_ok("893456789012"));  /* 12 digits of 13 */
    CHECK(!codes_gtin_ok("") && !codes_gtin_ok("0"));
    CHECK(!codes_gtin_ok("000000000") && !codes_gtin_ok("00000000000"));
    CHECK(!codes_gtin_ok("000000000000000"));
    CHECK(!codes_gtin_ok("89345678901 0"));
    CHECK(!codes_gtin_ok("89345678901２0"));
}

static void
test_codes__every_wrong_digit_is_found(void)
{
    char code[] = "8934567890120";

    for (size_t i = 0; i < 13; i++) {
        char right = code[i];

        for (code[i] = '0'; code[i] <= '9'; code[i]++)
            CHECK(codes_gtin_ok(code) == (code[i] == right));
        code[i] = right;
    }
}

static void
test_codes__gtins_compare_at_14_digits(void)
{
    char out[CODES_GTIN14_SIZE];

    CHECK(codes_gtin14("8934567890120", out) == OK);
    CHECK_STR(out, "08934567890120");
    CHECK(codes_gtin14("96385074", out) == OK);
    CHECK_STR(out, "00000096385074");
    CHECK(codes_gtin14("09521234543213", out) == OK);
    CHECK_STR(out, "09521234543213");
    CHECK(codes_gtin14("8934567890121", out) == ERR_CODE_UNREADABLE);
    CHECK(codes_gtin_check("893456789012", 12) == '0');
    CHECK(codes_gtin_check("10614141123456789", 17) == '7'); /* an SSCC */
}

static void
test_codes__a_tax_code_has_its_check_digit(void)
{
    CHECK(codes_tax_ok("0100109106")); /* published by their owners */
    CHECK(codes_tax_ok("0300588569"));
    CHECK(codes_tax_ok("0101248141"));
    CHECK(codes_tax_ok("0100109106-001"));
    CHECK(codes_tax_ok("001203004567")); /* a person: no check digit */
    CHECK(!codes_tax_ok("0100109107"));
    CHECK(!codes_tax_ok("0100109016"));
    CHECK(!codes_tax_ok("0100109106-01") && !codes_tax_ok("0100109106001"));
    CHECK(!codes_tax_ok("0100109106 001") && !codes_tax_ok("010010910"));
    CHECK(!codes_tax_ok("") && !codes_tax_ok("00120300456a"));
    CHECK(!codes_tax_ok("0100109106-0011"));
}

static void
test_codes__no_digit_fits_a_sum_that_11_divides(void)
{
    /* weights 31 29 23 19 17 13 7 5 3: 29 + 5 * 3 = 44 */
    char code[] = "0100000050";

    for (code[9] = '0'; code[9] <= '9'; code[9]++)
        CHECK(!codes_tax_ok(code));
}

static void
test_codes__a_scan_is_known_by_its_form(void)
{
    CHECK(codes_classify("8934567890120") == CODE_GTIN);
    CHECK(codes_classify("96385074") == CODE_GTIN);
    CHECK(codes_classify("2012345012340") == CODE_OTHER);
    CHECK(codes_classify("2012345012349") == CODE_IN_STORE);
    CHECK(codes_classify("2912345012342") == CODE_IN_STORE);
    CHECK(codes_classify("8934567890121") == CODE_OTHER);
    CHECK(codes_classify("MIEN-01") == CODE_OTHER);
    CHECK(codes_classify("") == CODE_OTHER);
    CHECK(codes_classify("000201") == CODE_OTHER);
    CHECK(codes_classify(
              "00020101021138570010A0000007270127000697040301130"
              "0110123456780208QRIBFTTA53037045802VN6304F4E5") == CODE_EMV);
}

static void
test_codes__gs1_is_known_with_and_without_its_marks(void)
{
    CHECK(codes_classify("0109521234543213") == CODE_GS1);
    CHECK(codes_classify("010952123454321310ABC123") == CODE_GS1);
    CHECK(codes_classify("0109521234543214") == CODE_OTHER);
    CHECK(codes_classify("]C10109521234543213") == CODE_GS1);
    CHECK(codes_classify("\x1d"
                         "0109521234543213") == CODE_GS1);
    CHECK(codes_classify("(01)09521234543213(10)A") == CODE_GS1);
    CHECK(codes_classify("00106141411234567897") == CODE_GS1);
    CHECK(codes_classify("00106141411234567898") == CODE_OTHER);
    CHECK(
        codes_classify("https://id.gs1.org/01/09521234543213/10/A?17=261231") ==
        CODE_GS1);
    CHECK(codes_classify("https://ocop.vn/sp/01/8934567890120") == CODE_GS1);
    CHECK(codes_classify("https://ocop.vn/01/8934567890121") == CODE_URL);
    CHECK(
        codes_classify("https://ocop.vn/01/x/01/8934567890120#a") == CODE_GS1);
    CHECK(codes_classify("https://ocop.vn/01/123456789012345678") == CODE_URL);
}

static void
test_codes__our_own_addresses_are_known(void)
{
    CHECK(codes_classify("https://ocop.vn/r#123") == CODE_RECEIPT);
    CHECK(codes_classify("HTTP://127.0.0.1:8090/r#123") == CODE_RECEIPT);
    CHECK(codes_classify("https://ocop.vn/p#123") == CODE_LABEL);
    CHECK(codes_classify("https://ocop.vn/p#12a") == CODE_URL);
    CHECK(codes_classify("https://ocop.vn/r#") == CODE_URL);
    CHECK(codes_classify("https://ocop.vn/q#123") == CODE_URL);
    CHECK(codes_classify("https://ocop.vn/") == CODE_URL);
    CHECK(codes_classify("ftp://ocop.vn/r#123") == CODE_OTHER);
}

int
main(void)
{
    RUN(test_codes__a_gtin_has_its_check_digit);
    RUN(test_codes__every_wrong_digit_is_found);
    RUN(test_codes__gtins_compare_at_14_digits);
    RUN(test_codes__a_tax_code_has_its_check_digit);
    RUN(test_codes__no_digit_fits_a_sum_that_11_divides);
    RUN(test_codes__a_scan_is_known_by_its_form);
    RUN(test_codes__gs1_is_known_with_and_without_its_marks);
    RUN(test_codes__our_own_addresses_are_known);
    return T_END();
}
