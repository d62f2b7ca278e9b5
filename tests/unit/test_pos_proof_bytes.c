/* Bytes of the database file itself are changed, as a failing disk does it:
 * verify never falls over it, and never calls books right that say something
 * else than before.
 *
 *     test_pos_proof_bytes [CASES [SEED]] */
#include <inttypes.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "base/crypto.h"
#include "pos/open.h"
#include "tests/tools/books.h"
#include "tests/unit/t.h"
#include "tests/unit/t_data.h"
#include "tests/unit/t_dir.h"

static struct books books;
static uint64_t chance = 7;
static int cases = 40;

/* What the books say, whatever bytes they are kept in. */
static const char *const said[] = {
    "SELECT * FROM journal ORDER BY seq",
    "SELECT * FROM showroom ORDER BY id",
    "SELECT * FROM showroom_key ORDER BY number",
    "SELECT * FROM product ORDER BY id",
    "SELECT * FROM product_price ORDER BY product_id, from_at",
    "SELECT * FROM barcode ORDER BY code, product_id",
    "SELECT * FROM lot ORDER BY id",
    "SELECT * FROM stock_balance ORDER BY product_id, lot_id",
    "SELECT * FROM stock_move ORDER BY id",
    "SELECT * FROM receiving ORDER BY id",
    "SELECT * FROM receiving_line ORDER BY receiving_id, n",
    "SELECT * FROM shift ORDER BY id",
    "SELECT * FROM sale ORDER BY id",
    "SELECT * FROM sale_line ORDER BY sale_id, n",
    "SELECT * FROM payment ORDER BY sale_id, n",
    "SELECT * FROM request ORDER BY key",
};

static void
add_row(struct crypto_hash *hash, sqlite3_stmt *s)
{
    for (int i = 0; i < sqlite3_column_count(s); i++) {
        int len, type = sqlite3_column_type(s, i);
        const void *bytes = sqlite3_column_blob(s, i);

        len = sqlite3_column_bytes(s, i);
        crypto_hash_add(hash, &type, sizeof(type));
        crypto_hash_add(hash, &len, sizeof(len));
        crypto_hash_add(hash, bytes, (size_t)len);
    }
}

/* A hash of what the file says; false when it cannot be read. */
static bool
read_content(const char *path, uint8_t out[CRYPTO_HASH])
{
    struct crypto_hash hash;
    bool good = true;
    sqlite3 *h;

    crypto_hash_init(&hash);
    good = sqlite3_open(path, &h) == SQLITE_OK;
    for (size_t i = 0; good && i < sizeof(said) / sizeof(said[0]); i++) {
        sqlite3_stmt *s;
        int rc = sqlite3_prepare_v2(h, said[i], -1, &s, NULL);

        while (rc == SQLITE_OK && sqlite3_step(s) == SQLITE_ROW)
            add_row(&hash, s);
        good = sqlite3_finalize(s) == SQLITE_OK && rc == SQLITE_OK;
    }
    sqlite3_close(h);
    crypto_hash_end(&hash, out);
    return good;
}

/* Somewhere: half of the time just where a receipt is written down. */
static size_t
draw_place(void)
{
    size_t at = (size_t)(t_random(&chance) % books.len);
    const char *text;

    if (t_random(&chance) % 2)
        return at;
    while (at + 8 < books.len && memcmp(books.bytes + at, "\"total\":", 8))
        at++;
    text = books.bytes + at;
    return text + 16 < books.bytes + books.len ? at + 8 : at;
}

static void
test_verify__never_calls_a_file_right_that_says_something_else(void)
{
    const char *path = t_path("b.db");
    uint8_t before[CRYPTO_HASH], after[CRYPTO_HASH];
    int changed = 0, found = 0, lies = 0;

    books_put(&books, path);
    CHECK(read_content(path, before));
    for (int i = 0; i < cases; i++) {
        size_t at = draw_place();
        char flip = (char)(1 << (t_random(&chance) % 8));
        struct seen seen;
        bool same, right;

        books.bytes[at] ^= flip;
        books_put(&books, path);
        books.bytes[at] ^= flip;
        books_verify(path, true, &seen);
        right = seen.e == OK && seen.report.findings == 0;
        same = read_content(path, after)
            && memcmp(before, after, sizeof(after)) == 0;
        changed += !same;
        found += !right;
        lies += right && !same;
        if (right && !same)
            fprintf(stderr, "byte %zu, bit %d\n", at, flip);
    }
    printf("%d bytes of %zu changed: %d mattered, %d found\n", cases,
        books.len, changed, found);
    CHECK(lies == 0 && changed > cases / 3);
}

static void
test_verify__a_file_cut_short_is_damaged(void)
{
    const char *path = t_path("b.db");
    struct books cut = books;
    struct seen seen;

    for (cut.len = 0; cut.len < books.len; cut.len += books.len / 6) {
        books_put(&cut, path);
        books_verify(path, true, &seen);
        CHECK(seen.e != OK || seen.report.findings > 0);
    }
}

int
main(int argc, char **argv)
{
    if (argc > 1)
        cases = (int)strtol(argv[1], NULL, 10);
    if (argc > 2)
        chance = strtoull(argv[2], NULL, 10);
    CHECK(open_lang() == OK);
    books_make(&books, t_path("made.db"), 12, books_events() / 3);
    RUN(test_verify__never_calls_a_file_right_that_says_something_else);
    RUN(test_verify__a_file_cut_short_is_damaged);
    books_free(&books);
    return T_END();
}
