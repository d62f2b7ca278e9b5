/* ocop-registry help: every command with its options and one sentence. */
#include <stdio.h>
#include <string.h>

#include "sync/registry/registry.h"

enum { KEY = 64, LINE = 1024 /* bytes */ };

/* "key list" -> the sentence "registry.help.key_list". */
static void
help_line(struct say *say, const struct registry_command *command)
{
    char key[KEY], line[LINE];

    snprintf(key, sizeof(key), "registry.help.%s", command->name);
    for (char *at = key; *at; at++)
        if (*at == ' ')
            *at = '_';
    snprintf(line, sizeof(line), "  ocop-registry %s%s%s", command->name,
        command->usage ? " " : "", command->usage ? command->usage : "");
    say_text(say, line);
    snprintf(line, sizeof(line), "      %s", lang_text(say->lang, key));
    say_text(say, line);
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
cmd_help(struct registry *r)
{
    bool any = false;

    if (r->args.words_len == 0)
        say_line(&r->say, "registry.help_head");
    for (const struct registry_command *k = registry_commands; k->name; k++)
        if (asked_for(&r->args, k->name)) {
            help_line(&r->say, k);
            any = true;
        }
    if (!any) {
        err_arg("case", "command");
        err_arg("what", "%s", r->args.words[0]);
        return registry_misused(r, err_set(ERR_INVALID, "no such command"));
    }
    if (r->args.words_len == 0)
        say_line(&r->say, "registry.help_words");
    return OK;
}
