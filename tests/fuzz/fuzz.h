/* tests/fuzz/fuzz.h - one target, two drivers.
 *
 * A target takes any bytes and may only return: what must not be meets an
 * assert or a sanitizer.  With -DOCOP_FUZZ=ON and clang, libFuzzer drives it;
 * otherwise tests/fuzz/corpus.c runs it over the files of its corpus and over
 * small damages to each, so that every compiler runs it in every ./test. */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The name is libFuzzer's; always 0. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Was the input accepted?  What y_* files of the corpus must be, and n_* files
 * must not. */
bool fuzz_accepts(const uint8_t *data, size_t size);

#endif
