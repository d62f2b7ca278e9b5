#include <string.h>

#include "base/crypto.h"
#include "sync/tuf/metadata.h"
#include "tests/unit/t.h"

static void
test_pattern__a_star_stands_for_any_characters_of_one_name(void)
{
    CHECK(tuf_path_matches("p01/*", "p01/list-7.ndjson"));
    CHECK(tuf_path_matches("p01/*", "p01/"));
    CHECK(tuf_path_matches("*/list-*.ndjson", "p01/list-7.ndjson"));
    CHECK(tuf_path_matches("*", "a"));
    CHECK(tuf_path_matches("*", ""));
    CHECK(tuf_path_matches("**a*", "xxaxx"));
    CHECK(tuf_path_matches("a*b*c", "aXbXbc"));
    CHECK(tuf_path_matches("*.tgz", ".tgz"));
}

static void
test_pattern__nothing_crosses_a_slash(void)
{
    CHECK(!tuf_path_matches("p01/*", "p01/a/b"));
    CHECK(!tuf_path_matches("*", "p01/a"));
    CHECK(!tuf_path_matches("**", "p01/a"));
    CHECK(!tuf_path_matches("a?b", "a/b"));
    CHECK(!tuf_path_matches("a[/]b", "a/b"));
    CHECK(!tuf_path_matches("a[!x]b", "a/b"));
    CHECK(!tuf_path_matches("a[.-0]b", "a/b"));
    CHECK(!tuf_path_matches("*b", "a/b"));
    CHECK(!tuf_path_matches("a*/b", "ax/c/b"));
}

static void
test_pattern__the_whole_path_must_match(void)
{
    CHECK(tuf_path_matches("p01/a", "p01/a"));
    CHECK(!tuf_path_matches("p01/a", "p01/ab"));
    CHECK(!tuf_path_matches("p01/ab", "p01/a"));
    CHECK(!tuf_path_matches("p01/*", "p02/a"));
    CHECK(!tuf_path_matches("p01/*", "/p01/a"));
    CHECK(!tuf_path_matches("", "a"));
    CHECK(tuf_path_matches("", ""));
    CHECK(!tuf_path_matches("P01/*", "p01/a"));
}

static void
test_pattern__a_question_mark_is_one_letter_and_a_set_one_of_its_own(void)
{
    CHECK(tuf_path_matches("v-?.tgz", "v-2.tgz"));
    CHECK(tuf_path_matches("v-?.tgz", "v-đ.tgz"));
    CHECK(!tuf_path_matches("v-?.tgz", "v-.tgz"));
    CHECK(!tuf_path_matches("v-?.tgz", "v-10.tgz"));
    CHECK(tuf_path_matches("p[0-9][0-9]/*", "p01/a"));
    CHECK(!tuf_path_matches("p[0-9][0-9]/*", "p0x/a"));
    CHECK(tuf_path_matches("[!a-c]", "d"));
    CHECK(!tuf_path_matches("[!a-c]", "b"));
    CHECK(tuf_path_matches("[]a]", "]"));
    CHECK(tuf_path_matches("[a-]", "-"));
    CHECK(tuf_path_matches("[đ]", "đ"));
    CHECK(tuf_path_matches("a[b", "a[b")); /* never closed: itself */
    CHECK(tuf_path_matches("[", "["));
    CHECK(!tuf_path_matches("[a]", ""));
}

/* A recursive matcher would still be at it tomorrow. */
static void
test_pattern__many_stars_cost_little(void)
{
    char pattern[401], path[401];

    for (size_t i = 0; i < 400; i++) {
        pattern[i] = i % 2 ? 'a' : '*';
        path[i] = 'a';
    }
    pattern[399] = 'b';
    pattern[400] = path[400] = '\0';
    CHECK(!tuf_path_matches(pattern, path));
}

static void
test_delegation__a_hash_prefix_covers_by_the_hash_of_the_path(void)
{
    const char *prefix = "";
    const struct tuf_delegation d = {.prefixes = &prefix, .prefixes_len = 1};
    uint8_t hash[CRYPTO_HASH];
    char hex[2 * CRYPTO_HASH + 1];

    crypto_sha256("p01/a", 5, hash);
    crypto_hex(hash, sizeof(hash), hex);
    hex[3] = '\0';
    prefix = hex;
    CHECK(tuf_delegation_covers(&d, "p01/a"));
    hex[2] = hex[2] == '0' ? '1' : '0';
    CHECK(!tuf_delegation_covers(&d, "p01/a"));
}

int
main(void)
{
    RUN(test_pattern__a_star_stands_for_any_characters_of_one_name);
    RUN(test_pattern__nothing_crosses_a_slash);
    RUN(test_pattern__the_whole_path_must_match);
    RUN(test_pattern__a_question_mark_is_one_letter_and_a_set_one_of_its_own);
    RUN(test_pattern__many_stars_cost_little);
    RUN(test_delegation__a_hash_prefix_covers_by_the_hash_of_the_path);
    return T_END();
}
