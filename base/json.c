#include "base/json.h"

#include <assert.h>
#include <cjson/cJSON.h>
#include <pthread.h>
#include <string.h>

#include "base/json_node.h"
#include "base/json_scan.h"
#include "base/mem.h"

enum {
    STANDARD_BYTES = 1024 * 1024,
    STANDARD_DEPTH = 16,
    STANDARD_VALUES = 65536
};

/* The strings of the nodes are borrowed from `source`. */
struct tree {
    cJSON *source;
    struct json nodes[]; /* the root first */
};

struct filler {
    struct json *next;                 /* the first node not yet taken */
    const struct json_number *numbers; /* the first not yet taken */
};

static pthread_once_t hooked = PTHREAD_ONCE_INIT;

static void *
new_bytes(size_t n)
{
    return mem_new(1, n);
}

/* Allocation in the library stops the program too, instead of failing. */
static void
hook(void)
{
    cJSON_Hooks hooks = {.malloc_fn = new_bytes, .free_fn = mem_free};

    cJSON_InitHooks(&hooks);
}

static struct json_limits
limits_or_standard(const struct json_limits *given)
{
    struct json_limits l = {0};

    if (given)
        l = *given;
    if (!l.max_bytes)
        l.max_bytes = STANDARD_BYTES;
    if (!l.max_depth)
        l.max_depth = STANDARD_DEPTH;
    if (!l.max_values)
        l.max_values = STANDARD_VALUES;
    return l;
}

/* json_check that keeps what the scan found; finished by the caller. */
static enum err
scan(struct json_scan *s, const char *text, size_t len,
    const struct json_limits *given)
{
    struct json_limits limits = limits_or_standard(given);

    *s = (struct json_scan){0};
    if (len > limits.max_bytes) {
        err_arg("max", "%zu", limits.max_bytes);
        return err_set(ERR_TOO_LARGE, "JSON of %zu bytes, at most %zu", len,
            limits.max_bytes);
    }
    if (json_scan_run(s, text, len, &limits))
        return OK;
    err_arg("at", "%zu", s->at);
    err_arg("why", "%s", s->why);
    return err_set(ERR_JSON, "JSON: %s at byte %zu", s->why, s->at);
}

enum err
json_check(const char *text, size_t len, const struct json_limits *limits,
    size_t *at_out, const char **why_out)
{
    struct json_scan s;
    enum err e = scan(&s, text, len, limits);

    if (e == ERR_JSON && at_out)
        *at_out = s.at;
    if (e == ERR_JSON && why_out)
        *why_out = s.why;
    json_scan_finish(&s);
    return e;
}

/* Fill `node` from `item`, and all below it. */
static void
fill(struct filler *f, struct json *node, const cJSON *item)
{
    struct json *items = f->next;

    if (cJSON_IsNumber(item)) {
        node->type = f->numbers->type;
        node->milli = f->numbers->milli;
        f->numbers++;
    } else if (cJSON_IsString(item)) {
        node->type = JSON_STR;
        node->str = item->valuestring;
    } else if (cJSON_IsBool(item)) {
        node->type = JSON_BOOL;
        node->milli = cJSON_IsTrue(item);
    } else if (cJSON_IsArray(item) || cJSON_IsObject(item)) {
        node->type = cJSON_IsArray(item) ? JSON_ARR : JSON_OBJ;
        node->items = items;
        for (const cJSON *c = item->child; c; c = c->next)
            f->next++->key = c->string;
        node->len = (uint32_t)(f->next - items);
        for (const cJSON *c = item->child; c; c = c->next) {
            items->parent = node;
            fill(f, items++, c);
        }
    }
}

enum err
json_parse(const char *text, size_t len, const struct json_limits *limits,
    struct json **root_out)
{
    struct json_scan s;
    struct filler f;
    struct tree *tree;
    enum err e;

    *root_out = NULL;
    e = scan(&s, text, len, limits);
    if (e)
        goto out;
    pthread_once(&hooked, hook);
    tree = mem_new(1, sizeof(*tree) + s.values * sizeof(tree->nodes[0]));
    tree->source = cJSON_ParseWithLength(s.patched ? s.patched : text, len);
    assert(tree->source); /* the scan is stricter than the library */
    f = (struct filler){.next = tree->nodes + 1, .numbers = s.numbers};
    fill(&f, tree->nodes, tree->source);
    assert(f.next == tree->nodes + s.values);
    *root_out = tree->nodes;
out:
    json_scan_finish(&s);
    return e;
}

void
json_free(struct json *root)
{
    struct tree *tree;

    if (!root)
        return;
    tree = (struct tree *)(void *)((char *)root - offsetof(struct tree, nodes));
    cJSON_Delete(tree->source);
    mem_free(tree);
}
