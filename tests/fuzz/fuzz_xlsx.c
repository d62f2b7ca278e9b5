/* Any bytes as a spreadsheet: they end, within bounds, in rows or a refusal. */
#include <assert.h>
#include <string.h>

#include "base/xlsx.h"
#include "tests/fuzz/fuzz.h"

static enum err
count(void *arg, const struct xlsx_row *row)
{
    size_t *bytes = arg;

    assert(row->len <= XLSX_COLUMNS_MAX);
    for (size_t i = 0; i < row->len; i++)
        *bytes += strlen(row->cells[i]);
    return OK;
}

static enum err
take(const uint8_t *data, size_t size)
{
    size_t bytes = 0;
    enum err e = xlsx_read(data, size, NULL, count, &bytes);

    assert(e == OK || e == ERR_INVALID || e == ERR_TOO_LARGE);
    return e;
}

bool
fuzz_accepts(const uint8_t *data, size_t size)
{
    return take(data, size) == OK;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    (void)take(data, size);
    return 0;
}
