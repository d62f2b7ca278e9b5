#include "pos/proof/verify.h"

#include <assert.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "db/db.h"
#include "db/proof.h"
#include "pos/proof/verify_chain.h"
#include "pos/proof/verify_file.h"
#include "pos/proof/verify_list.h"
#include "pos/proof/verify_replay.h"

/* Of the lines of the database's own check the first are told: one row that
 * is gone may be missed by a thousand others. */
enum { CHECK_REPORT = 256 * 1024, CHECK_LINES = 20 };

struct verifying {
    const struct verify_options *options;
    struct verify_report *out;
    struct verify_sink sink;
    struct verify_slips slips;
    struct verify_chain *chain;
};

static enum err
add_record(void *arg, const struct proof_record *r)
{
    verify_chain_add(arg, r);
    return OK;
}

/* The whole journal of the database against itself. */
static enum err
check_journal(struct verifying *v, struct db *db)
{
    struct verify_chain *c = v->chain;
    enum err e = db_proof_keys(db, c->told, VERIFY_KEYS, &c->told_len);

    e = verify_damage(&v->sink, e);
    if (e == OK)
        e = db_proof_records(db, INT64_MIN, -1, add_record, c);
    if (e == ERR_DB_BROKEN || e == ERR_DB)
        c->damaged = true;
    verify_chain_end(c);
    return verify_damage(&v->sink, e);
}

/* Every line of the database's own check is a finding, up to a number. */
static enum err
check_file(struct verifying *v, struct db *db)
{
    struct buf report;
    int lines = 0;
    enum err e;
    char *line;

    buf_init(&report, CHECK_REPORT);
    e = db_check(db, &report);
    line = report.data;
    for (char *end; (end = strchr(line, '\n')); line = end + 1) {
        struct verify_finding f = {.what = "damaged"};

        if (++lines > CHECK_LINES)
            continue;
        *end = '\0';
        verify_put(&f, "why", line);
        verify_tell(&v->sink, &f);
    }
    buf_finish(&report);
    if (lines > CHECK_LINES)
        verify_differs(&v->sink, 0, "damaged_more", CHECK_LINES, lines);
    return lines && (e == ERR_DB_BROKEN || e == ERR_BOOKS)
        ? OK
        : verify_damage(&v->sink, e);
}

static enum err
check_tables(struct verifying *v, struct db *db)
{
    enum err e;

    if (v->chain->damaged)
        return OK;
    e = verify_damage(&v->sink, verify_list(db, v->chain));
    if (e != OK)
        return e;
    if (v->options->full)
        e = verify_replay(db, v->chain->last, v->options, &v->sink, v->out);
    else
        e = verify_ledger(db, &v->sink);
    return verify_damage(&v->sink, e);
}

static enum err
verify_database(struct verifying *v)
{
    const char *path = v->options->database;
    struct db *db;
    enum err e;

    if (access(path, R_OK) != 0) {
        err_arg("file", "%s", path);
        return err_set(ERR_FILE, "%s: %s", path, strerror(errno));
    }
    e = db_proof_open(path, &db);
    if (e != OK)
        return verify_damage(&v->sink, e);
    e = check_journal(v, db);
    if (e == OK)
        e = check_tables(v, db);
    if (e == OK) /* last: what it says follows from what was told */
        e = check_file(v, db);
    db_close(db);
    return e;
}

static enum err
verify_export(struct verifying *v)
{
    enum err e = verify_file(v->chain, v->options->journal);

    if (e == OK)
        verify_chain_end(v->chain);
    return e;
}

static void
fill_report(const struct verifying *v)
{
    v->out->first = v->chain->first;
    v->out->last = v->chain->last;
    v->out->receipts = v->chain->receipts;
    v->out->findings = v->sink.count;
    memcpy(v->out->hash, v->chain->stored, sizeof(v->out->hash));
}

enum err
verify_run(const struct verify_options *options, verify_fn *fn, void *arg,
    struct verify_report *out)
{
    struct verifying v = {.options = options,
        .out = out,
        .sink = {.fn = fn, .arg = arg}};
    enum err e;

    assert(options->database || options->journal);
    *out = (struct verify_report){0};
    v.chain = mem_new(1, sizeof(*v.chain));
    verify_slips_init(&v.slips, &v.sink, options->slips, options->slips_len);
    verify_chain_init(v.chain, &v.sink, &v.slips);
    e = options->journal ? verify_export(&v) : verify_database(&v);
    fill_report(&v);
    verify_slips_finish(&v.slips);
    mem_free(v.chain);
    return e;
}
