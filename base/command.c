#include "base/command.h"

#include <assert.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    KEY = 96,        /* bytes of a sentence's name */
    LINE = 1024,     /* of a line of help */
    OPTIONS_MAX = 32 /* of a command and of every command */
};

static const struct command *
row_at(const struct command_table *t, size_t i)
{
    const void *row = (const char *)t->rows + i * t->row_size;

    return row;
}

/* How many of the words spell `name`; 0: they do not. */
static int
spelled(const char *name, int argc, const char *const *argv)
{
    int words = 0;

    for (const char *at = name; *at; words++) {
        size_t len = strcspn(at, " ");

        if (words == argc || strlen(argv[words]) != len ||
            strncmp(argv[words], at, len) != 0)
            return 0;
        at += len + (at[len] == ' ');
    }
    return words;
}

const struct command *
command_find(const struct command_table *t, int argc, const char *const *argv,
    int *words_out)
{
    const struct command *c;

    for (size_t i = 0; (c = row_at(t, i))->name; i++) {
        *words_out = spelled(c->name, argc, argv);
        if (*words_out)
            return c;
    }
    return NULL;
}

/* Does the option of every command take the word behind it? */
static bool
takes_next(const struct command_table *t, const char *option)
{
    size_t len = strlen(option);

    for (size_t i = 0; t->common[i]; i++)
        if (strncmp(t->common[i], option, len) == 0 && t->common[i][len] == '=')
            return true;
    return false;
}

int
command_before(const struct command_table *t, int argc, const char *const *argv)
{
    int i = 0;

    while (i < argc && strncmp(argv[i], "--", 2) == 0 && argv[i][2])
        i += takes_next(t, argv[i] + 2) && i + 1 < argc ? 2 : 1;
    return i;
}

static enum err
no_command(int argc, const char *const *argv)
{
    if (argc == 0) {
        err_arg("case", "no_command");
        return err_set(ERR_INVALID, "no command");
    }
    err_arg("case", "command");
    err_arg("what", "%.60s%s%.60s", argv[0], argc > 1 ? " " : "",
        argc > 1 ? argv[1] : "");
    return err_set(ERR_INVALID, "no command %.60s", argv[0]);
}

/* The command's own options come first: `demo --json FILE` is not --json. */
static enum err
read_rest(const struct command_table *t, const struct command *c, int argc,
    const char *const *argv, struct args *out)
{
    const char *spec[OPTIONS_MAX];
    size_t n = 0;
    enum err e;

    for (size_t i = 0; c->options[i]; i++)
        spec[n++] = c->options[i];
    for (size_t i = 0; t->common[i]; i++) {
        assert(n + 1 < OPTIONS_MAX);
        spec[n++] = t->common[i];
    }
    spec[n] = NULL;
    e = args_read(argc, argv, spec, out);
    if (e == OK && !args_has(out, "help"))
        e = args_check(out, c->options, c->words_min, c->words_max);
    return e;
}

enum err
command_read(const struct command_table *t, int argc, const char *const *argv,
    struct args *out, const struct command **row_out)
{
    int before = command_before(t, argc, argv), words = 0;
    enum err e = args_read(before, argv, t->common, out);

    if (e != OK)
        return e;
    if (before) { /* argv may be NULL when there is none */
        argc -= before;
        argv += before;
    }
    *row_out = command_find(t, argc, argv, &words);
    if (*row_out)
        e = read_rest(t, *row_out, argc - words, argv + words, out);
    else if (!args_has(out, "help"))
        e = no_command(argc, argv);
    if (e == OK && args_has(out, "help"))
        *row_out = command_find(t, 1, (const char *const[]){"help"}, &words);
    return e;
}

enum lang
command_lang(const struct args *a, enum lang otherwise)
{
    static const char *const from[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    const char *lang = args_str(a, "lang", NULL);

    for (size_t i = 0; !lang && i < sizeof(from) / sizeof(from[0]); i++) {
        lang = getenv(from[i]);
        if (lang && !lang[0])
            lang = NULL;
    }
    if (lang && strncmp(lang, "en", 2) == 0)
        return LANG_EN;
    return args_has(a, "lang") ? LANG_VI : otherwise;
}

void
command_help_entry(const struct command_table *t, struct say *say,
    const char *usage, const char *key)
{
    char line[LINE];

    snprintf(line, sizeof(line), "  %s %s", t->program, usage);
    say_text(say, line);
    snprintf(line, sizeof(line), "      %s", lang_text(say->lang, key));
    say_text(say, line);
}

/* "staff add" -> the sentence "ctl.help.staff_add". */
static void
help_row(
    const struct command_table *t, struct say *say, const struct command *c)
{
    char key[KEY], line[LINE];

    snprintf(key, sizeof(key), "%s.%s", t->sentences, c->name);
    for (char *at = key; *at; at++)
        if (*at == ' ')
            *at = '_';
    snprintf(line, sizeof(line), "%s%s%s", c->name, c->usage ? " " : "",
        c->usage ? c->usage : "");
    command_help_entry(t, say, line, key);
}

/* Does the command's name begin with the words asked about? */
static bool
asked_for(const struct args *a, const char *name)
{
    for (size_t i = 0; i < a->words_len; i++) {
        size_t len = strlen(a->words[i]);

        if (strncmp(name, a->words[i], len) != 0 ||
            (name[len] && name[len] != ' '))
            return false;
        name += len + (name[len] == ' ');
    }
    return true;
}

enum err
command_help(
    const struct command_table *t, const struct args *a, struct say *say)
{
    const struct command *c;
    bool any = false;

    for (size_t i = 0; (c = row_at(t, i))->name; i++)
        if (asked_for(a, c->name)) {
            help_row(t, say, c);
            any = true;
        }
    if (any)
        return OK;
    err_arg("case", "command");
    err_arg("what", "%s", a->words[0]);
    return err_set(ERR_INVALID, "no such command");
}
