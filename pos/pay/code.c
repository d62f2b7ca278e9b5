#include "pos/pay/code.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/crypto.h"

static const char letters[] = "ABCDEFGHJKMNPQRSTVWXYZ";
static const char digits[] = "23456789";

enum { LEN = TRANSFER_CODE - 1 };

static const char *
alphabet(int i)
{
    return i % 2 ? digits : letters;
}

void
code_make(char out[TRANSFER_CODE])
{
    for (int i = 0; i < LEN;) {
        size_t n = strlen(alphabet(i));
        uint8_t byte;

        crypto_random(&byte, 1);
        if (byte >= 256 / n * n)
            continue; /* else the first ones would come more often */
        out[i] = alphabet(i)[byte % n];
        i++;
    }
    out[LEN] = '\0';
}

static char
upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

static bool
touches(char c)
{
    c = upper(c);
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static bool
code_at(const char *p, char out[TRANSFER_CODE])
{
    for (int i = 0; i < LEN; i++) {
        out[i] = upper(p[i]);
        if (!out[i] || !strchr(alphabet(i), out[i]))
            return false;
    }
    out[LEN] = '\0';
    return true;
}

bool
code_next(const char *text, const char **at, char out[TRANSFER_CODE],
    bool *alone_out)
{
    for (; **at; ++*at) {
        const char *p = *at;

        if (!code_at(p, out))
            continue;
        *alone_out = (p == text || !touches(p[-1])) && !touches(p[LEN]);
        ++*at;
        return true;
    }
    return false;
}
