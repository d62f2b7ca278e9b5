/* db/limits.h - how long names and codes may be, in bytes with the NUL.
 *
 * A Vietnamese letter takes up to three bytes: 240 bytes are at least 79. */
#ifndef DB_LIMITS_H
#define DB_LIMITS_H

enum {
    DB_NAME = 241,  /* of a product, a supplier, a person */
    DB_SKU = 41,
    DB_UNIT = 33,
    DB_CODE = 65,   /* barcode, lot code */
    DB_VAT = 8,     /* VAT class */
    DB_ID = 65,     /* registry id */
    DB_NOTE = 501,
    DB_REF = 65,    /* reference of a transfer */
    DB_KEY = 65     /* Idempotency-Key */
};

/* A lot without an expiry date: 9999-12-31. */
enum { DAY_NEVER = 2932896 };

#endif
