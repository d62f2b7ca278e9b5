/* pos/tool.h - `ocop-pos tool`: an answer about one value.
 *
 * For support, and for the tests of others; contract/commands.md, "Forms".
 * Needs no data folder and changes nothing. */
#ifndef POS_TOOL_H
#define POS_TOOL_H

#include <stdio.h>

/* Run `tool NAME VALUE [OPTION...]`, argv[0] being NAME; a VALUE of "-" is read
 * from standard input.  One JSON object and a line end go to `out`:
 * {"error":"<code>","why":"..."} when the value is refused.  Returns the exit
 * status: 0 answered, 1 refused or found wrong, 2 used wrongly (then nothing
 * goes to `out`, and how to use it to standard error). */
int tool_main(int argc, char **argv, FILE *out);

#endif
