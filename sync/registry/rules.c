#include "sync/registry/rules.h"

#include <string.h>

#include "base/clock.h"
#include "base/codes.h"
#include "sync/registry/fold.h"
#include "sync/registry/provinces.h"

enum {
    PROGRAMME_FROM = 17658, /* 07/05/2018, decision 490 */
    QD148_FROM = 19412,     /* 24/02/2023 */
    QD148_LAST = 20655,     /* 21/07/2026: 148 lapsed */
    QD26_FROM = 20595,      /* 22/05/2026 */
    HUE_FROM = 20089,       /* 01/01/2025: Huế is no province's city */
    MONTHS = 36
};

static enum err
refuse(const struct ocop_record *r, const char *field, const char *which)
{
    err_at("%s", field);
    err_arg("id", "%s", r->id);
    err_arg("field", "%s", field);
    err_arg("case", "%s", which);
    return err_set(ERR_CERT_REFUSED, "record %s: %s: %s", r->id, field, which);
}

static void
arg_day(const char *name, int32_t day)
{
    char date[CLOCK_DATE_SIZE];

    clock_format_vn_date(day, date);
    err_arg(name, "%s", date);
}

static enum err
check_dates(const struct ocop_record *r, int32_t today)
{
    if (r->decision_day > today) {
        arg_day("date", r->decision_day);
        return refuse(r, "decision.date", "future");
    }
    if (r->decision_day < PROGRAMME_FROM) {
        arg_day("date", r->decision_day);
        return refuse(r, "decision.date", "before_programme");
    }
    if (r->valid_from_day < r->decision_day) {
        arg_day("date", r->decision_day);
        return refuse(r, "valid_from", "valid_from");
    }
    if (r->valid_until_day > clock_add_months(r->valid_from_day, MONTHS)) {
        arg_day("date", clock_add_months(r->valid_from_day, MONTHS));
        return refuse(r, "valid_until", "validity");
    }
    return OK;
}

static enum err
check_scheme(const struct ocop_record *r)
{
    static const struct {
        int32_t from, last;
    } spans[] = {
        [SCHEME_QD26_2026] = {QD26_FROM, INT32_MAX},
        [SCHEME_QD148_2023] = {QD148_FROM, QD148_LAST},
        [SCHEME_QD1048_2019] = {0, INT32_MAX}, /* its end was never plain */
    };

    if (r->decision_day < spans[r->group_scheme].from) {
        arg_day("date", spans[r->group_scheme].from);
        return refuse(r, "group.scheme", "scheme_early");
    }
    if (r->decision_day > spans[r->group_scheme].last) {
        arg_day("date", spans[r->group_scheme].last);
        return refuse(r, "group.scheme", "scheme_lapsed");
    }
    return OK;
}

/* A city that is no province's: its committee is of a province's rank. */
static bool
is_province_city(const char *name, int32_t day)
{
    static const char city[] = "Thành phố ";
    bool old;
    const struct province *p = province_named(name, &old);

    if (strcmp(name, "hue") == 0 && day < HUE_FROM)
        return false;
    return p && !old && strncmp(p->name, city, sizeof(city) - 1) == 0;
}

enum record_level
rules_level_of(const char *issuer, int32_t day)
{
    static const char *const committees[] = {
        "ubnd", "uy ban nhan dan", "chu tich ubnd",
        "chu tich uy ban nhan dan", NULL};
    char fold[FOLD_SIZE];
    const char *of = NULL;

    fold_into(issuer, strlen(issuer), fold);
    if (fold_begins(fold, "bo") || fold_begins(fold, "trung uong") ||
        fold_begins(fold, "hoi dong ocop trung uong"))
        return LEVEL_CENTRAL;
    for (size_t i = 0; !of && committees[i]; i++)
        if (fold_begins(fold, committees[i]))
            of = fold + strlen(committees[i]);
    if (!of)
        return 0;
    of += strspn(of, " ");
    if (fold_begins(of, "tinh"))
        return LEVEL_PROVINCE;
    if (fold_begins(of, "huyen") || fold_begins(of, "quan") ||
        fold_begins(of, "thi xa") || fold_begins(of, "tx"))
        return LEVEL_DISTRICT;
    if (fold_begins(of, "thanh pho"))
        of += strlen("thanh pho");
    else if (fold_begins(of, "tp"))
        of += strlen("tp");
    else
        return 0;
    of += strspn(of, " ");
    if (!*of)
        return 0;
    return is_province_city(of, day) ? LEVEL_PROVINCE : LEVEL_DISTRICT;
}

