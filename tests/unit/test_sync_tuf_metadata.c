/* The form of metadata: what is read, and what is refused before anybody asks
 * who signed it. */
#include "sync/tuf/metadata.h"

#include <stdio.h>

#include "tests/unit/t_tuf.h"

#define ROLE "{\"keyids\":[\"k\"],\"threshold\":1}"
#define HASH                                                                  \
    "\"hashes\":{\"sha256\":\"0000000000000000000000000000000000000000"       \
    "000000000000000000000000\"}"
#define COMMON                                                                \
    "\"expires\":\"2027-01-01T00:00:00Z\",\"spec_version\":\"1.0.31\","       \
    "\"version\":3"

static struct buf text;

/* A file with this signed part. */
static const struct buf *
file(const char *signed_part)
{
    buf_clear(&text);
    buf_printf(&text,
        "{\"signatures\":[{\"keyid\":\"k\",\"sig\":\"00\"}],\"signed\":%s}",
        signed_part);
    return &text;
}

static enum err
read_root(const char *signed_part)
{
    struct tuf_root root;
    const struct buf *b = file(signed_part);
    enum err e = tuf_root_read(b->data, b->len, &root);

    tuf_root_finish(&root);
    return e;
}

static enum err
read_timestamp(const char *signed_part)
{
    struct tuf_timestamp timestamp;
    const struct buf *b = file(signed_part);
    enum err e = tuf_timestamp_read(b->data, b->len, &timestamp);

    tuf_timestamp_finish(&timestamp);
    return e;
}

static enum err
read_targets(const char *signed_part)
{
    struct tuf_targets targets;
    const struct buf *b = file(signed_part);
    enum err e = tuf_targets_read("p01", b->data, b->len, &targets);

    tuf_targets_finish(&targets);
    return e;
}

static void
test_root__is_read_with_what_it_does_not_know(void)
{
    static const char part[] =
        "{\"zz\":[null],\"_type\":\"root\",\"consistent_snapshot\":true," COMMON
        ",\"keys\":{\"k\":{\"keytype\":\"ed25519\",\"scheme\":\"ed25519\","
        "\"keyval\":{\"public\":\"ab\"},\"x\":1},\"odd\":{}},"
        "\"roles\":{\"root\":" ROLE ",\"snapshot\":" ROLE ",\"targets\":" ROLE
        ",\"timestamp\":" ROLE ",\"mirrors\":7}}";
    struct tuf_root root;
    const struct buf *b = file(part);

    CHECK(tuf_root_read(b->data, b->len, &root) == OK);
    CHECK(root.consistent && root.keys_len == 2);
    CHECK_STR(root.keys[0].public, "ab");
    CHECK_STR(root.keys[1].type, "");
    CHECK(root.roles[TUF_ROOT].threshold == 1);
    CHECK(root.head.version == 3 && root.head.signatures_len == 1);
    CHECK(root.head.expires_at == 1798761600);
    CHECK(strncmp(root.head.canonical, "{\"_type\":\"root\",", 16) == 0);
    CHECK(strstr(root.head.canonical, "\"zz\":[null]}"));
    CHECK(strstr(root.head.canonical, "\"x\":1}"));
    tuf_root_finish(&root);
}

#define ROOT(roles)                                                           \
    "{\"_type\":\"root\"," COMMON ",\"keys\":{},\"roles\":{" roles "}}"

