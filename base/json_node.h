/* base/json_node.h - how a value stands in the tree.  For base/json*.c alone;
 * everyone else reads through base/json.h. */
#ifndef BASE_JSON_NODE_H
#define BASE_JSON_NODE_H

#include "base/json.h"

/* The items of an array and the members of an object lie side by side, so an
 * item knows its index from where it lies. */
struct json {
    const struct json *parent; /* NULL for the root */
    const char *key;           /* NULL when the parent is no object */
    enum json_type type;
    uint32_t len; /* items or members */
    union {
        const struct json *items;
        const char *str;
        int64_t milli; /* as struct json_number says; a bool is 0 or 1 */
    };
};

#endif
