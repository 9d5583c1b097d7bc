# cmake -DOUTPUT=file.cpp -P embed_games.cmake -- game.toml ...
# Writes the built-in games as one C++ file of raw strings.
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
file(WRITE "${OUTPUT}" "#include \"gyre/games/catalogue.hpp\"

namespace gyre {

namespace {
constexpr CatalogueEntry kEntries[] = {
${entries}};
}  // namespace

std::span<const CatalogueEntry> catalogue() { return kEntries; }

}  // namespace gyre
")
