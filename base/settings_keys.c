/* The table of keys, and the rules of single values. */
#include <string.h>

#include "base/settings.h"

static const char *const paper_words[] = {"58", "80", NULL};
static const char *const rounding_words[] = {"0", "500", "1000", NULL};
/* In the order of enum log_level and of enum lang. */
static const char *const level_words[] = {
    "debug", "info", "warn", "error", NULL};
static const char *const lang_words[] = {"vi", "en", NULL};

static const char *
wrong_if_empty(const char *value)
{
    return *value ? NULL : "empty";
}

static const char *
wrong_listen(const char *value)
{
    char host[SETTINGS_HOST];
    uint16_t port;

    if (settings_parse_listen(value, host, &port))
        return "listen";
    return settings_host_is_loopback(host) ? NULL : "loopback";
}

static const char *
wrong_host_names(const char *value)
{
    return value[strspn(value, "abcdefghijklmnopqrstuvwxyz0123456789.- ")]
               ? "host_names"
               : NULL;
}

/* What stands before '#': no query, printable ASCII, since the QR holds it. */
static const char *
wrong_verify_base(const char *value)
{
    const char *rest = value;
    char host[SETTINGS_HOST] = "";
    size_t len;
    bool plain;

    for (const char *p = value; *p; p++)
        if (*p <= ' ' || *p > '~' || strchr("#?\"<>\\^`{|}", *p))
            return "verify_base";
    plain = strncmp(value, "http://", 7) == 0;
    if (!plain && strncmp(value, "https://", 8) != 0)
        return "verify_base";
    rest += plain ? 7 : 8;
    len = *rest == '[' ? strcspn(rest, "]") + 1 : strcspn(rest, "/:");
    if (len == 0 || len >= sizeof(host) || value[strlen(value) - 1] == '/')
        return "verify_base";
    memcpy(host, rest, len);
    if (host[0] == '[') { /* [::1] */
        memmove(host, host + 1, len);
        host[len > 1 ? len - 2 : 0] = '\0';
    }
    return plain && !settings_host_is_loopback(host) ? "verify_base" : NULL;
}

static const char *
wrong_registry_url(const char *value)
{
    return *value && wrong_verify_base(value) ? "registry_url" : NULL;
}

/* Its check digit is only warned about: domain/retail-vietnam.md. */
static const char *
wrong_tax_code(const char *value)
{
    return value[strspn(value, "0123456789-")] ? "tax_code" : NULL;
}

static const char *
wrong_bank_bin(const char *value)
{
    return *value && (strlen(value) != 6 || value[strspn(value, "0123456789")])
               ? "bank_bin"
               : NULL;
}

static const char *
wrong_bank_account(const char *value)
{
    return value[strspn(value, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")]
               ? "bank_account"
               : NULL;
}

#define MEMBER(name)                                                           \
    offsetof(struct settings, name), sizeof(((struct settings *)0)->name)

/* clang-format off */
static const struct settings_key keys[] = {
    {"listen", SETTINGS_KIND_STR, "127.0.0.1:8080", MEMBER(listen),
        0, 0, NULL, wrong_listen},
    {"data_dir", SETTINGS_KIND_STR, "/var/lib/ocop-pos", MEMBER(data_dir),
        0, 0, NULL, wrong_if_empty},
    {"verify_base", SETTINGS_KIND_STR, "http://127.0.0.1:8090/r",
        MEMBER(verify_base), 0, 0, NULL, wrong_verify_base},
    {"registry_url", SETTINGS_KIND_STR, "", MEMBER(registry_url),
        0, 0, NULL, wrong_registry_url},
    {"registry_root", SETTINGS_KIND_STR, "", MEMBER(registry_root),
        0, 0, NULL, NULL},
    {"registry_proxy", SETTINGS_KIND_STR, "", MEMBER(registry_proxy),
        0, 0, NULL, NULL},
    {"sync_interval_minutes", SETTINGS_KIND_INT, "60",
        MEMBER(sync_interval_minutes),
        1, 1440, NULL, NULL},
    {"local_till", SETTINGS_KIND_INT, "1", MEMBER(local_till),
        0, 255, NULL, NULL},
    {"showroom_address", SETTINGS_KIND_TEXT, "", MEMBER(showroom_address),
        0, 0, NULL, NULL},
    {"showroom_phone", SETTINGS_KIND_TEXT, "", MEMBER(showroom_phone),
        0, 0, NULL, NULL},
    {"tax_code", SETTINGS_KIND_TEXT, "", MEMBER(tax_code),
        0, 0, NULL, wrong_tax_code},
    {"font_regular", SETTINGS_KIND_STR,
        "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf",
        MEMBER(font_regular), 0, 0, NULL, wrong_if_empty},
    {"font_bold", SETTINGS_KIND_STR,
        "/usr/share/fonts/truetype/noto/NotoSans-Bold.ttf",
        MEMBER(font_bold), 0, 0, NULL, wrong_if_empty},
    {"printer", SETTINGS_KIND_STR, "null:", MEMBER(printer),
        0, 0, NULL, settings_wrong_printer},
    {"paper_mm", SETTINGS_KIND_INT, "80", MEMBER(paper_mm),
        58, 80, paper_words, NULL},
    {"cash_rounding", SETTINGS_KIND_INT, "0", MEMBER(cash_rounding),
        0, 1000, rounding_words, NULL},
    {"discount_limit_cashier_percent", SETTINGS_KIND_INT, "5",
        MEMBER(discount_limit_cashier_percent), 0, 100, NULL, NULL},
    {"discount_limit_manager_percent", SETTINGS_KIND_INT, "100",
        MEMBER(discount_limit_manager_percent), 0, 100, NULL, NULL},
    {"host_names", SETTINGS_KIND_STR, "", MEMBER(host_names),
        0, 0, NULL, wrong_host_names},
    {"bank_bin", SETTINGS_KIND_STR, "", MEMBER(bank_bin),
        0, 0, NULL, wrong_bank_bin},
    {"bank_account", SETTINGS_KIND_STR, "", MEMBER(bank_account),
        0, 0, NULL, wrong_bank_account},
    {"bank_name", SETTINGS_KIND_TEXT, "", MEMBER(bank_name),
        0, 0, NULL, NULL},
    {"bank_secret_file", SETTINGS_KIND_STR, "", MEMBER(bank_secret_file),
        0, 0, NULL, NULL},
    {"connections_max", SETTINGS_KIND_INT, "512", MEMBER(connections_max),
        8, 4096, NULL, NULL},
    {"connections_per_address", SETTINGS_KIND_INT, "128",
        MEMBER(connections_per_address), 4, 4096, NULL, NULL},
    {"session_idle_minutes", SETTINGS_KIND_INT, "30",
        MEMBER(session_idle_minutes),
        1, 1440, NULL, NULL},
    {"log_level", SETTINGS_KIND_WORD, "info", MEMBER(log_level),
        0, 0, level_words, NULL},
    {"language", SETTINGS_KIND_WORD, "vi", MEMBER(language),
        0, 0, lang_words, NULL},
};
/* clang-format on */

const struct settings_key *
settings_key_at(size_t i)
{
    return i < sizeof(keys) / sizeof(keys[0]) ? &keys[i] : NULL;
}
