/* base/lang.h - every sentence a person reads, in Vietnamese and English.
 *
 * The sentences stand in pos/web/vi.json and pos/web/en.json, the same keys in
 * both; nested objects become dotted keys: {"err":{"busy":"..."}} is
 * "err.busy".  They are loaded once, before any thread starts, and stay for
 * the life of the program: this is the only global state here.
 *
 * A sentence shows values as {name}; {name:dong} shows a whole number as
 * money, 583000 as 583.000 ₫.  Sections: err (failures, by err_name),
 * receipt (slips), ctl (command line), till (the page). */
#ifndef BASE_LANG_H
#define BASE_LANG_H

#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

enum lang { LANG_VI, LANG_EN, LANG_COUNT };

/* Take the sentences of one language; what was loaded before is replaced.
 * ERR_JSON when it is no JSON, ERR_FIELD_TYPE when a leaf is no string. */
enum err lang_load(enum lang lang, const char *json, size_t len);
/* Forget all sentences: for tests. */
void lang_unload(void);

/* The sentence, borrowed; the key itself when there is none. */
const char *lang_text(enum lang lang, const char *key);

/* How many sentences, and the key of the i-th in byte order: for tests. */
size_t lang_count(enum lang lang);
const char *lang_key_at(enum lang lang, size_t i);

/* The sentence with {name} replaced by the argument of that name, appended;
 * a name nobody gave is shown as an ellipsis. */
void lang_format(enum lang lang, const char *key, const struct err_arg *args,
    size_t n, struct buf *out);

/* What to tell the user about a failure: the sentence err.<name>_<case> when
 * an argument `case` is given, else err.<name>; of these, the first that
 * exists and whose values were all given, so that nobody reads a sentence with
 * a hole; else err.<name>_plain, which shows no values.  Path and message are
 * for programs and the log, not shown. */
void lang_error(enum lang lang, const struct err_state *state, struct buf *out);

#endif
