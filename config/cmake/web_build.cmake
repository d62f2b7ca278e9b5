# cmake -DWEB=ON -DIN=pos/web -DOUT=dir -DESBUILD=program -P web_build.cmake
#
# Bundles the pages into OUT/site and writes OUT/web_assets.[ch] from what is
# there: OUT/site/index.html is "/", OUT/site/quan-ly.html is "/quan-ly",
# OUT/site/assets/x is "/assets/x".

set(SITE ${OUT}/site)

function(web_bundle)
  execute_process(
    COMMAND ${ESBUILD} ${IN}/till/till.jsx ${IN}/manager/manager.jsx
            --bundle --minify --format=esm
            --target=es2022 --charset=utf8 --log-level=warning
            --jsx=automatic --jsx-import-source=preact
            --loader:.woff2=file --loader:.svg=file
            --entry-names=[name]-[hash] --asset-names=[name]-[hash]
            --outdir=${SITE}/assets
    RESULT_VARIABLE failed)
  if(failed)
    message(FATAL_ERROR "esbuild could not bundle the pages")
  endif()
endfunction()

# The page of folder `page`, with the hashed names put in: @JS@, @CSS@, @ICON@.
function(web_page page html)
  file(SHA256 ${IN}/till/icon.svg hash)
  string(SUBSTRING ${hash} 0 8 hash)
  configure_file(${IN}/till/icon.svg ${SITE}/assets/icon-${hash}.svg COPYONLY)
  set(ICON /assets/icon-${hash}.svg)
  foreach(kind JS CSS)
    string(TOLOWER ${kind} end)
    file(GLOB found RELATIVE ${SITE} ${SITE}/assets/${page}-*.${end})
    list(LENGTH found count)
    if(NOT count EQUAL 1)
      message(FATAL_ERROR "expected one bundle of ${end}, found: ${found}")
    endif()
    set(${kind} /${found})
  endforeach()
  configure_file(${IN}/${page}/index.html ${SITE}/${html} @ONLY)
endfunction()

function(web_type name type_out)
  set(html "text/html; charset=utf-8")
  set(js "text/javascript; charset=utf-8")
  set(css "text/css; charset=utf-8")
  set(svg "image/svg+xml")
  set(woff2 "font/woff2")
  cmake_path(GET name EXTENSION LAST_ONLY end)
  string(SUBSTRING ${end} 1 -1 end)
  if(NOT DEFINED ${end})
    message(FATAL_ERROR "no content type for ${name}")
  endif()
  set(${type_out} "${${end}}" PARENT_SCOPE)
endfunction()

# Adds file `name` of the site to web_assets.c, as number `n` of the table.
function(web_embed name n row_out)
  file(READ ${SITE}/${name} hex HEX)
  string(LENGTH "${hex}" digits)
  math(EXPR len "${digits} / 2")
  string(REGEX REPLACE "(................................)" "\\1\n" hex "${hex}")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
  file(APPEND ${OUT}/web_assets.c.new
    "static const unsigned char asset_${n}[] = {\n${bytes}0x00};\n")
  file(SHA256 ${SITE}/${name} hash)
  string(SUBSTRING ${hash} 0 16 hash)
  web_type(${name} type)
  set(path /${name})
  set(immutable true)
  if(name STREQUAL "index.html")
    set(path /)
    set(immutable false)
  elseif(name STREQUAL "quan-ly.html")
    set(path /quan-ly)
    set(immutable false)
  endif()
  set(${row_out} "    {\"${path}\", \"${type}\", asset_${n}, ${len},
        \"\\\"${hash}\\\"\", ${immutable}},\n" PARENT_SCOPE)
endfunction()

# "/" sorts before "/assets/...", and "/quan-ly" after it.
function(web_table)
  set(names "")
  if(WEB)
    file(GLOB names RELATIVE ${SITE} ${SITE}/assets/*)
    list(SORT names COMPARE STRING)
    list(PREPEND names index.html)
    list(APPEND names quan-ly.html)
  endif()
  file(WRITE ${OUT}/web_assets.c.new "#include \"web_assets.h\"\n\n")
  set(rows "")
  set(n 0)
  foreach(name IN LISTS names)
    web_embed(${name} ${n} row)
    string(APPEND rows "${row}")
    math(EXPR n "${n} + 1")
  endforeach()
  file(APPEND ${OUT}/web_assets.c.new
    "\nconst struct web_asset web_assets[] = {\n${rows}"
    "    {NULL, NULL, NULL, 0, NULL, false},\n};\n"
    "const size_t web_assets_len = ${n};\n")
  file(RENAME ${OUT}/web_assets.c.new ${OUT}/web_assets.c)
endfunction()

file(REMOVE_RECURSE ${SITE})
file(MAKE_DIRECTORY ${SITE}/assets)
if(WEB)
  web_bundle()
  web_page(till index.html)
  web_page(manager quan-ly.html)
endif()
configure_file(${CMAKE_CURRENT_LIST_DIR}/web_assets.h.in ${OUT}/web_assets.h
  COPYONLY)
web_table()
