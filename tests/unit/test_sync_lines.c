#include "sync/lines.h"

#include <string.h>

#include "base/crypto.h"
#include "tests/tools/list_repo.h"
#include "tests/unit/t.h"
#include "tests/unit/t_dir.h"

/* Read a text as a list, or as a delta: how many lines were taken. */
static size_t
taken(const char *list, bool delta, const struct buf *text)
{
    struct lines l;
    struct line line;
    size_t n = 0;
    bool more = true;
    FILE *f = fopen(t_path("list"), "wb");

    CHECK(f && fwrite(text->data, 1, text->len, f) == text->len);
    fclose(f);
    CHECK(lines_open(&l, list, delta, t_path("list")) == OK);
    while (more && lines_next(&l, &line, &more) == OK && more)
        n++;
    lines_finish(&l);
    return n;
}

/* The case of the last refusal. */
static const char *
why(void)
{
    const struct err_state *s = err_last();

    for (size_t i = 0; i < s->args_len; i++)
        if (strcmp(s->args[i].name, "case") == 0)
            return s->args[i].value;
    return "";
}

static void
add(struct buf *b, const struct sample *s)
{
    sample_record(b, s);
    buf_add_char(b, '\n');
}

static void
test_lines__a_list_past_one_block_is_read_to_its_end(void)
{
    struct buf text;

    buf_init(&text, 1 << 24);
    sample_list(&text, 1, 1, 3000, 0, 0);
    CHECK(text.len > 4 * LINES_BLOCK);
    CHECK(taken("p01", false, &text) == 3000);
    CHECK(taken("file", false, &text) == 3000);
    CHECK(taken("p02", false, &text) == 0);
    CHECK_STR(why(), "place");
    CHECK(taken("vn", false, &text) == 0);
    CHECK_STR(why(), "stars");
    buf_cut(&text, text.len - 1);
    CHECK(taken("p01", false, &text) == 2999);
    CHECK_STR(why(), "end");
    buf_clear(&text);
    CHECK(taken("p01", false, &text) == 0);
    buf_finish(&text);
}

static void
test_lines__a_line_without_end_is_refused_at_its_limit(void)
{
    struct buf text;

    buf_init(&text, 1 << 24);
    for (int i = 0; i < 1 << 20; i++)
        buf_add_char(&text, ' ');
    CHECK(taken("p01", false, &text) == 0);
    CHECK_STR(why(), "end");
    buf_finish(&text);
}

static void
test_lines__gtins_are_read_as_14_digits_and_wrong_ones_find_nothing(void)
{
    struct lines l;
    struct line line;
    struct buf text;

    buf_init(&text, 10000);
    sample_record(&text,
        &(struct sample){.id = "A", .cert = 1, .gtin = "8934567890120"});
    lines_init(&l, "p01", false);
    CHECK(lines_read(&l, text.data, text.len, &line) == OK);
    CHECK(line.gtins_len == 1);
    CHECK_STR(line.gtins[0], "08934567890120");
    CHECK_STR(line.fold, "mien dong minh hong hop tac xa nong nghiep so 1");
    buf_clear(&text);
    sample_record(&text,
        &(struct sample){.id = "B", .cert = 1, .gtin = "8934567890121"});
    CHECK(lines_read(&l, text.data, text.len, &line) == OK);
    CHECK(line.gtins_len == 0);
    lines_finish(&l);
    buf_finish(&text);
}

static void
test_lines__a_delta_puts_and_drops_in_order(void)
{
    struct buf text;

    buf_init(&text, 100000);
    buf_add_str(&text, "{\"id\":\"A\",\"op\":\"drop\",\"rev\":1}\n"
                       "{\"op\":\"put\",\"rec\":");
    sample_record(&text, &(struct sample){.id = "B", .cert = 1});
    buf_add_str(&text, "}\n");
    CHECK(taken("p01", true, &text) == 2);
    CHECK(taken("p01", false, &text) == 0);
    buf_add_str(&text, "{\"id\":\"B\",\"op\":\"drop\",\"rev\":1}\n");
    CHECK(taken("p01", true, &text) == 2);
    CHECK_STR(why(), "order");
    buf_clear(&text);
    buf_add_str(&text, "{\"op\":\"drop\",\"id\":\"A\",\"rev\":1}\n");
    CHECK(taken("p01", true, &text) == 0);
    CHECK_STR(why(), "form");
    buf_clear(&text);
    add(&text, &(struct sample){.id = "A", .cert = 1});
    CHECK(taken("p01", true, &text) == 0);
    buf_finish(&text);
}

static void
test_lines__names_of_lists_are_vn_and_the_provinces(void)
{
    CHECK(lines_is_list("vn") && lines_is_list("p01") && lines_is_list("p96"));
    CHECK(!lines_is_list("p00") && !lines_is_list("p1")
          && !lines_is_list("p001") && !lines_is_list("vn-pages")
          && !lines_is_list("") && !lines_is_list("file"));
}

int
main(void)
{
    CHECK(crypto_init() == OK);
    RUN(test_lines__a_list_past_one_block_is_read_to_its_end);
    RUN(test_lines__a_line_without_end_is_refused_at_its_limit);
    RUN(test_lines__gtins_are_read_as_14_digits_and_wrong_ones_find_nothing);
    RUN(test_lines__a_delta_puts_and_drops_in_order);
    RUN(test_lines__names_of_lists_are_vn_and_the_provinces);
    return T_END();
}
