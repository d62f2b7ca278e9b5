/* sync/registry/units.h - communes and wards of the whole country, and what
 * older names became: taken in from files.
 *
 * Bad lines go to `refuse` (base/refused.h) and then nothing is written. */
#ifndef SYNC_REGISTRY_UNITS_H
#define SYNC_REGISTRY_UNITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "sync/registry/books.h"

struct units_import {
    const char *text;
    size_t len;
    const char *version; /* of the units; NULL: named by the file's hash */
    const char *by;
    int64_t now;
    bool dry_run;
    void (*refuse)(void *arg, size_t line, const struct err_state *why);
    void *refuse_arg;
    /* out */
    int64_t rows;    /* communes, or mappings */
    int64_t refused; /* not 0: nothing was written */
    char version_out[65];
};

/* JSON: [{"code":"01","name":"...","wards":[["00004","Phường Ba Đình",...]]}],
 * the line of a refusal being the number of the commune; or CSV with the
 * columns code, name, province_code (or their Vietnamese names).  Communes
 * which the file lacks are gone from now on. */
enum err units_import(struct books *books, struct units_import *x);

/* Lines `old province|old district|old commune|current commune`, `#` begins a
 * comment; the current commune by code, or by a name that one commune of that
 * province has.  Needs the units. */
enum err mappings_import(struct books *books, struct units_import *x);

#endif
