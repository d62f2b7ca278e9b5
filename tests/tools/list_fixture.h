/* tests/tools/list_fixture.h - small lists of certified products.
 *
 *     struct list_text text;
 *
 *     list_text_init(&text);
 *     list_text_add(&text, &(struct list_record){"A", 1, .stars = 4});
 *     list_text_take(&text, &fixture);    // in force, and empty again
 *     list_text_finish(&text); */
#ifndef TESTS_TOOLS_LIST_FIXTURE_H
#define TESTS_TOOLS_LIST_FIXTURE_H

#include "base/buf.h"
#include "tests/tools/shop_fixture.h"

/* What is not said: four stars, from 2026-01-01 to 2028-12-31, active, by the
 * cooperative "HTX Minh Dương", named after its id. */
struct list_record {
    const char *id;
    int cert;
    int stars;
    const char *name, *producer, *from, *until, *status;
    const char *recall, *at, *next; /* of status_info */
    const char *gtin;
};

struct list_text {
    struct buf buf;
};

void list_text_init(struct list_text *t);
void list_text_finish(struct list_text *t);
void list_text_add(struct list_text *t, const struct list_record *r);
/* A refused record fails too. */
enum err list_text_take(struct list_text *t, struct fixture *f);

#endif
