/* Before the first job after one whose end is not known: the printer may wait
 * for the rest of a picture, and half a slip may hang in it. */
#include <string.h>

#include "base/mem.h"
#include "drivers/link_inside.h"
#include "drivers/quirks.h"

static enum err
push_str(struct link *l, const char *bytes, size_t len)
{
    size_t counted = 0;

    return link_push(l, (const uint8_t *)bytes, len, true, &counted);
}

#define PUSH(l, bytes) push_str(l, bytes, sizeof(bytes) - 1)

/* As much nothing as the largest picture has. */
static enum err
push_nuls(struct link *l, size_t len)
{
    uint8_t *nuls = mem_new(len, 1);
    size_t counted = 0;
    enum err e = link_push(l, nuls, len, false, &counted);

    mem_free(nuls);
    return e;
}

static void
try_again(enum link_ability *ability)
{
    if (*ability == LINK_NO)
        *ability = LINK_UNTRIED;
}

/* What was asked went into a picture: nothing was learned from silence. */
static void
unlearn(struct link *l)
{
    unsigned quirks = l->health.quirks;

    status_forget(&l->status);
    l->owed_len = 0;
    l->misses = 0;
    l->mute = 0;
    if (!l->hears || l->language != LINK_ESCPOS)
        return;
    if (!(quirks & QUIRK_NO_DLE_EOT))
        try_again(&l->asks);
    if (!(quirks & QUIRK_NO_PROCESS_ID))
        try_again(&l->id);
    if (!(quirks & QUIRK_NO_GS_R))
        try_again(&l->order);
}

enum err
link_pay_cut(struct link *l)
{
    enum err e = OK;

    if (!l->owes_cut)
        return OK;
    if (l->health.quirks & QUIRK_NO_CUTTER)
        e = PUSH(l, "\x1b\x64\x06"); /* ESC d 6 */
    else
        e = PUSH(l, "\x1dV\x42\x00"); /* GS V 66 0: feed and cut */
    if (e == OK)
        l->owes_cut = false;
    return e;
}

static enum err
flush_escpos(struct link *l)
{
    enum err e = push_nuls(l, LINK_BAND_MAX);

    if (e == OK)
        e = PUSH(l, "\x1b@"); /* ESC @ */
    if (e == OK && l->hears && l->asb != LINK_NO)
        e = PUSH(l, "\x1d\x61\x0f"); /* GS a 15 */
    l->owes_cut = true;
    return e;
}

static enum err
flush_tspl(struct link *l)
{
    enum err e = push_nuls(l, LINK_LABEL_MAX);

    if (e == OK)
        e = PUSH(l, "\r\nCLS\r\n");
    return e;
}

enum err
link_flush(struct link *l, bool pulse)
{
    enum err e = printer_reset(l->printer);

    if (e == ERR_PRINTER)
        return link_lost(l, e);
    unlearn(l);
    if (l->language == LINK_ESCPOS)
        e = flush_escpos(l);
    else if (l->language == LINK_TSPL)
        e = flush_tspl(l);
    else
        e = PUSH(l, "^XZ~JA\r\n"); /* end the format, cancel all */
    if (e == OK && !pulse)
        e = link_pay_cut(l);
    if (e == OK)
        l->dirty = false;
    return e;
}