static enum err
check_issuer(const struct ocop_record *r)
{
    enum record_level told = rules_level_of(r->issuer, r->decision_day);

    if (told && told != r->issuer_level) {
        err_arg("value", "%s", r->issuer);
        return refuse(r, "decision.issuer_level", "issuer_name");
    }
    if (r->evidence == EVIDENCE_OFFICIAL && !r->decision_number[0])
        return refuse(r, "decision.number", "official");
    return OK;
}

static enum err
check_gtins(const struct json *v, const struct ocop_record *r)
{
    const struct json *gtins = json_find(v, "gtins");
    const char *gtin = "";

    if (gtins && !json_is_arr(gtins))
        return refuse(r, "gtins", "shape");
    for (const struct json *i = json_first(gtins); gtins && i;
         i = json_next(i))
        if (json_as_str(i, 64, &gtin) != OK || !codes_gtin_ok(gtin)) {
            err_arg("value", "%s", gtin);
            return refuse(r, "gtins", "gtin");
        }
    return OK;
}

/* What the shopper's page shows, as far as it must be of a shape. */
static enum err
check_extras(const struct json *v, const struct ocop_record *r)
{
    static const char *const objects[] = {"ip", "story", NULL};
    const struct json *images = json_find(v, "images");
    const char *hash;

    for (size_t i = 0; objects[i]; i++)
        if (json_has(v, objects[i]) && !json_is_obj(json_find(v, objects[i])))
            return refuse(r, objects[i], "shape");
    if (images && !json_is_arr(images))
        return refuse(r, "images", "shape");
    for (const struct json *i = json_first(images); images && i;
         i = json_next(i))
        if (json_get_str(i, "sha256", 64, &hash) != OK || strlen(hash) != 64 ||
            strspn(hash, "0123456789abcdef") != 64)
            return refuse(r, "images", "shape");
    return OK;
}

static enum err
check_status(const struct ocop_record *r)
{
    if (r->status == RECORD_SUPERSEDED && !r->superseded_by[0])
        return refuse(r, "status_info.superseded_by", "missing");
    if (r->status != RECORD_SUSPENDED && r->status != RECORD_REVOKED)
        return OK;
    if (!r->status_at[0])
        return refuse(r, "status_info.at", "missing");
    if (!r->status_decision[0])
        return refuse(r, "status_info.decision_number", "missing");
    return r->status_reason[0] ? OK
                               : refuse(r, "status_info.reason", "missing");
}

enum err
rules_check(const struct json *v, const struct ocop_record *r, int32_t today)
{
    enum err e = check_dates(r, today);

    if (e == OK)
        e = check_scheme(r);
    if (e == OK)
        e = check_issuer(r);
    if (e == OK)
        e = check_gtins(v, r);
    if (e == OK)
        e = check_extras(v, r);
    return e == OK ? check_status(r) : e;
}

const char *
rules_doubt(const struct ocop_record *r, const char **field_out)
{
    int32_t last = clock_add_months(r->valid_from_day, MONTHS);

    *field_out = "valid_until";
    if (r->valid_until_day < last - 1)
        return "short";
    *field_out = "valid_from";
    if (r->valid_from_day > r->decision_day)
        return "late";
    return NULL;
}
