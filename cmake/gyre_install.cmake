# Install: libraries, headers, the program, the games, documents and the package `gyre`, so that
# others write `find_package(gyre)` and link `gyre::expr`. The modules are those that gyre_module()
# has declared.
include(CMakePackageConfigHelpers)

option(GYRE_INSTALL "Make the install target" ${PROJECT_IS_TOP_LEVEL})
if(NOT GYRE_INSTALL)
  return()
endif()

get_property(modules GLOBAL PROPERTY GYRE_MODULES)
set(config_dir ${CMAKE_INSTALL_LIBDIR}/cmake/gyre)

install(TARGETS ${modules} EXPORT gyreTargets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(EXPORT gyreTargets NAMESPACE gyre:: DESTINATION ${config_dir})

# A target Name::part comes from the package Name: that is true of every package here but SQLite3,
# and the install test fails where it is not.
set(packages "")
foreach(module ${modules})
  foreach(property LINK_LIBRARIES INTERFACE_LINK_LIBRARIES)
    get_target_property(libraries ${module} ${property})
    string(REGEX MATCHALL "[A-Za-z0-9_]+::" namespaces "${libraries}")
    list(APPEND packages ${namespaces})
  endforeach()
endforeach()
list(TRANSFORM packages REPLACE "::" "")
list(TRANSFORM packages REPLACE "^SQLite$" "SQLite3")
list(REMOVE_DUPLICATES packages)
list(REMOVE_ITEM packages gyre)
list(SORT packages)
list(TRANSFORM packages PREPEND "find_dependency(")
list(TRANSFORM packages APPEND ")")
list(JOIN packages "\n" GYRE_FIND_DEPENDENCIES)

configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/gyreConfig.cmake.in gyreConfig.cmake
  INSTALL_DESTINATION ${config_dir} NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file(gyreConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/gyreConfig.cmake
  ${CMAKE_CURRENT_BINARY_DIR}/gyreConfigVersion.cmake DESTINATION ${config_dir})

foreach(module ${modules})
  string(REPLACE gyre_ "" folder ${module})
  install(DIRECTORY gyre/${folder} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/gyre
    FILES_MATCHING PATTERN "*.hpp" PATTERN "*_test.hpp" EXCLUDE)
endforeach()
install(FILES ${PROJECT_BINARY_DIR}/gyre/core/version.hpp
  DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/gyre/core)

foreach(plugin gyre_jit_plugin gyre_mpi_plugin)  # where the program looks for them
  if(TARGET ${plugin})
    install(TARGETS ${plugin} LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
  endif()
endforeach()
if(TARGET gyre)
  install(TARGETS gyre RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()
if(TARGET gyre-gan)  # found by gyre, and called by nobody else
  install(TARGETS gyre-gan RUNTIME DESTINATION ${CMAKE_INSTALL_LIBEXECDIR}/gyre)
endif()
# The program has the games inside; these are to read and to start from.
file(GLOB games CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/games/*.toml)
install(FILES ${games} DESTINATION ${CMAKE_INSTALL_DATADIR}/gyre/games)
install(FILES LICENSE README.md README.zh-CN.md CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
