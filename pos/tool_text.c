/* fold, words, gtin, json, canonical of `ocop-pos tool`. */
#include <stdio.h>

#include "base/canon.h"
#include "base/codes.h"
#include "base/json.h"
#include "base/text.h"
#include "base/words.h"
#include "pos/tool_parts.h"

enum err
tool_fold(struct tool_call *call, struct json_out *o)
{
    struct buf fold;
    enum err e;

    buf_init(&fold, 2 * TOOL_INPUT);
    e = text_fold(call->value.data, call->value.len, &fold);
    if (e == OK)
        json_out_put_str(o, "fold", fold.data);
    buf_finish(&fold);
    return e;
}

enum err
tool_words(struct tool_call *call, struct json_out *o)
{
    struct buf words;
    int64_t dong;
    enum err e = tool_read_int(call->value.data, &dong);

    if (e != OK)
        return e;
    buf_init(&words, 400);
    words_dong(dong, &words);
    json_out_put_str(o, "words", words.data);
    buf_finish(&words);
    return OK;
}

enum err
tool_gtin(struct tool_call *call, struct json_out *o)
{
    char gtin14[CODES_GTIN14_SIZE];
    enum err e = codes_gtin14(call->value.data, gtin14);

    if (e == OK)
        json_out_put_str(o, "gtin14", gtin14);
    return e;
}

enum err
tool_json(struct tool_call *call, struct json_out *o)
{
    size_t at = 0;
    const char *why = NULL;
    enum err e = json_check(call->value.data, call->value.len, NULL, &at, &why);

    json_out_put_bool(o, "ok", e == OK);
    if (e == OK)
        return OK;
    json_out_put_int(o, "at", (int64_t)(e == ERR_JSON ? at : TOOL_INPUT));
    json_out_put_str(o, "why", e == ERR_JSON ? why : err_msg());
    call->status = 1;
    return OK;
}

enum err
tool_canonical(struct tool_call *call, struct json_out *o)
{
    struct json *root;
    struct buf canonical;
    enum err e = json_parse(call->value.data, call->value.len, NULL, &root);

    if (e != OK)
        return e;
    buf_init(&canonical, 2 * TOOL_INPUT);
    e = canon_of_json(root, &canonical);
    if (e == OK)
        json_out_put_str(o, "canonical", canonical.data);
    buf_finish(&canonical);
    json_free(root);
    return e;
}
