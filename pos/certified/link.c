#include "pos/certified/link.h"

#include <inttypes.h>
#include <string.h>

#include "base/mem.h"
#include "db/certified.h"
#include "db/link.h"
#include "db/product.h"
#include "db/writer.h"
#include "pos/fact/fact.h"
#include "pos/fact/fact_certificate.h"
#include "pos/shop.h"
#include "pos/stock/product.h"

enum { AT_ONCE = 200 }; /* a write stays short */

struct due {
    struct link *rows;
    size_t len;
};

static enum err
keep(void *arg, const struct link *link)
{
    struct due *due = arg;

    for (size_t i = 0; i < due->len; i++)
        if (due->rows[i].product_id == link->product_id
            && strcmp(due->rows[i].registry_id, link->registry_id) == 0)
            return OK; /* by code and as successor: once */
    due->rows[due->len++] = *link;
    return OK;
}

enum err
certified_links_write(struct db *db, void *arg)
{
    struct certified_links all = {.product_id = 0};
    struct certified_links *out = arg ? arg : &all;
    struct due due = {.rows = mem_new(2 * AT_ONCE, sizeof(*due.rows))};
    struct journal_head head;
    struct fact_time time;
    enum err e = fact_now(db, &time);

    out->made = 0;
    if (e == OK)
        e = db_links_due(db, out->product_id, AT_ONCE, keep, &due);
    for (size_t i = 0; e == OK && i < due.len; i++) {
        struct fact_certificate f = {.at = time.at, .link = due.rows[i]};

        e = fact_certificate_post(db, &f, &head);
        out->made += e == OK;
    }
    out->more = out->made > 0; /* a successor may have one too */
    mem_free(due.rows);
    return e;
}

static enum err
not_found(const char *which, const char *id)
{
    err_arg("case", "%s", which);
    err_arg("what", "%s", id);
    return err_set(ERR_NOT_FOUND, "%s: %s", which, id);
}

static enum err
check(struct db *db, const struct link_ask *ask, const struct link *was)
{
    struct link links[LINKS_MAX];
    struct certified c;
    size_t len;
    enum err e;

    if (!ask->link)
        return was->linked ? OK : not_found("link", ask->registry_id);
    e = db_certified_by_id(db, ask->registry_id, &c);
    if (e == ERR_NOT_FOUND)
        return not_found("certificate", ask->registry_id);
    if (e == OK)
        e = db_links_of(db, ask->product_id, links, &len);
    if (e == OK && len == LINKS_MAX) {
        err_arg("case", "links");
        err_arg("max", "%d", LINKS_MAX);
        e = err_set(ERR_TOO_LARGE, "more than %d certificates", LINKS_MAX);
    }
    return e;
}

/* What the product says itself would come back with its next change. */
static enum err
undeclare(struct db *db, const struct link_ask *ask, const struct product *p)
{
    struct product_ask change = {.id = p->id, .staff = ask->staff,
        .has_registry = true, .registry_id = ""};
    int64_t id;

    if (ask->link || strcmp(p->registry_id, ask->registry_id) != 0)
        return OK;
    return product_write(db, &change, &id);
}

enum err
link_write(struct db *db, const struct link_ask *ask)
{
    struct fact_certificate f = {.staff = ask->staff};
    struct link was = {.linked = false, .how = LINK_CHOSEN};
    struct journal_head head;
    struct fact_time time;
    struct product p;
    enum err e = db_product_get(db, ask->product_id, &p);

    if (e != OK)
        return e;
    e = db_link_get(db, p.id, ask->registry_id, &was);
    if (e == ERR_NOT_FOUND)
        e = OK; /* there never was one */
    if (e != OK || (ask->link && was.linked))
        return e;
    e = check(db, ask, &was);
    if (e == OK)
        e = undeclare(db, ask, &p);
    if (e == OK)
        e = fact_now(db, &time);
    if (e != OK)
        return e;
    f.at = time.at;
    f.link = (struct link){.product_id = p.id,
        .how = ask->link ? LINK_CHOSEN : was.how, .linked = ask->link};
    db_copy(f.link.registry_id, sizeof(f.link.registry_id), ask->registry_id);
    return fact_certificate_post(db, &f, &head);
}

static enum err
commit_write(struct db *db, void *arg)
{
    return link_write(db, arg);
}

enum err
link_commit(struct shop *shop, const struct link_ask *ask)
{
    struct link_ask copy = *ask;

    return db_write(shop->writer, "link", commit_write, &copy);
}
