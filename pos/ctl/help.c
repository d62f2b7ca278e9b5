/* ocop-pos help: every command with its options and one sentence. */
#include "pos/ctl/ctl.h"
#include "pos/ctl/families.h"

enum err
ctl_help(struct ctl *c)
{
    bool whole = c->args.words_len == 0;
    enum err e;

    if (whole)
        say_line(&c->say, "ctl.help_head");
    e = command_help(&ctl_commands, &c->args, &c->say);
    if (whole) {
        command_help_entry(&ctl_commands, &c->say,
            lang_text(c->say.lang, "ctl.help_tool_usage"), "ctl.help_tool");
        say_line(&c->say, "ctl.help_words");
    }
    return ctl_misused(c, e);
}
