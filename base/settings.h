/* base/settings.h - the settings file, read once at the start.
 * Of the printers: base/settings_printer.h.
 *
 * config/ocop-pos.conf is the shipped file and the manual: every key with its
 * reason, range and default.  A key that is not known, a value of the wrong
 * type or out of its range, a key given twice, a file that cannot be read:
 * all refuse the start with ERR_SETTINGS and the arguments `file`, `line`,
 * `key` and what the sentence needs; the `case` picks it (base/lang.h).
 *
 * A plain value: nothing to free. */
#ifndef BASE_SETTINGS_H
#define BASE_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/lang.h"
#include "base/log.h"
#include "base/settings_printer.h"

enum {
    SETTINGS_HOST = 64,
    SETTINGS_TEXT = 256,
    SETTINGS_FILE_MAX = 64 * 1024 /* bytes of the file */
};

struct settings {
    char listen[SETTINGS_HOST]; /* HOST:PORT, loopback */
    char data_dir[SETTINGS_PATH];
    char verify_base[SETTINGS_PATH]; /* what stands before '#' in the QR */
    char registry_url[SETTINGS_PATH];   /* empty: none */
    char registry_root[SETTINGS_PATH];  /* file of the root trusted first */
    char registry_proxy[SETTINGS_PATH]; /* empty: as the environment says */
    int sync_interval_minutes;
    int local_till; /* till of this machine's browser; 0 none */
    char showroom_address[SETTINGS_TEXT];
    char showroom_phone[SETTINGS_TEXT];
    char tax_code[SETTINGS_TEXT];
    char font_regular[SETTINGS_PATH];
    char font_bold[SETTINGS_PATH];
    char printer[SETTINGS_PATH]; /* the one printer; "null:" none */
    int paper_mm;                /* 80 or 58; of the receipt printer */
    struct settings_printer printers[SETTINGS_PRINTERS];
    size_t printers_len; /* one made of `printer`, or those of the list */
    int cash_rounding;           /* dong: 0, 500 or 1000 */
    int discount_limit_cashier_percent;
    int discount_limit_manager_percent;
    char host_names[SETTINGS_TEXT]; /* names of ours, spaces between */
    char bank_bin[8];       /* six digits; empty: no transfers are made */
    char bank_account[20];
    char bank_name[SETTINGS_TEXT];        /* whose account it is */
    char bank_secret_file[SETTINGS_PATH]; /* in data_dir unless it begins
                                             with '/'; empty: no notices */
    int connections_max;
    int connections_per_address;
    int session_idle_minutes;
    enum log_level log_level;
    enum lang language;
};

/* Every key at its default. */
void settings_default(struct settings *out);

/* The defaults, then what `path` says.  ERR_SETTINGS, with *out undefined. */
enum err settings_load(const char *path, struct settings *out);

/* Listen at `listen` ("127.0.0.1:8080", "[::1]:8080", "localhost:8080"; port 0
 * lets the system choose): what --listen does.  ERR_SETTINGS with the
 * case `option` when it is not HOST:PORT or HOST is not this machine itself:
 * plain HTTP goes no further. */
enum err settings_set_listen(struct settings *s, const char *listen);

/* Cut "HOST:PORT" apart, brackets of IPv6 removed.  ERR_SETTINGS. */
enum err settings_parse_listen(
    const char *listen, char host_out[SETTINGS_HOST], uint16_t *port_out);

/* 127.0.0.0/8, ::1 or localhost. */
bool settings_host_is_loopback(const char *host);
bool settings_listen_is_loopback(const struct settings *s);

/* The printer of a role for a till: the first of that till, else the first of
 * all tills.  NULL when there is none. */
const struct settings_printer *settings_printer_for(
    const struct settings *s, enum settings_role role, int64_t till);
/* By its id; NULL. */
const struct settings_printer *settings_printer_find(
    const struct settings *s, const char *id);

/* One row a key, for tests and for showing what is set. */
enum settings_kind {
    SETTINGS_KIND_INT,  /* min..max, and one of `words` if there are any */
    SETTINGS_KIND_STR,  /* bytes as they are: a path, an address */
    SETTINGS_KIND_TEXT, /* for people: cleaned by text_clean */
    SETTINGS_KIND_WORD  /* one of `words`; stored as its index */
};

struct settings_key {
    const char *name;
    enum settings_kind kind;
    const char *standard;     /* the default, as the file says it, no quotes;
                                 NULL: it must be said */
    size_t offset, size;      /* of the member in its struct */
    int min, max;             /* of an integer */
    const char *const *words; /* NULL at the end; NULL for any */
    /* A further rule for a string: the `case` of the refusal, or NULL. */
    const char *(*wrong)(const char *value);
};

/* Of struct settings; NULL past the last. */
const struct settings_key *settings_key_at(size_t i);
/* Of struct settings_printer: what stands between the braces of `printers`.
 * Those without a default must be said. */
const struct settings_key *settings_printer_key_at(size_t i);

/* NULL or the `case` of the refusal: "usb:..", "tcp:HOST..", "file:DIR",
 * "null:"; what follows is the transport's to judge. */
const char *settings_wrong_printer(const char *value);

/* Set what follows from the members read: roles, label size. */
void settings_printer_derive(struct settings_printer *p);

#endif
