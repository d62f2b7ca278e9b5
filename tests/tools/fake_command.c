/* What happens to the fake printer, told in words. */
#include <stdlib.h>
#include <string.h>

#include "tests/tools/fake_inside.h"

enum happening {
    PAPER_OUT,
    PAPER_LOW,
    PAPER_IN,
    COVER_OPEN,
    COVER_CLOSE,
    CUTTER_JAM,
    CUTTER_FREE,
    STALL,
    GO,
    VANISH,
    BACK,
    POWER_OFF,
    POWER_ON,
    HOLD_ANSWERS,
    FREE_ANSWERS,
    DRAWER_OPEN,
    DRAWER_CLOSE,
    ROWS,
    HAPPENINGS
};

static const char *const words_of[HAPPENINGS] = {"paper out", "paper low",
    "paper in", "cover open", "cover close", "cutter jam", "cutter free",
    "stall", "go", "vanish", "back", "power off", "power on", "hold answers",
    "free answers", "drawer open", "drawer close", "rows"};

static void
power_off(struct fake *f)
{
    fake_forget(f);
    f->powered = f->error = f->stalled = f->hold_answers = false;
    f->pulse_disabled = false;
    f->asb = 0;
    f->later_len = 0;
    fake_vanish(f);
}

static void
happen_to_paper(struct fake *f, enum happening what, long n)
{
    f->paper_left = what == PAPER_OUT ? n : -1;
    f->paper_out = what == PAPER_OUT && n == 0;
    if (what == PAPER_IN)
        f->paper_low = false;
}

static void
happen_to_cable(struct fake *f, enum happening what, long n)
{
    if (what == POWER_ON)
        f->powered = true;
    if (what == POWER_OFF)
        power_off(f);
    else if (what != VANISH)
        f->gone = !f->powered;
    else if (n > 0)
        f->vanish_in = n;
    else
        fake_vanish(f);
}

static void
happen(struct fake *f, enum happening what, long n)
{
    switch (what) {
    case PAPER_OUT:
    case PAPER_IN:
        happen_to_paper(f, what, n);
        break;
    case PAPER_LOW:
        f->paper_low = true;
        break;
    case COVER_OPEN:
    case COVER_CLOSE:
        f->error = f->error && what == COVER_OPEN;
        f->cover_open = what == COVER_OPEN;
        break;
    case CUTTER_JAM:
    case CUTTER_FREE:
        f->jam = what == CUTTER_JAM;
        break;
    case STALL:
    case GO:
        f->stalled = what == STALL;
        break;
    case VANISH:
    case BACK:
    case POWER_OFF:
    case POWER_ON:
        happen_to_cable(f, what, n);
        break;
    case HOLD_ANSWERS:
        f->hold_answers = true;
        break;
    case FREE_ANSWERS:
        fake_answer_freed(f);
        break;
    case DRAWER_OPEN:
    case DRAWER_CLOSE:
        f->drawer_open = what == DRAWER_OPEN;
        break;
    default:
        f->rows_per_s = (int)n;
    }
}

bool
fake_command(struct fake *f, const char *words)
{
    for (int i = 0; i < HAPPENINGS; i++) {
        size_t len = strlen(words_of[i]);
        bool counts = i == PAPER_OUT || i == VANISH || i == ROWS;
        const char *rest = words + len;
        char *end = NULL;
        long n = 0;

        if (strncmp(words, words_of[i], len) != 0 ||
            (*rest != '\0' && !(counts && *rest == ' ')))
            continue;
        if (*rest) {
            n = strtol(rest, &end, 10);
            if (end == rest || *end || n < 0)
                return false;
        }
        fake_note(f, FAKE_HAPPENED, (uint32_t)n, words);
        happen(f, (enum happening)i, n);
        fake_run(f);
        return true;
    }
    return false;
}
