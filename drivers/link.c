#include "drivers/link.h"

#include "base/clock.h"
#include "base/mem.h"
#include "drivers/link_inside.h"
#include "drivers/quirks.h"

enum {
    PIECE_MS = 250,
    ASK_MS = 300,
    CONFIRM_MS = 10 * 1000,
    STALL_MS = 120 * 1000,
    PIECE = 8 * 1024,
    PIECE_SLOW = 1024,
    SLOWER = 4,
    REST_MS = 40 /* 25 kB a second: what 50 mm of paper a second need */
};

static const enum status_language languages[] = {
    [LINK_ESCPOS] = STATUS_ESCPOS,
    [LINK_TSPL] = STATUS_TSPL,
    [LINK_ZPL] = STATUS_ZPL,
};

static int
or_default(int value, int otherwise)
{
    return value > 0 ? value : otherwise;
}

static void
set_pace(struct link *l, const struct link_pace *asked)
{
    int times = l->health.quirks & QUIRK_SLOW ? SLOWER : 1;

    l->pace.piece_ms = or_default(asked->piece_ms, PIECE_MS);
    l->pace.ask_ms = or_default(asked->ask_ms, ASK_MS * times);
    l->pace.confirm_ms = or_default(asked->confirm_ms, CONFIRM_MS * times);
    l->pace.stall_ms = or_default(asked->stall_ms, STALL_MS);
    l->rest_ms = times > 1 ? REST_MS : 0;
    l->pace.piece = asked->piece ? asked->piece
                    : times > 1  ? PIECE_SLOW
                                 : PIECE;
}

static void
set_abilities(struct link *l)
{
    unsigned quirks = l->health.quirks;
    bool two_way = l->printer->ops->receive != NULL;
    const struct printer_id *id = printer_who(l->printer);

    if (id)
        two_way = two_way && id->two_way;
    l->hears = two_way && !(quirks & QUIRK_ONE_WAY);
    l->no_port = !l->printer->ops->port || quirks & QUIRK_NO_PORT;
    if (!l->hears || quirks & QUIRK_NO_ASB || l->language != LINK_ESCPOS)
        l->asb = LINK_NO;
    if (!l->hears || quirks & QUIRK_NO_PROCESS_ID || l->language != LINK_ESCPOS)
        l->id = LINK_NO;
    if (!l->hears || quirks & QUIRK_NO_GS_R || l->language != LINK_ESCPOS)
        l->order = LINK_NO;
    if (!l->hears || quirks & QUIRK_NO_DLE_EOT)
        l->asks = LINK_NO;
}

/* Before the first question: as many NULs as a command's head has bytes.  The
 * printer may have been left within one, and would take our questions for the
 * size of a picture, longer than any flush.  Then automatic status back, once;
 * its answer is taken when it comes. */
static enum err
switch_on(struct link *l)
{
    static const uint8_t nothing[16] = {0};
    bool said;
    enum err e;

    if (l->language != LINK_ESCPOS)
        return OK;
    if (l->asks == LINK_NO && l->asb == LINK_NO && l->id == LINK_NO &&
        l->order == LINK_NO)
        return OK;
    e = link_say(l, nothing, sizeof(nothing), &said);
    if (e == OK && l->asb != LINK_NO)
        e = link_say(l, "\x1d\x61\x0f", 3, &said); /* GS a 15 */
    return e;
}

enum err
link_over(struct printer *printer, const struct link_config *config,
    struct link **out)
{
    struct link *l = mem_new(1, sizeof(*l));
    const struct printer_id *id = printer_who(printer);
    enum err e;

    *out = NULL;
    l->printer = printer;
    l->language = config->language;
    l->health.state = PRINTER_UNKNOWN;
    l->health.quirks = config->quirks;
    l->dirty = config->dirty;
    if (id) {
        l->health.id = *id;
        l->health.quirks |= quirks_of(id);
    }
    status_init(&l->status, languages[l->language]);
    set_pace(l, &config->pace);
    set_abilities(l);
    if (printer->ops->keeps_jobs) {
        l->health.state = PRINTER_READY;
        l->health.best = LINK_ACCEPTED;
        *out = l;
        return OK;
    }
    e = switch_on(l);
    if (e != OK) {
        link_close(l);
        return e;
    }
    *out = l;
    return OK;
}

enum err
link_open(const struct link_config *config, struct link **out)
{
    struct printer *printer;
    enum err e = printer_open(config->where, &printer);

    *out = NULL;
    return e == OK ? link_over(printer, config, out) : e;
}

void
link_close(struct link *l)
{
    if (!l)
        return;
    printer_close(l->printer);
    mem_free(l);
}

const struct link_health *
link_health(const struct link *l)
{
    return &l->health;
}

enum err
link_preview(struct link *l, const void *png, size_t len)
{
    return printer_preview(l->printer, png, len);
}

const char *
link_level_name(enum link_level level)
{
    static const char *const names[] = {
        [LINK_NONE] = "none",
        [LINK_PROCESS_ID] = "process_id",
        [LINK_IN_ORDER] = "in_order",
        [LINK_ONLINE] = "online",
        [LINK_ACCEPTED] = "accepted",
    };

    return names[level];
}
