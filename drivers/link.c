#include "drivers/link.h"

const char *
link_level_name(enum link_level level)
{
    static const char *const names[] = {
        [LINK_NONE] = "none",
        [LINK_PROCESS_ID] = "process_id",
        [LINK_IN_ORDER] = "in_order",
        [LINK_ONLINE] = "online",
        [LINK_ACCEPTED] = "accepted",
    };

    return names[level];
}
