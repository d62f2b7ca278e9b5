/* pos/http/page.h - a list answered page by page: {"items":[...],"cursor"}.
 *
 *     page_begin(call, &page);
 *     e = db_x_each(db, after, page.limit + 1, show_row, &page);
 *     page_end_items(&page);
 *     page_end(&page);
 *
 * and in show_row, which is asked for one row more than fits:
 *
 *     if (!page_take(page, "%" PRId64, x->id))
 *         return OK; */
#ifndef POS_HTTP_PAGE_H
#define POS_HTTP_PAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/json_out.h"
#include "pos/http/api.h"

enum { PAGE_LIMIT = 50, PAGE_LIMIT_MAX = 200 };

struct page {
    struct json_out out;
    int64_t limit; /* rows of this page */
    int64_t shown;
    bool more;     /* there was a row that did not fit */
    char cursor[48];
};

/* Read the query's "limit"; PAGE_LIMIT when it does not say. */
enum err page_limit(const struct api_call *call, struct page *p);

void page_begin(struct api_call *call, struct page *p);

/* Is there room for one row more?  Then whoever asks shows it, and the next
 * page goes on behind it with the cursor that is given here. */
bool page_take(struct page *p, const char *cursor_fmt, ...)
    __attribute__((format(printf, 2, 3)));

void page_end_items(struct page *p);
void page_end(struct page *p);

#endif
