#include "sync/judge.h"

#include <assert.h>
#include <string.h>

static const char *const names[] = {
    [CERT_IN_FORCE] = "in_force",
    [CERT_GRACE] = "grace",
    [CERT_EXPIRED] = "expired",
    [CERT_SUSPENDED] = "suspended",
    [CERT_WITHDRAWN] = "withdrawn",
    [CERT_SUPERSEDED] = "superseded",
    [CERT_NOT_YET] = "not_yet",
};

enum cert_state
judge_with_grace(enum record_status status, int32_t from_day, int32_t until_day,
    int32_t grace_until_day, int32_t today)
{
    switch (status) {
    case RECORD_SUSPENDED:
        return CERT_SUSPENDED;
    case RECORD_REVOKED:
        return CERT_WITHDRAWN;
    case RECORD_SUPERSEDED:
        return CERT_SUPERSEDED;
    case RECORD_ACTIVE:
        break;
    }
    if (today < from_day)
        return CERT_NOT_YET;
    if (today <= until_day)
        return CERT_IN_FORCE;
    if (today <= grace_until_day && today - until_day <= JUDGE_GRACE_DAYS)
        return CERT_GRACE;
    return CERT_EXPIRED;
}

enum cert_state
judge(enum record_status status, int32_t from_day, int32_t until_day,
    int32_t today)
{
    return judge_with_grace(status, from_day, until_day, until_day, today);
}

const char *
cert_state_name(enum cert_state state)
{
    assert(state >= CERT_IN_FORCE && state <= CERT_NOT_YET);
    return names[state];
}

enum err
cert_state_parse(const char *name, enum cert_state *out)
{
    for (int i = CERT_IN_FORCE; i <= CERT_NOT_YET; i++)
        if (strcmp(name, names[i]) == 0) {
            *out = (enum cert_state)i;
            return OK;
        }
    return err_set(ERR_FIELD_VALUE, "no state of a certificate: %.40s", name);
}
