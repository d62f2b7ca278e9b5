/* tests/tools/fonts.h - the faces that Debian's fonts-noto-core brings. */
#ifndef TESTS_TOOLS_FONTS_H
#define TESTS_TOOLS_FONTS_H

#define FONT_DIR "/usr/share/fonts/truetype/noto/"
#define FONT_REGULAR FONT_DIR "NotoSans-Regular.ttf"
#define FONT_BOLD FONT_DIR "NotoSans-Bold.ttf"

#endif
