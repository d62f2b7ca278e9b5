#include <string.h>

#include "base/buf.h"
#include "drivers/layout.h"
#include "tests/tools/fonts.h"
#include "tests/unit/t.h"

static struct font *font;
static struct font_strike *strike;

static int
width_of(const char *text)
{
    struct layout_line line = {0};

    CHECK(layout_next_line(strike, &text, 100000, &line) == OK);
    return line.width_dots;
}

/* The lines of `text` at a width, joined by "|". */
static const char *
wrapped(const char *text, int width_dots)
{
    static char out[1000];
    struct layout_line line = {0};
    struct buf b;

    buf_init(&b, sizeof(out) - 1);
    while (*text) {
        CHECK(layout_next_line(strike, &text, width_dots, &line) == OK);
        if (b.len)
            buf_add_char(&b, '|');
        buf_add(&b, line.text, line.len);
    }
    CHECK(!b.full);
    memcpy(out, b.data, b.len + 1);
    buf_finish(&b);
    return out;
}

static void
test_layout__breaks_between_words(void)
{
    int width = width_of("Mật ong rừng");

    CHECK_STR(wrapped("Mật ong rừng Tủa Chùa", width), "Mật ong rừng|Tủa Chùa");
    CHECK_STR(
        wrapped("Mật ong rừng Tủa Chùa", width - 1), "Mật ong|rừng Tủa|Chùa");
    CHECK_STR(wrapped("Mật ong rừng", width), "Mật ong rừng");
    CHECK_STR(wrapped("", width), "");
}

static void
test_layout__no_line_is_wider_than_asked(void)
{
    const char *text = "Nước mắm cốt cá cơm Phú Quốc 40 độ đạm NNNNNNNNNNNNNN";

    for (int width = 40; width < 600; width++) {
        const char *at = text;

        while (*at) {
            struct layout_line line;

            CHECK(layout_next_line(strike, &at, width, &line) == OK);
            CHECK(line.width_dots <= width && line.len > 0);
            CHECK(line.text[0] != ' ' && line.text[line.len - 1] != ' ');
        }
    }
}

static void
test_layout__spaces_at_a_break_are_left_out(void)
{
    int width = width_of("Trà sen");

    CHECK_STR(wrapped("Trà sen    Tây Hồ", width), "Trà sen|Tây Hồ");
    CHECK_STR(wrapped("Trà sen   ", width), "Trà sen");
    CHECK_STR(wrapped("  Trà", width), "  Trà"); /* an indent is kept */
}

static void
test_layout__a_long_word_breaks_where_it_must(void)
{
    int width = width_of("ĐƯỜNG");

    CHECK_STR(wrapped("ĐƯỜNGĐƯỜNGĐƯ", width), "ĐƯỜNG|ĐƯỜNG|ĐƯ");
    CHECK_STR(wrapped("a ĐƯỜNGĐƯỜNG", width), "a|ĐƯỜNG|ĐƯỜNG");
    CHECK_STR(wrapped("ĐƯỜ", 1), "Đ|Ư|Ờ"); /* a letter a line at least */
}

static void
test_layout__a_no_break_space_does_not_break(void)
{
    int width = width_of("Tổng 1.234");

    CHECK_STR(wrapped("Tổng 1.234\xc2\xa0₫", width), "Tổng|1.234\xc2\xa0₫");
}

static void
test_layout__a_line_end_breaks(void)
{
    CHECK_STR(wrapped("a\nb", 500), "a|b");
    CHECK_STR(wrapped("a\n\nb", 500), "a||b");
    CHECK_STR(wrapped("a\n", 500), "a");
}

static void
test_layout__balanced_lines_are_of_like_length(void)
{
    const char *text = "Số 12 đường Thụy Khuê, phường Tây Hồ, Hà Nội";
    int width = width_of("Số 12 đường Thụy Khuê, phường Tây"), balanced;

    CHECK(layout_balance(strike, text, width, &balanced) == OK);
    CHECK_STR(wrapped(text, balanced),
        "Số 12 đường Thụy Khuê,|phường Tây Hồ, Hà Nội");
    CHECK(layout_balance(strike, "Số 12", width, &balanced) == OK);
    CHECK(balanced == width);
}

static void
test_layout__a_missing_letter_is_an_error_everywhere(void)
{
    struct doc_element el = {.cells_len = 1, .cells = {{"🍯", 0, DOC_LEFT}}};
    int x[DOC_CELLS_MAX], width[DOC_CELLS_MAX];
    struct layout_line line;
    const char *at = "ong 🍯";

    CHECK(layout_balance(strike, at, 500, width) == ERR_GLYPH);
    CHECK(layout_next_line(strike, &at, 500, &line) == ERR_GLYPH);
    CHECK(layout_cells(strike, &el, 500, 12, x, width) == ERR_GLYPH);
}

static void
test_layout__cells_share_the_row_to_the_dot(void)
{
    struct doc_element el = {.cells_len = 4,
        .cells = {{"a", 3, DOC_LEFT}, {"b", 1, DOC_LEFT},
            {"12.000", 0, DOC_RIGHT}, {"c", 3, DOC_RIGHT}}};
    int x[DOC_CELLS_MAX], width[DOC_CELLS_MAX];

    for (int row = 300; row < 600; row++) {
        CHECK(layout_cells(strike, &el, row, 12, x, width) == OK);
        CHECK(x[0] == 0 && width[2] == width_of("12.000"));
        for (int i = 0; i < 3; i++)
            CHECK(x[i + 1] == x[i] + width[i] + 12);
        CHECK(x[3] + width[3] == row);
        CHECK(width[0] > width[1] && width[0] >= width[3] - 1);
    }
}

static void
test_layout__a_greedy_cell_leaves_room_for_others(void)
{
    struct doc_element el = {.cells_len = 2,
        .cells = {{"Mật ong", 1, DOC_LEFT},
            {"NNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNN", 0, DOC_RIGHT}}};
    int x[DOC_CELLS_MAX], width[DOC_CELLS_MAX];

    CHECK(layout_cells(strike, &el, 412, 12, x, width) == OK);
    CHECK(width[0] == 100 && width[1] == 300);
}

int
main(void)
{
    if (font_open(FONT_REGULAR, FONT_BOLD, &font) != OK) {
        fprintf(stderr, "FAIL %s\n", err_msg());
        return 1;
    }
    font_lock(font);
    strike = font_strike(font, 24, false);
    RUN(test_layout__breaks_between_words);
    RUN(test_layout__no_line_is_wider_than_asked);
    RUN(test_layout__spaces_at_a_break_are_left_out);
    RUN(test_layout__a_long_word_breaks_where_it_must);
    RUN(test_layout__a_no_break_space_does_not_break);
    RUN(test_layout__a_line_end_breaks);
    RUN(test_layout__balanced_lines_are_of_like_length);
    RUN(test_layout__a_missing_letter_is_an_error_everywhere);
    RUN(test_layout__cells_share_the_row_to_the_dot);
    RUN(test_layout__a_greedy_cell_leaves_room_for_others);
    font_unlock(font);
    font_close(font);
    return T_END();
}
