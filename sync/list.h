/* sync/list.h - a whole list of certified products, read from NDJSON.
 *
 * Form: contract/registry-protocol.md, target list-<S>.ndjson: one record a
 * line, canonical JSON, sorted by id.  A list from a file need be neither
 * sorted nor canonical: it becomes so here.  No I/O. */
#ifndef SYNC_LIST_H
#define SYNC_LIST_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "sync/record.h"

enum {
    LIST_BYTES_MAX = 64 * 1024 * 1024,
    LIST_RECORDS_MAX = 200 * 1000
};

/* One record, as much of it as is looked up, and its canonical text. */
struct list_item {
    size_t line;        /* in the file, from 1 */
    const char *record; /* canonical, without line end */
    size_t record_len;
    const char *id, *name, *producer;
    const char *fold; /* of name and producer, for searching */
    uint32_t cert;
    int64_t rev;
    int stars;
    int32_t from_day, until_day;
    enum record_status status;
    enum record_recall recall;
    enum record_evidence evidence;
    char province_code[8];
    char commune_code[RECORD_CODE]; /* empty: not said */
    char group_code[8];
    char *bytes; /* holds the texts above */
};

/* Sorted by the bytes of the ids. */
struct list {
    struct list_item *items;
    size_t len;
    uint8_t sha256[32]; /* of the canonical lines, each with its LF */
};

/* A line that is left out, and why.  Lines come in any order. */
typedef void list_refuse_fn(
    void *arg, size_t line, const struct err_state *why);

/* Read `len` bytes.  What is no record, and a record whose id or certificate
 * number an earlier line has, goes to `refuse`; empty lines are passed over.
 * ERR_TOO_LARGE past the limits, then *out is empty.  list_finish frees it
 * after either answer. */
enum err list_read(const char *text, size_t len, list_refuse_fn *refuse,
    void *refuse_arg, struct list *out);
void list_finish(struct list *list);

#endif
