#include "sync/record_form.h"

#include <string.h>

#include "base/clock.h"
#include "base/err.h"
#include "sync/record.h"

/* All words stand in the order of their enums in sync/record.h. */
static const char *const schema_words[] = {"ocop-product/1", NULL};
static const char *const form_words[] = {"cooperative", "coop_group",
    "enterprise", "household", "artisan", "other", NULL};
static const char *const scheme_words[] = {
    "QD26-2026", "QD148-2023", "QD1048-2019", NULL};
static const char *const level_words[] = {
    "district", "province", "central", NULL};
static const char *const status_words[] = {
    "active", "suspended", "revoked", "superseded", NULL};
static const char *const evidence_words[] = {
    "official_decision", "press", "demo", NULL};
static const char *const recall_words[] = {
    "none", "stop_sale", "return_to_producer", "destroy", NULL};

const char *
record_status_name(enum record_status status)
{
    return status_words[status - 1];
}

const char *
record_recall_name(enum record_recall recall)
{
    return recall_words[recall - 1];
}

const char *
record_evidence_name(enum record_evidence evidence)
{
    return evidence_words[evidence - 1];
}

/* Visible ASCII. */
static bool
is_id(const char *value)
{
    for (; *value; value++)
        if (*value <= ' ' || *value > '~')
            return false;
    return true;
}

static bool
is_digits(const char *value, size_t len)
{
    return strlen(value) == len && strspn(value, "0123456789") == len;
}

static bool
is_province(const char *value)
{
    return is_digits(value, 2);
}

static bool
is_commune(const char *value)
{
    return is_digits(value, 5);
}

/* A day, or a moment of it: the contract does not say which. */
static bool
is_time(const char *value)
{
    int64_t moment;
    int32_t day;

    return !clock_parse_date(value, &day) ||
           !clock_parse_rfc3339(value, &moment);
}

#define MEMBER(name)                                                           \
    offsetof(struct ocop_record, name), sizeof(((struct ocop_record *)0)->name)
#define NOWHERE 0, 0 /* checked, not kept */
#define YES true
#define NO false

/* clang-format off */
static const struct field fields[] = {
    {NULL, "schema", FIELD_WORD, YES, NOWHERE,
        0, 0, schema_words, NULL, NULL},
    {NULL, "id", FIELD_TEXT, YES, MEMBER(id), 0, 0, NULL, "id", is_id},
    {NULL, "cert", FIELD_NUMBER, YES, MEMBER(cert),
        1, UINT32_MAX, NULL, NULL, NULL},
    {NULL, "rev", FIELD_NUMBER, YES, MEMBER(rev),
        0, JSON_INT_MAX, NULL, NULL, NULL},
    {NULL, "name", FIELD_TEXT, YES, MEMBER(name), 0, 0, NULL, NULL, NULL},
    {NULL, "name_en", FIELD_TEXT, NO, MEMBER(name_en),
        0, 0, NULL, NULL, NULL},
    {"producer", "id", FIELD_TEXT, YES, MEMBER(producer_id),
        0, 0, NULL, "id", is_id},
    {"producer", "name", FIELD_TEXT, YES, MEMBER(producer_name),
        0, 0, NULL, NULL, NULL},
    {"producer", "form", FIELD_WORD, YES, MEMBER(producer_form),
        0, 0, form_words, NULL, NULL},
    {"place", "province_code", FIELD_TEXT, YES, MEMBER(province_code),
        0, 0, NULL, "place", is_province},
    {"place", "commune_code", FIELD_TEXT, NO, MEMBER(commune_code),
        0, 0, NULL, "place", is_commune},
    {"place", "units_version", FIELD_TEXT, NO, MEMBER(units_version),
        0, 0, NULL, NULL, NULL},
    {"place", "text", FIELD_TEXT, NO, MEMBER(place_text),
        0, 0, NULL, NULL, NULL},
    {"place", "text_at_issue", FIELD_TEXT, NO, MEMBER(place_text_at_issue),
        0, 0, NULL, NULL, NULL},
    {"group", "scheme", FIELD_WORD, YES, MEMBER(group_scheme),
        0, 0, scheme_words, NULL, NULL},
    {"group", "code", FIELD_TEXT, YES, MEMBER(group_code),
        0, 0, NULL, "id", is_id},
    {NULL, "stars", FIELD_NUMBER, YES, MEMBER(stars),
        3, 5, NULL, "stars", NULL},
    {NULL, "score_x100", FIELD_NUMBER, NO, MEMBER(score_x100),
        0, 10000, NULL, NULL, NULL},
    {NULL, "proposed_stars", FIELD_NUMBER, NO, MEMBER(proposed_stars),
        1, 5, NULL, NULL, NULL},
    {NULL, "ocop_code", FIELD_TEXT, NO, MEMBER(ocop_code),
        0, 0, NULL, NULL, NULL},
    {"decision", "number", FIELD_TEXT, NO, MEMBER(decision_number),
        0, 0, NULL, NULL, NULL},
    {"decision", "date", FIELD_DATE, YES, MEMBER(decision_day),
        0, 0, NULL, NULL, NULL},
    {"decision", "issuer", FIELD_TEXT, YES, MEMBER(issuer),
        0, 0, NULL, NULL, NULL},
    {"decision", "issuer_level", FIELD_WORD, YES, MEMBER(issuer_level),
        0, 0, level_words, NULL, NULL},
    {"decision", "successor", FIELD_TEXT, NO, MEMBER(successor),
        0, 0, NULL, NULL, NULL},
    {NULL, "valid_from", FIELD_DATE, YES, MEMBER(valid_from_day),
        0, 0, NULL, NULL, NULL},
    {NULL, "valid_until", FIELD_DATE, YES, MEMBER(valid_until_day),
        0, 0, NULL, NULL, NULL},
    {NULL, "status", FIELD_WORD, YES, MEMBER(status),
        0, 0, status_words, NULL, NULL},
    {"status_info", "at", FIELD_TEXT, NO, MEMBER(status_at),
        0, 0, NULL, "date", is_time},
    {"status_info", "reason", FIELD_TEXT, NO, MEMBER(status_reason),
        0, 0, NULL, NULL, NULL},
    {"status_info", "decision_number", FIELD_TEXT, NO, MEMBER(status_decision),
        0, 0, NULL, NULL, NULL},
    {"status_info", "superseded_by", FIELD_TEXT, NO, MEMBER(superseded_by),
        0, 0, NULL, NULL, NULL},
    {"status_info", "recall", FIELD_WORD, NO, MEMBER(recall),
        0, 0, recall_words, NULL, NULL},
    {NULL, "evidence", FIELD_WORD, YES, MEMBER(evidence),
        0, 0, evidence_words, NULL, NULL},
};
/* clang-format on */

const struct field *
record_field_at(size_t i)
{
    return i < sizeof(fields) / sizeof(fields[0]) ? &fields[i] : NULL;
}
