#include "drivers/quirks.h"

#include <string.h>

struct row {
    uint16_t vendor;
    uint16_t product;  /* 0: all of the vendor's */
    const char *model; /* within the model's name; NULL: any */
    unsigned quirks;
};

/* Lists: "usblp": drivers/usb/class/usblp.c of Linux.  "CUPS": its
 * backend/org.cups.usb-quirks.  Reports: repository and number on GitHub.
 *
 * Not here though CUPS lists it as one-way: Zebra (0x0a5f).  There a read that
 * stays open for ever hangs the printer; ours end after moments, and ~HS has
 * to be heard.  Nor Winbond's 0x0416:0x5011, which dies of SET_INTERFACE
 * (linux-usb, "USBLP_QUIRK_NO_SET_INTF", January 2021): usb.c sends that to
 * no printer with one alternate setting only. */
static const struct row rows[] = {
    /* Epson TM on the USB interface M129C: descriptors of a vendor's own
     * class (usblp; CUPS), and no device id (apple/cups 3971). */
    {0x04b8, 0x0202, NULL, QUIRK_VENDOR_CLASS | QUIRK_NO_DEVICE_ID},
    /* Epson TM-T20: class 255 as delivered
     * (DantSu/ESCPOS-ThermalPrinter-Android 331). */
    {0x04b8, 0x0e03, NULL, QUIRK_VENDOR_CLASS},
    /* Epson TM-U220, an impact printer: knows ESC * only
     * (NielsLeenheer/EscPosEncoder 16). */
    {0x04b8, 0, "TM-U220", QUIRK_NO_GS_V0},
    /* Datecs DPP-350: knows ESC * only
     * (DantSu/ESCPOS-ThermalPrinter-Android 273). */
    {0, 0, "DPP-350", QUIRK_NO_GS_V0},
    /* Wincor Nixdorf TH230 and TH230+: GS v 0 does not work
     * (receipt-print-hq/escpos-printer-db 94). */
    {0, 0, "TH230", QUIRK_NO_GS_V0},
    /* The cheapest 58 mm printers: bytes that come faster than the paper
     * moves are lost, and the rest is garbage (python-escpos 628; the name
     * as they give it: python-escpos 636). */
    {0, 0, "POS58", QUIRK_SLOW},
    {0, 0, "POS-58", QUIRK_SLOW},
    /* Star: promise two ways, know one (CUPS, Apple 5251). */
    {0x0519, 0, NULL, QUIRK_ONE_WAY},
    /* Citizen CT-S4000: the same (CUPS, Apple 5823). */
    {0x2730, 0x2008, NULL, QUIRK_ONE_WAY},
    /* Arkscan label printers: the same (CUPS, Apple 5867). */
    {0x2d84, 0, NULL, QUIRK_ONE_WAY},
    /* Prolific PL2305, USB to a parallel printer: the same (CUPS, Launchpad
     * 987485). */
    {0x067b, 0x2305, NULL, QUIRK_ONE_WAY},
};

/* In the order of their bits. */
static const char *const words[] = {"one_way", "no_device_id", "vendor_class",
    "slow", "no_gs_v0", "no_process_id", "no_gs_r", "no_asb", "no_cutter",
    "no_port", "no_dle_eot"};

enum { WORDS = sizeof(words) / sizeof(words[0]) };

unsigned
quirks_of(const struct printer_id *id)
{
    unsigned quirks = 0;

    for (size_t i = 0; id && i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct row *r = &rows[i];

        if ((!r->vendor || r->vendor == id->vendor) &&
            (!r->product || r->product == id->product) &&
            (!r->model || strstr(id->model, r->model)))
            quirks |= r->quirks;
    }
    return quirks;
}

const char *
quirks_word(unsigned i)
{
    return i < WORDS ? words[i] : NULL;
}

static unsigned
quirk_of_word(const char *word, size_t len)
{
    for (unsigned i = 0; i < WORDS; i++)
        if (strlen(words[i]) == len && memcmp(words[i], word, len) == 0)
            return 1u << i;
    return 0;
}

enum err
quirks_parse(const char *list, unsigned *quirks_out)
{
    unsigned quirks = 0;

    for (const char *at = list + strspn(list, " "); *at;) {
        size_t len = strcspn(at, " ");
        unsigned quirk = quirk_of_word(at, len);

        if (!quirk) {
            err_arg("word", "%.*s", (int)(len < 40 ? len : 40), at);
            return err_set(ERR_SETTINGS, "no quirk is called \"%.*s\"",
                (int)(len < 40 ? len : 40), at);
        }
        quirks |= quirk;
        at += len;
        at += strspn(at, " ");
    }
    *quirks_out = quirks;
    return OK;
}
