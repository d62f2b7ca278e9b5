/* What a USB bus says of a printer that does nothing.  Run by umockdev-wrapper.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "drivers/link.h"
#include "drivers/printer.h"
#include "tests/tools/fake_printer.h"
#include "tests/tools/fake_usb.h"
#include "tests/unit/t.h"

enum { NOBODY = 65534 };

static const struct fake_usb_make usual = {.port = "1-1", .vendor = 0x0416,
    .product = 0x5011, .model = "POS-80", .serial = "F0001"};

/* What is below a folder of umockdev's; how many were changed. */
static int
change(const char *below, mode_t mode)
{
    char folder[300], path[600];
    struct dirent *entry;
    DIR *dir;
    int n = 0;

    snprintf(folder, sizeof(folder), "%s%s", getenv("UMOCKDEV_DIR"), below);
    dir = opendir(folder);
    while (dir && (entry = readdir(dir))) {
        snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
        n += entry->d_name[0] != '.' && chmod(path, mode) == 0;
    }
    if (dir)
        closedir(dir);
    return n;
}

/* As root the test becomes nobody first, whom files refuse: umockdev's own
 * sockets are anybody's, the devices of its bus nobody's. */
static void
close_doors(void)
{
    const char *seen = getenv("UMOCKDEV_DIR");
    const char *end = strrchr(seen, '/');
    char above[300];

    CHECK_STR(end, "/seen"); /* the bus's folder, in umockdev's own */
    snprintf(above, sizeof(above), "%.*s", (int)(end - seen), seen);
    CHECK(chmod(above, 0777) == 0);
    CHECK(chmod(seen, 0777) == 0);
    CHECK(change("/ioctl/dev/bus/usb/001", 0777) > 0);
    CHECK(change("/dev/bus/usb/001", 0000) > 0);
}

static const char *
arg(size_t i)
{
    return i < err_last()->args_len ? err_last()->args[i].value : "";
}

static void
test_usb_bus__what_may_not_be_opened_is_told_with_its_number(void)
{
    struct fake *fake = fake_new(NULL);
    struct fake_usb_bus *bus = fake_usb_bus_new();
    struct fake_usb *usb = fake_usb_new(bus, &usual, fake);
    struct printer_found found[2];
    struct printer *p = NULL;
    size_t n = 0;

    fake_usb_plug(usb);
    close_doors();
    CHECK(geteuid() != 0 || seteuid(NOBODY) == 0);
    CHECK(printer_open("usb:", &p) == ERR_PRINTER && p == NULL);
    CHECK_STR(arg(0), "denied");
    CHECK_STR(arg(1), "0416:5011 (1-1)");
    CHECK(printer_usb_list(found, 2, &n) == OK && n == 1);
    CHECK(found[0].why.err == ERR_PRINTER);
    CHECK_STR(found[0].why.args[0].value, "denied");
    CHECK_STR(found[0].id.serial, "F0001");
    CHECK(getuid() != 0 || seteuid(0) == 0);
    fake_usb_bus_free(bus);
    fake_free(fake);
}

/* It cannot speak, has no port status, and nothing is sent to it. */
static void
test_usb_bus__an_idle_one_way_printer_that_is_pulled_is_told(void)
{
    const struct fake_usb_make make = {.port = "1-2.3", .vendor = 0x0416,
        .product = 0x5011, .build = FAKE_USB_ONE_WAY};
    const struct link_config config = {.where = "usb:port=1-2.3"};
    struct fake *fake = fake_new(NULL);
    struct fake_usb_bus *bus = fake_usb_bus_new();
    struct fake_usb *usb = fake_usb_new(bus, &make, fake);
    struct link *l = NULL;
    struct link_health health;

    fake_usb_plug(usb);
    fake_usb_fault(usb, FAKE_USB_PORT_STALLS);
    CHECK(link_open(&config, &l) == OK);
    for (int i = 0; i < 5; i++)
        CHECK(link_look(l, &health) == OK && health.state == PRINTER_UNKNOWN);
    fake_usb_unplug(usb);
    CHECK(link_look(l, &health) == ERR_PRINTER);
    CHECK(health.state == PRINTER_GONE);
    link_close(l);
    fake_usb_bus_free(bus);
    fake_free(fake);
}

int
main(void)
{
    RUN(test_usb_bus__what_may_not_be_opened_is_told_with_its_number);
    RUN(test_usb_bus__an_idle_one_way_printer_that_is_pulled_is_told);
    return T_END();
}
