/* sync/record_form.h - the table of a record's fields.  For sync/record*.c
 * alone; everyone else reads sync/record.h. */
#ifndef SYNC_RECORD_FORM_H
#define SYNC_RECORD_FORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum field_kind {
    FIELD_TEXT,   /* a string of at most size - 1 bytes */
    FIELD_NUMBER, /* an integer, min..max */
    FIELD_DATE,   /* "YYYY-MM-DD" as a day */
    FIELD_WORD    /* one of `words`, stored as its place from 1 */
};

struct field {
    const char *in; /* the object it stands in; NULL: the record itself */
    const char *key;
    enum field_kind kind;
    bool required;       /* a string must then not be empty */
    size_t offset, size; /* of the member in struct ocop_record */
    int64_t min, max;
    const char *const *words; /* NULL at the end */
    /* A further rule: the `case` of its refusal (base/lang.h), and the test of
     * a string.  Without a test it replaces the case of a wrong number. */
    const char *which;
    bool (*ok)(const char *value);
};

/* The row `i`, or NULL past the last. */
const struct field *record_field_at(size_t i);

#endif
