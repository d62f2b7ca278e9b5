#include "pos/staff/role.h"

#include <assert.h>
#include <string.h>

static const char *const names[] = {
    [ROLE_NONE] = "none",
    [ROLE_VIEWER] = "viewer",
    [ROLE_CASHIER] = "cashier",
    [ROLE_MANAGER] = "manager",
    [ROLE_OWNER] = "owner",
};

const char *
role_name(enum role role)
{
    assert(role >= ROLE_NONE && role <= ROLE_OWNER);
    return names[role];
}

enum err
role_parse(const char *name, enum role *role_out)
{
    for (int i = ROLE_VIEWER; i <= ROLE_OWNER; i++)
        if (strcmp(name, names[i]) == 0) {
            *role_out = (enum role)i;
            return OK;
        }
    err_at("role");
    err_arg("field", "role");
    err_arg("case", "words");
    err_arg("words", "viewer, cashier, manager, owner");
    return err_set(ERR_FIELD_VALUE, "no such role: %.20s", name);
}
