/* Patterns of delegations.  Our own matcher, because fnmatch() depends on the
 * locale and may take exponential time on a pattern that means harm. */
#include <string.h>

#include "base/text.h"
#include "sync/tuf/metadata.h"

/* The end of a set that opens at `p`, behind its `]`; NULL when it never
 * closes, and the bracket stands for itself. */
static const char *
set_end(const char *p)
{
    p++;
    if (*p == '!')
        p++;
    if (*p == ']')
        p++;
    p += strcspn(p, "]/");
    return *p == ']' ? p + 1 : NULL;
}

/* Is `c` of the set from `p` to before `end`? */
static bool
set_has(const char *p, const char *end, uint32_t c)
{
    bool is_not = *++p == '!', has = false;

    p += is_not;
    for (const char *first = p; p < end - 1 || p == first;) {
        uint32_t from = text_next(&p), to = from;

        if (*p == '-' && p + 1 < end - 1) {
            p++;
            to = text_next(&p);
        }
        has = has || (from <= c && c <= to);
    }
    return has != is_not;
}

/* One character of the pattern, no star, against one of the path; both move on
 * when it fits. */
static bool
step(const char **pattern, const char **path)
{
    const char *p = *pattern, *end = *p == '[' ? set_end(p) : NULL;
    uint32_t c = text_next(path);

    if (end) {
        *pattern = end;
        return c != '/' && set_has(p, end, c);
    }
    if (*p == '?') {
        *pattern = p + 1;
        return c != '/';
    }
    return text_next(pattern) == c;
}

/* Only the last star ever takes more: linear times the stars of a piece. */
bool
tuf_path_matches(const char *pattern, const char *path)
{
    const char *star = NULL, *taken = NULL;

    while (*path || *pattern) {
        if (*pattern == '*') {
            star = ++pattern;
            taken = path;
            continue;
        }
        if (*pattern && *path && step(&pattern, &path))
            continue;
        if (!star || !*taken || *taken == '/')
            return false;
        (void)text_next(&taken);
        pattern = star;
        path = taken;
    }
    return true;
}
