#include "drivers/qr.h"

#include <errno.h>
#include <qrencode.h>
#include <string.h>

#include "base/mem.h"

enum { MODULE_DOTS_TRIED = 3, MODULE_DOTS_MIN, MODULE_DOTS_USUAL };

static bool
is_printable(const char *text)
{
    if (!*text)
        return false;
    for (; *text; text++)
        if (*text < 0x20 || *text > 0x7e)
            return false;
    return true;
}

/* Where the last run of digits begins; the end when there is none. */
static size_t
digits_from(const char *text, size_t len)
{
    while (len > 0 && text[len - 1] >= '0' && text[len - 1] <= '9')
        len--;
    return len;
}

/* The library's own way of cutting text into segments gives runs of capitals
 * and figures in the address their own, and the headers now and then cost the
 * version that the contract promises (15 of 4,000 random hosts). */
static int
append_segments(QRinput *input, const char *text)
{
    size_t len = strlen(text), head = digits_from(text, len);
    const unsigned char *bytes = (const unsigned char *)text;

    if (head > 0 && QRinput_append(input, QR_MODE_8, (int)head, bytes) != 0)
        return -1;
    if (head < len &&
        QRinput_append(input, QR_MODE_NUM, (int)(len - head), bytes + head))
        return -1;
    return 0;
}

static void
copy_code(const QRcode *code, struct qr *qr_out)
{
    size_t dots = (size_t)code->width * (size_t)code->width;

    qr_out->version = code->version;
    qr_out->modules = code->width;
    qr_out->dark = mem_new(dots, 1);
    for (size_t i = 0; i < dots; i++)
        qr_out->dark[i] = code->data[i] & 1; /* the other bits tell the kind */
}

enum err
qr_encode(const char *text, struct qr *qr_out)
{
    QRcode *code = NULL;
    QRinput *input;
    enum err e = OK;

    if (!is_printable(text))
        return err_set(ERR_TEXT, "a QR code takes printable ASCII");
    if (strlen(text) > 4096) /* version 40 holds 2331 bytes or 5596 digits */
        return err_set(ERR_TOO_LARGE, "%zu bytes in a QR code", strlen(text));
    input = QRinput_new2(0, QR_ECLEVEL_M);
    if (input && append_segments(input, text) == 0)
        code = QRcode_encodeInput(input);
    if (code)
        copy_code(code, qr_out);
    else if (errno == ERANGE)
        e = err_set(ERR_TOO_LARGE, "no QR code holds %zu bytes", strlen(text));
    else
        e = err_set(ERR_SYSTEM, "libqrencode: %s", strerror(errno));
    QRcode_free(code);
    QRinput_free(input);
    return e;
}

void
qr_finish(struct qr *qr)
{
    mem_free(qr->dark);
    *qr = (struct qr){0};
}

int
qr_module_dots(const struct qr *qr, int width_dots, int wanted)
{
    int fits = width_dots / (qr->modules + 2 * QR_QUIET);
    int least = wanted == MODULE_DOTS_TRIED ? wanted : MODULE_DOTS_MIN;

    if (wanted == 0)
        wanted = MODULE_DOTS_USUAL;
    if (fits > wanted)
        fits = wanted;
    return fits < least ? 0 : fits;
}
