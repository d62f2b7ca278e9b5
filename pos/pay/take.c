#include "pos/pay/take.h"

#include <inttypes.h>

#include "db/product.h"

enum err
take_check(struct db *db, const struct sale_ask_payment *p, size_t n,
    char code_out[TRANSFER_CODE])
{
    struct transfer t;
    enum err e = db_transfer_get(db, p->transfer_id, &t);

    if (e != OK)
        return e;
    if (t.amount != p->amount) {
        err_at("payments[%zu].amount", n);
        err_arg("field", "payments[%zu].amount", n);
        return err_set(ERR_FIELD_VALUE, "t_%" PRId64 " is of %" PRId64, t.id,
            t.amount);
    }
    err_arg("transfer", "t_%" PRId64, t.id);
    if (t.sale_id)
        return err_set(
            ERR_TRANSFER_USED, "t_%" PRId64 " paid %" PRId64, t.id, t.sale_id);
    if (t.state != TRANSFER_MATCHED && t.state != TRANSFER_CONFIRMED) {
        err_arg("state", "%s", transfer_state_name(t.state));
        return err_set(ERR_TRANSFER_WAITING, "t_%" PRId64 " is %s", t.id,
            transfer_state_name(t.state));
    }
    db_copy(code_out, TRANSFER_CODE, t.code);
    return OK;
}

enum err
take_all(struct db *db, const struct sale_ask *ask, int64_t sale_id)
{
    enum err e = OK;

    for (size_t i = 0; e == OK && i < ask->payments_len; i++)
        if (ask->payments[i].transfer_id)
            e = db_transfer_take(db, ask->payments[i].transfer_id, sale_id);
    return e;
}
