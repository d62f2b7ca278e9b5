# cmake -DIN=file -DOUT=header -DNAME=symbol -P embed_file.cmake
file(READ ${IN} hex HEX)
string(LENGTH "${hex}" digits)
math(EXPR size "${digits} / 2")
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
file(WRITE ${OUT}
  "/* generated from ${NAME} */\n"
  "static const unsigned char ${NAME}[] = {${bytes}0x00};\n"
  "enum { ${NAME}_len = ${size} };\n")
