#include "drivers/barcode.h"

#include <assert.h>
#include <string.h>

#include "base/codes.h"

/* Widths of space, bar, space, bar of a digit of number set A; set C is the
 * same with bars for spaces, set B is C read backwards. */
static const char ean_set_a[10][5] = {"3211", "2221", "2122", "1411", "1132",
    "1231", "1114", "1312", "1213", "3112"};

/* Sets of the six left digits, by the first digit, which has no bars. */
static const char ean_sets[10][7] = {"AAAAAA", "AABABB", "AABBAB", "AABBBA",
    "ABAABB", "ABBAAB", "ABBBAA", "ABABAB", "ABABBA", "ABBABA"};

/* Which two of the five elements of a digit are wide. */
static const char itf_digits[10][6] = {"nnwwn", "wnnnw", "nwnnw", "wwnnn",
    "nnwnw", "wnwnn", "nwwnn", "nnnww", "wnnwn", "nwnwn"};

/* Bar, space, bar, space, bar, space of the values 0..106. */
static const char code128[107][8] = {"212222", "222122", "222221", "121223",
    "121322", "131222", "122213", "122312", "132212", "221213", "221312",
    "231212", "112232", "122132", "122231", "113222", "123122", "123221",
    "223211", "221132", "221231", "213212", "223112", "312131", "311222",
    "321122", "321221", "312212", "322112", "322211", "212123", "212321",
    "232121", "111323", "131123", "131321", "112313", "132113", "132311",
    "211313", "231113", "231311", "112133", "112331", "132131", "113123",
    "113321", "133121", "313121", "211331", "231131", "213113", "213311",
    "213131", "311123", "311321", "331121", "312113", "312311", "332111",
    "314111", "221411", "431111", "111224", "111422", "121124", "121421",
    "141122", "141221", "112214", "112412", "122114", "122411", "142112",
    "142211", "241211", "221114", "413111", "241112", "134111", "111242",
    "121142", "121241", "114212", "124112", "124211", "411212", "421112",
    "421211", "212141", "214121", "412121", "111143", "111341", "131141",
    "114113", "114311", "411113", "411311", "113141", "114131", "311141",
    "411131", "211412", "211214", "211232", "2331112"};

enum {
    CODE128_B_DIGIT = 16, /* value of '0' in set B */
    CODE128_TO_B = 100,
    CODE128_START_B = 104,
    CODE128_START_C = 105,
    CODE128_STOP = 106,
    ITF_NARROW = 2, /* in halves: a wide element is 2.5 narrow ones */
    ITF_WIDE = 5
};

static void
add_run(struct bars *b, int width)
{
    assert(b->runs_len < BARCODE_RUNS_MAX);
    b->runs[b->runs_len++] = (uint8_t)width;
}

static void
add_runs(struct bars *b, const char *widths)
{
    for (; *widths; widths++)
        add_run(b, *widths - '0');
}

static void
add_ean_digit(struct bars *b, char digit, char set)
{
    const char *widths = ean_set_a[digit - '0'];

    for (int i = 0; i < 4; i++)
        add_run(b, widths[set == 'B' ? 3 - i : i] - '0');
}

static void
encode_ean(struct bars *b, const char *left, const char *sets, int half)
{
    const char *right = left + half;

    b->per_module = 1;
    add_runs(b, "111");
    for (int i = 0; i < half; i++)
        add_ean_digit(b, left[i], sets[i]);
    add_runs(b, "11111");
    for (int i = 0; i < half; i++)
        add_ean_digit(b, right[i], 'C');
    add_runs(b, "111");
}

static void
encode_ean13(struct bars *b)
{
    b->quiet_left = 11;
    b->quiet_right = 7;
    encode_ean(b, b->digits + 1, ean_sets[b->digits[0] - '0'], 6);
}

static void
encode_ean8(struct bars *b)
{
    b->quiet_left = b->quiet_right = 7;
    encode_ean(b, b->digits, ean_sets[0], 4);
}

