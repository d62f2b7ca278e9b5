#include "pos/print/answers.h"

const char *
answers_state(enum lang lang, enum printer_state state)
{
    static const char *const keys[] = {
        [PRINTER_READY] = "printer.state.ready",
        [PRINTER_UNKNOWN] = "printer.state.unknown",
        [PRINTER_OFFLINE] = "printer.state.offline",
        [PRINTER_PAPER_OUT] = "printer.state.paper_out",
        [PRINTER_COVER_OPEN] = "printer.state.cover_open",
        [PRINTER_CUTTER] = "printer.state.cutter",
        [PRINTER_FAILED] = "printer.state.failed",
        [PRINTER_GONE] = "printer.state.gone",
    };

    return lang_text(lang, keys[state]);
}

const char *
answers_message(enum lang lang, enum printer_state state)
{
    static const char *const keys[] = {
        [PRINTER_READY] = "printer.message.ready",
        [PRINTER_UNKNOWN] = "printer.message.unknown",
        [PRINTER_OFFLINE] = "printer.message.offline",
        [PRINTER_PAPER_OUT] = "printer.message.paper_out",
        [PRINTER_COVER_OPEN] = "printer.message.cover_open",
        [PRINTER_CUTTER] = "printer.message.cutter",
        [PRINTER_FAILED] = "printer.message.failed",
        [PRINTER_GONE] = "printer.message.gone",
    };

    return lang_text(lang, keys[state]);
}

const char *
answers_level(enum lang lang, enum link_level level)
{
    static const char *const keys[] = {
        [LINK_NONE] = "printer.level.none",
        [LINK_PROCESS_ID] = "printer.level.process_id",
        [LINK_IN_ORDER] = "printer.level.in_order",
        [LINK_ONLINE] = "printer.level.online",
        [LINK_ACCEPTED] = "printer.level.accepted",
    };

    return lang_text(lang, keys[level]);
}

const char *
answers_job(enum lang lang, enum print_state state)
{
    static const char *const keys[] = {
        [PRINT_QUEUED] = "printer.job.queued",
        [PRINT_SENDING] = "printer.job.sending",
        [PRINT_SENT] = "printer.job.sent",
        [PRINT_CONFIRMED] = "printer.job.confirmed",
        [PRINT_UNKNOWN] = "printer.job.unknown",
        [PRINT_FAILED] = "printer.job.failed",
        [PRINT_CANCELLED] = "printer.job.cancelled",
    };

    return lang_text(lang, keys[state]);
}
