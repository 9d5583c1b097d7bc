#include "gyre/report/atlas.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <exception>
#include <memory>
#include <mutex>
#include <thread>

#include "gyre/analysis/study_json.hpp"
#include "gyre/games/catalogue.hpp"
#include "gyre/plot/render.hpp"
#include "gyre/report/atlas_folder.hpp"
#include "gyre/store/run_folder.hpp"

namespace gyre::report {

namespace {

/// A name fit for files and links that nobody has yet.
std::string fresh_slug(const std::string& text, const std::vector<std::string>& taken) {
  const std::string base = slug(text).empty() ? "x" : slug(text);
  std::string name = base;
  for (int k = 2; std::ranges::find(taken, name) != taken.end(); ++k)
    name = fmt::format("{}-{}", base, k);
  return name;
}

/// What is said of a game, before anything is played.
AtlasEntry entry_of(const Game& game, const std::string& slug) {
  AtlasEntry entry{.name = game_spelling(game), .slug = slug, .title = game.title};
  if (entry.title.empty()) entry.title = entry.name;
  entry.formula = game.text;
  entry.shows = game.shows;
  entry.shows_zh = game.shows_zh;
  for (const Coordinate& c : game.coordinates) entry.coordinates.push_back(c.name);
  entry.second = game.players.size() > 1 ? game.players[1].first : 0;
  return entry;
}

/// A game on its way: whoever makes its first cell finds its points, whoever makes its last one
/// draws and keeps it.
struct Work {
  std::string what, key;
  std::size_t place = 0;  ///< in the grid
  std::once_flag once;
  std::unique_ptr<AtlasGround> ground;
  std::vector<AtlasCell> cells;
  std::vector<std::vector<AtlasDrawing>> drawn;
  std::atomic<std::size_t> left{0};
};

class Makers {
 public:
  Makers(const AtlasRequest& request, AtlasGrid& grid, AtlasFolder& folder,
         std::vector<std::unique_ptr<Work>>& all)
      : request_(request), grid_(grid), folder_(folder), all_(all) {}

  /// Cell by cell until all are done or it was cancelled.
  void run() {
    const std::size_t threads =
        request_.threads ? request_.threads : std::max(1u, std::thread::hardware_concurrency());
    {
      std::vector<std::jthread> crew;
      for (std::size_t i = 1; i < std::min(threads, cells()); ++i)
        crew.emplace_back([this] { work(); });
      work();
    }
    if (problem_) std::rethrow_exception(problem_);
  }

  std::size_t made() const { return made_; }

  /// In the order of the grid.
  std::vector<AtlasUndrawn> undrawn() {
    std::ranges::sort(undrawn_, {}, &AtlasUndrawn::place);
    return std::move(undrawn_);
  }

 private:
  std::size_t cells() const { return all_.size() * request_.rules.size(); }
  bool cancelled() const { return request_.cancel && *request_.cancel; }

  void work() {
    try {
      for (std::size_t i = next_++; i < cells() && !cancelled(); i = next_++)
        make(*all_[i / request_.rules.size()], i % request_.rules.size());
    } catch (...) {
      const std::lock_guard lock(mutex_);
      problem_ = std::current_exception();
      next_ = cells();
    }
  }

  void make(Work& game, std::size_t rule) {
    std::call_once(game.once, [&] {
      game.ground = std::make_unique<AtlasGround>(game.what, request_.options);
    });
    std::vector<AtlasDrawing>* drawn = request_.figures ? &game.drawn[rule] : nullptr;
    game.cells[rule] = game.ground->cell(request_.rules[rule], drawn, request_.cancel);
    if (cancelled()) return;
    if (--game.left == 0) keep(game);
    tell();
  }

  void keep(Work& game) {
    AtlasEntry& entry = grid_.games[game.place];
    entry.found = {entry.name, game.ground->points(), game.ground->cycles(), std::move(game.cells)};
    std::string sheet;
    try {
      if (request_.figures)
        sheet = atlas_sheet(entry, grid_, game.drawn, game.ground->game().view, request_.language);
    } catch (const Error& problem) {
      if (cancelled()) return;  // a child that Ctrl-C ended as well is no problem of its own
      const std::lock_guard lock(mutex_);
      undrawn_.push_back({game.place, entry.name, problem.what()});
    }
    if (cancelled()) return;
    // As they will be read again, so that a page does not depend on where its numbers come from.
    entry.found = folder_.keep(entry.slug, game.key, entry.found, sheet);
    game.ground.reset();
    game.drawn.clear();
    ++made_;
  }

