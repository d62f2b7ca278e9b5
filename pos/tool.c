#include "pos/tool.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "pos/tool_parts.h"

static const struct command {
    const char *name;
    enum err (*run)(struct tool_call *call, struct json_out *o);
    bool any_bytes; /* takes what is not text too, to the last byte */
    const char *options[TOOL_OPTIONS];
} commands[] = {
    {"fold", tool_fold, true, {NULL}},
    {"words", tool_words, false, {NULL}},
    {"gtin", tool_gtin, false, {NULL}},
    {"gs1", tool_gs1, false, {NULL}},
    {"vietqr", tool_vietqr, false,
        {"bin", "account", "amount", "purpose", "type"}},
    {"token", tool_token, false, {"keys"}},
    {"json", tool_json, true, {NULL}},
    {"canonical", tool_canonical, true, {NULL}},
};

static int
show_usage(void)
{
    fputs(
        "usage: ocop-pos tool NAME VALUE     (VALUE - reads standard input)\n"
        "  fold TEXT         the search form of a text\n"
        "  words DONG        an amount in words\n"
        "  gtin DIGITS       a GTIN at 14 digits, its check digit proved\n"
        "  gs1 CODE          the fields of an element string or Digital Link\n"
        "  vietqr TEXT       the fields of a payment text\n"
        "  vietqr make --bin N --account A [--amount DONG] [--purpose TEXT]\n"
        "              [--type static|dynamic]\n"
        "  token DIGITS [--keys FILE]\n"
        "                    the fields of a receipt's token, and its verdict\n"
        "  json TEXT         would the API accept it\n"
        "  canonical JSON    its canonical form\n",
        stderr);
    return 2;
}

static const struct command *
find_command(const char *name)
{
    for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
    return NULL;
}

/* Where the value of an option goes; NULL when the command has none such. */
static const char **
option_slot(
    const struct command *command, const char *name, struct tool_call *call)
{
    for (int i = 0; i < TOOL_OPTIONS && command->options[i]; i++)
        if (strcmp(command->options[i], name) == 0)
            return &call->option[i];
    return NULL;
}

/* Sort the arguments behind the name; false when there is no way to. */
static bool
read_arguments(const struct command *command, int argc, char **argv,
    struct tool_call *call, const char **value_out)
{
    *value_out = NULL;
    for (int i = 1; i < argc; i++) {
        const char **slot;

        if (strcmp(argv[i], "--json") == 0)
            continue; /* what else */
        if (strncmp(argv[i], "--", 2) != 0) {
            if (*value_out)
                return false;
            *value_out = argv[i];
            continue;
        }
        slot = option_slot(command, argv[i] + 2, call);
        if (!slot || *slot || i + 1 == argc)
            return false;
        *slot = argv[++i];
    }
    return *value_out != NULL;
}

enum err
tool_read_all(FILE *f, const char *name, struct buf *value)
{
    char chunk[4096];
    size_t n;

    while ((n = fread(chunk, 1, sizeof(chunk), f)) > 0) {
        size_t room = value->max - value->len;

        buf_add(value, chunk, n < room ? n : room);
        if (n >= room)
            return OK; /* whoever cares sees that it is full */
    }
    if (ferror(f))
        return err_set(ERR_FILE, "cannot read %s: %s", name, strerror(errno));
    return OK;
}

static void
cut_line_end(struct buf *value)
{
    size_t len = value->len;

    if (len > 0 && value->data[len - 1] == '\n')
        len--;
    if (len > 0 && len < value->len && value->data[len - 1] == '\r')
        len--;
    buf_cut(value, len);
}

static enum err
read_value(const struct command *command, const char *arg, struct buf *value)
{
    enum err e = OK;

    if (strcmp(arg, "-") == 0) {
        e = tool_read_all(stdin, "standard input", value);
        if (command->run != tool_json && command->run != tool_canonical)
            cut_line_end(value);
    } else {
        buf_add_str(value, arg);
    }
    if (e == OK && !command->any_bytes &&
        !text_is_utf8(value->data, value->len))
        e = err_set(ERR_TEXT, "not strict UTF-8 without NUL");
    return e;
}

static void
answer_error(struct buf *answer, struct json_out *o)
{
    const struct err_state *failure = err_last();

    buf_clear(answer);
    json_out_init(o, answer);
    json_out_obj(o);
    json_out_put_str(o, "error", err_name(failure->err));
    if (failure->path[0])
        json_out_put_str(o, "field", failure->path);
    json_out_put_str(o, "why", failure->msg);
}

static int
run(const struct command *command, const char *arg, struct tool_call *call,
    FILE *out)
{
    struct buf answer;
    struct json_out o;
    enum err e;

    buf_init(&answer, 8 * TOOL_INPUT);
    json_out_init(&o, &answer);
    json_out_obj(&o);
    e = read_value(command, arg, &call->value);
    if (e == OK)
        e = command->run(call, &o);
    if (e != OK)
        answer_error(&answer, &o);
    json_out_end_obj(&o);
    json_out_end(&o);
    fwrite(answer.data, 1, answer.len, out);
    fputc('\n', out);
    buf_finish(&answer);
    return e == OK ? call->status : 1;
}

int
tool_main(int argc, char **argv, FILE *out)
{
    const struct command *command = argc > 0 ? find_command(argv[0]) : NULL;
    struct tool_call call = {.status = 0};
    const char *arg;
    int status;

    if (!command || !read_arguments(command, argc, argv, &call, &arg))
        return show_usage();
    buf_init(&call.value, TOOL_INPUT + 1);
    status = run(command, arg, &call, out);
    buf_finish(&call.value);
    return status;
}

enum err
tool_read_int(const char *s, int64_t *out)
{
    char *end;
    long long n;

    errno = 0;
    n = strtoll(s, &end, 10);
    if (errno != 0 || end == s || *end != '\0' ||
        !(s[0] == '-' || (s[0] >= '0' && s[0] <= '9')))
        return err_set(ERR_FIELD_VALUE, "not a whole number: %.40s", s);
    *out = n;
    return OK;
}
