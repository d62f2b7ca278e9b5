/* Any bytes as a table: every row has a field under every name. */
#include <assert.h>
#include <string.h>

#include "base/csv.h"
#include "tests/fuzz/fuzz.h"

static enum err
take(const uint8_t *data, size_t size)
{
    struct csv c;
    bool more = true;
    enum err e = csv_init(&c, (const char *)data, size);

    while (!e && !(e = csv_next(&c, &more)) && more) {
        size_t bytes = 0;

        for (size_t i = 0; i < csv_columns(&c); i++)
            bytes += strlen(csv_get(&c, csv_name(&c, i)));
        assert(bytes > 0 && bytes <= size && c.line <= size + 1);
    }
    assert(!e || e == ERR_INVALID || e == ERR_TEXT);
    csv_finish(&c);
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
