#include "pos/staff/approve.h"

#include <inttypes.h>
#include <string.h>

#include "pos/staff/pin.h"
#include "pos/staff/role.h"

/* "2" -> 2 */
static enum err
read_number(const struct json *obj, int64_t *staff_out)
{
    const struct json *v = json_find(obj, "staff");
    const char *text = NULL;
    int64_t n = 0;
    enum err e;

    if (!json_is_str(v))
        return json_get_int(obj, "staff", 1, STAFF_MAX, staff_out);
    e = json_get_str(obj, "staff", 4, &text);
    if (e)
        return e;
    for (const char *c = text; *c >= '0' && *c <= '9'; c++)
        n = n * 10 + (*c - '0');
    if (text[strspn(text, "0123456789")] || n < 1) {
        json_blame(obj, "staff");
        return err_set(ERR_FIELD_VALUE, "not a staff number");
    }
    *staff_out = n;
    return OK;
}

enum err
approve_read(const struct json *obj, int64_t *staff_out, const char **pin_out)
{
    static const char *const keys[] = {"staff", "pin", NULL};
    enum err e = json_only(obj, keys);

    if (e == OK)
        e = read_number(obj, staff_out);
    if (e == OK)
        e = json_get_str(obj, "pin", PIN_MAX, pin_out);
    return e;
}

enum err
approve(struct writer *writer, const char *where, const struct json *approval,
    enum role at_least, int64_t *staff_out)
{
    struct staff staff;
    const char *pin = NULL;
    int64_t number = 0;
    enum err e = approve_read(approval, &number, &pin);

    if (e == OK)
        e = pin_check(writer, where, number, pin, &staff);
    if (e)
        return e;
    if (staff.role < at_least) {
        err_arg("role", "%s", role_name(at_least));
        return err_set(ERR_FORBIDDEN, "staff %" PRId64 " is no %s", number,
            role_name(at_least));
    }
    *staff_out = number;
    return OK;
}
