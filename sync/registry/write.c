/* The good rows become versions of records, all in one write. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "db/registry/records.h"
#include "sync/record.h"
#include "sync/registry/import_inside.h"
#include "sync/registry/version.h"

/* The version in force, as much of it as decides what is new. */
struct before {
    int64_t cert, rev;
    bool dropped;
    char *record;
};

static enum err
take_before(void *arg, const struct reg_version *v)
{
    struct before *b = arg;

    b->cert = v->cert;
    b->rev = v->rev;
    b->dropped = !v->role;
    b->record = mem_dup(v->record, v->record_len);
    return OK;
}

static int
compare_numbers(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

/* Certificate numbers that the file itself brings. */
static void
note_certs(struct importing *in)
{
    in->certs = mem_new(in->len + 1, sizeof(*in->certs));
    for (size_t i = 0; i < in->len; i++)
        if (in->items[i].cert)
            in->certs[in->certs_len++] = in->items[i].cert;
    qsort(in->certs, in->certs_len, sizeof(*in->certs), compare_numbers);
}

static bool
is_in_file(const struct importing *in, int64_t cert)
{
    return bsearch(&cert, in->certs, in->certs_len, sizeof(*in->certs),
               compare_numbers) != NULL;
}

static enum err
no_version(void *arg, const struct reg_version *v)
{
    (void)arg;
    (void)v;
    return OK;
}

/* The first number from *next on that nobody has or brings. */
static enum err
give_cert(struct importing *in, int64_t *next, int64_t *cert_out)
{
    for (;;) {
        enum err e = db_reg_record_by_cert(in->db, *next, no_version, NULL);

        if (e != OK && e != ERR_NOT_FOUND)
            return e;
        if (e == ERR_NOT_FOUND && !is_in_file(in, *next))
            break;
        ++*next;
    }
    if (*next > REG_CERT_MAX)
        return err_set(ERR_TOO_LARGE, "all certificate numbers are given");
    *cert_out = (*next)++;
    return OK;
}

/* One row as a version of its record, unless it says what is known. */
static enum err
write_item(struct importing *in, struct import_item *item, int64_t *next)
{
    struct before before = {.rev = -1};
    struct version v = {.action = REG_IMPORT, .at = in->x->now,
        .by = in->x->by};
    bool same = false;
    enum err e = db_reg_record_by_id(in->db, item->id, take_before, &before);

    if (e == ERR_NOT_FOUND)
        e = item->cert ? OK : give_cert(in, next, &item->cert);
    else if (e == OK)
        item->cert = before.cert;
    if (e == OK)
        e = version_parse(&v, item->text, strlen(item->text));
    if (e == OK && before.record) {
        e = version_number(&v, item->cert, before.rev);
        same = e == OK && !before.dropped &&
            strcmp(v.text.data, before.record) == 0;
    }
    if (e == OK && !same) {
        if (v.record.rev <= before.rev || v.record.rev == 0)
            v.record.rev = before.record ? before.rev + 1 : 1;
        e = version_number(&v, item->cert, v.record.rev);
        if (e == OK)
            e = version_add(in->db, &v);
    }
    if (e == OK && same)
        in->x->same++;
    else if (e == OK && before.record)
        in->x->changed++;
    else if (e == OK)
        in->x->added++;
    version_finish(&v);
    mem_free(before.record);
    return e;
}

static enum err
write_all(struct db *db, void *arg)
{
    struct importing *in = arg;
    int64_t next = 1;
    enum err e = db_reg_cert_free(db, &next);

    for (size_t i = 0; e == OK && i < in->len; i++)
        e = write_item(in, &in->items[i], &next);
    if (e == OK && in->x->dry_run)
        return err_set(ERR_INVALID, "a dry run writes nothing");
    in->x->written = e == OK;
    return e;
}

enum err
import_write(struct importing *in)
{
    int64_t rows = in->x->rows;
    enum err e;

    note_certs(in);
    e = db_write_alone(in->db, "import", write_all, in);
    mem_free(in->certs);
    if (in->x->dry_run && !in->x->written && e == ERR_INVALID &&
        in->x->added + in->x->changed + in->x->same == rows)
        return OK;
    return e;
}
