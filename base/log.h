/* base/log.h - one line a happening, with its subject first.
 *
 *     log_warn("print", "job %d: %s", job, err_msg());
 *     2026-11-22T09:15:04+07:00 warn print: job 12: no such device
 *
 * Goes to standard error, where systemd's journal or a terminal takes it.
 * Never a PIN, a token, a key, or anything about a customer. */
#ifndef BASE_LOG_H
#define BASE_LOG_H

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };

/* Lines below `level` are not written; LOG_INFO at the start. */
void log_set_level(enum log_level level);

void log_line(enum log_level level, const char *subject, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

#define log_debug(...) log_line(LOG_DEBUG, __VA_ARGS__)
#define log_info(...) log_line(LOG_INFO, __VA_ARGS__)
#define log_warn(...) log_line(LOG_WARN, __VA_ARGS__)
#define log_error(...) log_line(LOG_ERROR, __VA_ARGS__)

#endif
