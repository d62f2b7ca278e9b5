#include "sync/backoff.h"
#include "tests/unit/t.h"

static const struct backoff hour = {.first_seconds = 30, .max_seconds = 3600};

static void
test_backoff__doubles_up_to_its_end(void)
{
    int64_t whole = 30;

    for (int n = 1; n <= 40; n++) {
        int64_t least = backoff_seconds(&hour, n, 0, 0);
        int64_t most = backoff_seconds(&hour, n, UINT32_MAX, 0);

        CHECK(least == whole - whole / 2);
        CHECK(most <= whole && most >= whole - 1);
        whole = whole * 2 > 3600 ? 3600 : whole * 2;
    }
}

static void
test_backoff__spreads_by_chance(void)
{
    int64_t last = 0;

    for (uint32_t c = 0; c < 16; c++) {
        int64_t wait = backoff_seconds(&hour, 8, c << 28, 0);

        CHECK(wait > last);
        last = wait;
    }
}

static void
test_backoff__waits_as_long_as_it_was_asked_to(void)
{
    CHECK(backoff_seconds(&hour, 1, 0, 120) == 120);
    CHECK(backoff_seconds(&hour, 8, 0, 120) == 1800);
    CHECK(backoff_seconds(&hour, 1, 0, INT64_MAX) == 24 * 60 * 60);
    CHECK(backoff_seconds(&hour, 1, 0, -5) == 15);
}

static void
test_backoff__may_have_one_length_only(void)
{
    struct backoff second = {1, 1};

    CHECK(backoff_seconds(&second, 5, UINT32_MAX, 0) == 1);
}

int
main(void)
{
    RUN(test_backoff__doubles_up_to_its_end);
    RUN(test_backoff__spreads_by_chance);
    RUN(test_backoff__waits_as_long_as_it_was_asked_to);
    RUN(test_backoff__may_have_one_length_only);
    return T_END();
}
