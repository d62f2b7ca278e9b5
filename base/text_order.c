/* text_compare of base/text.h. */
#include <string.h>
#include <uchar.h>

#include "base/text.h"

/* The letters as a Vietnamese dictionary has them; f j w z at their places. */
static const char32_t alphabet[] = U"aăâbcdđeêfghijklmnoôơpqrstuưvwxyz";

/* Each vowel alone and with its tones, in the order that breaks ties. */
enum { TONES = 6 };
static const char32_t vowels[] = U"aàảãáạ"
                                 U"ăằẳẵắặ"
                                 U"âầẩẫấậ"
                                 U"eèẻẽéẹ"
                                 U"êềểễếệ"
                                 U"iìỉĩíị"
                                 U"oòỏõóọ"
                                 U"ôồổỗốộ"
                                 U"ơờởỡớợ"
                                 U"uùủũúụ"
                                 U"ưừửữứự"
                                 U"yỳỷỹýỵ";

/* How one code point sorts: by `letter`; then by `tone`; then by `upper`. */
struct rank {
    uint32_t letter;
    int tone;
    bool upper;
};

enum { RANK_DIGIT = 0x200, RANK_LETTER = 0x300, RANK_FOREIGN = 0x1000 };

/* Lower case of a Vietnamese letter; anything else as it is. */
static uint32_t
lower(uint32_t cp)
{
    if ((cp >= 'A' && cp <= 'Z') || (cp >= 0xC0 && cp <= 0xDD && cp != 0xD7))
        return cp + 0x20;
    if (cp >= 0x1EA0 && cp <= 0x1EF9)
        return cp | 1u;
    switch (cp) {
    case 0x102: /* Ă */
    case 0x110: /* Đ */
    case 0x128: /* Ĩ */
    case 0x168: /* Ũ */
    case 0x1A0: /* Ơ */
    case 0x1AF: /* Ư */
        return cp + 1;
    default:
        return cp;
    }
}

/* The place of a letter in a list; -1 when it is not there. */
static int
place_in(const char32_t *list, uint32_t cp)
{
    for (int i = 0; list[i] != 0; i++)
        if (list[i] == cp)
            return i;
    return -1;
}

static struct rank
rank_letter(uint32_t cp)
{
    uint32_t small = lower(cp);
    struct rank rank = {.upper = small != cp};
    int vowel = small < 0x80 ? -1 : place_in(vowels, small);
    int letter;

    if (vowel >= 0) {
        small = vowels[vowel - vowel % TONES];
        rank.tone = vowel % TONES;
    }
    letter = place_in(alphabet, small);
    rank.letter =
        letter < 0 ? RANK_FOREIGN + cp : RANK_LETTER + (uint32_t)letter;
    return rank;
}

static struct rank
rank_of(uint32_t cp)
{
    if (cp == 0xA0) /* the no-break space */
        cp = ' ';
    if (cp >= '0' && cp <= '9')
        return (struct rank){.letter = RANK_DIGIT + cp};
    if (cp < 'A' || (cp > 'Z' && cp < 'a') || (cp > 'z' && cp < 0x80))
        return (struct rank){.letter = cp}; /* a sign; 0 is the end */
    return rank_letter(cp);
}

int
text_compare(const char *a, const char *b)
{
    const char *at_a = a, *at_b = b;
    int tone = 0, upper = 0;

    for (;;) {
        struct rank ra = rank_of(text_next(&at_a));
        struct rank rb = rank_of(text_next(&at_b));

        if (ra.letter != rb.letter)
            return ra.letter < rb.letter ? -1 : 1;
        if (tone == 0 && ra.tone != rb.tone)
            tone = ra.tone < rb.tone ? -1 : 1;
        if (upper == 0 && ra.upper != rb.upper)
            upper = ra.upper ? 1 : -1;
        if (ra.letter == 0)
            break;
    }
    if (tone != 0)
        return tone;
    return upper != 0 ? upper : strcmp(a, b);
}
