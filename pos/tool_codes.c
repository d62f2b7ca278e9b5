/* gs1 and vietqr of `ocop-pos tool`. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/gs1.h"
#include "pos/sell/vietqr.h"
#include "pos/tool_parts.h"

static void
put_text(struct json_out *o, const char *key, const char *text)
{
    if (text[0])
        json_out_put_str(o, key, text);
}

static void
put_day(struct json_out *o, const char *key, int32_t day)
{
    char text[CLOCK_DATE_SIZE];

    if (day == GS1_NO_DAY)
        return;
    clock_format_date(day, text);
    json_out_put_str(o, key, text);
}

enum err
tool_gs1(struct tool_call *call, struct json_out *o)
{
    struct gs1 gs1;
    enum err e = gs1_parse(call->value.data, clock_day(clock_now()), &gs1);

    if (e != OK)
        return e;
    put_text(o, "gtin14", gs1.gtin14);
    put_text(o, "sscc", gs1.sscc);
    put_text(o, "lot", gs1.lot);
    put_text(o, "serial", gs1.serial);
    put_day(o, "made", gs1.made);
    put_day(o, "packed", gs1.packed);
    put_day(o, "best_before", gs1.best_before);
    put_day(o, "sell_by", gs1.sell_by);
    put_day(o, "expires", gs1.expires);
    if (gs1.count != GS1_NONE)
        json_out_put_int(o, "count", gs1.count);
    if (gs1.weight_milli != GS1_NONE)
        json_out_put_milli(o, "weight_kg", gs1.weight_milli);
    if (gs1.guessed)
        json_out_put_bool(o, "guessed", true);
    return OK;
}

/* An option into a member of the struct; too long a one is refused here, all
 * else by vietqr_make. */
static enum err
copy(char *to, size_t size, const char *name, const char *option)
{
    if (option && strlen(option) >= size) {
        err_at("%s", name);
        return err_set(ERR_FIELD_VALUE, "the %s is too long", name);
    }
    snprintf(to, size, "%s", option ? option : "");
    return OK;
}

/* --type, or else: for one payment when the amount is known. */
static enum err
read_type(const char *type, struct vietqr *vietqr)
{
    vietqr->dynamic = type ? strcmp(type, "dynamic") == 0
                           : vietqr->amount != VIETQR_NO_AMOUNT;
    if (!type || vietqr->dynamic || strcmp(type, "static") == 0)
        return OK;
    err_at("type");
    return err_set(ERR_FIELD_VALUE, "the type is neither static nor dynamic");
}

static enum err
read_options(const char *const option[], struct vietqr *vietqr)
{
    enum err e = copy(vietqr->bin, sizeof(vietqr->bin), "bin", option[0]);

    if (e == OK)
        e = copy(
            vietqr->account, sizeof(vietqr->account), "account", option[1]);
    if (e == OK && option[2])
        e = tool_read_int(option[2], &vietqr->amount);
    if (e == OK && option[2] && vietqr->amount < 1) {
        err_at("amount");
        e = err_set(ERR_FIELD_VALUE, "the amount cannot be paid");
    }
    if (e == OK)
        e = copy(
            vietqr->purpose, sizeof(vietqr->purpose), "purpose", option[3]);
    return e == OK ? read_type(option[4], vietqr) : e;
}

static enum err
make_vietqr(const struct tool_call *call, struct json_out *o)
{
    struct vietqr vietqr = {.amount = VIETQR_NO_AMOUNT};
    struct buf text;
    enum err e = read_options(call->option, &vietqr);

    if (e != OK)
        return e;
    buf_init(&text, VIETQR_MAX);
    e = vietqr_make(&vietqr, &text);
    if (e == OK)
        json_out_put_str(o, "text", text.data);
    buf_finish(&text);
    return e;
}

enum err
tool_vietqr(struct tool_call *call, struct json_out *o)
{
    struct vietqr vietqr;
    enum err e;

    if (strcmp(call->value.data, "make") == 0)
        return make_vietqr(call, o);
    e = vietqr_parse(call->value.data, &vietqr);
    if (e != OK)
        return e;
    json_out_put_str(o, "bin", vietqr.bin);
    json_out_put_str(o, "account", vietqr.account);
    put_text(o, "service", vietqr.service);
    if (vietqr.amount != VIETQR_NO_AMOUNT)
        json_out_put_int(o, "amount", vietqr.amount);
    put_text(o, "purpose", vietqr.purpose);
    return OK;
}
