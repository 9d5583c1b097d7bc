# gyre_embed(<variable> HEADER file ENTRY type FUNCTION name FILES pattern)
# Sets <variable> to a source that holds all files of a pattern as text (see embed.cmake). Adding a
# file is enough: the list is read again whenever it changes.
function(gyre_embed variable)
  cmake_parse_arguments(E "" "HEADER;ENTRY;FUNCTION;FILES" "" ${ARGN})
  file(GLOB files CONFIGURE_DEPENDS ${E_FILES})
  list(TRANSFORM files REPLACE "[.]toml$" "")
  list(SORT files)  # by name: with the ending, a-b would stand before a
  list(TRANSFORM files APPEND ".toml")
  set(embedded ${CMAKE_CURRENT_BINARY_DIR}/${variable}.cpp)
  set(script ${PROJECT_SOURCE_DIR}/cmake/embed.cmake)
  add_custom_command(OUTPUT ${embedded}
    COMMAND ${CMAKE_COMMAND} -DOUTPUT=${embedded} -DHEADER=${E_HEADER} -DENTRY=${E_ENTRY}
            -DFUNCTION=${E_FUNCTION} -P ${script} -- ${files}
    DEPENDS ${files} ${script} COMMENT "Embedding ${variable}" VERBATIM)
  set(${variable} ${embedded} PARENT_SCOPE)
endfunction()
