#include "sync/backoff.h"

#include <assert.h>

enum { DAY = 24 * 60 * 60 };

int64_t
backoff_seconds(const struct backoff *b, int failures, uint32_t chance,
    int64_t retry_after_seconds)
{
    int64_t whole = b->first_seconds, wait;

    assert(failures > 0);
    assert(b->first_seconds > 0 && b->max_seconds >= b->first_seconds);
    assert(b->max_seconds < (int64_t)1 << 30);
    while (--failures > 0 && whole < b->max_seconds)
        whole *= 2;
    if (whole > b->max_seconds)
        whole = b->max_seconds;
    wait = whole - whole / 2 + (whole / 2 * (int64_t)chance >> 32);
    if (retry_after_seconds > DAY)
        retry_after_seconds = DAY;
    return wait > retry_after_seconds ? wait : retry_after_seconds;
}
