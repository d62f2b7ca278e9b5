/* tests/unit/t_data.h - known answers from tests/data, and chance that is the
 * same in every run. */
#ifndef TESTS_UNIT_T_DATA_H
#define TESTS_UNIT_T_DATA_H

#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { T_FIELDS = 8 };

/* Read the next line of a tab separated file that is no comment, cut at its
 * tabs; returns how many fields, 0 at the end.  `line` keeps their bytes. */
static inline int
t_tsv(FILE *f, char *line, int size, char *field[T_FIELDS])
{
    int n = 0;

    do {
        if (!fgets(line, size, f))
            return 0;
    } while (line[0] == '#' || line[0] == '\n');
    line[strcspn(line, "\n")] = '\0';
    for (char *at = line; at && n < T_FIELDS;) {
        field[n++] = at;
        at = strchr(at, '\t');
        if (at)
            *at++ = '\0';
    }
    return n;
}

/* xorshift64*; give it any seed but 0. */
static inline uint64_t
t_random(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return *state * UINT64_C(0x2545F4914F6CDD1D);
}

#endif