static void
add_itf(struct bars *b, char element)
{
    add_run(b, element == 'w' ? ITF_WIDE : ITF_NARROW);
}

/* Two digits at a time: the bars are one, the spaces between the other. */
static void
encode_itf(struct bars *b)
{
    b->per_module = ITF_NARROW;
    b->quiet_left = b->quiet_right = 10;
    for (int i = 0; i < 4; i++)
        add_itf(b, 'n');
    for (const char *at = b->digits; *at; at += 2)
        for (int i = 0; i < 5; i++) {
            add_itf(b, itf_digits[at[0] - '0'][i]);
            add_itf(b, itf_digits[at[1] - '0'][i]);
        }
    add_itf(b, 'w');
    add_itf(b, 'n');
    add_itf(b, 'n');
}

/* A symbol character; the check character is their sum, each times its place,
 * the start character counting once too. */
static void
add_128(struct bars *b, int value, int *place, int *sum)
{
    add_runs(b, code128[value]);
    *sum += value * (*place ? *place : 1);
    (*place)++;
}

static void
encode_128(struct bars *b)
{
    const char *at = b->digits;
    int place = 0, sum = 0;

    b->per_module = 1;
    b->quiet_left = b->quiet_right = 10;
    add_128(b, at[1] ? CODE128_START_C : CODE128_START_B, &place, &sum);
    for (; at[0] && at[1]; at += 2)
        add_128(b, (at[0] - '0') * 10 + at[1] - '0', &place, &sum);
    if (at[0] && at != b->digits)
        add_128(b, CODE128_TO_B, &place, &sum);
    if (at[0])
        add_128(b, CODE128_B_DIGIT + at[0] - '0', &place, &sum);
    add_runs(b, code128[sum % 103]);
    add_runs(b, code128[CODE128_STOP]);
}

/* Decide the kind, and which digits are meant. */
static void
choose(const char *digits, size_t len, struct bars *b)
{
    char gtin[CODES_GTIN14_SIZE];

    b->kind = BARCODE_CODE128;
    memcpy(b->digits, digits, len + 1);
    if (!codes_gtin_ok(digits) || codes_gtin14(digits, gtin) != OK)
        return;
    if (gtin[0] != '0') {
        b->kind = BARCODE_ITF14;
    } else if (memcmp(gtin, "000000", 6) == 0) {
        b->kind = BARCODE_EAN8;
        memcpy(b->digits, gtin + 6, 9);
    } else {
        b->kind = BARCODE_EAN13;
        memcpy(b->digits, gtin + 1, 14);
    }
}

enum err
barcode_encode(const char *digits, struct bars *bars_out)
{
    size_t len = strnlen(digits, BARCODE_DIGITS_MAX + 1);

    if (len == 0 || len > BARCODE_DIGITS_MAX ||
        strspn(digits, "0123456789") != len)
        return err_set(ERR_CODE_UNREADABLE, "bars are made of 1 to %d digits",
            BARCODE_DIGITS_MAX);
    *bars_out = (struct bars){.runs_len = 0};
    choose(digits, len, bars_out);
    switch (bars_out->kind) {
    case BARCODE_EAN13:
        encode_ean13(bars_out);
        break;
    case BARCODE_EAN8:
        encode_ean8(bars_out);
        break;
    case BARCODE_ITF14:
        encode_itf(bars_out);
        break;
    case BARCODE_CODE128:
        encode_128(bars_out);
        break;
    }
    return OK;
}

int
barcode_run_dots(const struct bars *bars, int i, int dots)
{
    assert(i >= 0 && i < bars->runs_len && dots >= 2);
    return bars->runs[i] * dots / bars->per_module;
}

int
barcode_bars_dots(const struct bars *bars, int dots)
{
    int sum = 0;

    for (int i = 0; i < bars->runs_len; i++)
        sum += barcode_run_dots(bars, i, dots);
    return sum;
}

int
barcode_dots(const struct bars *bars, int dots)
{
    return (bars->quiet_left + bars->quiet_right) * dots +
           barcode_bars_dots(bars, dots);
}
