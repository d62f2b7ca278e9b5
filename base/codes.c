#include "base/codes.h"

#include <string.h>
#include <strings.h>

#include "base/gs1.h"

static bool
all_digits(const char *s, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (s[i] < '0' || s[i] > '9')
            return false;
    return true;
}

char
codes_gtin_check(const char *digits_without_check, size_t len)
{
    unsigned sum = 0;

    for (size_t i = 0; i < len; i++) {
        unsigned digit = (unsigned)(digits_without_check[len - 1 - i] - '0');

        sum += i % 2 == 0 ? 3 * digit : digit;
    }
    return (char)('0' + (10 - sum % 10) % 10);
}

/* `len` digits, the last of them right. */
static bool
check_ok(const char *digits, size_t len)
{
    return all_digits(digits, len) &&
           codes_gtin_check(digits, len - 1) == digits[len - 1];
}

bool
codes_gtin_ok(const char *digits)
{
    size_t len = strnlen(digits, 15);

    return (len == 8 || (len >= 12 && len <= 14)) && check_ok(digits, len);
}

enum err
codes_gtin14(const char *digits, char out[CODES_GTIN14_SIZE])
{
    size_t len = strnlen(digits, 15);

    if (len != 8 && (len < 12 || len > 14))
        return err_set(
            ERR_CODE_UNREADABLE, "a GTIN has 8, 12, 13 or 14 digits");
    if (!all_digits(digits, len))
        return err_set(ERR_CODE_UNREADABLE, "a GTIN has digits only");
    if (!check_ok(digits, len))
        return err_set(ERR_CODE_UNREADABLE, "the check digit should be %c",
            codes_gtin_check(digits, len - 1));
    memset(out, '0', 14 - len);
    memcpy(out + 14 - len, digits, len + 1);
    return OK;
}

bool
codes_tax_ok(const char *tax_code)
{
    static const unsigned weights[] = {31, 29, 23, 19, 17, 13, 7, 5, 3};
    size_t len = strnlen(tax_code, 15);
    unsigned sum = 0;

    if (len == 12)
        return all_digits(tax_code, 12); /* personal: has no check digit */
    if (len != 10 && len != 14)
        return false;
    if (!all_digits(tax_code, 10))
        return false;
    if (len == 14 && (tax_code[10] != '-' || !all_digits(tax_code + 11, 3)))
        return false;
    for (size_t i = 0; i < 9; i++)
        sum += (unsigned)(tax_code[i] - '0') * weights[i];
    /* a sum that 11 divides gives 10, which no digit is: never issued */
    return 10 - sum % 11 == (unsigned)(tax_code[9] - '0');
}

/* An address that ends in "/<letter>#" and digits only. */
static bool
is_own_code(const char *url, char letter)
{
    const char *hash = strchr(url, '#');

    return hash && hash - url >= 2 && hash[-1] == letter && hash[-2] == '/' &&
           hash[1] && all_digits(hash + 1, strlen(hash + 1));
}

static enum code_kind
classify_url(const char *url)
{
    if (is_own_code(url, 'r'))
        return CODE_RECEIPT;
    if (is_own_code(url, 'p'))
        return CODE_LABEL;
    return gs1_find_link(url) ? CODE_GS1 : CODE_URL;
}

/* An element string announces itself by the reader's symbology identifier, a
 * leading FNC1, brackets, or by beginning with a GTIN or an SSCC whose check
 * digit is right. */
static bool
is_element_string(const char *scan)
{
    static const char *const marks[] = {
        "]C1", "]e0", "]d2", "]Q3", "]J1", "\x1d", "(01)", "(02)", "(00)"};
    size_t len = strlen(scan);

    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
        if (strncmp(scan, marks[i], strlen(marks[i])) == 0)
            return true;
    if (len >= 16 && strncmp(scan, "01", 2) == 0 && check_ok(scan + 2, 14))
        return true;
    return len == 20 && strncmp(scan, "00", 2) == 0 && check_ok(scan + 2, 18);
}

static bool
is_emv(const char *scan)
{
    size_t len = strlen(scan);

    return len > 14 && strncmp(scan, "000201", 6) == 0 &&
           strncmp(scan + len - 8, "6304", 4) == 0;
}

enum code_kind
codes_classify(const char *scan)
{
    if (codes_gtin_ok(scan))
        return strlen(scan) == 13 && scan[0] == '2' ? CODE_IN_STORE : CODE_GTIN;
    if (strncasecmp(scan, "http://", 7) == 0 ||
        strncasecmp(scan, "https://", 8) == 0)
        return classify_url(scan);
    if (is_emv(scan))
        return CODE_EMV;
    return is_element_string(scan) ? CODE_GS1 : CODE_OTHER;
}
