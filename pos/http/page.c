#include "pos/http/page.h"

#include <stdarg.h>
#include <stdio.h>

enum err
page_limit(const struct api_call *call, struct page *p)
{
    *p = (struct page){.limit = PAGE_LIMIT};
    return api_query_int(call, "limit", 1, PAGE_LIMIT_MAX, &p->limit);
}

void
page_begin(struct api_call *call, struct page *p)
{
    api_json(call, 200, &p->out);
    json_out_obj(&p->out);
    json_out_key(&p->out, "items");
    json_out_arr(&p->out);
}

bool
page_take(struct page *p, const char *cursor_fmt, ...)
{
    va_list ap;

    p->more = p->shown == p->limit;
    if (p->more)
        return false;
    p->shown++;
    va_start(ap, cursor_fmt);
    vsnprintf(p->cursor, sizeof(p->cursor), cursor_fmt, ap);
    va_end(ap);
    return true;
}

void
page_end_items(struct page *p)
{
    json_out_end_arr(&p->out);
}

void
page_end(struct page *p)
{
    json_out_put_str(&p->out, "cursor", p->more ? p->cursor : NULL);
    json_out_end_obj(&p->out);
}
