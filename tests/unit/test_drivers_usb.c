/* What is decided about USB printers without one being plugged in;
 * tests/fault plugs them in. */
#include <string.h>

#include "drivers/usb.h"
#include "tests/unit/t.h"

static void
test_usb__settings_name_a_printer_by_number_serial_or_port(void)
{
    struct usb_wish w;

    CHECK(usb_parse("", &w) == OK && !w.vendor && !*w.serial && !*w.port);
    CHECK(usb_parse("0416:5011", &w) == OK);
    CHECK(w.vendor == 0x0416 && w.product == 0x5011);
    CHECK(usb_parse("04B8:0E03,serial=A b-1", &w) == OK);
    CHECK(w.vendor == 0x04b8 && w.product == 0x0e03);
    CHECK_STR(w.serial, "A b-1");
    CHECK(usb_parse("port=1-2.3,serial=0", &w) == OK);
    CHECK_STR(w.port, "1-2.3");
    CHECK(usb_parse("04b8:0000", &w) == OK && w.product == 0);
}

static void
test_usb__other_settings_are_refused(void)
{
    static const char *const bad[] = {"x", "416:5011", "0416-5011",
        "0416:501g", "0416:50111", "0000:5011", "serial=", "port=", "port=x",
        "port=1-2/../..", "0416:5011,", ",", "0416:5011,,port=1",
        "0416:5011,0416:5012", "serial=a,serial=b", "Serial=a",
        "port=1-2222222222222222222222222222222222"};
    struct printer *p = NULL;
    struct usb_wish w;
    char spec[128];

    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        CHECK(usb_parse(bad[i], &w) == ERR_SETTINGS);
        snprintf(spec, sizeof(spec), "usb:%s", bad[i]);
        CHECK(printer_open(spec, &p) == ERR_SETTINGS);
        if (t_bad)
            fprintf(stderr, "at %s\n", bad[i]);
    }
    CHECK(p == NULL);
}

static void
test_usb__a_printer_that_is_not_there_is_told(void)
{
    struct printer *p = NULL;

    CHECK(printer_open("usb:serial=nobody has this one", &p) == ERR_PRINTER);
    CHECK_STR(err_last()->args[0].value, "none");
    CHECK_STR(err_last()->args[1].value, "usb:serial=nobody has this one");
    CHECK(p == NULL);
}

static void
read_id(const char *text, struct printer_id *id)
{
    usb_read_device_id(text, strlen(text), id);
}

static void
test_usb__a_device_id_names_maker_and_model(void)
{
    struct printer_id id = {.maker = "STMicroelectronics", .model = "USB"};

    read_id("MFG:FakePOS;CMD:ESC/POS;MDL:POS-80;CLS:PRINTER;SN:7;", &id);
    CHECK_STR(id.maker, "FakePOS");
    CHECK_STR(id.model, "POS-80");
    CHECK_STR(id.serial, "7");
    read_id("MANUFACTURER:EPSON; MODEL:TM-T20II; SERN:9", &id);
    CHECK_STR(id.maker, "EPSON");
    CHECK_STR(id.model, "TM-T20II");
    CHECK_STR(id.serial, "7"); /* there was one */
}

static void
test_usb__a_broken_device_id_does_no_harm(void)
{
    struct printer_id id = {.maker = "M", .model = "D"};
    char longest[1024];

    read_id("", &id);
    read_id(";;;;", &id);
    read_id("MFG:;MDL", &id);
    usb_read_device_id("\0\0\0", 3, &id);
    usb_read_device_id("MFG:a\0b;", 8, &id);
    CHECK_STR(id.maker, "M");
    CHECK_STR(id.model, "D");
    read_id("MFG:\xff\xfe" "A\n;MDL:T\x01;", &id); /* is no text */
    CHECK_STR(id.maker, "??A?");
    CHECK_STR(id.model, "T?");
    read_id("MFG:Máy in;", &id);
    CHECK_STR(id.maker, "Máy in");
    memset(longest, 'x', sizeof(longest));
    memcpy(longest, "MDL:", 4);
    usb_read_device_id(longest, sizeof(longest), &id);
    CHECK(strlen(id.model) == sizeof(id.model) - 1);
}

int
main(void)
{
    RUN(test_usb__settings_name_a_printer_by_number_serial_or_port);
    RUN(test_usb__other_settings_are_refused);
    RUN(test_usb__a_printer_that_is_not_there_is_told);
    RUN(test_usb__a_device_id_names_maker_and_model);
    RUN(test_usb__a_broken_device_id_does_no_harm);
    return T_END();
}