static void
test_root__needs_four_roles_with_keys_and_threshold(void)
{
    CHECK(read_root(ROOT("\"root\":" ROLE ",\"snapshot\":" ROLE
                         ",\"targets\":" ROLE ",\"timestamp\":" ROLE))
          == OK);
    CHECK_REFUSED(read_root(ROOT("\"root\":" ROLE ",\"snapshot\":" ROLE
                                 ",\"targets\":" ROLE)),
        "root", "form");
    CHECK_STR(err_last()->path, "signed.roles.timestamp");
    CHECK_REFUSED(
        read_root(ROOT("\"root\":{\"keyids\":[\"k\"],\"threshold\":0},"
                       "\"snapshot\":" ROLE ",\"targets\":" ROLE
                       ",\"timestamp\":" ROLE)),
        "root", "form");
    CHECK_REFUSED(
        read_root(ROOT("\"root\":{\"keyids\":[\"k\",\"k\"],\"threshold\":2},"
                       "\"snapshot\":" ROLE ",\"targets\":" ROLE
                       ",\"timestamp\":" ROLE)),
        "root", "form");
}

#define META "\"meta\":{\"snapshot.json\":{\"version\":7}}"

static void
test_timestamp__names_one_version_of_the_snapshot(void)
{
    struct tuf_timestamp t;
    const struct buf *b = file("{\"_type\":\"timestamp\"," COMMON "," META "}");

    CHECK(tuf_timestamp_read(b->data, b->len, &t) == OK);
    CHECK(t.snapshot.version == 7 && t.snapshot.length == -1);
    CHECK(!t.snapshot.has_sha256);
    tuf_timestamp_finish(&t);
    CHECK_REFUSED(read_timestamp("{\"_type\":\"timestamp\"," COMMON
                                 ",\"meta\":{\"x.json\":{\"version\":7}}}"),
        "timestamp", "form");
    CHECK_REFUSED(
        read_timestamp("{\"_type\":\"timestamp\"," COMMON
                       ",\"meta\":{\"snapshot.json\":{\"version\":0}}}"),
        "timestamp", "form");
    /* A hash that nobody here can check is no announcement. */
    CHECK_REFUSED(
        read_timestamp("{\"_type\":\"timestamp\"," COMMON
                       ",\"meta\":{\"snapshot.json\":{\"version\":7,"
                       "\"hashes\":{\"md5\":\"00\"}}}}"),
        "timestamp", "form");
}

static void
test_head__is_of_the_kind_and_version_that_is_asked_for(void)
{
    static const char *const wrong[] = {
        "{\"_type\":\"snapshot\"," COMMON "," META "}",
        "{" COMMON "," META "}",
        "{\"_type\":\"timestamp\",\"expires\":\"2027-01-01T00:00:00Z\","
        "\"spec_version\":\"2.0.0\",\"version\":3," META "}",
        "{\"_type\":\"timestamp\",\"expires\":\"2027-01-01T00:00:00Z\","
        "\"version\":3," META "}",
        "{\"_type\":\"timestamp\",\"expires\":\"2027-01-01T00:00:00Z\","
        "\"spec_version\":\"1.0\",\"version\":0," META "}",
        "{\"_type\":\"timestamp\",\"expires\":\"2027-01-01T00:00:00Z\","
        "\"spec_version\":\"1.0\",\"version\":1.0," META "}",
        "{\"_type\":\"timestamp\",\"expires\":\"2027-01-01T00:00:00Z\","
        "\"spec_version\":\"1.0\",\"version\":\"1\"," META "}",
        "[]",
        "null",
    };

    for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
        CHECK_REFUSED(read_timestamp(wrong[i]), "timestamp", "form");
}

static void
test_head__expires_in_utc(void)
{
    static const char *const times[] = {"2027-01-01T07:00:00+07:00",
        "2027-01-01 00:00:00Z", "2027-01-01", "2027-02-30T00:00:00Z",
        "2027-01-01T00:00:00", "2027-01-01t00:00:00Z", "",
        "2027-01-01T00:00:00.000000000000Z"};
    char part[300];

    for (size_t i = 0; i < sizeof(times) / sizeof(*times); i++) {
        snprintf(part, sizeof(part),
            "{\"_type\":\"timestamp\",\"expires\":\"%s\","
            "\"spec_version\":\"1.0\",\"version\":1," META "}",
            times[i]);
        CHECK_REFUSED(read_timestamp(part), "timestamp", "form");
    }
    /* Not in the specification, but written by some. */
    CHECK(read_timestamp("{\"_type\":\"timestamp\",\"expires\":"
                         "\"2027-01-01T00:00:00.123Z\",\"spec_version\":"
                         "\"1.0\",\"version\":1," META "}")
          == OK);
}

