/* ocop-registry import, import units, import mappings. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/refused.h"
#include "sync/registry/import.h"
#include "sync/registry/registry.h"
#include "sync/registry/units.h"

enum { REFUSED_MAX = 200 * 1000 }; /* every bad row is named */

const char *
registry_by(const struct registry *r)
{
    const char *by = args_str(&r->args, "by", NULL);

    if (by && *by)
        return by;
    by = getenv("LOGNAME");
    return by && *by ? by : "operator";
}

/* Notes are kept until the refusals were said. */
struct notes {
    struct {
        size_t line;
        char field[ERR_PATH];
        char what[16];
    } *notes;
    size_t len, cap;
};

static void
take_note(void *arg, const struct import_note *note)
{
    struct notes *n = arg;

    if (n->len == REFUSED_MAX)
        return;
    if (n->len == n->cap) {
        n->cap = n->cap ? n->cap * 2 : 16;
        n->notes = mem_resize(n->notes, n->cap, sizeof(*n->notes));
    }
    n->notes[n->len].line = note->line;
    snprintf(n->notes[n->len].field, ERR_PATH, "%s", note->field);
    snprintf(n->notes[n->len].what, sizeof(n->notes->what), "%s", note->what);
    n->len++;
}

static void
say_notes(struct registry *r, const struct notes *n)
{
    char key[64];

    say_list(&r->say, "notes");
    for (size_t i = 0; i < n->len; i++) {
        say_item(&r->say);
        say_int(&r->say, "line", (int64_t)n->notes[i].line);
        say_str(&r->say, "field", n->notes[i].field);
        say_str(&r->say, "what", n->notes[i].what);
        snprintf(key, sizeof(key), "registry.note_%s", n->notes[i].what);
        say_line(&r->say, key);
    }
    say_list_end(&r->say);
}

static void
say_import(struct registry *r, const struct import *x)
{
    struct say *say = &r->say;

    say_int(say, "rows", x->rows);
    say_int(say, "refused_rows", x->refused);
    say_int(say, "new", x->added);
    say_int(say, "changed", x->changed);
    say_int(say, "same", x->same);
    say_int(say, "mended", x->mended);
    if (say->json)
        say_bool(say, "written", x->written);
    if (x->refused > 0)
        say_line(say, "registry.import_refused");
    else
        say_line(say, x->written ? "registry.imported"
                                 : "registry.import_tried");
}

enum err
cmd_import(struct registry *r)
{
    static const char *const words[] = {
        "official_decision", "press", "demo", NULL};
    struct refused refused;
    struct notes notes = {.len = 0};
    struct import x = {.text = r->input,
        .len = r->input_len,
        .form = import_form_of(r->input, r->input_len),
        .sheet = args_str(&r->args, "sheet", NULL),
        .evidence = args_str(&r->args, "evidence", NULL),
        .by = registry_by(r),
        .now = r->now,
        .dry_run = args_has(&r->args, "dry-run"),
        .refuse = refused_add,
        .refuse_arg = &refused,
        .note = take_note,
        .note_arg = &notes};
    bool known = !x.evidence;
    enum err e;

    for (size_t i = 0; words[i] && x.evidence; i++)
        known = known || strcmp(words[i], x.evidence) == 0;
    if (!known) {
        err_arg("case", "evidence");
        return registry_misused(
            r, err_set(ERR_INVALID, "evidence %.40s", x.evidence));
    }
    refused_init(&refused, r->say.lang);
    refused.max = REFUSED_MAX;
    e = books_import(r->books, &x);
    if (e == OK) {
        refused_say(&refused, &r->say);
        say_notes(r, &notes);
        say_import(r, &x);
        r->status = x.refused > 0 ? REGISTRY_WRONG : REGISTRY_DONE;
    }
    refused_finish(&refused);
    mem_free(notes.notes);
    return e;
}

static enum err
import_lists(struct registry *r,
    enum err (*take)(struct books *books, struct units_import *x),
    const char *taken)
{
    struct refused refused;
    struct units_import x = {.text = r->input,
        .len = r->input_len,
        .version = args_str(&r->args, "units-version", NULL),
        .by = registry_by(r),
        .now = r->now,
        .dry_run = args_has(&r->args, "dry-run"),
        .refuse = refused_add,
        .refuse_arg = &refused};
    enum err e;

    refused_init(&refused, r->say.lang);
    refused.max = REFUSED_MAX;
    e = take(r->books, &x);
    if (e == OK) {
        refused_say(&refused, &r->say);
        say_int(&r->say, "rows", x.rows);
        say_int(&r->say, "refused_rows", x.refused);
        say_str(&r->say, "version", x.version_out);
        if (r->say.json)
            say_bool(&r->say, "written", x.refused == 0 && !x.dry_run);
        say_line(&r->say, x.refused > 0 ? "registry.import_refused"
                : x.dry_run             ? "registry.lines_tried"
                                        : taken);
        r->status = x.refused > 0 ? REGISTRY_WRONG : REGISTRY_DONE;
    }
    refused_finish(&refused);
    return e;
}

enum err
cmd_import_units(struct registry *r)
{
    return import_lists(r, units_import, "registry.units_taken");
}

enum err
cmd_import_mappings(struct registry *r)
{
    return import_lists(r, mappings_import, "registry.mappings_taken");
}
