#include "base/log.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static _Atomic int lowest = LOG_INFO;

void
log_set_level(enum log_level level)
{
    lowest = (int)level;
}

void
log_line(enum log_level level, const char *subject, const char *fmt, ...)
{
    static const char *const names[] = {"debug", "info", "warn", "error"};
    char line[1024];
    time_t local = time(NULL) + 7 * 3600; /* Vietnam: no daylight saving */
    struct tm tm;
    size_t at;
    int n;
    va_list ap;
    ssize_t written;

    if ((int)level < lowest)
        return;
    gmtime_r(&local, &tm);
    at = strftime(line, sizeof(line), "%Y-%m-%dT%H:%M:%S+07:00 ", &tm);
    n = snprintf(line + at, sizeof(line) - at, "%s %s: ", names[level],
        subject);
    at += n > 0 ? (size_t)n : 0;
    va_start(ap, fmt);
    n = vsnprintf(line + at, sizeof(line) - at, fmt, ap);
    va_end(ap);
    at += n > 0 ? (size_t)n : 0;
    if (at > sizeof(line) - 2)
        at = sizeof(line) - 2;
    for (size_t i = 0; i < at; i++)
        if ((unsigned char)line[i] < ' ')
            line[i] = ' '; /* what came from outside forges no line */
    line[at++] = '\n';
    written = write(STDERR_FILENO, line, at); /* one call: lines never mix */
    (void)written;
}
