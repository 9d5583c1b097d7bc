# gyre_module(<name> [NOT_INSTALLED] [SOURCES ...] [DEPENDS module ...] [LIBRARIES target ...]
#   [TESTS file ...])
# One call a module. DEPENDS is also the table that tools/check_layers.py holds the includes to.
# LIBRARIES are the packages that the module's own headers or sources need.
function(gyre_module name)
  cmake_parse_arguments(M "NOT_INSTALLED" "" "SOURCES;DEPENDS;LIBRARIES;TESTS" ${ARGN})
  if(M_SOURCES)
    add_library(gyre_${name} STATIC ${M_SOURCES})
    set(scope PUBLIC)
    gyre_warnings(gyre_${name})
  else()
    add_library(gyre_${name} INTERFACE)
    set(scope INTERFACE)
  endif()
  add_library(gyre::${name} ALIAS gyre_${name})
  set_target_properties(gyre_${name} PROPERTIES EXPORT_NAME ${name} POSITION_INDEPENDENT_CODE ON)
  target_compile_features(gyre_${name} ${scope} cxx_std_20)
  target_include_directories(gyre_${name} ${scope}
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}> $<BUILD_INTERFACE:${PROJECT_BINARY_DIR}>
    $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
  list(TRANSFORM M_DEPENDS PREPEND gyre::)
  target_link_libraries(gyre_${name} ${scope} ${M_DEPENDS} ${M_LIBRARIES})
  if(NOT M_NOT_INSTALLED)
    set_property(GLOBAL APPEND PROPERTY GYRE_MODULES gyre_${name})
  endif()
  if(GYRE_TESTS AND M_TESTS)
    add_executable(gyre_${name}_test ${M_TESTS})
    target_link_libraries(gyre_${name}_test
      PRIVATE gyre::${name} GTest::gmock GTest::gtest_main rapidcheck)
    gyre_warnings(gyre_${name}_test)
    gtest_discover_tests(gyre_${name}_test TEST_PREFIX ${name}. DISCOVERY_TIMEOUT 60)
  endif()
endfunction()

# Warnings on our own targets, as errors only where asked (the ci preset). The two that GCC 12
# raises by mistake inside std::string (its bugs 105329 and 105651) are off.
function(gyre_warnings target)
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wconversion
    -Wno-sign-conversion -Wno-missing-field-initializers
    $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict;-Wno-maybe-uninitialized>
    $<$<BOOL:${GYRE_WERROR}>:-Werror>)
endfunction()

# gyre_instruction_sets(<module> <stem>.cpp [option ...]): adds the file to the module once for each
# instruction set, as GYRE_SET (<stem>_avx512), named GYRE_SET_NAME, with vectors of GYRE_SET_BYTES;
# to be chosen at run time where GYRE_X86 says that there are several. Optimised even in debug
# builds, with options of its own. Nothing inline may be used there that other files share: the
# linker keeps one version for all.
function(gyre_instruction_sets module file)
  get_filename_component(stem ${file} NAME_WE)
  set(more ${ARGN})
  function(gyre_one_set set bytes)
    set(objects gyre_${module}_${stem}_${set})
    add_library(${objects} OBJECT ${file})
    target_include_directories(${objects} PRIVATE ${PROJECT_SOURCE_DIR})
    target_compile_features(${objects} PRIVATE cxx_std_20)
    set_target_properties(${objects} PROPERTIES POSITION_INDEPENDENT_CODE ON)
    target_compile_definitions(${objects} PRIVATE
      GYRE_SET=${stem}_${set} GYRE_SET_NAME="${set}" GYRE_SET_BYTES=${bytes})
    target_compile_options(${objects} PRIVATE -O3 -fno-math-errno -ffp-contract=fast -Wno-psabi
      ${ARGN} ${more})
    target_sources(gyre_${module} PRIVATE $<TARGET_OBJECTS:${objects}>)
  endfunction()

  gyre_one_set(baseline 16)
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
    gyre_one_set(avx2 32 -mavx2 -mfma)
    gyre_one_set(avx512 64 -mavx512f -mavx512dq -mfma -mprefer-vector-width=512)
    target_compile_definitions(gyre_${module} PRIVATE GYRE_X86)
  endif()
endfunction()
