#include "pos/certified/after.h"

#include "base/log.h"
#include "db/writer.h"
#include "pos/certified/link.h"
#include "pos/certified/notice.h"
#include "pos/shop.h"

void
certified_after(struct shop *shop)
{
    struct certified_links links = {.product_id = 0};
    struct certified_notice notice;
    enum err e;

    do
        e = db_write(shop->writer, "links", certified_links_write, &links);
    while (e == OK && links.more);
    if (e != OK)
        log_warn("lists", "links: %s", err_msg());
    do
        e = db_write(shop->writer, "notice", certified_notice_write, &notice);
    while (e == OK && notice.more);
    if (e != OK)
        log_warn("lists", "notices: %s", err_msg());
}
