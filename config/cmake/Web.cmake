# The pages, bundled and carried inside the daemon.
#
#   ocop_web(TARGET)
#       bundles pos/web with esbuild when the target is built, and gives the
#       target web_assets.h and web_assets.c: every file of the pages with its
#       path, type and ETag.  With OCOP_WEB=OFF the table is empty.
#
# Names carry a hash of what is in the file, except for the page itself, so a
# browser may keep everything else for ever.  The work is done by web_build.cmake
# at build time; nothing but esbuild is needed then.

set(OCOP_WEB_DIR ${CMAKE_SOURCE_DIR}/pos/web)
set(OCOP_WEB_CMAKE ${CMAKE_CURRENT_LIST_DIR})

# Every file that goes into the bundle, by name.
set(OCOP_WEB_INPUTS
  vi.json en.json package-lock.json css/base.css css/counter.css
  css/desk-narrow.css css/desk.css css/layout.css css/manager.css css/parts.css
  css/printers.css css/till.css lib/api.js lib/bill.js lib/codes.js
  lib/kept.js lib/keymap.js lib/labels.js lib/money.js lib/morning.js lib/ocop.js
  lib/outcome.js lib/printing.js
  lib/scanner.js lib/uuid7.js lib/when.js lib/words.js manager/index.html
  manager/load.js manager/manager.jsx manager/server.js manager/state.js
  manager/views/changes.jsx manager/views/door.jsx manager/views/frame.jsx
  manager/views/goods.jsx manager/views/labels.jsx manager/views/links.jsx manager/views/list.jsx manager/views/parts.jsx
  manager/views/printers.jsx manager/views/record.jsx manager/views/today.jsx
  till/approve.js till/find.js till/icon.svg till/index.html till/keys.js
  till/pay.js till/printing.js till/sell.js till/server.js till/session.js
  till/sound.js till/state.js till/till.jsx till/views/bill.jsx
  till/views/certified.jsx till/views/counter.jsx till/views/find.jsx
  till/views/forms.jsx till/views/frame.jsx till/views/parts.jsx
  till/views/printing.jsx)

# Stops with the command to run when the bundle cannot be made.
function(ocop_web_needs)
  find_program(OCOP_ESBUILD esbuild)
  if(NOT OCOP_ESBUILD)
    message(FATAL_ERROR "esbuild bundles the pages and is not installed.  Run:\n"
      "  apt-get install esbuild\n"
      "or configure with -DOCOP_WEB=OFF, which leaves the pages out.")
  endif()
  foreach(package preact @preact/signals @fontsource-variable/inter)
    if(NOT EXISTS ${OCOP_WEB_DIR}/node_modules/${package}/package.json)
      message(FATAL_ERROR "pos/web/node_modules lacks ${package}.  Run:\n"
        "  npm ci --prefix pos/web\n"
        "or configure with -DOCOP_WEB=OFF, which leaves the pages out.")
    endif()
  endforeach()
endfunction()

function(ocop_web target)
  set(out ${CMAKE_BINARY_DIR}/web)
  set(inputs "")
  if(OCOP_WEB)
    ocop_web_needs()
    list(TRANSFORM OCOP_WEB_INPUTS PREPEND ${OCOP_WEB_DIR}/
      OUTPUT_VARIABLE inputs)
  endif()
  add_custom_command(
    OUTPUT ${out}/web_assets.c ${out}/web_assets.h
    COMMAND ${CMAKE_COMMAND} -DWEB=${OCOP_WEB} -DIN=${OCOP_WEB_DIR}
            -DOUT=${out} -DESBUILD=${OCOP_ESBUILD}
            -P ${OCOP_WEB_CMAKE}/web_build.cmake
    DEPENDS ${inputs} ${OCOP_WEB_CMAKE}/web_build.cmake
            ${OCOP_WEB_CMAKE}/web_assets.h.in
    COMMENT "Bundling the pages"
    VERBATIM)
  target_sources(${target} PRIVATE ${out}/web_assets.c ${out}/web_assets.h)
  target_include_directories(${target} PRIVATE ${out})
endfunction()
