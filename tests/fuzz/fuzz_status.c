/* Any bytes as what a printer answers.  The first byte chooses the language:
 * E ESC/POS, T TSPL, Z ZPL. */
#include <assert.h>

#include "drivers/status.h"
#include "tests/fuzz/fuzz.h"

enum { ASK_EVERY = 16, FLAGS_ALL = 2 * STATUS_BUSY - 1 };

static void
ask(struct status *s)
{
    if (s->language == STATUS_TSPL) {
        status_asked_dle(s, 0);
        return;
    }
    for (uint8_t n = 1; n <= 4; n++)
        status_asked_dle(s, n);
    status_asked_order(s);
}

static void
check(const struct status *s, unsigned orders_asked)
{
    assert(s->part_len < STATUS_PART_MAX + 1);
    assert(s->asked_len <= STATUS_ASKED_MAX);
    assert(s->flags <= FLAGS_ALL);
    assert(s->orders_open + s->answers[STATUS_ORDER] == orders_asked);
    assert(status_state(s) <= PRINTER_FAILED);
    if (status_answers(s) == 0)
        assert(status_state(s) == PRINTER_UNKNOWN);
}

static unsigned
take(const uint8_t *data, size_t size)
{
    struct status s;
    unsigned orders = 0;
    char language = size ? (char)data[0] : 'E';

    status_init(&s, language == 'T'   ? STATUS_TSPL
                    : language == 'Z' ? STATUS_ZPL
                                      : STATUS_ESCPOS);
    for (size_t i = 1; i < size; i++) {
        if (i % ASK_EVERY == 1) {
            ask(&s);
            orders += s.language != STATUS_TSPL;
        }
        status_feed(&s, data + i, 1);
        check(&s, orders);
    }
    status_quiet(&s);
    check(&s, orders);
    return status_answers(&s);
}

bool
fuzz_accepts(const uint8_t *data, size_t size)
{
    return take(data, size) > 0;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    (void)take(data, size);
    return 0;
}
