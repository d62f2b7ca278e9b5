/* db/registry/units.h - communes and wards, and what older names became.
 * Names are looked up folded (base/text.h). */
#ifndef DB_REGISTRY_UNITS_H
#define DB_REGISTRY_UNITS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct db;

struct reg_commune {
    char code[8];
    char province_code[4];
    char name[128];
    bool gone; /* the newest list of units lacks it */
};

/* The list of units in force; communes is 0, and the version empty, when none
 * was taken in. */
struct reg_units {
    char version[65];
    int64_t communes;
};

enum err db_reg_units(struct db *db, struct reg_units *out);

/* ERR_NOT_FOUND. */
enum err db_reg_commune(
    struct db *db, const char *code, struct reg_commune *out);
/* A name, folded and as it is written: the marks decide between two that have
 * the same fold. */
struct reg_name {
    const char *fold, *name;
};

/* Of that name in a province, or in any with ""; gone ones are passed over.
 * ERR_NOT_FOUND; ERR_EXISTS when there are several. */
enum err db_reg_commune_named(struct db *db, struct reg_name name,
    const char *province_code, struct reg_commune *out);
/* What an old commune became; district and province are folded, or "", and
 * then do not matter.  ERR_NOT_FOUND; ERR_EXISTS when it became several. */
enum err db_reg_mapped(struct db *db, struct reg_name old_commune,
    const char *old_district, const char *old_province,
    struct reg_commune *out);

/* Inside a write: first all communes are gone, then the new list's put. */
enum err db_reg_communes_gone(struct db *db);
enum err db_reg_commune_put(
    struct db *db, const struct reg_commune *c, const char *fold);
enum err db_reg_units_add(struct db *db, const struct reg_units *units,
    int64_t at, const char *by_whom);
enum err db_reg_mapping_put(struct db *db, struct reg_name old_commune,
    const char *old_district, const char *old_province, const char *code);

#endif
