#include <string.h>

#include "base/err.h"
#include "tests/unit/t.h"

static void
test_err__message_and_arguments_stay_together(void)
{
    struct err_state kept;

    err_arg("left", "%d", 3);
    err_at("lines[%d].qty", 2);
    CHECK(err_set(ERR_STOCK_SHORT, "%d left", 3) == ERR_STOCK_SHORT);
    CHECK_STR(err_msg(), "3 left");
    CHECK_STR(err_last()->path, "lines[2].qty");
    CHECK(err_last()->args_len == 1);
    CHECK_STR(err_last()->args[0].value, "3");

    err_save(&kept);
    err_set(ERR_BUSY, "other");
    CHECK(err_last()->args_len == 0 && !err_last()->path[0]);
    CHECK(err_load(&kept) == ERR_STOCK_SHORT);
    CHECK_STR(err_msg(), "3 left");
}

static void
test_err__names_are_the_codes_of_the_contract(void)
{
    CHECK_STR(err_name(ERR_STOCK_SHORT), "stock_short");
    CHECK_STR(err_name(ERR_KEY_REUSED), "idempotency_key_reused");
    CHECK_STR(err_name(ERR_REFUND_EXCEEDS), "refund_exceeds");
    CHECK(err_class(ERR_KEY_REUSED) == ERR_CLASS_REUSED);
    CHECK(err_class(OK) == ERR_CLASS_NONE);
}

static void
test_err__a_long_value_is_cut_between_letters(void)
{
    char name[400];
    size_t len = 0;

    for (int i = 0; i < 70; i++, len += 3) /* three bytes each: 210 in all */
        snprintf(name + len, sizeof(name) - len, "ệ");
    err_arg("name", "%s", name);
    err_set(ERR_INVALID, "x");
    CHECK(strlen(err_last()->args[0].value) == 198);
}

int
main(void)
{
    RUN(test_err__message_and_arguments_stay_together);
    RUN(test_err__names_are_the_codes_of_the_contract);
    RUN(test_err__a_long_value_is_cut_between_letters);
    return T_END();
}
