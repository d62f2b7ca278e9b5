#include "base/words.h"

#include <stdbool.h>

static const char *const digit_words[] = {
    "không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"};

/* Vietnamese counts in groups of three up to a tỷ (10^9); above, the number of
 * tỷ is itself read so. */
static const uint64_t ty = 1000000000;

static const struct {
    uint64_t size;
    const char *name;
} scales[] = {{1000000, "triệu"}, {1000, "nghìn"}, {1, ""}};

/* Every word but the first has a space before it. */
static void
say(struct buf *said, const char *word)
{
    if (said->len > 0)
        buf_add_char(said, ' ');
    buf_add_str(said, word);
}

static void
say_ones(struct buf *said, unsigned tens, unsigned ones)
{
    if (ones == 0)
        return;
    if (ones == 1 && tens > 1)
        say(said, "mốt");
    else if (ones == 5 && tens > 0)
        say(said, "lăm");
    else
        say(said, digit_words[ones]);
}

/* A group, 1..999.  The first group of a number starts at its first digit;
 * every later one says its hundreds even when there are none. */
static void
say_group(struct buf *said, unsigned group)
{
    unsigned hundreds = group / 100, tens = group / 10 % 10, ones = group % 10;

    if (hundreds > 0 || said->len > 0) {
        say(said, digit_words[hundreds]);
        say(said, "trăm");
        if (tens == 0 && ones > 0)
            say(said, "lẻ");
    }
    if (tens == 1) {
        say(said, "mười");
    } else if (tens > 1) {
        say(said, digit_words[tens]);
        say(said, "mươi");
    }
    say_ones(said, tens, ones);
}

static void
say_number(struct buf *said, uint64_t n)
{
    if (n >= ty) {
        say_number(said, n / ty);
        say(said, "tỷ");
        n %= ty;
    }
    for (size_t i = 0; i < sizeof(scales) / sizeof(scales[0]); i++) {
        unsigned group = (unsigned)(n / scales[i].size % 1000);

        if (group == 0)
            continue;
        say_group(said, group);
        if (scales[i].name[0])
            say(said, scales[i].name);
    }
}

void
words_dong(int64_t dong, struct buf *out)
{
    uint64_t n = dong < 0 ? 0 - (uint64_t)dong : (uint64_t)dong;
    struct buf said;

    buf_init(&said, 400);
    say_number(&said, n);
    if (n == 0)
        say(&said, digit_words[0]);
    say(&said, "đồng");
    /* every word a number can begin with has an ASCII first letter */
    if (dong >= 0)
        said.data[0] = (char)(said.data[0] - 'a' + 'A');
    else
        buf_add_str(out, "Âm ");
    buf_add(out, said.data, said.len);
    buf_finish(&said);
}
