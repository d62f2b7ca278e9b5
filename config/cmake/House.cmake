# What every target of the house is built with: the dialect, the warnings, the
# include root.  ocop_house(TARGET) applies it.
function(ocop_house target)
  target_include_directories(${target} PRIVATE ${CMAKE_SOURCE_DIR})
  target_compile_definitions(${target} PRIVATE _POSIX_C_SOURCE=200809L)
  target_compile_options(${target} PRIVATE
    -Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes
    -Wmissing-prototypes -Wvla -Wundef -fno-common -UNDEBUG)
  if(OCOP_WERROR)
    target_compile_options(${target} PRIVATE -Werror)
  endif()
  if(OCOP_SANITIZE)
    target_compile_options(${target} PRIVATE
      -fsanitize=${OCOP_SANITIZE} -fno-omit-frame-pointer
      -fno-sanitize-recover=all)
    target_link_options(${target} PRIVATE -fsanitize=${OCOP_SANITIZE})
  endif()
endfunction()

# A unit test: one program per file of tests/unit, named as the file.
function(ocop_unit_test name)
  cmake_parse_arguments(T "" "" "LIBS" ${ARGN})
  add_executable(${name} ${name}.c)
  ocop_house(${name})
  target_compile_definitions(${name} PRIVATE
    OCOP_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  target_link_libraries(${name} PRIVATE ${T_LIBS})
  add_test(NAME ${name} COMMAND ${name}
    WORKING_DIRECTORY ${CMAKE_BINARY_DIR})
endfunction()
