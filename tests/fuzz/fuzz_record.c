/* Any bytes as a product record: what is taken keeps its promises. */
#include <assert.h>
#include <string.h>

#include "base/canon.h"
#include "sync/judge.h"
#include "sync/record.h"
#include "tests/fuzz/fuzz.h"

static void
check(const struct json *root, const struct ocop_record *r)
{
    struct buf line;

    assert(r->id[0] && r->name[0] && r->cert > 0);
    assert(r->stars >= 3 && r->stars <= 5);
    assert(r->valid_from_day <= r->valid_until_day);
    assert(r->issuer_level == record_level_due(r->stars, r->decision_day));
    assert(record_status_name(r->status) && record_recall_name(r->recall));
    assert(cert_state_name(judge(r->status, r->valid_from_day,
        r->valid_until_day, r->valid_until_day)));
    buf_init(&line, RECORD_MAX);
    assert(record_canonical(root, &line) == OK);
    assert(canon_check(line.data, line.len) == OK);
    buf_finish(&line);
}

static enum err
take(const uint8_t *data, size_t size)
{
    struct json *root;
    struct ocop_record record;
    enum err e = json_parse((const char *)data, size, NULL, &root);

    if (!e) {
        e = record_read(root, &record);
        assert(!e || e == ERR_CERT_REFUSED);
    }
    if (!e)
        check(root, &record);
    json_free(root);
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
