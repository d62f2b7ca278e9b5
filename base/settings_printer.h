/* base/settings_printer.h - one printer as the settings tell it. */
#ifndef BASE_SETTINGS_PRINTER_H
#define BASE_SETTINGS_PRINTER_H

enum {
    SETTINGS_PATH = 256,
    SETTINGS_PRINTERS = 8,    /* at most */
    SETTINGS_PRINTER_ID = 33, /* bytes with the NUL */
    SETTINGS_WORDS = 128
};

/* What a printer is for, as bits. */
enum settings_role {
    SETTINGS_RECEIPT = 1,
    SETTINGS_COPY = 2, /* a second slip of each receipt */
    SETTINGS_DRAWER = 4,
    SETTINGS_LABEL = 8,
    SETTINGS_ROLES_END = 16
};

struct settings_printer {
    char id[SETTINGS_PRINTER_ID]; /* a-z 0-9 - _ */
    char at[SETTINGS_PATH];       /* "usb:", "tcp:HOST", "file:DIR", "null:" */
    char role_words[SETTINGS_WORDS];
    char quirks[SETTINGS_WORDS];  /* words of drivers/quirks.h */
    char label_mm[16];            /* "50x30" */
    int paper_mm;                 /* 80 or 58 */
    int language;                 /* enum link_language of drivers/link.h */
    int till;                     /* 0: of all tills */
    int gap_mm;                   /* between labels */
    /* what follows from these */
    unsigned roles;
    int label_width_mm, label_height_mm;
};

/* "receipt", ...: the word of a role. */
const char *settings_role_name(enum settings_role role);

#endif
