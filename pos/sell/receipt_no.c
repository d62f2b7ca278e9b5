#include "pos/sell/receipt_no.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

void
receipt_no_format(int64_t showroom, int64_t id, char out[RECEIPT_NO])
{
    snprintf(out, RECEIPT_NO, "%04" PRId64 "-%06" PRId64, showroom, id);
}

/* Digits up to `end`; -1 when there are none, or too many for an int64. */
static int64_t
digits(const char *from, const char *end)
{
    int64_t n = 0;

    if (from == end || end - from > 12)
        return -1;
    for (; from < end; from++) {
        if (*from < '0' || *from > '9')
            return -1;
        n = n * 10 + (*from - '0');
    }
    return n;
}

enum err
receipt_no_parse(const char *no, int64_t showroom, int64_t *id_out)
{
    const char *dash = strchr(no, '-');
    char again[RECEIPT_NO];
    int64_t of = dash ? digits(no, dash) : -1;
    int64_t id = dash ? digits(dash + 1, no + strlen(no)) : -1;

    if (of >= 0 && id > 0 && (showroom == 0 || of == showroom)) {
        receipt_no_format(of, id, again);
        if (strcmp(again, no) == 0) {
            *id_out = id;
            return OK;
        }
    }
    err_arg("case", "receipt");
    err_arg("what", "%s", no);
    return err_set(ERR_NOT_FOUND, "no receipt %s", no);
}
