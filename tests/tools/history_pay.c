/* A past by chance: money seen in the bank's app; tests/tools/history.h. */
#include "pos/fact/fact_transfer.h"
#include "tests/tools/history.h"

enum err
history_transfer(struct db *db, void *arg)
{
    const struct history *h = arg;
    struct transfer t = {.till = 1, .amount = 583000, .code = "K7Q2M"};
    struct fact_transfer f = {
        .at = h->now, .staff = 3, .by = 2, .transfer = &t};
    struct journal_head head;

    return fact_transfer_post(db, &f, &head);
}
