#include "tests/tools/books.h"

#include <assert.h>
#include <inttypes.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

/* Watched by a sanitizer everything takes ten times as long. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { EVENTS = 60, EVENTS_LONG = 300, STRIDE = 6 };
#else
enum { EVENTS = 200, EVENTS_LONG = 1000, STRIDE = 1 };
#endif

static const char *const triggers[] = {
    "journal_follows", "journal_no_update", "journal_no_delete"};
enum { TRIGGERS = 3 };

int
books_events(void)
{
    const char *wanted = getenv("OCOP_LONG");

    return wanted && *wanted ? EVENTS_LONG : EVENTS;
}

int
books_stride(void)
{
    return STRIDE;
}

static void
read_all(struct books *b, const char *path)
{
    FILE *file = fopen(path, "rb");
    long len;

    assert(file && fseek(file, 0, SEEK_END) == 0);
    len = ftell(file);
    assert(len > 0 && fseek(file, 0, SEEK_SET) == 0);
    b->len = (size_t)len;
    b->bytes = mem_new(b->len, 1);
    assert(fread(b->bytes, 1, b->len, file) == b->len);
    fclose(file);
}

static void
forget(const char *path)
{
    static const char *const ends[] = {"", "-wal", "-shm", "-writer"};
    char name[600];

    for (size_t i = 0; i < 4; i++) {
        snprintf(name, sizeof(name), "%s%s", path, ends[i]);
        unlink(name);
    }
}

void
books_make(struct books *b, const char *path, uint64_t seed, int events)
{
    struct fixture f;

    forget(path);
    fixture_open_file(&f, path);
    history_make(&b->history, &f, seed, events);
    b->shop = f.shop;
    b->history.f = NULL;
    fixture_close(&f);
    read_all(b, path);
}

void
books_free(struct books *b)
{
    mem_free(b->bytes);
}

void
books_put(const struct books *b, const char *path)
{
    FILE *file;

    forget(path);
    file = fopen(path, "wb");
    assert(file && fwrite(b->bytes, 1, b->len, file) == b->len);
    fclose(file);
}

struct sqlite3 *
books_break_in(const char *path)
{
    sqlite3 *h;

    assert(sqlite3_open(path, &h) == SQLITE_OK);
    books_do(h, "PRAGMA ignore_check_constraints = ON");
    books_do(h, "PRAGMA synchronous = OFF");
    books_do(h, "CREATE TEMP TABLE kept AS SELECT name, sql FROM "
                "main.sqlite_schema WHERE type = 'trigger'");
    for (size_t i = 0; i < TRIGGERS; i++) {
        char sql[100];

        snprintf(sql, sizeof(sql), "DROP TRIGGER %s", triggers[i]);
        assert(books_do(h, sql) >= 0);
    }
    return h;
}

void
books_break_out(struct sqlite3 *h)
{
    sqlite3_stmt *s;

    for (size_t i = 0; i < TRIGGERS; i++) {
        assert(sqlite3_prepare_v2(h, "SELECT sql FROM kept WHERE name = ?",
                   -1, &s, NULL) == SQLITE_OK);
        sqlite3_bind_text(s, 1, triggers[i], -1, SQLITE_STATIC);
        assert(sqlite3_step(s) == SQLITE_ROW);
        assert(books_do(h, (const char *)sqlite3_column_text(s, 0)) >= 0);
        sqlite3_finalize(s);
    }
    assert(sqlite3_close(h) == SQLITE_OK);
}

int
books_do(struct sqlite3 *h, const char *sql)
{
    return sqlite3_exec(h, sql, NULL, NULL, NULL) == SQLITE_OK
               ? sqlite3_changes(h) : -1;
}

int64_t
books_ask(struct sqlite3 *h, const char *sql)
{
    sqlite3_stmt *s;
    int64_t n;

    assert(sqlite3_prepare_v2(h, sql, -1, &s, NULL) == SQLITE_OK);
    n = sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : -1;
    sqlite3_finalize(s);
    return n;
}

static void
see(void *arg, const struct verify_finding *f)
{
    struct seen *s = arg;
    struct buf text;

    if (s->len < SEEN) {
        s->at[s->len].seq = f->seq;
        snprintf(s->at[s->len].what, sizeof(s->at[0].what), "%s", f->what);
    }
    s->len++;
    buf_init(&text, 16 * 1024); /* every finding can be said */
    verify_sentence(LANG_VI, f, &text);
    assert(text.len && !text.full && !strstr(text.data, "…")
        && !strstr(text.data, "verify."));
    buf_finish(&text);
}

void
books_verify_by(const struct verify_options *options, struct seen *out)
{
    *out = (struct seen){.e = OK};
    out->e = verify_run(options, see, out, &out->report);
    assert(out->report.findings == (int64_t)out->len);
}

void
books_verify(const char *path, bool full, struct seen *out)
{
    struct verify_options options = {.database = path, .full = full};

    books_verify_by(&options, out);
}

bool
books_names(const struct seen *seen, int64_t seq)
{
    bool named = false;

    for (size_t i = 0; i < seen->len && i < SEEN; i++) {
        named = named || seen->at[i].seq == seq;
        if (seen->at[i].seq && seen->at[i].seq != seq)
            return false;
    }
    return seen->e == OK && named && seen->len <= SEEN;
}

bool
books_says(const struct seen *seen, int64_t seq, const char *what)
{
    for (size_t i = 0; i < seen->len && i < SEEN; i++)
        if (seen->at[i].seq == seq && strcmp(seen->at[i].what, what) == 0)
            return true;
    return false;
}

void
books_show(const struct seen *seen)
{
    if (seen->e != OK)
        fprintf(stderr, "  %s\n", err_msg());
    for (size_t i = 0; i < seen->len && i < SEEN; i++)
        fprintf(stderr, "  %" PRId64 " %s\n", seen->at[i].seq,
            seen->at[i].what);
}
