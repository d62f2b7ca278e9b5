#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "tests/unit/t.h"

static void
test_buf__keeps_what_fits_and_says_what_does_not(void)
{
    struct buf b;

    buf_init(&b, 5);
    CHECK_STR(b.data, "");
    buf_add_str(&b, "abc");
    buf_add_str(&b, "def"); /* would be six */
    CHECK(b.full);
    CHECK_STR(b.data, "abc");
    buf_printf(&b, "%d", 45);
    CHECK_STR(b.data, "abc45");
    CHECK(b.full);
    buf_clear(&b);
    CHECK(!b.full && b.len == 0);
    buf_finish(&b);
}

static void
test_buf__gives_its_bytes_away(void)
{
    struct buf b;
    char *taken;

    buf_init(&b, 1000);
    for (int i = 0; i < 100; i++)
        buf_add_char(&b, 'x');
    taken = buf_take(&b);
    CHECK(strlen(taken) == 100 && b.len == 0);
    mem_free(taken);
    taken = buf_take(&b);
    CHECK_STR(taken, "");
    mem_free(taken);
    buf_finish(&b);
}

int
main(void)
{
    RUN(test_buf__keeps_what_fits_and_says_what_does_not);
    RUN(test_buf__gives_its_bytes_away);
    return T_END();
}
