# cmake -DOUTPUT=file.cpp -DHEADER=file.hpp -DENTRY=gyre::Type -DFUNCTION=gyre::name -P embed.cmake
#   -- file.toml ...
# Writes files as one C++ source of raw strings: `std::span<const ENTRY> FUNCTION()`, declared in
# HEADER, gives each file's name without its ending, and its text.
set(entries "")
set(seen FALSE)
math(EXPR last "${CMAKE_ARGC} - 1")
foreach(i RANGE ${last})
  if(seen)
    get_filename_component(name "${CMAKE_ARGV${i}}" NAME_WE)
    file(READ "${CMAKE_ARGV${i}}" text)
    string(APPEND entries "    {\"${name}\", R\"gyre(${text})gyre\"},\n")
  elseif("${CMAKE_ARGV${i}}" STREQUAL "--")
    set(seen TRUE)
  endif()
endforeach()
file(WRITE "${OUTPUT}" "#include \"${HEADER}\"

namespace {
constexpr ${ENTRY} kEntries[] = {
${entries}};
}  // namespace

std::span<const ${ENTRY}> ${FUNCTION}() { return kEntries; }
")
