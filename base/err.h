/* base/err.h - what can go wrong, and how it is told.
 *
 * What can fail returns `enum err`.  Whoever finds the failure sets the message
 * once, at the bottom, in plain English for the log:
 *
 *     err_arg("left", "%d", 3);
 *     return err_set(ERR_STOCK_SHORT, "3 left of p_17");
 *
 * Above, the value is only passed on.  The user's sentence is in the language
 * files under err.<name> and may show the arguments as {left}.
 * The state belongs to the calling thread; a worker that fails for somebody
 * else hands it over with err_save and err_load. */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stddef.h>

enum err {
    OK = 0,
#define ERR(name, class, text) ERR_##name,
#include "base/err.def"
#undef ERR
    ERR_COUNT
};

enum err_class {
    ERR_CLASS_NONE,      /* OK */
    ERR_CLASS_INVALID,   /* 400 */
    ERR_CLASS_UNAUTH,    /* 401 */
    ERR_CLASS_FORBIDDEN, /* 403 */
    ERR_CLASS_MISSING,   /* 404 */
    ERR_CLASS_METHOD,    /* 405 */
    ERR_CLASS_CONFLICT,  /* 409 */
    ERR_CLASS_GONE,      /* 410 */
    ERR_CLASS_TOO_LARGE, /* 413 */
    ERR_CLASS_MEDIA,     /* 415 */
    ERR_CLASS_REUSED,    /* 422 */
    ERR_CLASS_RETRY,     /* 503 with Retry-After */
    ERR_CLASS_FAULT      /* 500 */
};

enum { ERR_ARGS = 6, ERR_MSG = 512, ERR_ARG_NAME = 24, ERR_ARG_VALUE = 200,
    ERR_PATH = 96 };

struct err_arg {
    char name[ERR_ARG_NAME];
    char value[ERR_ARG_VALUE];
};

/* Everything known about the last failure of a thread; a plain value. */
struct err_state {
    enum err err;
    char msg[ERR_MSG];
    char path[ERR_PATH]; /* of the field at fault: "lines[2].qty"; or empty */
    struct err_arg args[ERR_ARGS];
    size_t args_len;
};

/* Record the failure `e` with its message; returns `e`.  Arguments and path
 * given since the last err_set belong to it. */
enum err err_set(enum err e, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* A value the user's sentence may show, before err_set.  More than ERR_ARGS
 * are dropped; too long a value is cut at a UTF-8 boundary. */
void err_arg(const char *name, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* The path of the field at fault, before err_set. */
void err_at(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* The last failure of this thread; borrowed, valid until the next err_*. */
const struct err_state *err_last(void);
const char *err_msg(void);

/* Copy the state out of, or into, this thread. */
void err_save(struct err_state *state_out);
enum err err_load(const struct err_state *state);

/* "stock_short": the stable code of the API and of the language files. */
const char *err_name(enum err e);
/* "not enough on the shelf": for the log. */
const char *err_text(enum err e);
enum err_class err_class(enum err e);

#endif
