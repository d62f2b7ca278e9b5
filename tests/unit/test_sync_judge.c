#include <string.h>

#include "sync/judge.h"
#include "tests/unit/t.h"

enum { FROM = 20000, UNTIL = 21095, LAST_GRACE = UNTIL + JUDGE_GRACE_DAYS };

static void
test_judge__dates_decide_while_it_is_active(void)
{
    static const struct {
        int32_t today;
        enum cert_state state;
    } rows[] = {
        {FROM - 1, CERT_NOT_YET},
        {FROM, CERT_IN_FORCE},
        {UNTIL, CERT_IN_FORCE}, /* the last day is inclusive */
        {UNTIL + 1, CERT_EXPIRED},
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        CHECK(
            judge(RECORD_ACTIVE, FROM, UNTIL, rows[i].today) == rows[i].state);
}

static void
test_judge__what_the_registry_says_beats_the_dates(void)
{
    static const int32_t days[] = {FROM - 1, FROM, UNTIL, UNTIL + 1};

    for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++) {
        CHECK(judge(RECORD_SUSPENDED, FROM, UNTIL, days[i]) == CERT_SUSPENDED);
        CHECK(judge(RECORD_REVOKED, FROM, UNTIL, days[i]) == CERT_WITHDRAWN);
        CHECK(judge_with_grace(RECORD_REVOKED, FROM, UNTIL, UNTIL + 99,
                  days[i]) == CERT_WITHDRAWN);
        CHECK(
            judge(RECORD_SUPERSEDED, FROM, UNTIL, days[i]) == CERT_SUPERSEDED);
    }
}

static enum cert_state
with_grace(int32_t grace_until, int32_t today)
{
    return judge_with_grace(RECORD_ACTIVE, FROM, UNTIL, grace_until, today);
}

static void
test_judge__grace_needs_evidence_and_ends_after_180_days(void)
{
    CHECK(with_grace(UNTIL + 30, UNTIL) == CERT_IN_FORCE);
    CHECK(with_grace(UNTIL + 30, UNTIL + 1) == CERT_GRACE);
    CHECK(with_grace(UNTIL + 30, UNTIL + 30) == CERT_GRACE);
    CHECK(with_grace(UNTIL + 30, UNTIL + 31) == CERT_EXPIRED);
    CHECK(with_grace(UNTIL + 999, LAST_GRACE) == CERT_GRACE);
    CHECK(with_grace(UNTIL + 999, LAST_GRACE + 1) == CERT_EXPIRED);
    CHECK(with_grace(0, UNTIL + 1) == CERT_EXPIRED);
    CHECK(with_grace(UNTIL + 30, FROM - 1) == CERT_NOT_YET);
}

static void
test_judge__states_have_the_words_of_the_api(void)
{
    static const char *const words[] = {"in_force", "grace", "expired",
        "suspended", "withdrawn", "superseded", "not_yet"};
    enum cert_state state;

    for (int i = 0; i < 7; i++) {
        CHECK_STR(cert_state_name((enum cert_state)(i + 1)), words[i]);
        CHECK(cert_state_parse(words[i], &state) == OK);
        CHECK((int)state == i + 1); /* the numbers are stored */
    }
    CHECK(cert_state_parse("valid", &state) == ERR_FIELD_VALUE);
    CHECK(cert_state_parse("", &state) == ERR_FIELD_VALUE);
}

int
main(void)
{
    RUN(test_judge__dates_decide_while_it_is_active);
    RUN(test_judge__what_the_registry_says_beats_the_dates);
    RUN(test_judge__grace_needs_evidence_and_ends_after_180_days);
    RUN(test_judge__states_have_the_words_of_the_api);
    return T_END();
}
