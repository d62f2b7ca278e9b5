/* base/codes.h - numbers with check digits, and what a scan is.
 * Source: domain/retail-vietnam.md, "Codes" and "VAT and invoices". */
#ifndef BASE_CODES_H
#define BASE_CODES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

enum { CODES_GTIN14_SIZE = 15 };

enum code_kind {
    CODE_OTHER,    /* an SKU, typed text, a garbled scan */
    CODE_GTIN,     /* 8, 12, 13 or 14 digits with the right check digit */
    CODE_IN_STORE, /* the same, 13 digits, prefix 20..29: a scale's label */
    CODE_GS1,      /* an element string or a Digital Link: base/gs1.h */
    CODE_EMV,      /* a payment text, 000201...6304XXXX */
    CODE_RECEIPT,  /* ours: ...r#digits */
    CODE_LABEL,    /* ours: ...p#digits */
    CODE_URL       /* any other http or https address */
};

/* 8, 12, 13 or 14 digits, the last of them the right check digit. */
bool codes_gtin_ok(const char *digits);

/* The check digit '0'..'9' that belongs behind `len` digits (weights 3 and 1
 * from the right; also right for an SSCC). */
char codes_gtin_check(const char *digits_without_check, size_t len);

/* The form in which GTINs are compared: zero padded to 14.
 * ERR_CODE_UNREADABLE unless codes_gtin_ok. */
enum err codes_gtin14(const char *digits, char out[CODES_GTIN14_SIZE]);

/* A Vietnamese tax code: 10 digits with the right check digit, the same and
 * "-" and three digits for a branch, or a 12-digit personal number.  A wrong
 * one is worth a warning, never a refusal. */
bool codes_tax_ok(const char *tax_code);

/* What was scanned, by its form alone; nothing is looked up. */
enum code_kind codes_classify(const char *scan);

#endif
