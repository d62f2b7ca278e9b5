/* sync/registry/tree.h - the folder that is published: DIR/www/v1.
 *
 * Files appear whole: each is written beside its place, made durable with all
 * others, and only then moved there.  What packs well has a NAME.gz beside it.
 *
 *     tree_open(dir, &tree);
 *     tree_put(&tree, "targets/p01/<sha256>.list-7.ndjson", bytes, len);
 *     ...
 *     tree_flush(&tree);       // now they are there, and durable
 *     tree_put(&tree, "timestamp.json", ...);
 *     tree_flush(&tree);
 *     tree_finish(&tree); */
#ifndef SYNC_REGISTRY_TREE_H
#define SYNC_REGISTRY_TREE_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

enum { TREE_NAME = 512 /* bytes of a name inside v1 */ };

struct tree {
    char root[PATH_MAX]; /* DIR/www/v1 */
    char (*waiting)[TREE_NAME]; /* names written beside their place */
    size_t len, cap;
};

/* DIR/www/v1/targets is made when missing.  ERR_FILE. */
enum err tree_open(const char *dir, struct tree *tree);
/* What was not flushed is taken away again. */
void tree_finish(struct tree *tree);

/* Write `name` and its packed form beside their places. ERR_FILE. */
enum err tree_put(
    struct tree *tree, const char *name, const void *bytes, size_t len);
/* The same for a name that says its content: done already when a file of that
 * name and length is there. */
enum err tree_put_once(
    struct tree *tree, const char *name, const void *bytes, size_t len);

/* Make all that waits durable, then move it to its place.  ERR_FILE. */
enum err tree_flush(struct tree *tree);

/* Put what no longer is named out of the way: a file that `named` does not
 * know is kept for `keep_s` seconds after the first time it was found so (it
 * is read-only meanwhile), then removed; what was left half-written goes at
 * once.  Packed forms follow their files.  Counts what was removed. */
typedef bool tree_named_fn(void *arg, const char *name);
enum err tree_clean(struct tree *tree, int64_t now, int64_t keep_s,
    tree_named_fn *named, void *arg, size_t *removed_out);

#endif
