/* ocop-registry help: every command with its options and one sentence. */
#include "sync/registry/registry.h"

enum err
cmd_help(struct registry *r)
{
    bool whole = r->args.words_len == 0;
    enum err e;

    if (whole)
        say_line(&r->say, "registry.help_head");
    e = command_help(&registry_commands, &r->args, &r->say);
    if (whole)
        say_line(&r->say, "registry.help_words");
    return registry_misused(r, e);
}
