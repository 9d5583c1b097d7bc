#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "gyre/analysis/atlas_json.hpp"
#include "gyre/report/words.hpp"

namespace gyre::report {

struct AtlasRequest {
  std::filesystem::path out = "atlas";
  std::vector<std::string> games;  ///< as load_game() takes them
  std::vector<AtlasRule> rules;
  AtlasOptions options;
  Language language = Language::kEnglish;
  bool figures = true;      ///< a sheet of figures for each game
  bool force = false;       ///< replace an atlas of another configuration
  std::size_t threads = 0;  ///< 0: one for each core
  const std::atomic<bool>* cancel = nullptr;
  std::function<void(double done)> progress;  ///< may be called from any thread, never from two
};

/// A game of the grid, with what is said of it.
struct AtlasEntry {
  std::string name, slug, title, formula, shows, shows_zh;
  std::vector<std::string> coordinates;
  std::size_t second = 0;  ///< the first coordinate of the second player
  AtlasGame found;
  bool figures = true;  ///< false if its sheet could not be drawn
};

/// The whole grid: everything that the page shows.
struct AtlasGrid {
  std::vector<AtlasRule> rules;
  std::vector<std::string> slugs;  ///< of the rules, for links
  std::vector<AtlasEntry> games;
  AtlasOptions options;
  bool figures = true;
};

/// What the grid comes to.
struct AtlasSummary {
  std::size_t cells = 0, undefined = 0, solved = 0;  ///< solved: from every start
  std::size_t compared = 0, agree = 0;               ///< cells where theory speaks
  std::size_t rates = 0, rates_agree = 0;
  std::size_t on_cycles = 0, off_cycles = 0;  ///< starts on cycles; those that settle elsewhere
};

AtlasSummary summary_of(const AtlasGrid& grid);

/// A game whose figures could not be drawn.
struct AtlasUndrawn {
  std::size_t place = 0;  ///< in the grid
  std::string game, why;
};

struct AtlasResult {
  std::size_t made = 0, kept = 0, games = 0;  ///< games: new ones, those that were there, all
  std::size_t outdated = 0;  ///< games that were there, but of other rules or another text
  bool complete = false;     ///< false if it was cancelled; what is done is kept
  std::vector<AtlasUndrawn> undrawn;
  AtlasSummary summary;
  std::string numbers;  ///< as in atlas.json
};

/// Makes the atlas, or goes on with what the folder holds of it: a page `index.html`, its numbers
/// `atlas.json`, and in `games/` one file of numbers and one sheet of figures for every game, each
/// of which appears complete or not at all. Same request, same bytes, for any number of threads and
/// after any interruption. Throws Error if the folder holds something else or an atlas of another
/// configuration, FileError if the system refuses or there is no gnuplot to draw with.
AtlasResult write_atlas(const AtlasRequest& request);

/// All numbers of the grid as one JSON object: docs/atlas-json.md describes it.
std::string atlas_numbers(const AtlasGrid& grid);

/// The page, which needs no other file but those it links to.
std::string atlas_page(const AtlasGrid& grid, Language language);

/// One game's sheet: a card for each rule. `drawn` holds each cell's paths; empty without figures.
std::string atlas_sheet(const AtlasEntry& entry, const AtlasGrid& grid,
                        const std::vector<std::vector<AtlasDrawing>>& drawn,
                        const std::vector<std::array<double, 2>>& view, Language language);

}  // namespace gyre::report
