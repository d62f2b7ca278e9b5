#include "pos/certified/suggest.h"

#include <assert.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "db/link.h"
#include "db/product.h"
#include "pos/fact/fact_product.h"
#include "sync/record.h"

/* Of a hundred: the same name makes 80, its producer 19 more; a code is more
 * than both. */
enum {
    GTIN_SCORE = 100,
    NAME_SCORE = 80,
    PRODUCER_SCORE = 19,
    GOOD = 50,  /* offered from here on */
    ALIKE = 60, /* words of a name in a hundred */
    SUPPLIERS = 5
};

struct search {
    struct buf name;      /* of the product, folded */
    struct buf suppliers; /* folded, " " between and around */
    struct buf word;      /* scratch */
    struct link links[LINKS_MAX];
    size_t links_len;
    struct suggestion *out;
    size_t len;
};

const char *
suggest_why_name(enum suggest_why why)
{
    static const char *const names[] = {"name", "producer", "gtin"};

    assert(why <= SUGGEST_GTIN);
    return names[why];
}

/* Does the folded text have this word? */
static bool
has_word(const char *text, const char *word, size_t len)
{
    for (size_t n; *text; text += n, text += *text == ' ') {
        n = strcspn(text, " ");
        if (n == len && memcmp(text, word, len) == 0)
            return true;
    }
    return false;
}

/* What half of all producers are called. */
static const char forms[] =
    "hop tac xa htx to cong ty tnhh co phan cp mtv ho kinh doanh san xuat co "
    "so doanh nghiep thuong mai dich vu nong nghiep";

/* How many of a hundred words of `a` stand in `b`, but for the `idle` ones. */
static int
share(const char *a, const char *b, const char *idle)
{
    int all = 0, found = 0;

    for (size_t len; *a; a += len, a += *a == ' ') {
        len = strcspn(a, " ");
        if (has_word(idle, a, len))
            continue;
        all++;
        found += has_word(b, a, len);
    }
    return all ? found * 100 / all : 0;
}

static bool
is_linked(const struct search *s, const char *id)
{
    for (size_t i = 0; i < s->links_len; i++)
        if (strcmp(s->links[i].registry_id, id) == 0)
            return true;
    return false;
}

/* Put it in its place; the worst falls out. */
static void
offer(struct search *s, const struct certified *c, enum suggest_why why,
    int score)
{
    size_t at = 0;

    /* what is withdrawn is offered too: the till must know of it */
    if (c->status == RECORD_SUPERSEDED || is_linked(s, c->id))
        return;
    for (size_t i = 0; i < s->len; i++)
        if (s->out[i].record.cert == c->cert)
            return; /* by its code already */
    while (at < s->len && s->out[at].score >= score)
        at++;
    if (at == SUGGESTIONS)
        return;
    s->len += s->len < SUGGESTIONS;
    memmove(&s->out[at + 1], &s->out[at],
        (s->len - at - 1) * sizeof(s->out[0]));
    s->out[at] = (struct suggestion){
        .record = *c, .why = why, .score = score};
}

static enum err
offer_gtin(void *arg, const struct certified *c)
{
    offer(arg, c, SUGGEST_GTIN, GTIN_SCORE);
    return OK;
}

/* Both ways: all words of the product in the record, all of the record in the
 * product and its suppliers. */
static enum err
offer_name(void *arg, const struct certified *c)
{
    struct search *s = arg;
    int there = share(s->name.data, c->fold, ""), back, score;
    bool producer;
    enum err e;

    if (there < ALIKE / 2)
        return OK;
    buf_clear(&s->word);
    e = text_fold(c->name, strlen(c->name), &s->word);
    if (e != OK)
        return e;
    back = share(s->word.data, s->name.data, "");
    buf_clear(&s->word);
    e = text_fold(c->producer, strlen(c->producer), &s->word);
    producer = e == OK
               && share(s->word.data, s->suppliers.data, forms) >= ALIKE;
    score = (there + back) / 2 * NAME_SCORE / 100
            + (producer ? PRODUCER_SCORE : 0);
    if (e == OK && score >= GOOD)
        offer(s, c, producer ? SUGGEST_PRODUCER : SUGGEST_NAME, score);
    return e;
}

static enum err
add_supplier(void *arg, const char *name)
{
    struct search *s = arg;

    buf_add_char(&s->suppliers, ' ');
    return text_fold(name, strlen(name), &s->suppliers);
}

static enum err
offer_codes(struct db *db, int64_t product_id, struct search *s)
{
    struct barcode codes[PRODUCT_CODES_MAX];
    size_t len;
    enum err e = db_barcode_list(
        db, product_id, codes, PRODUCT_CODES_MAX, &len);

    for (size_t i = 0; e == OK && i < len; i++)
        e = db_certified_by_gtin(db, codes[i].code, offer_gtin, s);
    return e;
}

enum err
certified_suggest(struct db *db, int64_t product_id,
    struct suggestion out[SUGGESTIONS], size_t *len_out)
{
    struct search *s = mem_new(1, sizeof(*s));
    struct product p;
    enum err e = db_product_get(db, product_id, &p);

    s->out = out;
    buf_init(&s->name, 4096);
    buf_init(&s->suppliers, 16384);
    buf_init(&s->word, 4096);
    if (e == OK)
        e = text_fold(p.name, strlen(p.name), &s->name);
    if (e == OK)
        e = db_link_suppliers(db, product_id, SUPPLIERS, add_supplier, s);
    if (e == OK)
        e = db_links_of(db, product_id, s->links, &s->links_len);
    if (e == OK)
        e = offer_codes(db, product_id, s);
    if (e == OK)
        e = db_certified_each(db, "", 0, INT64_MAX, offer_name, s);
    buf_finish(&s->word);
    buf_finish(&s->suppliers);
    buf_finish(&s->name);
    *len_out = s->len;
    mem_free(s);
    return e;
}
