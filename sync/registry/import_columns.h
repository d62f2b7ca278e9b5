/* sync/registry/import_columns.h - the columns of a table of products. */
#ifndef SYNC_REGISTRY_IMPORT_COLUMNS_H
#define SYNC_REGISTRY_IMPORT_COLUMNS_H

#include <stddef.h>

enum column {
    COL_ID,
    COL_CERT,
    COL_NAME,
    COL_NAME_EN,
    COL_PRODUCER,
    COL_PRODUCER_ID,
    COL_FORM,
    COL_PROVINCE,
    COL_PROVINCE_CODE,
    COL_DISTRICT,
    COL_COMMUNE,
    COL_COMMUNE_CODE,
    COL_SECTOR,
    COL_GROUP,
    COL_SCHEME,
    COL_STARS,
    COL_PROPOSED,
    COL_SCORE,
    COL_DECISION_NO,
    COL_DECISION_DATE,
    COL_ISSUER,
    COL_ISSUER_LEVEL,
    COL_SUCCESSOR,
    COL_VALID_FROM,
    COL_VALID_UNTIL,
    COL_EVIDENCE,
    COL_OCOP_CODE,
    COL_GTINS,
    COL_IGNORED, /* known, and of no use here */
    COL_COUNT
};

/* The column that a heading means, by any of its names, Vietnamese or English,
 * in any case and with or without marks; COL_COUNT when it means none. */
enum column import_column_of(const char *heading);

/* "decision_date": how a refusal names it. */
const char *import_column_name(enum column c);

#endif
