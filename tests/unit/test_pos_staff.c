#include <stdio.h>
#include <string.h>

#include "pos/staff/approve.h"
#include "pos/staff/pin.h"
#include "pos/staff/role.h"
#include "tests/unit/t_api.h"

static enum err
try_pin(const char *where, int64_t staff, const char *pin)
{
    struct staff s;

    return pin_check(t_api.writer, where, staff, pin, &s);
}

static const char *
seconds_to_wait(void)
{
    return err_last()->args_len ? err_last()->args[0].value : "";
}

static void
test_pin__is_four_to_twelve_digits_of_more_than_one_kind(void)
{
    CHECK(pin_check_form("4711") == OK);
    CHECK(pin_check_form("123456789012") == OK);
    CHECK(pin_check_form("471") == ERR_FIELD_VALUE);
    CHECK(pin_check_form("1234567890123") == ERR_FIELD_VALUE);
    CHECK(pin_check_form("47a1") == ERR_FIELD_VALUE);
    CHECK(pin_check_form("1111") == ERR_FIELD_VALUE);
    CHECK(pin_check_form("") == ERR_FIELD_VALUE);
    CHECK_STR(err_last()->path, "pin");
}

static void
test_pin__the_fifth_wrong_one_locks_for_longer_and_longer(void)
{
    t_api_open();
    for (int i = 0; i < 5; i++) {
        char where[8];

        snprintf(where, sizeof(where), "d%d", i); /* from anywhere */
        CHECK(try_pin(where, T_CASHIER, "0000") == ERR_PIN_WRONG);
    }
    CHECK(try_pin("d9", T_CASHIER, T_CASHIER_PIN) == ERR_LOCKED);
    CHECK_STR(seconds_to_wait(), "30");
    CHECK(try_pin("d9", T_OWNER, T_OWNER_PIN) == OK); /* others may */
    t_now += 30;
    CHECK(try_pin("d9", T_CASHIER, "0000") == ERR_PIN_WRONG);
    CHECK(try_pin("d9", T_CASHIER, T_CASHIER_PIN) == ERR_LOCKED);
    CHECK_STR(seconds_to_wait(), "60");
    t_now += 60;
    CHECK(try_pin("d9", T_CASHIER, T_CASHIER_PIN) == OK);
    CHECK(try_pin("d9", T_CASHIER, "0000") == ERR_PIN_WRONG);
    CHECK(try_pin("d9", T_CASHIER, T_CASHIER_PIN) == OK); /* forgiven */
    t_api_close();
}

static void
test_pin__a_device_that_guesses_at_everybody_is_locked(void)
{
    t_api_open();
    for (int64_t staff = 100; staff < 105; staff++)
        CHECK(try_pin("d1", staff, "0000") == ERR_PIN_WRONG);
    CHECK(try_pin("d1", T_OWNER, T_OWNER_PIN) == ERR_LOCKED);
    CHECK(try_pin("d2", T_OWNER, T_OWNER_PIN) == OK);
    t_api_close();
}

static void
test_pin__a_restart_or_a_clock_set_back_forgives_nothing(void)
{
    t_api_open();
    for (int i = 0; i < 5; i++)
        CHECK(try_pin("d1", T_CASHIER, "0000") == ERR_PIN_WRONG);
    t_api_close();
    t_api_reopen();
    CHECK(try_pin("d2", T_CASHIER, T_CASHIER_PIN) == ERR_LOCKED);
    t_now -= 86400 * 365;
    CHECK(try_pin("d2", T_CASHIER, T_CASHIER_PIN) == ERR_LOCKED);
    CHECK_STR(seconds_to_wait(), "3600"); /* but nobody waits for a year */
    t_api_close();
}

static void
test_pin__nobody_signs_in_as_a_program_or_a_stranger(void)
{
    struct staff_new no_pin = {.role = ROLE_CASHIER, .by = 1};
    struct staff_change leave = {.number = T_CASHIER, .by = 1};

    t_api_open();
    CHECK(staff_new_prepare(&no_pin, "Mai", NULL) == OK);
    CHECK(db_write(t_api.writer, "t", staff_new_write, &no_pin) == OK);
    CHECK(try_pin("d1", T_PROGRAM, "0000") == ERR_PIN_WRONG);
    CHECK(try_pin("d2", 77, "0000") == ERR_PIN_WRONG);
    CHECK(try_pin("d3", no_pin.number, "") == ERR_PIN_WRONG);
    CHECK(db_write(t_api.writer, "t", staff_change_write, &leave) == OK);
    CHECK(try_pin("d4", T_CASHIER, T_CASHIER_PIN) == ERR_PIN_WRONG);
    t_api_close();
}

static enum err
try_approve(const char *text, enum role least, int64_t *staff_out)
{
    struct json *approval;
    enum err e = json_parse(text, strlen(text), NULL, &approval);

    if (e == OK)
        e = approve(t_api.writer, "d1", approval, least, staff_out);
    json_free(approval);
    return e;
}

