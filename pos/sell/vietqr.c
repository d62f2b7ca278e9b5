#include "pos/sell/vietqr.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/money.h"
#include "base/text.h"

/* Tags of the text, and inside of its templates. */
enum {
    TAG_VERSION = 0,
    TAG_POINT = 1,
    TAG_NAPAS = 38,
    TAG_CURRENCY = 53,
    TAG_AMOUNT = 54,
    TAG_COUNTRY = 58,
    TAG_MORE = 62,
    TAG_CRC = 63,
    TAGS = 100,

    NAPAS_GUID = 0,
    NAPAS_BANK = 1,
    NAPAS_SERVICE = 2,
    BANK_BIN = 0,
    BANK_ACCOUNT = 1,
    MORE_PURPOSE = 8
};

enum { HEAD = 4, CRC_FIELD = 8 };

static const char guid[] = "A000000727";
static const char to_account[] = "QRIBFTTA";
static const char dong_code[] = "704";
static const char digits[] = "0123456789";
static const char alnum[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                            "abcdefghijklmnopqrstuvwxyz";

uint16_t
vietqr_crc(const char *bytes, size_t len)
{
    unsigned crc = 0xFFFF;

    for (size_t i = 0; i < len; i++) {
        crc ^= (unsigned)(unsigned char)bytes[i] << 8;
        for (int bit = 0; bit < 8; bit++)
            crc = crc & 0x8000 ? crc << 1 ^ 0x1021 : crc << 1;
        crc &= 0xFFFF;
    }
    return (uint16_t)crc;
}

static enum err
bad(const char *why, unsigned tag)
{
    return err_set(ERR_CODE_UNREADABLE, "%s in tag %02u", why, tag);
}

/* Two digits; -1 when they are not. */
static int
two_digits(const char *s)
{
    if (s[0] < '0' || s[0] > '9' || s[1] < '0' || s[1] > '9')
        return -1;
    return (s[0] - '0') * 10 + (s[1] - '0');
}

/* What takes over one value; the tag is that of the template it stands in. */
typedef enum err take_value(
    struct vietqr *vietqr, unsigned tag, const char *value, size_t len);

/* Give every value of a template to `take`; `seen` says which tags there are.
 * A length must end where the template ends. */
static enum err
walk(const char *s, size_t left, take_value *take, struct vietqr *vietqr,
    bool seen[TAGS])
{
    memset(seen, 0, TAGS * sizeof(*seen));
    while (left > 0) {
        int tag = left >= HEAD ? two_digits(s) : -1;
        int len = tag >= 0 ? two_digits(s + 2) : -1;
        enum err e;

        if (len < 1 || (size_t)len > left - HEAD)
            return err_set(ERR_CODE_UNREADABLE, "a tag or length is wrong");
        if (seen[tag])
            return bad("twice", (unsigned)tag);
        seen[tag] = true;
        e = take(vietqr, (unsigned)tag, s + HEAD, (size_t)len);
        if (e != OK)
            return e;
        s += HEAD + len;
        left -= HEAD + (size_t)len;
    }
    return OK;
}

/* Copy a value made of `letters` (any when NULL) into `size` bytes. */
static enum err
copy(char *to, size_t size, const char *letters, const char *value, size_t len)
{
    if (len >= size)
        return err_set(ERR_CODE_UNREADABLE, "a value of %zu bytes", len);
    memcpy(to, value, len);
    to[len] = '\0';
    if (letters && to[strspn(to, letters)] != '\0')
        return err_set(ERR_CODE_UNREADABLE, "a letter that cannot be there");
    return OK;
}

static bool
is(const char *value, size_t len, const char *want)
{
    return strlen(want) == len && memcmp(value, want, len) == 0;
}

static enum err
take_bank(struct vietqr *vietqr, unsigned tag, const char *value, size_t len)
{
    if (tag == BANK_BIN && len != VIETQR_BIN)
        return bad("a bank of the wrong length", tag);
    if (tag == BANK_BIN)
        return copy(vietqr->bin, sizeof(vietqr->bin), digits, value, len);
    if (tag == BANK_ACCOUNT)
        return copy(
            vietqr->account, sizeof(vietqr->account), alnum, value, len);
    return OK;
}

static enum err
take_napas(struct vietqr *vietqr, unsigned tag, const char *value, size_t len)
{
    bool seen[TAGS];
    enum err e;

    if (tag == NAPAS_GUID)
        return is(value, len, guid) ? OK : bad("not NAPAS", tag);
    if (tag == NAPAS_SERVICE)
        return copy(
            vietqr->service, sizeof(vietqr->service), alnum, value, len);
    if (tag != NAPAS_BANK)
        return OK;
    e = walk(value, len, take_bank, vietqr, seen);
    if (e == OK && (!seen[BANK_BIN] || !seen[BANK_ACCOUNT]))
        e = bad("no account", tag);
    return e;
}

static enum err
take_more(struct vietqr *vietqr, unsigned tag, const char *value, size_t len)
{
    if (tag != MORE_PURPOSE)
        return OK;
    if (!text_is_utf8(value, len))
        return bad("no text", tag);
    return copy(vietqr->purpose, sizeof(vietqr->purpose), NULL, value, len);
}

/* Whole dong; some write the decimals that the dong does not have. */
static enum err
take_amount(struct vietqr *vietqr, const char *value, size_t len)
{
    int64_t amount = 0;
    size_t i = 0;

    for (; i < len && value[i] >= '0' && value[i] <= '9'; i++) {
        amount = amount * 10 + (value[i] - '0');
        if (amount > MONEY_MAX)
            return bad("too much", TAG_AMOUNT);
    }
    if (i == 0)
        return bad("no amount", TAG_AMOUNT);
    if (i < len && value[i] == '.')
        for (i++; i < len && value[i] == '0';)
            i++;
    if (i < len)
        return bad("no amount in dong", TAG_AMOUNT);
    vietqr->amount = amount;
    return OK;
}

static enum err
take_root(struct vietqr *vietqr, unsigned tag, const char *value, size_t len)
{
    bool seen[TAGS];
    enum err e;

    switch (tag) {
    case TAG_POINT:
        vietqr->dynamic = is(value, len, "12");
        return vietqr->dynamic || is(value, len, "11") ? OK
                                                       : bad("neither", tag);
    case TAG_NAPAS:
        e = walk(value, len, take_napas, vietqr, seen);
        if (e == OK && (!seen[NAPAS_GUID] || !seen[NAPAS_BANK]))
            e = bad("no account", tag);
        return e;
    case TAG_CURRENCY:
        return is(value, len, dong_code) ? OK : bad("not dong", tag);
    case TAG_AMOUNT:
        return take_amount(vietqr, value, len);
    case TAG_COUNTRY:
        return is(value, len, "VN") ? OK : bad("not Vietnam", tag);
    case TAG_MORE:
        return walk(value, len, take_more, vietqr, seen);
    case TAG_CRC:
        return value[len] == '\0' ? OK : bad("not the end", tag);
    default:
        return OK;
    }
}

/* The last eight bytes are "6304" and the checksum of all before them and of
 * these four; readers accept it in lower case. */
static enum err
check_crc(const char *text, size_t len)
{
    unsigned got = 0;

    if (len < CRC_FIELD || strncmp(text, "000201", 6) != 0 ||
        strncmp(text + len - CRC_FIELD, "6304", 4) != 0)
        return err_set(ERR_CODE_UNREADABLE, "no payment text");
    for (size_t i = len - 4; i < len; i++) {
        int c = (unsigned char)text[i] | 0x20;

        if ((c < '0' || c > '9') && (c < 'a' || c > 'f'))
            return bad("no checksum", TAG_CRC);
        got = got << 4 | (unsigned)(c <= '9' ? c - '0' : c - 'a' + 10);
    }
    return got == vietqr_crc(text, len - 4) ? OK
                                            : bad("a wrong checksum", TAG_CRC);
}

enum err
vietqr_parse(const char *text, struct vietqr *vietqr_out)
{
    struct vietqr vietqr = {.amount = VIETQR_NO_AMOUNT};
    size_t len = strnlen(text, VIETQR_MAX + 1);
    bool seen[TAGS];
    enum err e;

    if (len > VIETQR_MAX)
        return err_set(ERR_CODE_UNREADABLE, "more than %d bytes", VIETQR_MAX);
    e = check_crc(text, len);
    if (e == OK)
        e = walk(text, len, take_root, &vietqr, seen);
    if (e != OK)
        return e;
    if (!seen[TAG_NAPAS] || !seen[TAG_CURRENCY] || !seen[TAG_COUNTRY] ||
        !seen[TAG_CRC])
        return err_set(ERR_CODE_UNREADABLE, "no transfer to an account");
    *vietqr_out = vietqr;
    return OK;
}

static enum err
refuse(const char *field, const char *why)
{
    err_at("%s", field);
    return err_set(ERR_FIELD_VALUE, "the %s %s", field, why);
}

static bool
is_made_of(const char *s, const char *letters)
{
    return s[0] != '\0' && s[strspn(s, letters)] == '\0';
}

static enum err
check_fields(const struct vietqr *vietqr)
{
    if (strlen(vietqr->bin) != VIETQR_BIN || !is_made_of(vietqr->bin, digits))
        return refuse("bin", "has not six digits");
    if (!is_made_of(vietqr->account, alnum))
        return refuse("account", "is not letters and digits");
    if (vietqr->service[0] && !is_made_of(vietqr->service, alnum))
        return refuse("service", "is not letters and digits");
    if (vietqr->amount != VIETQR_NO_AMOUNT &&
        (vietqr->amount < 1 || vietqr->amount > MONEY_MAX))
        return refuse("amount", "cannot be paid");
    if (strlen(vietqr->purpose) > VIETQR_PURPOSE)
        return refuse("purpose", "is too long");
    for (const char *c = vietqr->purpose; *c; c++)
        if (*c < ' ' || *c > '~')
            return refuse("purpose", "is not plain ASCII");
    return OK;
}

static void
put(struct buf *out, unsigned tag, const char *value)
{
    buf_printf(out, "%02u%02zu%s", tag, strlen(value), value);
}

/* The template of NAPAS with the account. */
static void
put_napas(struct buf *out, const struct vietqr *vietqr)
{
    struct buf bank, all;

    buf_init(&bank, VIETQR_MAX);
    buf_init(&all, VIETQR_MAX);
    put(&bank, BANK_BIN, vietqr->bin);
    put(&bank, BANK_ACCOUNT, vietqr->account);
    put(&all, NAPAS_GUID, guid);
    put(&all, NAPAS_BANK, bank.data);
    put(&all, NAPAS_SERVICE, vietqr->service[0] ? vietqr->service : to_account);
    put(out, TAG_NAPAS, all.data);
    buf_finish(&bank);
    buf_finish(&all);
}

static void
put_all(struct buf *text, const struct vietqr *vietqr)
{
    struct buf more;
    char number[32];

    put(text, TAG_VERSION, "01");
    put(text, TAG_POINT, vietqr->dynamic ? "12" : "11");
    put_napas(text, vietqr);
    put(text, TAG_CURRENCY, dong_code);
    if (vietqr->amount != VIETQR_NO_AMOUNT) {
        snprintf(number, sizeof(number), "%" PRId64, vietqr->amount);
        put(text, TAG_AMOUNT, number);
    }
    put(text, TAG_COUNTRY, "VN");
    if (vietqr->purpose[0]) {
        buf_init(&more, VIETQR_MAX);
        put(&more, MORE_PURPOSE, vietqr->purpose);
        put(text, TAG_MORE, more.data);
        buf_finish(&more);
    }
    buf_add_str(text, "6304");
    buf_printf(text, "%04X", vietqr_crc(text->data, text->len));
}

enum err
vietqr_make(const struct vietqr *vietqr, struct buf *out)
{
    enum err e = check_fields(vietqr);
    struct buf text;

    if (e != OK)
        return e;
    buf_init(&text, VIETQR_MAX);
    put_all(&text, vietqr);
    buf_add(out, text.data, text.len);
    buf_finish(&text);
    if (out->full)
        return err_set(ERR_TOO_LARGE, "no room for a payment text");
    return OK;
}
