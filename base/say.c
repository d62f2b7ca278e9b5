#include "base/say.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { OUT_MAX = 64 * 1024 * 1024, SENTENCE_MAX = 16 * 1024 };

void
say_init(struct say *s, enum lang lang, bool json)
{
    *s = (struct say){.lang = lang, .json = json};
    buf_init(&s->out, OUT_MAX);
}

void
say_finish(struct say *s)
{
    buf_finish(&s->out);
}

static void
begin(struct say *s)
{
    if (s->begun)
        return;
    s->begun = true;
    json_out_init(&s->object, &s->out);
    json_out_obj(&s->object);
}

/* Keep the fact for the sentence. */
static void
remember(struct say *s, const char *name, const char *text)
{
    struct err_arg *fact;
    size_t len = strlen(text);

    if (s->facts_used)
        s->facts_len = 0;
    s->facts_used = false;
    if (s->facts_len == SAY_FACTS)
        return;
    fact = &s->facts[s->facts_len];
    snprintf(fact->name, sizeof(fact->name), "%s", name);
    if (len >= sizeof(fact->value)) {
        len = sizeof(fact->value) - 1;
        while (len > 0 && (text[len] & 0xc0) == 0x80)
            len--; /* not in the middle of a letter */
    }
    snprintf(fact->value, sizeof(fact->value), "%.*s", (int)len, text);
    s->facts_len++;
}

void
say_int(struct say *s, const char *name, int64_t n)
{
    char text[24];

    if (s->json) {
        begin(s);
        json_out_put_int(&s->object, name, n);
        return;
    }
    snprintf(text, sizeof(text), "%" PRId64, n);
    remember(s, name, text);
}

void
say_str(struct say *s, const char *name, const char *text)
{
    if (s->json) {
        begin(s);
        json_out_put_str(&s->object, name, text);
        return;
    }
    remember(s, name, text);
}

void
say_bool(struct say *s, const char *name, bool yes)
{
    if (s->json) {
        begin(s);
        json_out_put_bool(&s->object, name, yes);
        return;
    }
    remember(s, name, lang_text(s->lang, yes ? "ctl.yes" : "ctl.no"));
}

/* One thing of a list is complete. */
static void
end_item(struct say *s)
{
    if (s->json && s->in_item)
        json_out_end_obj(&s->object);
    s->in_item = false;
}

void
say_line(struct say *s, const char *key)
{
    if (!s->json) {
        lang_format(s->lang, key, s->facts, s->facts_len, &s->out);
        buf_add_char(&s->out, '\n');
    }
    s->facts_used = true;
    end_item(s);
}

void
say_line_with(struct say *s, const char *key, const char *text)
{
    if (!s->json) {
        lang_format(s->lang, key, s->facts, s->facts_len, &s->out);
        buf_printf(&s->out, ": %s\n", text);
    }
    s->facts_used = true;
    end_item(s);
}

void
say_text(struct say *s, const char *text)
{
    if (s->json)
        return;
    buf_add_str(&s->out, text);
    buf_add_char(&s->out, '\n');
}

void
say_list(struct say *s, const char *name)
{
    if (!s->json)
        return;
    begin(s);
    json_out_key(&s->object, name);
    json_out_arr(&s->object);
}

void
say_item(struct say *s)
{
    if (s->json)
        json_out_obj(&s->object);
    s->in_item = true;
}

void
say_list_end(struct say *s)
{
    if (s->json)
        json_out_end_arr(&s->object);
}

struct buf *
say_raw(struct say *s)
{
    s->raw = true;
    return &s->out;
}

void
say_end(struct say *s)
{
    if (!s->json || s->raw)
        return;
    begin(s);
    json_out_end_obj(&s->object);
    json_out_end(&s->object);
    buf_add_char(&s->out, '\n');
}

void
say_failure(struct say *s, const struct err_state *why)
{
    struct buf sentence;

    buf_clear(&s->out);
    s->begun = s->in_item = s->raw = false;
    s->facts_len = 0;
    if (!s->json)
        return;
    buf_init(&sentence, SENTENCE_MAX);
    lang_error(s->lang, why, &sentence);
    say_str(s, "error", err_name(why->err));
    say_str(s, "detail", sentence.data);
    if (why->path[0])
        say_str(s, "field", why->path);
    say_end(s);
    buf_finish(&sentence);
}
