# Files that the programs carry inside them.
#
#   ocop_embed_sql(TARGET SQL a.sql ... MIGRATIONS 0001-x.sql ...)
#       db/sql_ids.h (enum sql_id), db/sql_text.h (the statements) and
#       db/sql_migrations.h
#   ocop_embed_file(TARGET NAME file)
#       NAME.h: `static const unsigned char NAME[]`, NUL added, and NAME_len
#
# The work is done by config/cmake/embed_*.cmake scripts at build time, so an
# edited file is embedded anew.

set(OCOP_EMBED_DIR ${CMAKE_CURRENT_LIST_DIR})

function(ocop_embed_file target name file)
  get_filename_component(path ${file} ABSOLUTE)
  set(out ${CMAKE_CURRENT_BINARY_DIR}/embed/${name}.h)
  add_custom_command(OUTPUT ${out}
    COMMAND ${CMAKE_COMMAND} -DIN=${path} -DOUT=${out} -DNAME=${name}
            -P ${OCOP_EMBED_DIR}/embed_file.cmake
    DEPENDS ${path} ${OCOP_EMBED_DIR}/embed_file.cmake
    VERBATIM)
  target_sources(${target} PRIVATE ${out})
  target_include_directories(${target} PRIVATE
    ${CMAKE_CURRENT_BINARY_DIR}/embed)
endfunction()

function(ocop_embed_sql target)
  cmake_parse_arguments(E "" "" "SQL;MIGRATIONS" ${ARGN})
  set(root ${CMAKE_CURRENT_BINARY_DIR}/embed)
  set(sql ${E_SQL})
  set(migrations ${E_MIGRATIONS})
  list(TRANSFORM sql PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/)
  list(TRANSFORM migrations PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/)
  string(REPLACE ";" "," sql_arg "${sql}")
  string(REPLACE ";" "," migrations_arg "${migrations}")
  set(out ${root}/db/sql_ids.h ${root}/db/sql_text.h
      ${root}/db/sql_migrations.h)
  add_custom_command(OUTPUT ${out}
    COMMAND ${CMAKE_COMMAND} -DOUT=${root}/db -DSQL=${sql_arg}
            -DMIGRATIONS=${migrations_arg}
            -P ${OCOP_EMBED_DIR}/embed_sql.cmake
    DEPENDS ${sql} ${migrations} ${OCOP_EMBED_DIR}/embed_sql.cmake
    COMMENT "Embedding the SQL"
    VERBATIM)
  target_sources(${target} PRIVATE ${out})
  target_include_directories(${target} PUBLIC ${root})
endfunction()
