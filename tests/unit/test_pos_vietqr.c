#include <stdlib.h>

#include "base/money.h"
#include "pos/sell/vietqr.h"
#include "tests/unit/t.h"
#include "tests/unit/t_data.h"

static const char good[] = "00020101021138530010A000000727012300069704160109257"
                           "6788590208QRIBFTTA53037045802VN6304AE9F";

static enum err
parse(const char *text)
{
    struct vietqr vietqr;

    return vietqr_parse(text, &vietqr);
}

/* What `vietqr` is made into; borrowed until the next call. */
static const char *
made(const struct vietqr *vietqr)
{
    static char kept[VIETQR_MAX + 1];
    struct buf out;

    buf_init(&out, VIETQR_MAX);
    CHECK(vietqr_make(vietqr, &out) == OK);
    snprintf(kept, sizeof(kept), "%s", out.data);
    buf_finish(&out);
    return kept;
}

/* `body` with "6304" and its checksum. */
static const char *
sealed(const char *body)
{
    static char text[VIETQR_MAX * 2];

    snprintf(text, sizeof(text), "%s6304", body);
    snprintf(
        text, sizeof(text), "%s6304%04X", body, vietqr_crc(text, strlen(text)));
    return text;
}

static void
test_vietqr__has_the_known_checksum(void)
{
    CHECK(vietqr_crc("123456789", 9) == 0x29B1);
    CHECK(vietqr_crc("", 0) == 0xFFFF);
}

static void
check_known(char *const field[])
{
    struct vietqr vietqr;
    int64_t amount =
        field[3][0] ? strtoll(field[3], NULL, 10) : (int64_t)VIETQR_NO_AMOUNT;

    CHECK(vietqr_parse(field[0], &vietqr) == OK);
    CHECK_STR(vietqr.bin, field[1]);
    CHECK_STR(vietqr.account, field[2]);
    CHECK_STR(vietqr.service, "QRIBFTTA");
    CHECK(vietqr.amount == amount);
    CHECK_STR(vietqr.purpose, field[4]);
    if (!strstr(field[0], "NPS6869")) /* a bill number has no place here */
        CHECK_STR(made(&vietqr), field[0]);
}

static void
test_vietqr__known_texts_are_read_and_made(void)
{
    FILE *f = fopen(OCOP_SOURCE_DIR "/tests/data/vietqr.tsv", "r");
    char line[512], *field[T_FIELDS];
    int n, texts = 0, refused = 0;

    CHECK(f != NULL);
    while (f && (n = t_tsv(f, line, sizeof(line), field)) > 0) {
        CHECK(n == 5);
        if (field[1][0] == '!') {
            CHECK(parse(field[0]) == ERR_CODE_UNREADABLE);
            refused++;
        } else {
            check_known(field);
            texts++;
        }
    }
    CHECK(texts == 8 && refused == 1);
    if (f)
        fclose(f);
}

static void
test_vietqr__the_checksum_may_be_lower_case(void)
{
    char text[sizeof(good)];

    memcpy(text, good, sizeof(good));
    memcpy(text + strlen(text) - 4, "ae9f", 4);
    CHECK(parse(text) == OK);
    memcpy(text + strlen(text) - 4, "ae9g", 4);
    CHECK(parse(text) == ERR_CODE_UNREADABLE);
    memcpy(text + strlen(text) - 4, "ae8f", 4);
    CHECK(parse(text) == ERR_CODE_UNREADABLE);
}

static void
test_vietqr__one_changed_byte_is_refused(void)
{
    char text[sizeof(good)];

    memcpy(text, good, sizeof(good));
    for (size_t i = 0; i < strlen(good) - 4; i++) {
        text[i] = (char)(text[i] ^ 1);
        CHECK(parse(text) == ERR_CODE_UNREADABLE);
        text[i] = good[i];
    }
    for (size_t len = 0; len < strlen(good); len++) {
        text[len] = '\0';
        CHECK(parse(text) == ERR_CODE_UNREADABLE);
        text[len] = good[len];
    }
}

#define NAPAS "38530010A0000007270123000697041601092576788590208QRIBFTTA"

static void
test_vietqr__refuses_what_is_no_transfer_in_dong(void)
{
    static const char *const bad[] = {"000201", "000202" NAPAS "53037045802VN",
        "000201" NAPAS "5802VN", "000201" NAPAS "5303704",
        "00020153037045802VN", "000201" NAPAS "53038405802VN",
        "000201" NAPAS "53037045802US", "000201010213" NAPAS "53037045802VN",
        "000201" NAPAS "53037045802VN5802VN", /* twice */
        "000201" NAPAS "53037045800VN",       /* a length of 0 */
        "000201" NAPAS "53037045802V",        /* runs into the checksum */
        "000201" NAPAS "53037045802VN63041234",
        "000201" NAPAS "53037045802VNx1",
        "0002013814001"
        "0A00000072753037045802VN", /* no account */
        "00020138530010A0000007260123000697041601092576788590208QRIBFTTA"
        "53037045802VN",
        "00020138520010A0000007270122000597041010925767885902"
        "08QRIBFTTA53037045802VN",
        "000201" NAPAS "530370454030.55802VN",
        "000201" NAPAS "530370454021a5802VN",
        "000201" NAPAS "53037045402-15802VN",
        "000201" NAPAS "5303704541310995116277765802VN",
        "000201" NAPAS "53037045802VN6206080"
        "2\xE1\xBA"};

    CHECK(parse(sealed("000201" NAPAS "53037045802VN")) == OK);
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        if (parse(sealed(bad[i])) != ERR_CODE_UNREADABLE)
            fprintf(stderr, "taken: %s\n", bad[i]);
        CHECK(parse(sealed(bad[i])) == ERR_CODE_UNREADABLE);
    }
}

