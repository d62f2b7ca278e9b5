# Files that the programs carry inside them.
#
#   ocop_embed_sql(TARGET SHARED_SQL a.sql ... SQL b.sql ...
#                  MIGRATIONS 0001-x.sql ... REGISTRY_SQL c.sql ...
#                  REGISTRY_MIGRATIONS 0001-y.sql ...)
#       db/sql_ids.h (enum sql_id), db/sql_text.h (the statements, and which
#       schema each belongs to) and db/sql_migrations.h.  SQL and MIGRATIONS
#       are the shop's; SHARED_SQL belongs to both schemas.
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
  set(kinds SHARED_SQL SQL MIGRATIONS REGISTRY_SQL REGISTRY_MIGRATIONS)
  cmake_parse_arguments(E "" "" "${kinds}" ${ARGN})
  set(root ${CMAKE_CURRENT_BINARY_DIR}/embed)
  set(inputs "")
  set(defines "")
  foreach(kind IN LISTS kinds)
    list(TRANSFORM E_${kind} PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/)
    list(APPEND inputs ${E_${kind}})
    string(REPLACE ";" "," paths "${E_${kind}}")
    list(APPEND defines -D${kind}=${paths})
  endforeach()
  set(out ${root}/db/sql_ids.h ${root}/db/sql_text.h
      ${root}/db/sql_migrations.h)
  add_custom_command(OUTPUT ${out}
    COMMAND ${CMAKE_COMMAND} -DOUT=${root}/db ${defines}
            -P ${OCOP_EMBED_DIR}/embed_sql.cmake
    DEPENDS ${inputs} ${OCOP_EMBED_DIR}/embed_sql.cmake
    COMMENT "Embedding the SQL"
    VERBATIM)
  target_sources(${target} PRIVATE ${out})
  target_include_directories(${target} PUBLIC ${root})
endfunction()
