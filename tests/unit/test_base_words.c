#include <stdlib.h>

#include "base/words.h"
#include "tests/unit/t.h"
#include "tests/unit/t_data.h"

static const char *
words(int64_t dong)
{
    static char kept[512];
    struct buf b;

    buf_init(&b, 400);
    words_dong(dong, &b);
    CHECK(!b.full);
    snprintf(kept, sizeof(kept), "%s", b.data);
    buf_finish(&b);
    return kept;
}

static void
test_words__say_the_known_amounts(void)
{
    FILE *f = fopen(OCOP_SOURCE_DIR "/tests/data/words.tsv", "r");
    char line[256], *field[T_FIELDS];
    int amounts = 0;

    CHECK(f != NULL);
    while (f && t_tsv(f, line, sizeof(line), field) == 2) {
        CHECK_STR(words(strtoll(field[0], NULL, 10)), field[1]);
        amounts++;
    }
    CHECK(amounts == 16);
    if (f)
        fclose(f);
}

static void
test_words__say_ones_by_what_stands_before(void)
{
    CHECK_STR(words(1), "Một đồng");
    CHECK_STR(words(11), "Mười một đồng");
    CHECK_STR(words(20), "Hai mươi đồng");
    CHECK_STR(words(25), "Hai mươi lăm đồng");
    CHECK_STR(words(91), "Chín mươi mốt đồng");
    CHECK_STR(words(44), "Bốn mươi bốn đồng");
    CHECK_STR(words(110), "Một trăm mười đồng");
    CHECK_STR(words(555), "Năm trăm năm mươi lăm đồng");
    CHECK_STR(words(1005), "Một nghìn không trăm lẻ năm đồng");
    CHECK_STR(words(15015), "Mười lăm nghìn không trăm mười lăm đồng");
}

static void
test_words__skip_empty_groups(void)
{
    CHECK_STR(words(1000000), "Một triệu đồng");
    CHECK_STR(words(1000001), "Một triệu không trăm lẻ một đồng");
    CHECK_STR(words(1000000000), "Một tỷ đồng");
    CHECK_STR(words(1000000021), "Một tỷ không trăm hai mươi mốt đồng");
    CHECK_STR(words(1005000000), "Một tỷ không trăm lẻ năm triệu đồng");
    CHECK_STR(words(1000000000000), "Một nghìn tỷ đồng");
    CHECK_STR(words(1001000000000), "Một nghìn không trăm lẻ một tỷ đồng");
}

static void
test_words__reach_every_amount(void)
{
    CHECK_STR(words(-105), "Âm một trăm lẻ năm đồng");
    CHECK_STR(words(1099511627775),
        "Một nghìn không trăm chín mươi chín tỷ năm trăm mười một triệu sáu "
        "trăm hai mươi bảy nghìn bảy trăm bảy mươi lăm đồng");
    CHECK_STR(words(INT64_MAX),
        "Chín tỷ hai trăm hai mươi ba triệu ba trăm bảy mươi hai nghìn không "
        "trăm ba mươi sáu tỷ tám trăm năm mươi bốn triệu bảy trăm bảy mươi "
        "lăm nghìn tám trăm lẻ bảy đồng");
    CHECK(strncmp(words(INT64_MIN), "Âm chín tỷ", strlen("Âm chín tỷ")) == 0);
    /* the longest there are */
    CHECK(strlen(words(-8888888888888888888)) < 400);
    CHECK(strlen(words(-7777777777777777777)) < 400);
}

int
main(void)
{
    RUN(test_words__say_the_known_amounts);
    RUN(test_words__say_ones_by_what_stands_before);
    RUN(test_words__skip_empty_groups);
    RUN(test_words__reach_every_amount);
    return T_END();
}
