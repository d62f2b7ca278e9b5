/* base/refused.h - the lines of a file that were not taken, and why. */
#ifndef BASE_REFUSED_H
#define BASE_REFUSED_H

#include <stddef.h>

#include "base/err.h"
#include "base/say.h"

enum { REFUSED_SHOWN = 500 };

struct refused_line;

struct refused {
    enum lang lang;
    struct refused_line *lines; /* the first `max` that came */
    size_t len, cap;
    size_t max; /* shown: REFUSED_SHOWN unless set */
    size_t count; /* all */
};

void refused_init(struct refused *r, enum lang lang);
void refused_finish(struct refused *r);

/* One more; `arg` is a struct refused: the form that importers call. */
void refused_add(void *arg, size_t line, const struct err_state *why);

/* Say them in the order of the lines: to a program as the list "refused" of
 * {"line","code","field","detail"} and "refused_count", to a person a sentence
 * a line. */
void refused_say(struct refused *r, struct say *say);

#endif
