/* drivers/quirks.h - what printers do wrong, and which ones.
 *
 * The table holds only what public lists and reports say, each row with where
 * it is said; no printer of it was in our hands.  What a printer shows by
 * itself (no answer to a question, a port status it refuses) is learned while
 * talking with it and needs no row.  A showroom adds flags to its printer with
 * the setting `quirks`. */
#ifndef DRIVERS_QUIRKS_H
#define DRIVERS_QUIRKS_H

#include "base/err.h"
#include "drivers/printer.h"

enum quirk {
    QUIRK_ONE_WAY = 0x1,        /* never read from it, whatever it promises */
    QUIRK_NO_DEVICE_ID = 0x2,   /* never ask who it is (IEEE 1284) */
    QUIRK_VENDOR_CLASS = 0x4,   /* a printer though its USB class says not */
    QUIRK_SLOW = 0x8,           /* small pieces, pauses: else bytes are lost */
    QUIRK_NO_GS_V0 = 0x10,      /* pictures by another command than GS v 0 */
    QUIRK_NO_PROCESS_ID = 0x20, /* GS ( H is not asked */
    QUIRK_NO_GS_R = 0x40,       /* GS r is not asked */
    QUIRK_NO_ASB = 0x80,        /* automatic status is not switched on */
    QUIRK_NO_CUTTER = 0x100,    /* feed to the tear bar, do not cut */
    QUIRK_NO_PORT = 0x200,      /* its port status says nothing true */
    QUIRK_NO_DLE_EOT = 0x400    /* real-time questions disturb its printing */
};

/* The table's flags for a printer; 0 for most, and for NULL. */
unsigned quirks_of(const struct printer_id *id);

/* The words of the setting: "one_way slow", any spaces between, "" for none.
 * ERR_SETTINGS, with the argument `word`, when one is not known. */
enum err quirks_parse(const char *words, unsigned *quirks_out);

/* The word of one flag; the i-th flag has the value 1 << i.  NULL past the
 * last. */
const char *quirks_word(unsigned i);

#endif
