#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/gzip.h"
#include "base/mem.h"
#include "tests/unit/t.h"
#include "tests/unit/t_dir.h"

enum { BIG = 3 * 1024 * 1024 };

static const char *
arg_of(const char *name)
{
    const struct err_state *s = err_last();

    for (size_t i = 0; i < s->args_len; i++)
        if (strcmp(s->args[i].name, name) == 0)
            return s->args[i].value;
    return "";
}

/* Bytes that do not pack well, the same in every run. */
static char *
noise(size_t len)
{
    char *bytes = mem_new(len, 1);
    uint32_t x = 2463534242u;

    for (size_t i = 0; i < len; i++) {
        x ^= x << 13;
        x ^= x >> 17;
        x ^= x << 5;
        bytes[i] = (char)(x >> 24);
    }
    return bytes;
}

static void
check_round(const char *bytes, size_t len)
{
    struct buf packed, back;

    buf_init(&packed, len + 1000 + len / 100);
    buf_init(&back, len);
    CHECK(gzip_pack(bytes, len, &packed) == OK);
    CHECK(gzip_unpack(packed.data, packed.len, len, &back) == OK);
    CHECK(back.len == len && memcmp(back.data, bytes, len) == 0);
    if (len > 0) {
        buf_clear(&back);
        CHECK(gzip_unpack(packed.data, packed.len, len - 1, &back) ==
              ERR_TOO_LARGE);
        CHECK(back.len == 0);
    }
    buf_finish(&packed);
    buf_finish(&back);
}

static void
test_gzip__gives_back_what_was_packed(void)
{
    char *bytes = noise(BIG);

    check_round("", 0);
    check_round("x", 1);
    check_round(bytes, 32 * 1024);
    check_round(bytes, 32 * 1024 + 1);
    check_round(bytes, BIG);
    memset(bytes, 'a', BIG);
    check_round(bytes, BIG);
    mem_free(bytes);
}

static void
test_gzip__packs_the_same_bytes_to_the_same_file(void)
{
    struct buf a, b;

    buf_init(&a, 1000);
    buf_init(&b, 1000);
    CHECK(gzip_pack("mật ong", 9, &a) == OK);
    CHECK(gzip_pack("mật ong", 9, &b) == OK);
    CHECK(a.len == b.len && memcmp(a.data, b.data, a.len) == 0);
    CHECK(memcmp(a.data + 4, "\0\0\0\0", 4) == 0); /* no time */
    buf_finish(&a);
    buf_finish(&b);
}

static void
test_gzip__stops_a_bomb_at_the_limit(void)
{
    char *zeros = mem_new(BIG, 1);
    struct buf packed, out;

    buf_init(&packed, BIG);
    buf_init(&out, BIG);
    CHECK(gzip_pack(zeros, BIG, &packed) == OK);
    CHECK(packed.len < 5000);
    buf_add_str(&out, "before");
    CHECK(gzip_unpack(packed.data, packed.len, 10000, &out) == ERR_TOO_LARGE);
    CHECK_STR(arg_of("max"), "10000");
    CHECK_STR(out.data, "before");
    CHECK(out.cap < 200 * 1024);
    buf_finish(&packed);
    buf_finish(&out);
    mem_free(zeros);
}

static void
test_gzip__refuses_whatever_is_not_one_whole_file(void)
{
    struct buf packed, out;
    size_t whole;

    buf_init(&packed, 1000);
    buf_init(&out, 1000);
    CHECK(gzip_pack("trà Thái Nguyên", 18, &packed) == OK);
    whole = packed.len;
    for (size_t n = 0; n < whole; n++) {
        CHECK(gzip_unpack(packed.data, n, 100, &out) == ERR_INVALID);
        CHECK_STR(arg_of("case"), "gzip");
        CHECK(out.len == 0);
    }
    buf_add_char(&packed, 'x');
    CHECK(gzip_unpack(packed.data, packed.len, 100, &out) == ERR_INVALID);
    packed.data[whole - 6] ^= 1; /* of the checksum */
    CHECK(gzip_unpack(packed.data, whole, 100, &out) == ERR_INVALID);
    CHECK(gzip_unpack("plain text", 10, 100, &out) == ERR_INVALID);
    CHECK(out.len == 0);
    buf_finish(&packed);
    buf_finish(&out);
}

static void
test_gzip__packs_no_further_than_there_is_room(void)
{
    char *bytes = noise(5000);
    struct buf out;

    buf_init(&out, 1000);
    CHECK(gzip_pack(bytes, 5000, &out) == ERR_TOO_LARGE);
    CHECK_STR(arg_of("max"), "1000");
    buf_finish(&out);
    mem_free(bytes);
}

static void
test_gzip__unpacks_files_under_the_same_limit(void)
{
    char *bytes = noise(BIG);
    struct buf packed, back;

    buf_init(&packed, 2 * BIG);
    buf_init(&back, BIG);
    CHECK(gzip_pack(bytes, BIG, &packed) == OK);
    CHECK(file_write(t_path("a.gz"), &packed) == OK);
    CHECK(gzip_unpack_file(t_path("a.gz"), t_path("a"), BIG) == OK);
    CHECK(file_read(t_path("a"), &back) == OK);
    CHECK(back.len == BIG && memcmp(back.data, bytes, BIG) == 0);

    CHECK(gzip_unpack_file(t_path("a.gz"), t_path("b"), BIG - 1) ==
          ERR_TOO_LARGE);
    CHECK(access(t_path("b"), F_OK) != 0);
    buf_cut(&packed, packed.len - 1);
    CHECK(file_write(t_path("c.gz"), &packed) == OK);
    CHECK(gzip_unpack_file(t_path("c.gz"), t_path("c"), BIG) == ERR_INVALID);
    CHECK(access(t_path("c"), F_OK) != 0);
    CHECK(gzip_unpack_file(t_path("no.gz"), t_path("d"), BIG) == ERR_FILE);
    CHECK(gzip_unpack_file(t_path("a.gz"), t_path("no/d"), BIG) == ERR_FILE);
    buf_finish(&packed);
    buf_finish(&back);
    mem_free(bytes);
}

int
main(void)
{
    RUN(test_gzip__gives_back_what_was_packed);
    RUN(test_gzip__packs_the_same_bytes_to_the_same_file);
    RUN(test_gzip__stops_a_bomb_at_the_limit);
    RUN(test_gzip__refuses_whatever_is_not_one_whole_file);
    RUN(test_gzip__packs_no_further_than_there_is_room);
    RUN(test_gzip__unpacks_files_under_the_same_limit);
    return T_END();
}