  void tell() {
    const std::lock_guard lock(mutex_);
    ++told_;
    if (request_.progress)
      request_.progress(static_cast<double>(told_) / static_cast<double>(cells()));
  }

  const AtlasRequest& request_;
  AtlasGrid& grid_;
  AtlasFolder& folder_;
  std::vector<std::unique_ptr<Work>>& all_;
  std::atomic<std::size_t> next_{0}, made_{0};
  std::size_t told_ = 0;
  std::vector<AtlasUndrawn> undrawn_;
  std::mutex mutex_;
  std::exception_ptr problem_;
};

}  // namespace

AtlasSummary summary_of(const AtlasGrid& grid) {
  AtlasSummary all;
  for (const AtlasEntry& game : grid.games)
    for (const AtlasCell& cell : game.found.cells) {
      if (!cell.is_defined()) {
        ++all.undefined;
        continue;
      }
      ++all.cells;
      all.solved += solved(cell, game.found.points) == cell.starts();
      all.compared += cell.accord != Accord::kOpen;
      all.agree += cell.accord == Accord::kAgree || cell.accord == Accord::kRate;
      for (const AtPoint& at : cell.points) {
        if (at.theory != Theory::kAttracts || std::isnan(at.rate) || at.radius < 1e-3) continue;
        ++all.rates;
        all.rates_agree += std::abs(std::log(at.rate) - std::log(at.radius)) <=
                           0.1 * std::abs(std::log(at.radius));
      }
      all.on_cycles += on_cycles(cell);
      for (const OnCycle& on : cell.cycles) all.off_cycles += on.settled;
    }
  return all;
}

AtlasResult write_atlas(const AtlasRequest& request) {
  const std::string gnuplot = request.figures ? plot::gnuplot_version() : "";
  if (request.figures && gnuplot.empty())
    throw FileError(
        "there is no gnuplot to draw the figures with; install it (sudo apt install gnuplot-nox), "
        "or leave them out with --no-figures");
  AtlasGrid grid{.rules = request.rules, .options = request.options, .figures = request.figures};
  for (const AtlasRule& rule : request.rules)
    grid.slugs.push_back(fresh_slug(rule.name, grid.slugs));
  std::vector<std::string> slugs, keys;
  for (const std::string& what : request.games) {  // first, so that a wrong name is told at once
    const Game game = load_game(what);
    slugs.push_back(fresh_slug(game_spelling(game), slugs));
    keys.push_back(atlas_key(request, game, gnuplot));
    grid.games.push_back(entry_of(game, slugs.back()));
  }

  AtlasFolder folder(request, gnuplot);
  AtlasResult result{.games = grid.games.size()};
  std::vector<std::unique_ptr<Work>> left;
  for (std::size_t i = 0; i < grid.games.size(); ++i) {
    if (auto kept = folder.kept(slugs[i], keys[i])) {
      grid.games[i].found = std::move(*kept);
      ++result.kept;
      continue;
    }
    auto work = std::make_unique<Work>();
    work->what = request.games[i];
    work->key = keys[i];
    work->place = i;
    work->cells.resize(request.rules.size());
    work->drawn.resize(request.rules.size());
    work->left = request.rules.size();
    left.push_back(std::move(work));
  }
  result.outdated = folder.outdated();
  Makers makers(request, grid, folder, left);
  makers.run();
  result.made = makers.made();
  result.undrawn = makers.undrawn();
  for (const AtlasUndrawn& game : result.undrawn) grid.games[game.place].figures = false;
  if (result.made < left.size()) return result;
  result.numbers = atlas_numbers(grid);
  folder.finish(atlas_page(grid, request.language), result.numbers);
  result.complete = true;
  result.summary = summary_of(grid);
  return result;
}

}  // namespace gyre::report
