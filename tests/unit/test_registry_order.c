/* Suspension, withdrawal and reinstatement, by decision alone. */
#include "db/registry/lists.h"
#include "tests/unit/t_books.h"

static struct books_order order;

static const char *
give(enum books_change change, const char *what, const char *decision,
    int32_t day, const char *ground)
{
    order = (struct books_order){.change = change, .what = what,
        .decision = decision, .day = day, .ground = ground,
        .recall = RECALL_RETURN, .by = "Bình", .now = T_NOW};
    if (books_order(t_books, &order) == OK)
        return "";
    for (size_t i = 0; i < err_last()->args_len; i++)
        if (strcmp(err_last()->args[i].name, "case") == 0)
            return err_last()->args[i].value;
    return err_name(err_last()->err);
}

static void
test_order__a_withdrawal_is_a_new_version_with_its_decision(void)
{
    t_books_open();
    t_import(T_HEAD T_ROW("a"));
    CHECK_STR(give(BOOKS_REVOKE, "a", "7/QĐ", 20770, "Vi phạm"), "");
    CHECK(order.rev == 2 && order.cert == 1 && order.was == RECORD_ACTIVE);
    CHECK(strstr(t_record("a"),
              "\"status\":\"revoked\",\"status_info\":{\"at\":\"2026-11-13\","
              "\"decision_number\":\"7/QĐ\",\"reason\":\"Vi phạm\","
              "\"recall\":\"return_to_producer\"}") != NULL);
    CHECK_STR(give(BOOKS_REINSTATE, "1", "8/QĐ", 20771, "Nhầm"), "");
    CHECK(strstr(t_record("a"), "\"status\":\"active\"") != NULL);
    CHECK(strstr(t_record("a"), "\"rev\":3") != NULL);
    CHECK(strstr(t_record("a"), "recall") == NULL);
    CHECK_STR(give(BOOKS_SUSPEND, "a", "9", 20771, "x"), "");
    CHECK_STR(give(BOOKS_REVOKE, "a", "10", 20772, "x"), "");
    t_books_close();
}

static void
test_order__nonsense_is_refused(void)
{
    t_books_open();
    t_import(T_HEAD T_ROW("a"));
    CHECK_STR(give(BOOKS_REVOKE, "b", "7", 20770, "x"), "not_found");
    CHECK_STR(give(BOOKS_REVOKE, "22", "7", 20770, "x"), "not_found");
    CHECK_STR(give(BOOKS_REVOKE, "a", "7", 20900, "x"), "order_future");
    CHECK_STR(give(BOOKS_REVOKE, "a", "7", 20600, "x"), "order_early");
    CHECK_STR(give(BOOKS_REVOKE, "a", "", 20770, "x"), "order_missing");
    CHECK_STR(give(BOOKS_REVOKE, "a", "7", 20770, " "), "order_missing");
    CHECK_STR(give(BOOKS_REINSTATE, "a", "7", 20770, "x"), "order_active");
    CHECK_STR(give(BOOKS_SUSPEND, "a", "7", 20770, "x"), "");
    CHECK_STR(give(BOOKS_SUSPEND, "a", "7", 20770, "x"), "order_suspended");
    CHECK_STR(give(BOOKS_REVOKE, "a", "8", 20769, "x"), "order_before");
    CHECK_STR(give(BOOKS_REVOKE, "a", "8", 20770, "x"), "");
    CHECK_STR(give(BOOKS_SUSPEND, "a", "7", 20770, "x"), "order_revoked");
    CHECK_STR(give(BOOKS_REVOKE, "a", "8", 20770, "x"), "order_revoked");
    t_books_close();
}

static void
test_order__an_entry_error_leaves_the_list_until_it_is_entered_anew(void)
{
    struct import x;
    int64_t pending;

    t_books_open();
    t_import(T_HEAD T_ROW("a"));
    CHECK_STR(give(BOOKS_DROP, "a", "", 0, ""), "order_missing");
    CHECK_STR(give(BOOKS_DROP, "a", "", 0, "nhầm"), "");
    CHECK(db_reg_list_pending(t_books->db, "p68", &pending) == OK);
    CHECK(pending == 0 && order.rev == 2);
    CHECK_STR(give(BOOKS_DROP, "a", "", 0, "nhầm"), "order_dropped");
    CHECK_STR(give(BOOKS_REVOKE, "a", "7", 20770, "x"), "order_dropped");
    x = t_import(T_HEAD T_ROW("a"));
    CHECK(x.changed == 1 && strstr(t_record("a"), "\"rev\":3") != NULL);
    CHECK(db_reg_list_pending(t_books->db, "p68", &pending) == OK);
    CHECK(pending == 1);
    t_books_close();
}

static enum err
show(void *arg, const struct reg_version *v)
{
    buf_printf(arg, "%lld/%d/%s/%s/%s ", (long long)v->rev, v->action,
        v->by_whom, v->decision, v->ground ? v->ground : "-");
    return OK;
}

static void
test_order__history_tells_who_when_and_why(void)
{
    struct buf b;

    buf_init(&b, 4096);
    t_books_open();
    t_import(T_HEAD T_ROW("a"));
    give(BOOKS_SUSPEND, "a", "7", 20770, "chờ xét");
    give(BOOKS_REINSTATE, "a", "8", 20771, "đạt");
    CHECK(db_reg_history(t_books->db, "a", show, &b) == OK);
    CHECK_STR(b.data, "1/1/An/1/QĐ/- 2/2/Bình/7/chờ xét 3/4/Bình/8/đạt ");
    t_books_close();
    buf_finish(&b);
}

int
main(void)
{
    RUN(test_order__a_withdrawal_is_a_new_version_with_its_decision);
    RUN(test_order__nonsense_is_refused);
    RUN(test_order__an_entry_error_leaves_the_list_until_it_is_entered_anew);
    RUN(test_order__history_tells_who_when_and_why);
    return T_END();
}
