#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drivers/quirks.h"
#include "tests/unit/t.h"

static void
test_quirks__are_found_by_vendor_product_and_model(void)
{
    struct printer_id id = {.vendor = 0x04b8, .product = 0x0202};

    CHECK(quirks_of(&id) == (QUIRK_VENDOR_CLASS | QUIRK_NO_DEVICE_ID));
    memcpy(id.model, "TM-U220B", 9);
    CHECK(quirks_of(&id) & QUIRK_NO_GS_V0);
    id = (struct printer_id){.vendor = 0x0519, .product = 0x1234};
    CHECK(quirks_of(&id) == QUIRK_ONE_WAY);
    id = (struct printer_id){.vendor = 0x067b, .product = 0x2306};
    CHECK(quirks_of(&id) == 0);
    id = (struct printer_id){.vendor = 0x0416, .product = 0x5011,
        .model = "POS58 Printer USB"};
    CHECK(quirks_of(&id) == QUIRK_SLOW);
}

static void
test_quirks__most_printers_have_none(void)
{
    struct printer_id id = {.vendor = 0x0416, .product = 0x5011,
        .maker = "FakePOS", .model = "POS-80"};

    CHECK(quirks_of(&id) == 0);
    id = (struct printer_id){.vendor = 0};
    CHECK(quirks_of(&id) == 0);
    CHECK(quirks_of(NULL) == 0);
}

static void
test_quirks__settings_name_them(void)
{
    unsigned quirks = 1;

    CHECK(quirks_parse("", &quirks) == OK && quirks == 0);
    CHECK(quirks_parse("  ", &quirks) == OK && quirks == 0);
    CHECK(quirks_parse("slow", &quirks) == OK && quirks == QUIRK_SLOW);
    CHECK(quirks_parse(" one_way  no_gs_v0 ", &quirks) == OK);
    CHECK(quirks == (QUIRK_ONE_WAY | QUIRK_NO_GS_V0));
    CHECK(quirks_parse("no_port slo", &quirks) == ERR_SETTINGS);
    CHECK_STR(err_last()->args[0].name, "word");
    CHECK_STR(err_last()->args[0].value, "slo");
    CHECK(quirks_parse("SLOW", &quirks) == ERR_SETTINGS);
    CHECK(quirks_parse("slow,one_way", &quirks) == ERR_SETTINGS);
    CHECK(quirks == (QUIRK_ONE_WAY | QUIRK_NO_GS_V0)); /* untouched */
}

static void
test_quirks__every_flag_has_its_word(void)
{
    unsigned quirks, n = 0;

    for (; quirks_word(n); n++)
        CHECK(quirks_parse(quirks_word(n), &quirks) == OK
            && quirks == 1u << n);
    CHECK(1u << (n - 1) == QUIRK_NO_DLE_EOT); /* the last there is */
    CHECK_STR(quirks_word(0), "one_way");
    CHECK_STR(quirks_word(9), "no_port");
}

static bool
file_has(const char *name, const char *text)
{
    static char bytes[32 * 1024];
    FILE *f = fopen(name, "r");
    size_t n = f ? fread(bytes, 1, sizeof(bytes) - 1, f) : 0;

    CHECK(n > 0);
    if (f)
        fclose(f);
    bytes[n] = '\0';
    return strstr(bytes, text) != NULL;
}

/* Who is no printer by its class gets its device file by its numbers. */
static void
test_quirks__vendor_class_printers_are_in_the_udev_rule(void)
{
    static const char rule[] = OCOP_SOURCE_DIR "/config/udev/"
                                               "70-ocop-pos.rules";
    FILE *f = fopen(OCOP_SOURCE_DIR "/drivers/quirks.c", "r");
    char line[200], want[100], *end;
    int n = 0;

    while (f && fgets(line, sizeof(line), f)) {
        struct printer_id id = {.vendor = 0};

        if (strncmp(line, "    {0x", 7) != 0)
            continue;
        id.vendor = (uint16_t)strtoul(line + 5, &end, 16);
        id.product = (uint16_t)strtoul(end + 1, &end, 16);
        if (!(quirks_of(&id) & QUIRK_VENDOR_CLASS))
            continue;
        snprintf(want, sizeof(want),
            "\nATTR{idVendor}==\"%04x\", ATTR{idProduct}==\"%04x\", GROUP=",
            id.vendor, id.product);
        CHECK(file_has(rule, want));
        n++;
    }
    CHECK(n >= 2);
    if (f)
        fclose(f);
}

int
main(void)
{
    RUN(test_quirks__are_found_by_vendor_product_and_model);
    RUN(test_quirks__most_printers_have_none);
    RUN(test_quirks__settings_name_them);
    RUN(test_quirks__every_flag_has_its_word);
    RUN(test_quirks__vendor_class_printers_are_in_the_udev_rule);
    return T_END();
}
