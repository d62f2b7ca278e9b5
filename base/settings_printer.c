/* The members of a printer, and who prints what for whom. */
#include "base/settings_printer.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/settings.h"

static const char *const paper_words[] = {"58", "80", NULL};
/* In the order of enum link_language. */
static const char *const language_words[] = {"escpos", "tspl", "zpl", NULL};
/* By bit. */
static const char *const role_words[] = {"receipt", "copy", "drawer", "label"};

enum { ROLES = sizeof(role_words) / sizeof(role_words[0]), LABEL_MM = 200 };

const char *
settings_role_name(enum settings_role role)
{
    for (unsigned i = 0; i < ROLES; i++)
        if (role == 1U << i)
            return role_words[i];
    assert(0 && "a role that is none");
    return "";
}

const char *
settings_wrong_printer(const char *value)
{
    if (strcmp(value, "null:") == 0 || strncmp(value, "usb:", 4) == 0)
        return NULL;
    if (strncmp(value, "file:", 5) == 0 && value[5])
        return NULL;
    return strncmp(value, "tcp:", 4) == 0 && value[4] ? NULL : "printer";
}

static const char *
wrong_id(const char *value)
{
    size_t len = strspn(value, "abcdefghijklmnopqrstuvwxyz0123456789-_");

    return value[len] ? "printer_id" : NULL;
}

/* The roles of "receipt drawer"; 0 when a word is none, or comes twice. */
static unsigned
parse_roles(const char *words)
{
    unsigned roles = 0, bit;
    size_t len;

    for (; *(words += strspn(words, " ")); words += len) {
        len = strcspn(words, " ");
        for (bit = 0; bit < ROLES; bit++)
            if (strlen(role_words[bit]) == len &&
                strncmp(role_words[bit], words, len) == 0)
                break;
        if (bit == ROLES || roles & 1U << bit)
            return 0;
        roles |= 1U << bit;
    }
    return roles;
}

static const char *
wrong_roles(const char *value)
{
    return !value[0] || parse_roles(value) ? NULL : "roles";
}

/* Millimetres from `*at` on; 0 when there are none, or too many. */
static int
read_mm(const char **at)
{
    int mm = 0;

    while (**at >= '0' && **at <= '9' && mm <= LABEL_MM)
        mm = 10 * mm + *(*at)++ - '0';
    return mm <= LABEL_MM ? mm : 0;
}

static bool
parse_label(const char *text, int *width_out, int *height_out)
{
    *width_out = read_mm(&text);
    if (*text++ != 'x')
        return false;
    *height_out = read_mm(&text);
    return !*text && *width_out >= 20 && *height_out >= 10;
}

static const char *
wrong_label(const char *value)
{
    int width, height;

    return parse_label(value, &width, &height) ? NULL : "label_mm";
}

#define MEMBER(name)                                                           \
    offsetof(struct settings_printer, name),                                   \
        sizeof(((struct settings_printer *)0)->name)

/* clang-format off */
static const struct settings_key keys[] = {
    {"id", SETTINGS_KIND_STR, NULL, MEMBER(id), 0, 0, NULL, wrong_id},
    {"at", SETTINGS_KIND_STR, NULL, MEMBER(at), 0, 0, NULL,
        settings_wrong_printer},
    {"roles", SETTINGS_KIND_STR, NULL, MEMBER(role_words), 0, 0, NULL,
        wrong_roles},
    {"paper_mm", SETTINGS_KIND_INT, "80", MEMBER(paper_mm), 58, 80,
        paper_words, NULL},
    {"language", SETTINGS_KIND_WORD, "escpos", MEMBER(language), 0, 0,
        language_words, NULL},
    {"quirks", SETTINGS_KIND_STR, "", MEMBER(quirks), 0, 0, NULL, NULL},
    {"till", SETTINGS_KIND_INT, "0", MEMBER(till), 0, 255, NULL, NULL},
    {"label_mm", SETTINGS_KIND_STR, "50x30", MEMBER(label_mm), 0, 0, NULL,
        wrong_label},
    {"gap_mm", SETTINGS_KIND_INT, "2", MEMBER(gap_mm), 0, 20, NULL, NULL},
};
/* clang-format on */

const struct settings_key *
settings_printer_key_at(size_t i)
{
    return i < sizeof(keys) / sizeof(keys[0]) ? &keys[i] : NULL;
}

void
settings_printer_derive(struct settings_printer *p)
{
    bool is_size;

    p->roles = parse_roles(p->role_words);
    is_size =
        parse_label(p->label_mm, &p->label_width_mm, &p->label_height_mm);
    assert(is_size); /* refused before */
}

const struct settings_printer *
settings_printer_for(const struct settings *s, enum settings_role role,
    int64_t till)
{
    const struct settings_printer *all = NULL;

    for (size_t i = 0; i < s->printers_len; i++) {
        const struct settings_printer *p = &s->printers[i];

        if (!(p->roles & role))
            continue;
        if (p->till && p->till == till)
            return p;
        if (!p->till && !all)
            all = p;
    }
    return all;
}

const struct settings_printer *
settings_printer_find(const struct settings *s, const char *id)
{
    for (size_t i = 0; i < s->printers_len; i++)
        if (strcmp(s->printers[i].id, id) == 0)
            return &s->printers[i];
    return NULL;
}
