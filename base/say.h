/* base/say.h - what a command answers, for a person or for a program.
 *
 * A command says facts by name, and a sentence that shows them:
 *
 *     say_int(s, "staff", 4);
 *     say_str(s, "pin", "470911");
 *     say_line(s, "ctl.staff_added");   // "Thêm nhân viên {staff}, PIN {pin}"
 *
 *     say_list(s, "tokens");
 *     for (...) {
 *         say_item(s);
 *         say_int(s, "number", t->staff);
 *         say_line(s, "ctl.token_line");
 *     }
 *     say_list_end(s);
 *
 * A person gets the sentences, a program the facts as one JSON object:
 * {"staff":4,"pin":"470911","tokens":[{"number":7}]}. */
#ifndef BASE_SAY_H
#define BASE_SAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/json_out.h"
#include "base/lang.h"

enum { SAY_FACTS = 16 };

/* The caller's; touched only through the functions below. */
struct say {
    enum lang lang;
    bool json;
    struct buf out;
    struct json_out object; /* begun with the first fact */
    bool begun;
    bool in_item;
    bool raw; /* say_raw was used: no object */
    struct err_arg facts[SAY_FACTS];
    size_t facts_len;
    bool facts_used; /* in a sentence: the next fact begins anew */
};

void say_init(struct say *s, enum lang lang, bool json);
void say_finish(struct say *s);

/* Facts for the next sentence; past SAY_FACTS only programs get them. */
void say_int(struct say *s, const char *name, int64_t n);
void say_str(struct say *s, const char *name, const char *text);
void say_bool(struct say *s, const char *name, bool yes);

/* The sentence, with the facts said since; a further sentence right after it
 * has the same facts. */
void say_line(struct say *s, const char *key);
/* The same, and behind a colon a text of any length. */
void say_line_with(struct say *s, const char *key, const char *text);
/* A line as it is, for people only. */
void say_text(struct say *s, const char *text);

/* A list of things, each of its own facts and one sentence. */
void say_list(struct say *s, const char *name);
void say_item(struct say *s);
void say_list_end(struct say *s);

/* Bytes that are an answer by themselves, such as a file that is asked for. */
struct buf *say_raw(struct say *s);

/* Nothing more is said. */
void say_end(struct say *s);

/* Take everything back and say this failure instead: for programs
 * {"error":"<code>","detail":"<sentence>","field":"<path>"}; for people
 * nothing, their sentence goes elsewhere. */
void say_failure(struct say *s, const struct err_state *why);

#endif
