/* sync/registry/version.h - a record on its way to becoming a version. */
#ifndef SYNC_REGISTRY_VERSION_H
#define SYNC_REGISTRY_VERSION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/json.h"
#include "db/registry/records.h"
#include "sync/record.h"

struct db;

struct version {
    enum reg_action action;
    int64_t at;
    const char *by;
    const char *decision; /* NULL: the record's own */
    int32_t decision_day;
    const char *ground; /* NULL: none */
    bool dropped;       /* in no list from now on */
    /* version_parse, version_number */
    struct json *root;
    struct ocop_record record;
    struct buf text; /* canonical */
};

/* Read the record.  version_finish after either answer. */
enum err version_parse(struct version *v, const char *text, size_t len);
void version_finish(struct version *v);

/* Make v->text with this certificate number and revision, which v->record has
 * from now on. */
enum err version_number(struct version *v, int64_t cert, int64_t rev);

/* Inside a write: add it, in the list of the role that signs it. */
enum err version_add(struct db *db, const struct version *v);

#endif
