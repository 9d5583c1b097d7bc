#pragma once

#include <string>
#include <string_view>

#include "gyre/report/atlas.hpp"
#include "gyre/report/html.hpp"

/// The parts of the atlas's page and sheets.
namespace gyre::report {

/// What most of a cell's starts did.
enum class Ending { kSolved, kOther, kCycling, kDiverged, kSpent };
inline constexpr int kEndings = 5;
/// The end of a key in the words, and the letter of a class in the style sheet.
std::string_view key_of(Ending ending);

struct Endings {
  std::size_t count[kEndings] = {};
  std::size_t all = 0;
  Ending most = Ending::kSpent;       ///< the first of those that are most
  Ending most_else = Ending::kSpent;  ///< likewise, kSolved left out
};
Endings endings_of(const AtlasCell& cell, const AtlasEntry& game);

/// "6 of 16".
std::string part_of(Words& words, std::size_t part, std::size_t whole);
/// "15 ends at an equilibrium, 1 cycles": what became of the spread starts.
std::string endings_text(Words& words, const Endings& endings);

/// A whole page: head with style and title, then the body.
std::string html_page(const Words& words, const std::string& title, const std::string& description,
                      const std::string& body, const std::string& script = {});

std::string grid_section(const AtlasGrid& grid, Words& words);
std::string rules_table(const AtlasGrid& grid, Words& words);
std::string games_table(const AtlasGrid& grid, Words& words);
std::string cycles_section(const AtlasGrid& grid, Words& words);
std::string parting_section(const AtlasGrid& grid, Words& words);

/// A link to a cell's figures, or plain words where there are none.
std::string cell_link(const AtlasGrid& grid, const AtlasEntry& game, std::size_t rule,
                      const std::string& html);

std::string_view atlas_style();
std::string_view atlas_script();

}  // namespace gyre::report
