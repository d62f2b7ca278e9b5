#include "pos/proof/verify_replay.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "db/db.h"
#include "db/proof.h"
#include "pos/fact/fact.h"
#include "pos/proof/verify_amounts.h"
#include "pos/proof/verify_list.h"

/* Records replayed in one transaction of the scratch database. */
enum { BATCH = 1000, MEMORY_RECORDS = 40000, PATH = 512 };

struct replay {
    struct db *ours;
    struct db *scratch;
    struct verify_sink *sink;
    char dir[PATH];  /* of the scratch file; empty: in memory */
    int64_t next;    /* record to be replayed */
    int64_t last;
    bool stopped;    /* a record cannot be replayed */
};

/* --- the scratch database --- */

static void
scratch_path(const struct replay *p, const char *end, char out[PATH + 32])
{
    snprintf(out, PATH + 32, "%s/replay.db%s", p->dir, end);
}

static enum err
scratch_open(struct replay *p, const struct verify_options *options)
{
    const char *in = options->scratch ? options->scratch : getenv("TMPDIR");
    int64_t memory = options->memory_records ? options->memory_records
                                             : MEMORY_RECORDS;
    char path[PATH + 32];

    if (p->last <= memory)
        return db_open(":memory:", DB_WRITE, &p->scratch);
    snprintf(p->dir, sizeof(p->dir), "%s/ocop-verify-XXXXXX",
        in && *in ? in : "/tmp");
    if (!mkdtemp(p->dir)) {
        err_arg("file", "%s", p->dir);
        p->dir[0] = '\0';
        return err_set(ERR_FILE, "no folder for the replay: %s",
            strerror(errno));
    }
    scratch_path(p, "", path);
    return db_open(path, DB_WRITE, &p->scratch);
}

static void
scratch_close(struct replay *p)
{
    static const char *const ends[] = {"", "-wal", "-shm", "-writer"};
    char path[PATH + 32];

    db_close(p->scratch);
    if (!p->dir[0])
        return;
    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
        scratch_path(p, ends[i], path);
        unlink(path);
    }
    rmdir(p->dir);
}

/* --- the replay --- */

/* The scratch has no room left: nothing is wrong with the books. */
static bool
is_ours(enum err e)
{
    return e == ERR_DB_FULL || e == ERR_DB || e == ERR_DB_BROKEN
        || e == ERR_BUSY;
}

static enum err
replay_record(void *arg, const struct proof_record *r)
{
    struct replay *p = arg;
    struct journal_record rec = {.seq = r->seq, .kind = r->kind,
        .body = r->body, .body_len = r->body_len, .key = (int)r->key,
        .hash = r->hash, .sig = r->sig};
    struct verify_finding f = {.seq = r->seq, .what = "replay"};
    struct json *body;
    enum err e = json_parse(r->body, r->body_len, NULL, &body);

    if (e == OK)
        e = verify_amounts(p->scratch, p->sink, &rec, body);
    if (e == OK)
        e = fact_replay(p->scratch, &rec, body);
    json_free(body);
    if (e == OK)
        p->next = r->seq + 1;
    if (e == OK || is_ours(e))
        return e;
    verify_put(&f, "why", err_msg());
    verify_tell(p->sink, &f);
    p->stopped = true;
    return e;
}

static enum err
replay_batch(struct db *scratch, void *arg)
{
    struct replay *p = arg;
    int64_t left = p->last - p->next + 1;

    (void)scratch;
    return db_proof_records(p->ours, p->next, left < BATCH ? left : BATCH,
        replay_record, p);
}

static enum err
rebuild_list(struct db *scratch, void *arg)
{
    struct replay *p = arg;

    return verify_list_rebuild(p->ours, scratch);
}

static enum err
replay_all(struct replay *p)
{
    enum err e = OK;

    while (e == OK && p->next <= p->last)
        e = db_write_alone(p->scratch, "replay", replay_batch, p);
    if (e == OK)
        e = db_write_alone(p->scratch, "list", rebuild_list, p);
    return p->stopped ? OK : e;
}

/* --- the comparison --- */

static enum err
tell_difference(void *arg, const struct proof_difference *d)
{
    struct verify_sink *sink = arg;
    struct verify_finding f = {.seq = d->seq, .what = "value"};

    if (!d->column)
        f.what = d->found ? "row_extra" : "row_missing";
    verify_put(&f, "table", d->table);
    verify_put(&f, "row", d->row);
    if (d->column) {
        verify_put(&f, "column", d->column);
        verify_put(&f, "expected", d->expected);
        verify_put(&f, "found", d->found);
    }
    verify_tell(sink, &f);
    return OK;
}

static enum err
compare_all(struct replay *p, struct verify_report *out)
{
    enum err e = OK;

    for (size_t i = 0; e == OK && i < db_proof_tables(); i++) {
        e = db_proof_compare(p->ours, p->scratch, i, tell_difference,
            p->sink, &out->rows);
        e = verify_damage(p->sink, e);
    }
    out->rebuilt = e == OK;
    return e == OK ? verify_ledger(p->scratch, p->sink) : e;
}

enum err
verify_ledger(struct db *db, struct verify_sink *sink)
{
    struct verify_finding f = {.what = "ledger"};
    int64_t lot;
    enum err e = db_proof_ledger(db, &lot, &f.seq);

    if (e != OK || !lot)
        return e;
    verify_put_int(&f, "lot", lot);
    verify_tell(sink, &f);
    return OK;
}

enum err
verify_replay(struct db *ours, int64_t last,
    const struct verify_options *options, struct verify_sink *sink,
    struct verify_report *out)
{
    struct replay p = {
        .ours = ours, .sink = sink, .next = 1, .last = last};
    enum err e = scratch_open(&p, options);

    if (e == OK)
        e = replay_all(&p);
    if (e == OK && !p.stopped)
        e = compare_all(&p, out);
    scratch_close(&p);
    return e;
}
