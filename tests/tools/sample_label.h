/* tests/tools/sample_label.h - ten labels to try drivers on: each size that is
 * sold, with and without codes, names that Vietnamese is hard on. */
#ifndef TESTS_TOOLS_SAMPLE_LABEL_H
#define TESTS_TOOLS_SAMPLE_LABEL_H

#include "drivers/label.h"

enum { SAMPLE_LABELS = 10 };

struct sample_label {
    int width_mm, height_mm;
    struct label label;
};

/* Borrowed; `i` is 0 .. SAMPLE_LABELS - 1. */
const struct sample_label *sample_label(int i);

#endif