static void
test_vietqr__reads_over_what_it_has_no_place_for(void)
{
    struct vietqr vietqr;

    CHECK(vietqr_parse(sealed("000201010212" NAPAS "5204541153037045407120000."
                              "5802VN5908MIENDONG6005HANOI6217010312308"
                              "06chuc 1"),
              &vietqr) == OK);
    CHECK(vietqr.dynamic && vietqr.amount == 120000);
    CHECK_STR(vietqr.purpose, "chuc 1");
    CHECK(vietqr_parse(sealed("000201" NAPAS "530370454091500000.05802VN"),
              &vietqr) == OK);
    CHECK(vietqr.amount == 1500000 && !vietqr.dynamic);
}

static void
test_vietqr__makes_only_what_banks_take(void)
{
    const struct vietqr fine = {.dynamic = true,
        .bin = "970416",
        .account = "257678859",
        .amount = 583000,
        .purpose = "OCOP K7Q2M"};
    struct vietqr bad[8];
    struct buf out;

    CHECK_STR(made(&fine), sealed("000201010212" NAPAS "530370454065830005802V"
                                  "N62140810OCOP K7Q2M"));
    for (int i = 0; i < 8; i++)
        bad[i] = fine;
    bad[0].bin[5] = '\0';
    bad[1].bin[5] = 'a';
    bad[2].account[0] = '\0';
    bad[3].account[0] = '-';
    bad[4].amount = 0;
    bad[5].amount = MONEY_MAX + 1;
    snprintf(bad[6].purpose, sizeof(bad[6].purpose), "%026d", 1);
    snprintf(bad[7].purpose, sizeof(bad[7].purpose), "Tiền");
    buf_init(&out, VIETQR_MAX);
    for (int i = 0; i < 8; i++)
        CHECK(vietqr_make(&bad[i], &out) == ERR_FIELD_VALUE);
    CHECK_STR(err_last()->path, "purpose");
    CHECK(out.len == 0);
    buf_finish(&out);
    buf_init(&out, 20);
    CHECK(vietqr_make(&fine, &out) == ERR_TOO_LARGE && out.len == 0);
    buf_finish(&out);
}

static void
test_vietqr__what_it_makes_it_reads(void)
{
    static const char letters[] = "ABCXYZabcxyz0123456789";
    uint64_t seed = 727;

    for (int i = 0; i < 500; i++) {
        struct vietqr vietqr = {
            .dynamic = t_random(&seed) % 2 == 0, .amount = VIETQR_NO_AMOUNT};
        struct vietqr read;

        for (size_t c = 0; c < VIETQR_BIN; c++)
            vietqr.bin[c] = (char)('0' + t_random(&seed) % 10);
        for (size_t c = 0; c <= t_random(&seed) % VIETQR_ACCOUNT; c++)
            vietqr.account[c] = letters[t_random(&seed) % strlen(letters)];
        if (t_random(&seed) % 2)
            vietqr.amount = 1 + (int64_t)(t_random(&seed) % 999999999);
        for (size_t c = 0; c < t_random(&seed) % (VIETQR_PURPOSE + 1); c++)
            vietqr.purpose[c] = (char)(' ' + t_random(&seed) % 95);
        CHECK(vietqr_parse(made(&vietqr), &read) == OK);
        CHECK_STR(read.bin, vietqr.bin);
        CHECK_STR(read.account, vietqr.account);
        CHECK_STR(read.purpose, vietqr.purpose);
        CHECK(read.amount == vietqr.amount && read.dynamic == vietqr.dynamic);
    }
}

int
main(void)
{
    RUN(test_vietqr__has_the_known_checksum);
    RUN(test_vietqr__known_texts_are_read_and_made);
    RUN(test_vietqr__the_checksum_may_be_lower_case);
    RUN(test_vietqr__one_changed_byte_is_refused);
    RUN(test_vietqr__refuses_what_is_no_transfer_in_dong);
    RUN(test_vietqr__reads_over_what_it_has_no_place_for);
    RUN(test_vietqr__makes_only_what_banks_take);
    RUN(test_vietqr__what_it_makes_it_reads);
    return T_END();
}
