/* Money in and out of the history, and drawers opened; see history.h. */
#include "tests/tools/history.h"

#include <stdio.h>

#include "db/shift.h"
#include "pos/fact/fact_cash.h"
#include "pos/sell/cash.h"
#include "tests/unit/t_data.h"

static int64_t
draw(struct history *h, int64_t below)
{
    return (int64_t)(t_random(&h->chance) >> 16) % below;
}

enum err
history_cash(struct db *db, void *arg)
{
    static const char *const reasons[] = {
        "đổi tiền lẻ", "nộp ngân hàng", "mở xem"};
    struct history *h = arg;
    struct cash_done done;
    struct cash_ask ask = {.kind = CASH_IN + (enum cash_kind)draw(h, 3),
        .till = 1, .amount = 1000 * (1 + draw(h, 500)), .staff = 3};
    struct fact_cash f = {.move = {.at = h->now, .till = 1, .staff = 3}};
    struct journal_head head;
    struct shift s;
    enum err e = db_shift_open_of(db, 1, &s);

    ask.shift_id = s.id;
    ask.reason = reasons[ask.kind - CASH_IN];
    if (e == OK && ask.kind != CASH_DRAWER)
        return cash_write(db, &h->f->shop, &ask, &done);
    if (e == OK)
        e = db_cash_last_id(db, &f.move.id);
    f.move.id++; /* by hand: nothing opens this drawer */
    f.move.kind = CASH_DRAWER;
    f.move.shift_id = draw(h, 3) ? s.id : 0;
    snprintf(f.move.reason, sizeof(f.move.reason), "%s", ask.reason);
    return e == OK ? fact_cash_post(db, &f, &head) : e;
}