static void
test_json__that_two_readers_could_read_differently_is_refused(void)
{
    static const char *const wrong[] = {
        "{\"_type\":\"timestamp\",\"_type\":\"timestamp\"," COMMON "," META "}",
        "{\"_type\":\"timestamp\"," COMMON "," META ",\"x\":1.5}",
        "{\"_type\":\"timestamp\"," COMMON "," META ",\"x\":9007199254740993}",
        "{\"_type\":\"timestamp\"," COMMON "," META ",\"x\":\"\\u0000\"}",
        "{\"_type\":\"timestamp\"," COMMON "," META ",\"x\":\"\\ud800\"}",
        "{\"_type\":\"timestamp\"," COMMON "," META ",\"x\":\"\xff\"}",
        "{\"_type\":\"timestamp\"," COMMON "," META ",\"x\":"
        "[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]}",
        "{\"_type\":\"timestamp\"," COMMON "," META "}}",
        "{\"_type\":\"timestamp\"," COMMON "," META ",}",
    };

    for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
        CHECK_REFUSED(read_timestamp(wrong[i]), "timestamp", "form");
}

static enum err
read_whole(const char *whole)
{
    struct tuf_timestamp t;
    enum err e = tuf_timestamp_read(whole, strlen(whole), &t);

    tuf_timestamp_finish(&t);
    return e;
}

#define SIGNED ",\"signed\":{\"_type\":\"timestamp\"," COMMON "," META "}}"

static void
test_signatures__are_a_list_without_repetitions(void)
{
    CHECK(read_whole("{\"signatures\":[]" SIGNED) == OK);
    CHECK(read_whole("{\"signatures\":[{\"keyid\":\"a\",\"sig\":\"\"}]" SIGNED)
          == OK);
    CHECK_REFUSED(
        read_whole("{\"signatures\":[{\"keyid\":\"a\",\"sig\":\"00\"},"
                   "{\"keyid\":\"a\",\"sig\":\"01\"}]" SIGNED),
        "timestamp", "form");
    CHECK_REFUSED(read_whole("{\"signatures\":{}" SIGNED), "timestamp", "form");
    CHECK_REFUSED(read_whole("{\"x\":[]" SIGNED), "timestamp", "form");
    CHECK_REFUSED(read_whole("{\"signatures\":[]}"), "timestamp", "form");
    CHECK_REFUSED(read_whole(""), "timestamp", "form");
}

#define TARGETS(more)                                                         \
    "{\"_type\":\"targets\"," COMMON ",\"targets\":{" more "}}"
#define DELEGATES(roles)                                                      \
    "{\"_type\":\"targets\"," COMMON ",\"targets\":{},"                       \
    "\"delegations\":{\"keys\":{},\"roles\":[" roles "]}}"
#define DELEGATE(name, reach)                                                 \
    "{\"name\":\"" name "\",\"keyids\":[],\"threshold\":1,"                   \
    "\"terminating\":true," reach "}"

