/* An exported journal proves itself without its database, and every change of
 * it is found. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "db/db.h"
#include "pos/open.h"
#include "pos/proof/export.h"
#include "tests/tools/books.h"
#include "tests/unit/t.h"
#include "tests/unit/t_data.h"
#include "tests/unit/t_dir.h"

enum { EVENTS_HERE = 40, LINE_COUNT = 300 };

/* An export, cut into its lines. */
struct export {
    struct buf text;
    char *line[LINE_COUNT];
    size_t lines;
};

static void
export_from(struct export *x, int64_t from)
{
    const char *path = t_path("a.db");
    struct books books;
    struct db *db;

    books_make(&books, path, 21, EVENTS_HERE);
    books_free(&books);
    buf_init(&x->text, 1 << 22);
    CHECK(db_open(path, DB_READ, &db) == OK);
    CHECK(export_head(db, &x->text) == OK);
    CHECK(export_records(db, from, 1 << 20, &x->text) == OK);
    db_close(db);
    x->lines = 0;
    for (char *at = x->text.data; *at; at += strlen(at) + 1) {
        CHECK(x->lines < LINE_COUNT);
        x->line[x->lines++] = at;
        at[strcspn(at, "\n")] = '\0';
    }
    CHECK(x->lines > EVENTS_HERE);
}

/* The export as it is now, looked at. */
static void
look(const struct export *x, const char *slip, struct seen *out)
{
    struct verify_options options = {.journal = t_path("x.ndjson"),
        .slips = &slip, .slips_len = slip ? 1 : 0};
    FILE *file = fopen(options.journal, "w");

    for (size_t i = 0; i < x->lines; i++)
        fprintf(file, "%s\n", x->line[i]);
    fclose(file);
    books_verify_by(&options, out);
}

static void
test_export__proves_itself_whole_and_from_any_record(void)
{
    struct export x;
    struct seen seen;

    export_from(&x, 1);
    look(&x, NULL, &seen);
    CHECK(seen.e == OK && seen.len == 0);
    CHECK(seen.report.first == 1
        && seen.report.last == (int64_t)x.lines - 1);
    CHECK(seen.report.receipts > 10);
    buf_finish(&x.text);
    export_from(&x, 30);
    look(&x, NULL, &seen);
    CHECK(seen.e == OK && seen.len == 0 && seen.report.first == 30);
    buf_finish(&x.text);
}

static void
test_export__names_the_record_whose_line_is_gone_or_moved(void)
{
    struct export x;
    struct seen seen;
    char *kept;

    export_from(&x, 1);
    kept = x.line[20];
    memmove(&x.line[20], &x.line[21], (x.lines - 21) * sizeof(x.line[0]));
    x.lines--;
    look(&x, NULL, &seen); /* line 1 is the head, line 21 was record 20 */
    CHECK(books_names(&seen, 20) && books_says(&seen, 20, "gap"));
    memmove(&x.line[21], &x.line[20], (x.lines - 20) * sizeof(x.line[0]));
    x.lines++;
    x.line[20] = x.line[21];
    x.line[21] = kept;
    look(&x, NULL, &seen);
    CHECK(books_says(&seen, 20, "gap"));
    x.line[20] = kept;
    look(&x, NULL, &seen); /* twice */
    CHECK(seen.report.findings > 0);
    buf_finish(&x.text);
}

/* Flip one bit of record `n`'s line; what is found must be about it. */
static bool
flip(struct export *x, size_t n, size_t at, char bit)
{
    char *line = x->line[n];
    struct seen seen;
    bool good;

    line[at] ^= bit;
    if (line[at] == '\n' || line[at] == '\0') {
        line[at] ^= bit;
        return true;
    }
    look(x, NULL, &seen);
    good = seen.e == OK && seen.len > 0;
    for (size_t i = 0; i < seen.len && i < SEEN; i++)
        good = good && (seen.at[i].seq == 0
                || seen.at[i].seq == (int64_t)n
                /* a sequence that was changed leaves two traces */
                || strcmp(seen.at[i].what, "gap") == 0);
    if (!good) {
        fprintf(stderr, "record %zu, byte %zu, bit %d: %.200s\n", n, at, bit,
            line);
        books_show(&seen);
    }
    line[at] ^= bit;
    return good;
}

/* Case of hex digits says nothing. */
static bool
matters(const char *line, size_t at, char bit)
{
    const char *hash = strstr(line, ",\"hash\":\"");

    return bit != 0x20 || !hash || line + at < hash + 9;
}

static void
test_export__finds_every_bit_of_every_record(void)
{
    uint64_t chance = 5;
    struct export x;
    int bad = 0, tried = 0;

    export_from(&x, 1);
    while (tried < 250) {
        size_t n = 1 + (size_t)(t_random(&chance) % (x.lines - 1));
        size_t at = (size_t)(t_random(&chance) % strlen(x.line[n]));
        char bit = (char)(1 << (t_random(&chance) % 8));

        if (!matters(x.line[n], at, bit))
            continue;
        bad += !flip(&x, n, at, bit);
        tried++;
    }
    CHECK(bad == 0);
    printf("%d bits of an export changed, %d not found rightly\n", tried, bad);
    buf_finish(&x.text);
}

static void
test_export__its_head_is_held_against_the_first_record(void)
{
    static const char *const heads[] = {
        "{\"showroom\":102,\"keys\":[]}",
        ("{\"showroom\":101,\"keys\":[{\"number\":1,\"public\":\"00\","
         "\"from\":1}]}"),
        "",
        "no JSON",
    };
    char *right;
    struct export x;
    struct seen seen;

    export_from(&x, 1);
    right = x.line[0];
    for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++) {
        x.line[0] = mem_dup_str(heads[i]);
        look(&x, NULL, &seen);
        CHECK(seen.e == OK && seen.report.findings > 0);
        mem_free(x.line[0]);
    }
    x.line[0] = mem_dup_str(right);
    strstr(x.line[0], "\"public\":\"")[12] ^= 1;
    look(&x, NULL, &seen);
    CHECK(books_says(&seen, 1, "key_told"));
    mem_free(x.line[0]);
    x.lines = 0;
    look(&x, NULL, &seen);
    CHECK(seen.report.findings > 0); /* nothing is no journal */
    buf_finish(&x.text);
}

static void
test_export__that_is_not_there_is_an_error(void)
{
    struct verify_options options = {.journal = "/nowhere/at/all"};
    struct seen seen;

    books_verify_by(&options, &seen);
    CHECK(seen.e == ERR_FILE && seen.len == 0);
}

int
main(void)
{
    CHECK(open_lang() == OK);
    RUN(test_export__proves_itself_whole_and_from_any_record);
    RUN(test_export__names_the_record_whose_line_is_gone_or_moved);
    RUN(test_export__finds_every_bit_of_every_record);
    RUN(test_export__its_head_is_held_against_the_first_record);
    RUN(test_export__that_is_not_there_is_an_error);
    return T_END();
}
