/* drivers/link_inside.h - what the files of drivers/link.h share.  Nobody else
 * includes it. */
#ifndef DRIVERS_LINK_INSIDE_H
#define DRIVERS_LINK_INSIDE_H

#include "drivers/link.h"
#include "drivers/status.h"

enum { LINK_OWED_MAX = 32, LINK_PROCESS_ID_LEN = 4 };

/* Does the printer answer a kind of question?  NO is believed until it is
 * opened again, flushed, or answers late. */
enum link_ability { LINK_UNTRIED, LINK_YES, LINK_NO };

struct link {
    struct printer *printer;
    enum link_language language;
    struct link_pace pace;
    int rest_ms; /* after each piece */
    struct link_health health;
    struct status status;

    bool hears; /* there is a way back, and somebody may use it */
    bool gone;
    bool no_port;   /* the transport has no port status */
    bool port_good; /* it once said that all is well: so it may be believed */
    bool port_told; /* it answered when it was asked last */
    uint8_t port;   /* that answer */
    int64_t port_at, heard_at, asked_at; /* clock_mono_ms */

    enum link_ability asb, asks, id, order; /* asks: DLE EOT, <ESC>!?, ~HS */
    unsigned mute; /* bit n: it does not answer DLE EOT n */
    int misses;    /* questions in a row that were not taken or answered */
    int next_n;    /* the DLE EOT to ask next */

    /* The rest of a command of our own that was taken in part: nothing else
     * may go before it. */
    uint8_t owed[LINK_OWED_MAX];
    size_t owed_len;

    bool dirty;    /* a job ended in its middle, or nobody knows how */
    bool owes_cut; /* half a slip stands before the next one */

    /* While something is printed. */
    const struct link_watch *watch;
    struct link_outcome *outcome;
    bool stuck;       /* nothing was taken lately */
    int64_t moved_at; /* a byte was taken, or a cause told: not stalled */
    int64_t stop_at;  /* stop was asked for, while confirming; 0: not */
};

/* --- link_talk.c: one thing at a time, each in finite time.  ERR_PRINTER only
 * when the printer is gone. */

/* Take what was answered, waiting at most `timeout_ms` for it (without ears:
 * just waiting), and tell the watch what changed. */
enum err link_hear(struct link *l, int timeout_ms);
/* Look at the port status, when the last look is past `every_ms`. */
enum err link_look_port(struct link *l, int every_ms);
/* Send a command of our own, whole or (`said_out` false) not at all; never
 * inside a picture. */
enum err link_say(
    struct link *l, const void *bytes, size_t len, bool *said_out);
/* Send what is owed.  `done_out`: nothing is owed any more. */
enum err link_pay(struct link *l, bool *done_out);
/* Ask how it is, when the last question was answered and is past ask_ms. */
enum err link_ask(struct link *l);
/* Ask DLE EOT `n` (TSPL, ZPL: any) of an idle printer. */
enum err link_question(struct link *l, int n, bool *said_out);
/* The same, and wait for the answer. */
enum err link_ask_wait(
    struct link *l, int n, bool *said_out, bool *answered_out);

/* Send what confirms: GS ( H `number` and GS r 1, as far as it may answer. */
size_t link_confirm_bytes(const struct link *l, uint32_t number,
    uint8_t out[LINK_OWED_MAX], char id_out[LINK_PROCESS_ID_LEN]);

/* What is known, put together; tells the watch what changed. */
void link_update(struct link *l);
/* Has it told why it does not print? */
bool link_has_cause(const struct link *l);
/* It is gone: `e` is passed on. */
enum err link_lost(struct link *l, enum err e);
bool link_stopping(struct link *l);

/* --- link_push.c */

/* Send bytes [*counted, end) of `bytes`, as long as it takes (link.h says how
 * long that is).  `edge`: a question may stand before the first one. */
enum err link_push(struct link *l, const uint8_t *bytes, size_t end, bool edge,
    size_t *counted);
/* Wait until what it told is over; nothing of the job is sent yet. */
enum err link_wait_ready(struct link *l);

/* --- link_flush.c */

enum err link_flush(struct link *l, bool pulse);
/* Cut, if the flush of a pulse left that to do. */
enum err link_pay_cut(struct link *l);

/* --- link_confirm.c */

/* How sure is it?  Everything is counted. */
enum err link_confirm(struct link *l, const struct link_job *job);

#endif
