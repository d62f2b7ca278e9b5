/* base/args.h - the words of a command line behind the command's name.
 *
 *     --name TEXT, --name=TEXT   an option with a value
 *     --dry-run                  one without
 *     anything else              a word; all behind "--" is words
 *
 * All strings are borrowed from the argument vector. */
#ifndef BASE_ARGS_H
#define BASE_ARGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

enum { ARGS_WORDS = 4, ARGS_OPTIONS = 256 };

struct args_option {
    const char *name;  /* without the dashes */
    const char *value; /* NULL: takes none */
};

struct args {
    const char *words[ARGS_WORDS];
    size_t words_len;
    struct args_option options[ARGS_OPTIONS]; /* as given, repeated ones too */
    size_t options_len;
};

/* What a command takes: names of options, NULL at the end.  "name=" takes a
 * value, "name*" takes one and must be there, "name" takes none. */
typedef const char *const args_spec[];

/* Add what is found in `argv` to `out`.  ERR_INVALID with a `case`: an unknown
 * option, a value missing or too many, more words than ARGS_WORDS. */
enum err args_read(int argc, const char *const *argv, args_spec spec,
    struct args *out);

/* ERR_INVALID unless all that must be there is, and as many words as said. */
enum err args_check(const struct args *a, args_spec spec, size_t words_min,
    size_t words_max);

bool args_has(const struct args *a, const char *name);
/* The last value given; `otherwise` when there is none. */
const char *args_str(
    const struct args *a, const char *name, const char *otherwise);

/* Every value given, in order; how many. */
size_t args_all(const struct args *a, const char *name,
    const char *values_out[ARGS_OPTIONS]);

/* An integer in digits, within min..max; *out stays as it was when the option
 * is not given.  ERR_FIELD_VALUE. */
enum err args_int(const struct args *a, const char *name, int64_t min,
    int64_t max, int64_t *out);
/* The same for a word, which is there. */
enum err args_word_int(const struct args *a, size_t i, const char *name,
    int64_t min, int64_t max, int64_t *out);

#endif
