#include "sync/registry/place.h"

#include <stdio.h>
#include <string.h>

#include "db/registry/units.h"
#include "sync/registry/fold.h"
#include "sync/registry/provinces.h"

enum { UNITS_OF_2025 = 20270 }; /* 01/07/2025 */

/* "xã Phú Hội, huyện Đức Trọng, tỉnh Lâm Đồng", folded. */
struct parts {
    char name[FOLD_SIZE]; /* of the commune, as it is written */
    char commune[FOLD_SIZE], district[FOLD_SIZE], province[FOLD_SIZE];
};

static void
split(const char *text, struct parts *out)
{
    static const char ends[] = ",;()";
    int n = 0;

    *out = (struct parts){.commune = ""};
    while (*text && n < 3) {
        size_t len = strcspn(text, ends);
        char fold[FOLD_SIZE];

        fold_into(text, len, fold);
        if (n == 0 && fold[0])
            fold_name(text, len, out->name);
        text += len;
        text += strspn(text, ends);
        if (!fold[0])
            continue;
        if (n > 0 && (n == 2 || fold_begins(fold, "tinh"))) {
            fold_bare(fold);
            memcpy(out->province, fold, sizeof(fold));
            return;
        }
        if (n == 1)
            fold_bare(fold);
        memcpy(n == 0 ? out->commune : out->district, fold, sizeof(fold));
        n++;
    }
}

static void
fault(struct place_fault *out, const char *which, const char *field,
    const char *value, const char *found)
{
    out->which = which;
    out->field = field;
    snprintf(out->value, sizeof(out->value), "%s", value);
    snprintf(out->found, sizeof(out->found), "%s", found);
}

static enum err
mapped(struct db *db, const struct parts *p, const char *province_code,
    struct reg_commune *out)
{
    enum err e = db_reg_mapped(db,
        (struct reg_name){p->commune, p->name}, p->district, p->province, out);

    /* An old commune may be another province's of the same name. */
    if (e == OK && strcmp(out->province_code, province_code) != 0)
        return ERR_NOT_FOUND;
    return e;
}

/* By the text alone.  ERR_NOT_FOUND, ERR_EXISTS as db_reg_commune_named. */
static enum err
find_by_text(struct db *db, const struct place *place, int32_t decision_day,
    struct reg_commune *out)
{
    bool old_first = decision_day < UNITS_OF_2025;
    struct parts p;
    enum err e = ERR_NOT_FOUND, other;

    split(place->text, &p);
    if (!p.commune[0])
        return ERR_NOT_FOUND;
    if (old_first || p.district[0])
        e = mapped(db, &p, place->province_code, out);
    if (e == ERR_NOT_FOUND && !p.district[0])
        e = db_reg_commune_named(db,
            (struct reg_name){p.commune, p.name}, place->province_code, out);
    if (e == ERR_NOT_FOUND && !old_first) {
        other = mapped(db, &p, place->province_code, out);
        e = other;
    }
    return e;
}

/* The text becomes the current name; an older one is kept beside it.  One that
 * begins with today's name, and goes on with the province, stays. */
static void
rename_text(struct place *place, const struct reg_commune *c)
{
    char ours[FOLD_SIZE];
    struct parts p;

    if (!place->text[0])
        return;
    fold_into(c->name, strlen(c->name), ours);
    split(place->text, &p);
    if (strcmp(ours, p.commune) == 0)
        return;
    if (!place->text_at_issue[0])
        memcpy(place->text_at_issue, place->text, sizeof(place->text));
    snprintf(place->text, sizeof(place->text), "%s", c->name);
}

static enum err
find_by_code(struct db *db, const struct place *place,
    struct reg_commune *out, struct place_fault *fault_out)
{
    enum err e = db_reg_commune(db, place->commune_code, out);
    const struct province *p;

    if (e == ERR_NOT_FOUND || (e == OK && out->gone)) {
        fault(fault_out, "commune_unknown", "place.commune_code",
            place->commune_code, "");
        return OK;
    }
    if (e == OK && strcmp(out->province_code, place->province_code) != 0) {
        p = province_find(out->province_code);
        fault(fault_out, "commune_province", "place.commune_code",
            place->commune_code, p ? p->name : out->province_code);
    }
    return e;
}

enum err
place_resolve(struct db *db, struct place *place, int32_t decision_day,
    struct place_fault *fault_out)
{
    struct reg_units units;
    struct reg_commune c;
    enum err e;

    *fault_out = (struct place_fault){.which = NULL};
    if (!province_find(place->province_code)) {
        fault(fault_out, "province_unknown", "place.province_code",
            place->province_code, "");
        return OK;
    }
    e = db_reg_units(db, &units);
    if (e != OK || units.communes == 0 ||
        (!place->commune_code[0] && !place->text[0]))
        return e;
    if (place->commune_code[0]) {
        e = find_by_code(db, place, &c, fault_out);
    } else {
        e = find_by_text(db, place, decision_day, &c);
        if (e == ERR_NOT_FOUND || e == ERR_EXISTS) {
            fault(fault_out,
                e == ERR_EXISTS ? "commune_several" : "commune_text",
                "place.text", place->text, "");
            return OK;
        }
    }
    if (e != OK || fault_out->which)
        return e;
    memcpy(place->commune_code, c.code, sizeof(c.code));
    memcpy(place->units_version, units.version, sizeof(units.version));
    rename_text(place, &c);
    return OK;
}