static void
test_approve__takes_a_pin_of_a_high_enough_role(void)
{
    int64_t by = 0;

    t_api_open();
    CHECK(try_approve("{\"staff\":1,\"pin\":\"4711\"}", ROLE_MANAGER, &by) ==
        OK);
    CHECK(by == T_OWNER);
    CHECK(try_approve("{\"staff\":\"1\",\"pin\":\"4711\"}", ROLE_MANAGER,
              &by) == OK);
    by = 0;
    CHECK(try_approve("{\"staff\":2,\"pin\":\"2580\"}", ROLE_MANAGER, &by) ==
        ERR_FORBIDDEN);
    CHECK(try_approve("{\"staff\":1,\"pin\":\"0000\"}", ROLE_MANAGER, &by) ==
        ERR_PIN_WRONG);
    CHECK(try_approve("{\"staff\":1}", ROLE_MANAGER, &by) ==
        ERR_FIELD_MISSING);
    CHECK(try_approve("{\"staff\":\"1x\",\"pin\":\"4711\"}", ROLE_MANAGER,
              &by) == ERR_FIELD_VALUE);
    CHECK(try_approve("{\"staff\":1,\"pin\":4711}", ROLE_MANAGER, &by) ==
        ERR_FIELD_TYPE);
    CHECK(try_approve("{\"staff\":1,\"pin\":\"4711\",\"x\":1}", ROLE_MANAGER,
              &by) == ERR_FIELD_UNKNOWN);
    CHECK(by == 0);
    t_api_close();
}

static enum err
look_up(const char *token)
{
    struct db *db = readers_take(t_api.readers);
    struct staff s = {.number = 0};
    enum err e = token_find(db, token, &s);

    CHECK(e != OK || (s.number == T_PROGRAM && s.role == ROLE_MANAGER));
    readers_give(t_api.readers, db);
    return e;
}

static void
test_token__works_until_it_is_taken_back(void)
{
    struct staff_change back = {.number = T_PROGRAM, .by = 1};
    char other[SECRET_TEXT];

    t_api_open();
    memcpy(other, t_token, sizeof(other));
    other[20] = other[20] == 'A' ? 'B' : 'A';
    CHECK(strncmp(t_token, "ocop_", 5) == 0);
    CHECK(look_up(t_token) == OK);
    CHECK(look_up(other) == ERR_UNAUTHENTICATED);
    CHECK(look_up("") == ERR_UNAUTHENTICATED);
    CHECK(look_up(t_token + 5) == ERR_UNAUTHENTICATED);
    CHECK(db_write(t_api.writer, "t", staff_change_write, &back) == OK);
    CHECK(look_up(t_token) == ERR_UNAUTHENTICATED);
    t_api_close();
}

static void
test_staff__the_last_owner_stays(void)
{
    struct staff_new second = {.role = ROLE_OWNER, .by = 1};
    struct staff_change leave = {.number = T_OWNER, .by = 1};
    struct staff_change lower = {.number = T_OWNER, .by = 1,
        .role = ROLE_CASHIER, .active = true};
    struct staff_change nobody = {.number = 99, .by = 1};
    struct writer *w;

    t_api_open();
    w = t_api.writer;
    CHECK(db_write(w, "t", staff_change_write, &leave) == ERR_FORBIDDEN);
    CHECK(db_write(w, "t", staff_change_write, &lower) == ERR_FORBIDDEN);
    CHECK(db_write(w, "t", staff_change_write, &nobody) == ERR_NOT_FOUND);
    CHECK(staff_new_prepare(&second, " Bà\tTư ", "1357") == OK);
    CHECK_STR(second.secret.name, "Bà Tư");
    CHECK(db_write(w, "t", staff_new_write, &second) == OK);
    CHECK(second.number == 4);
    CHECK(db_write(w, "t", staff_change_write, &leave) == OK);
    CHECK(staff_new_prepare(&second, " \t ", NULL) == ERR_FIELD_VALUE);
    t_api_close();
}

static void
test_role__each_may_what_those_before_may(void)
{
    enum role role = ROLE_NONE;

    CHECK(ROLE_NONE < ROLE_VIEWER && ROLE_VIEWER < ROLE_CASHIER &&
        ROLE_CASHIER < ROLE_MANAGER && ROLE_MANAGER < ROLE_OWNER);
    CHECK(role_parse("manager", &role) == OK && role == ROLE_MANAGER);
    CHECK(role_parse("none", &role) == ERR_FIELD_VALUE);
    CHECK(role_parse("Owner", &role) == ERR_FIELD_VALUE);
    CHECK_STR(role_name(ROLE_OWNER), "owner");
}

int
main(void)
{
    RUN(test_pin__is_four_to_twelve_digits_of_more_than_one_kind);
    RUN(test_pin__the_fifth_wrong_one_locks_for_longer_and_longer);
    RUN(test_pin__a_device_that_guesses_at_everybody_is_locked);
    RUN(test_pin__a_restart_or_a_clock_set_back_forgives_nothing);
    RUN(test_pin__nobody_signs_in_as_a_program_or_a_stranger);
    RUN(test_approve__takes_a_pin_of_a_high_enough_role);
    RUN(test_token__works_until_it_is_taken_back);
    RUN(test_staff__the_last_owner_stays);
    RUN(test_role__each_may_what_those_before_may);
    return T_END();
}
