#include "sync/registry/version.h"

#include <string.h>

#include "sync/registry/books.h"
#include "sync/registry/import_inside.h"

static const struct json_limits limits = {.max_bytes = IMPORT_LINE_MAX * 2};

enum err
version_parse(struct version *v, const char *text, size_t len)
{
    enum err e;

    buf_init(&v->text, RECORD_MAX);
    v->root = NULL;
    e = json_parse(text, len, &limits, &v->root);
    return e == OK ? record_read(v->root, &v->record) : e;
}

void
version_finish(struct version *v)
{
    json_free(v->root);
    buf_finish(&v->text);
}

/* Keys in any order: the canonical form sorts them. */
static void
write_numbered(
    const struct json *root, int64_t cert, int64_t rev, struct buf *out)
{
    static const char *const ours[] = {"cert", "rev", NULL};
    struct json_out o;

    json_out_init(&o, out);
    json_out_obj(&o);
    import_copy_members(&o, root, ours);
    json_out_put_int(&o, "cert", cert);
    json_out_put_int(&o, "rev", rev);
    json_out_end_obj(&o);
    json_out_end(&o);
}

enum err
version_number(struct version *v, int64_t cert, int64_t rev)
{
    struct json *root = NULL;
    struct buf b;
    enum err e;

    buf_init(&b, IMPORT_LINE_MAX * 2);
    write_numbered(v->root, cert, rev, &b);
    e = json_parse(b.data, b.len, &limits, &root);
    if (e == OK)
        e = record_read(root, &v->record);
    buf_clear(&v->text);
    if (e == OK)
        e = record_canonical(root, &v->text);
    json_free(root);
    buf_finish(&b);
    return e;
}

enum err
version_add(struct db *db, const struct version *v)
{
    const struct ocop_record *r = &v->record;
    char role[BOOKS_ROLE];
    struct reg_version row = {.id = r->id,
        .cert = (int64_t)r->cert,
        .rev = r->rev,
        .role = v->dropped ? NULL : role,
        .stars = r->stars,
        .status = (int)r->status,
        .recall = (int)r->recall,
        .from_day = r->valid_from_day,
        .until_day = r->valid_until_day,
        .record = v->text.data,
        .record_len = v->text.len,
        .action = v->action,
        .at = v->at,
        .by_whom = v->by,
        .decision = v->decision ? v->decision : r->decision_number,
        .decision_day = v->decision ? v->decision_day : r->decision_day,
        .ground = v->ground};

    books_role(r, role);
    if (!*row.decision)
        row.decision = NULL;
    return db_reg_version_add(db, &row);
}
