/* ocop-pos help: every command with its options and one sentence. */
#include <stdio.h>
#include <string.h>

#include "pos/ctl/ctl.h"
#include "pos/ctl/families.h"

enum { KEY = 64, LINE = 1024 /* bytes */ };

static void
help_entry(struct say *say, const char *usage, const char *key)
{
    char line[LINE];

    snprintf(line, sizeof(line), "  ocop-pos %s", usage);
    say_text(say, line);
    snprintf(line, sizeof(line), "      %s", lang_text(say->lang, key));
    say_text(say, line);
}

/* "staff add" -> the sentence "ctl.help.staff_add". */
static void
help_line(struct say *say, const struct ctl_command *command)
{
    char key[KEY], line[LINE];

    snprintf(key, sizeof(key), "ctl.help.%s", command->name);
    for (char *at = key; *at; at++)
        if (*at == ' ')
            *at = '_';
    snprintf(line, sizeof(line), "%s%s%s", command->name,
        command->usage ? " " : "", command->usage ? command->usage : "");
    help_entry(say, line, key);
}

/* Does the command's name begin with the words asked about? */
static bool
asked_for(const struct args *a, const char *name)
{
    for (size_t i = 0; i < a->words_len; i++) {
        size_t len = strlen(a->words[i]);

        if (strncmp(name, a->words[i], len) != 0
            || (name[len] && name[len] != ' '))
            return false;
        name += len + (name[len] == ' ');
    }
    return true;
}

enum err
ctl_help(struct ctl *c)
{
    bool any = false;

    if (c->args.words_len == 0)
        say_line(&c->say, "ctl.help_head");
    for (const struct ctl_command *k = ctl_commands; k->name; k++)
        if (asked_for(&c->args, k->name)) {
            help_line(&c->say, k);
            any = true;
        }
    if (!any) {
        err_arg("case", "command");
        err_arg("what", "%s", c->args.words[0]);
        return ctl_misused(c, err_set(ERR_INVALID, "no such command"));
    }
    if (c->args.words_len == 0) {
        help_entry(&c->say, lang_text(c->say.lang, "ctl.help_tool_usage"),
            "ctl.help_tool");
        say_line(&c->say, "ctl.help_words");
    }
    return OK;
}