static void
test_targets__have_a_length_and_a_hash(void)
{
    struct tuf_targets t;
    const struct buf *b = file(TARGETS(
        "\"p01/a\":{\"length\":7," HASH ",\"custom\":{\"ocop\":{\"seq\":1}}},"
        "\"b\":{\"length\":0," HASH "}"));

    CHECK(tuf_targets_read("p01", b->data, b->len, &t) == OK);
    CHECK(t.targets_len == 2 && t.delegations_len == 0);
    CHECK(tuf_targets_find(&t, "p01/a")->length == 7);
    CHECK(json_has(tuf_targets_find(&t, "p01/a")->custom, "ocop"));
    CHECK(!tuf_targets_find(&t, "b")->custom);
    CHECK(!tuf_targets_find(&t, "c"));
    tuf_targets_finish(&t);
    CHECK_REFUSED(read_targets(TARGETS("\"a\":{" HASH "}")), "p01", "form");
    CHECK_REFUSED(
        read_targets(TARGETS("\"a\":{\"length\":1}")), "p01", "form");
    CHECK_REFUSED(read_targets(TARGETS("\"a\":{\"length\":-1," HASH "}")),
        "p01", "form");
    CHECK_REFUSED(read_targets(TARGETS("\"\":{\"length\":1," HASH "}")),
        "p01", "form");
    CHECK_REFUSED(
        read_targets(TARGETS("\"a\":{\"length\":1,\"hashes\":{\"sha256\":"
                             "\"zz\"}}")),
        "p01", "form");
}

static void
test_delegations__have_one_name_and_one_way_to_say_what_they_cover(void)
{
    CHECK(read_targets(DELEGATES(DELEGATE("a", "\"paths\":[\"a/*\"]") ","
                           DELEGATE("b", "\"path_hash_prefixes\":[\"00\"]")))
          == OK);
    CHECK_REFUSED(
        read_targets(DELEGATES(DELEGATE("a", "\"paths\":[]") ","
                DELEGATE("a", "\"paths\":[]"))),
        "p01", "form");
    CHECK_REFUSED(read_targets(DELEGATES(DELEGATE("root", "\"paths\":[]"))),
        "p01", "form");
    CHECK_REFUSED(read_targets(DELEGATES(DELEGATE("", "\"paths\":[]"))),
        "p01", "form");
    CHECK_REFUSED(read_targets(DELEGATES(DELEGATE("a", "\"x\":[]"))), "p01",
        "form");
    CHECK_REFUSED(
        read_targets(DELEGATES(DELEGATE(
            "a", "\"paths\":[],\"path_hash_prefixes\":[\"00\"]"))),
        "p01", "form");
    CHECK_REFUSED(
        read_targets(DELEGATES("{\"name\":\"a\",\"keyids\":[],"
                               "\"threshold\":1,\"paths\":[]}")),
        "p01", "form"); /* terminating or not? */
}

static void
test_limits__a_root_of_64_kib_and_a_timestamp_of_16_are_enough(void)
{
    static char big[TUF_ROOT_BYTES + 2];
    struct tuf_root root;
    struct tuf_timestamp timestamp;

    memset(big, ' ', sizeof(big));
    CHECK_REFUSED(tuf_root_read(big, TUF_ROOT_BYTES + 1, &root), "root",
        "form");
    CHECK(strstr(t_arg("why"), "65537 bytes"));
    CHECK_REFUSED(tuf_timestamp_read(big, TUF_TIMESTAMP_BYTES + 1, &timestamp),
        "timestamp", "form");
    CHECK(strstr(t_arg("why"), "16385 bytes"));
}

int
main(void)
{
    if (crypto_init() != OK)
        return 1;
    buf_init(&text, 100000);
    RUN(test_root__is_read_with_what_it_does_not_know);
    RUN(test_root__needs_four_roles_with_keys_and_threshold);
    RUN(test_timestamp__names_one_version_of_the_snapshot);
    RUN(test_head__is_of_the_kind_and_version_that_is_asked_for);
    RUN(test_head__expires_in_utc);
    RUN(test_json__that_two_readers_could_read_differently_is_refused);
    RUN(test_signatures__are_a_list_without_repetitions);
    RUN(test_targets__have_a_length_and_a_hash);
    RUN(test_delegations__have_one_name_and_one_way_to_say_what_they_cover);
    RUN(test_limits__a_root_of_64_kib_and_a_timestamp_of_16_are_enough);
    buf_finish(&text);
    return T_END();
}
