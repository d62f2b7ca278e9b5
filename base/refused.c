#include "base/refused.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { SENTENCE_MAX = 8 * 1024 };

struct refused_line {
    size_t line;
    enum err err;
    char *field; /* empty: none in particular */
    char *sentence;
};

void
refused_init(struct refused *r, enum lang lang)
{
    *r = (struct refused){.lang = lang, .max = REFUSED_SHOWN};
}

void
refused_finish(struct refused *r)
{
    for (size_t i = 0; i < r->len; i++) {
        mem_free(r->lines[i].field);
        mem_free(r->lines[i].sentence);
    }
    mem_free(r->lines);
}

void
refused_add(void *arg, size_t line, const struct err_state *why)
{
    struct refused *r = arg;
    struct buf sentence;

    r->count++;
    if (r->len == r->max)
        return;
    if (r->len == r->cap) {
        r->cap = r->cap ? r->cap * 2 : 16;
        r->lines = mem_resize(r->lines, r->cap, sizeof(*r->lines));
    }
    buf_init(&sentence, SENTENCE_MAX);
    lang_error(r->lang, why, &sentence);
    r->lines[r->len++] = (struct refused_line){.line = line,
        .err = why->err,
        .field = mem_dup_str(why->path),
        .sentence = buf_take(&sentence)};
    buf_finish(&sentence);
}

static int
compare_lines(const void *a, const void *b)
{
    const struct refused_line *x = a, *y = b;

    return (x->line > y->line) - (x->line < y->line);
}

void
refused_say(struct refused *r, struct say *say)
{
    if (r->len > 0)
        qsort(r->lines, r->len, sizeof(*r->lines), compare_lines);
    say_list(say, "refused");
    for (size_t i = 0; i < r->len; i++) {
        const struct refused_line *l = &r->lines[i];

        say_item(say);
        say_int(say, "line", (int64_t)l->line);
        say_str(say, "code", err_name(l->err));
        if (l->field[0])
            say_str(say, "field", l->field);
        say_str(say, "detail", l->sentence);
        say_line_with(say, "ctl.refused_line", l->sentence);
    }
    say_list_end(say);
    say_int(say, "refused_count", (int64_t)r->count);
    if (r->count > r->len)
        say_line(say, "ctl.refused_more");
}
