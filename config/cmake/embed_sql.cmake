cmake_minimum_required(VERSION 3.25)

# cmake -DOUT=dir "-DSHARED_SQL=a.sql,b.sql" "-DSQL=..." "-DMIGRATIONS=0001-x.sql,..."
#       "-DREGISTRY_SQL=..." "-DREGISTRY_MIGRATIONS=..." -P embed_sql.cmake
#
# Writes OUT/sql_ids.h (enum sql_id), OUT/sql_text.h (sql_text[], sql_names[],
# sql_schemas[]: bit 0 the shop, bit 1 the registry) and OUT/sql_migrations.h
# (for each schema an array of number, name, SHA-256, text).
#
# A statement is what stands between `-- name: word` and the next such line.

# CMake's lists give ; [ ] a meaning of their own: they travel in disguise.
string(ASCII 1 SEMI)
string(ASCII 2 LEFT)
string(ASCII 3 RIGHT)

function(read_disguised path out)
  file(READ ${path} text)
  string(REPLACE ";" "${SEMI}" text "${text}")
  string(REPLACE "[" "${LEFT}" text "${text}")
  string(REPLACE "]" "${RIGHT}" text "${text}")
  set(${out} "${text}" PARENT_SCOPE)
endfunction()

# The text as a C string literal, a line of it a line of the source.
function(c_literal text out)
  string(REPLACE "\\" "\\\\" text "${text}")
  string(REPLACE "\"" "\\\"" text "${text}")
  string(REPLACE "\n" "\\n\"\n    \"" text "${text}")
  set(${out} "    \"${text}\"" PARENT_SCOPE)
endfunction()

function(write_header name text)
  string(REPLACE "${SEMI}" ";" text "${text}")
  string(REPLACE "${LEFT}" "[" text "${text}")
  string(REPLACE "${RIGHT}" "]" text "${text}")
  file(WRITE "${OUT}/${name}" "/* generated from db/ */\n${text}")
endfunction()

set(ids "")
set(texts "")
set(names "")
set(schemas "")
set(seen "")

# Adds the statements of the files; `schema` is the C expression of its bits.
macro(add_statements paths schema)
  string(REPLACE "," ";" list "${paths}")
  foreach(path IN LISTS list)
    read_disguised(${path} body)
    string(REPLACE "\n-- name: " ";" parts "\n${body}")
    list(POP_FRONT parts) # what stands before the first name
    foreach(part IN LISTS parts)
      if(NOT part MATCHES "^([a-z][a-z0-9_]*)[ \t]*\n(.*)$")
        message(FATAL_ERROR "${path}: a name that is no word: ${part}")
      endif()
      set(name ${CMAKE_MATCH_1})
      string(STRIP "${CMAKE_MATCH_2}" statement)
      if(name IN_LIST seen)
        message(FATAL_ERROR "${path}: ${name} is named twice")
      endif()
      list(APPEND seen ${name})
      string(TOUPPER ${name} upper)
      c_literal("${statement}" literal)
      string(APPEND ids "    SQL_${upper},\n")
      string(APPEND names "    \"${name}\",\n")
      string(APPEND schemas "    ${schema},\n")
      string(APPEND texts "${literal},\n")
    endforeach()
  endforeach()
endmacro()

# The steps of one schema, in order and without gaps.
function(migration_steps paths out)
  set(steps "")
  set(expected 1)
  string(REPLACE "," ";" list "${paths}")
  foreach(path IN LISTS list)
    get_filename_component(file ${path} NAME)
    if(NOT file MATCHES "^0*([1-9][0-9]*)-([a-z0-9-]+)[.]sql$")
      message(FATAL_ERROR "${file}: a migration is called NNNN-name.sql")
    endif()
    set(number ${CMAKE_MATCH_1})
    set(name ${CMAKE_MATCH_2})
    if(NOT number EQUAL expected)
      message(FATAL_ERROR "${file}: migration ${expected} is missing")
    endif()
    math(EXPR expected "${expected} + 1")
    file(SHA256 ${path} hash)
    read_disguised(${path} body)
    c_literal("${body}" literal)
    string(APPEND steps
      "    {${number}, \"${name}\",\n    \"${hash}\",\n${literal}},\n")
  endforeach()
  set(${out} "${steps}" PARENT_SCOPE)
endfunction()

add_statements("${SHARED_SQL}" 3)
add_statements("${SQL}" 1)
add_statements("${REGISTRY_SQL}" 2)
migration_steps("${MIGRATIONS}" shop_steps)
migration_steps("${REGISTRY_MIGRATIONS}" registry_steps)

write_header(sql_ids.h "#ifndef DB_SQL_IDS_H
#define DB_SQL_IDS_H

enum sql_id {
${ids}    SQL_COUNT
};

#endif
")
write_header(sql_text.h "static const char *const sql_text[] = {
${texts}};

static const char *const sql_names[] = {
${names}};

static const unsigned char sql_schemas[] = {
${schemas}};
")
write_header(sql_migrations.h "struct sql_migration {
    int number;
    const char *name;
    const char *sha256; /* of the file, hex */
    const char *text;
};

static const struct sql_migration sql_migrations_shop[] = {
${shop_steps}};

static const struct sql_migration sql_migrations_registry[] = {
${registry_steps}};
")
