#include <stdio.h>
#include <string.h>

#include "pos/staff/signin.h"
#include "tests/unit/t_api.h"

enum { IDLE = 15 };

static const struct signin_place place = {.where = "d0", .till = 1};

static enum err
begin(struct session *s, char secret[SECRET_TEXT])
{
    return signin(t_api.writer, &place, T_CASHIER, T_CASHIER_PIN, IDLE, s,
        secret);
}

static enum err
look_up(const char *secret, struct session *s)
{
    struct db *db = readers_take(t_api.readers);
    enum err e = session_find(db, secret, t_now, IDLE, s);

    readers_give(t_api.readers, db);
    return e;
}

static void
test_session__lives_on_through_a_restart_and_use(void)
{
    struct session s;
    char secret[SECRET_TEXT];

    t_api_open();
    CHECK(begin(&s, secret) == OK);
    t_api_close();
    t_api_reopen();
    for (int i = 0; i < 10; i++) {
        t_now += 10 * 60;
        CHECK(look_up(secret, &s) == OK);
        CHECK(s.staff == T_CASHIER && s.role == ROLE_CASHIER && s.till == 1);
        CHECK(session_touch(t_api.writer, &s, t_now) == OK);
    }
    CHECK(session_end(t_api.writer, &s) == OK);
    CHECK(look_up(secret, &s) == ERR_UNAUTHENTICATED);
    t_api_close();
}

static void
test_session__ends_by_idling_and_after_a_day(void)
{
    struct session s;
    char secret[SECRET_TEXT];
    int64_t began;

    t_api_open();
    CHECK(begin(&s, secret) == OK);
    t_now += (IDLE + 2) * 60;
    CHECK(look_up(secret, &s) == ERR_UNAUTHENTICATED);

    CHECK(begin(&s, secret) == OK);
    began = t_now;
    while (t_now - began <= SESSION_LONGEST_S) {
        CHECK(look_up(secret, &s) == OK);
        CHECK(session_touch(t_api.writer, &s, t_now) == OK);
        t_now += IDLE * 60;
    }
    CHECK(look_up(secret, &s) == ERR_UNAUTHENTICATED);
    t_api_close();
}

static void
test_session__ends_with_the_person_the_pin_and_the_till(void)
{
    struct staff_change leave = {.number = T_CASHIER, .by = 1};
    struct staff_change back = {.number = T_CASHIER, .by = 1, .active = true};
    struct staff_pin pin = {.number = T_CASHIER};
    struct till_put gone = {.number = 1, .by = 1};
    struct session s;
    char secret[SECRET_TEXT];

    t_api_open();
    CHECK(begin(&s, secret) == OK);
    CHECK(db_write(t_api.writer, "t", staff_change_write, &leave) == OK);
    CHECK(look_up(secret, &s) == ERR_UNAUTHENTICATED);
    CHECK(db_write(t_api.writer, "t", staff_change_write, &back) == OK);
    CHECK(look_up(secret, &s) == OK);
    CHECK(staff_pin_prepare(&pin, T_CASHIER_PIN) == OK);
    CHECK(db_write(t_api.writer, "t", staff_pin_write, &pin) == OK);
    CHECK(look_up(secret, &s) == ERR_UNAUTHENTICATED);
    CHECK(begin(&s, secret) == OK);
    CHECK(db_write(t_api.writer, "t", till_put_write, &gone) == OK);
    CHECK(look_up(secret, &s) == ERR_UNAUTHENTICATED);
    t_api_close();
}

static void
test_session__a_guessed_cookie_is_nobody(void)
{
    struct session s;
    char secret[SECRET_TEXT], csrf[SECRET_TEXT], other[SECRET_TEXT];

    t_api_open();
    CHECK(begin(&s, secret) == OK);
    secret_csrf(secret, csrf);
    secret_new("", other);
    CHECK(strlen(csrf) == 43 && strcmp(csrf, secret) != 0);
    CHECK(look_up(csrf, &s) == ERR_UNAUTHENTICATED);
    CHECK(look_up(other, &s) == ERR_UNAUTHENTICATED);
    CHECK(look_up("", &s) == ERR_UNAUTHENTICATED);
    CHECK(look_up("' OR 1=1 --", &s) == ERR_UNAUTHENTICATED);
    t_api_close();
}

static enum err
device_of(const char *secret, struct device *d)
{
    struct db *db = readers_take(t_api.readers);
    enum err e = device_find(db, secret, d);

    readers_give(t_api.readers, db);
    return e;
}

static void
test_device__a_code_enrols_one_browser_in_time(void)
{
    struct device_code_new n = {.till = 1, .by = 1};
    struct device_revoke revoke = {.by = 1};
    char secret[SECRET_TEXT];
    struct device d;

    t_api_open();
    CHECK(db_write(t_api.writer, "t", device_code_write, &n) == OK);
    CHECK(strlen(n.code) == 8);
    CHECK_STR(n.name, "Quầy 1");
    CHECK(device_enrol(t_api.writer, n.code, &d, secret) == OK);
    CHECK(d.id == 1 && d.till == 1 && d.active);
    CHECK(device_of(secret, &d) == OK && d.id == 1);
    CHECK(device_enrol(t_api.writer, n.code, &d, secret) == ERR_CODE_WRONG);

    CHECK(db_write(t_api.writer, "t", device_code_write, &n) == OK);
    t_now += DEVICE_CODE_SECONDS;
    CHECK(device_enrol(t_api.writer, n.code, &d, secret) == ERR_CODE_WRONG);

    CHECK(db_write(t_api.writer, "t", device_code_write, &n) == OK);
    CHECK(device_enrol(t_api.writer, n.code, &d, secret) == OK);
    revoke.id = d.id;
    CHECK(db_write(t_api.writer, "t", device_revoke_write, &revoke) == OK);
    CHECK(device_of(secret, &d) == ERR_NOT_FOUND);
    revoke.id = 77;
    CHECK(db_write(t_api.writer, "t", device_revoke_write, &revoke) ==
        ERR_NOT_FOUND);
    n.till = 9;
    CHECK(db_write(t_api.writer, "t", device_code_write, &n) ==
        ERR_NOT_FOUND);
    t_api_close();
}

static void
test_device__codes_cannot_be_guessed_in_a_row(void)
{
    struct device_code_new n = {.till = 1, .by = 1};
    char secret[SECRET_TEXT], wrong[DEVICE_CODE];
    struct device d;

    t_api_open();
    CHECK(db_write(t_api.writer, "t", device_code_write, &n) == OK);
    memcpy(wrong, n.code, sizeof(wrong));
    wrong[0] = wrong[0] == '9' ? '0' : '9';
    CHECK(device_enrol(t_api.writer, "1234", &d, secret) == ERR_CODE_WRONG);
    for (int i = 0; i < 5; i++)
        CHECK(device_enrol(t_api.writer, wrong, &d, secret) ==
            ERR_CODE_WRONG);
    CHECK(device_enrol(t_api.writer, n.code, &d, secret) == ERR_LOCKED);
    t_now += 30;
    CHECK(device_enrol(t_api.writer, n.code, &d, secret) == OK);
    t_api_close();
}

int
main(void)
{
    RUN(test_session__lives_on_through_a_restart_and_use);
    RUN(test_session__ends_by_idling_and_after_a_day);
    RUN(test_session__ends_with_the_person_the_pin_and_the_till);
    RUN(test_session__a_guessed_cookie_is_nobody);
    RUN(test_device__a_code_enrols_one_browser_in_time);
    RUN(test_device__codes_cannot_be_guessed_in_a_row);
    return T_END();
}
