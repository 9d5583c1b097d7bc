#include "cli/run_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "cli/game_words.hpp"
#include "cli/saving.hpp"
#include "cli/values.hpp"
#include "cli/words.hpp"
#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"

namespace gyre::cli {

namespace {

constexpr std::uint64_t kMostSteps = std::numeric_limits<std::int64_t>::max();
constexpr std::uint64_t kMostRuns = 1'000'000;
constexpr double kMostNumbers = 2e8;  // recorded: 1.6 GB

/// `every:K`, `none`, or what keeps files small if nothing was said.
std::uint64_t recording(const std::string& typed, const Study& study) {
  constexpr std::string_view kEvery = "every:";
  const std::size_t runs = study.rules.size() * study.starts.size();
  if (typed.empty()) return modest_recording(study.options.steps, runs);
  if (typed == "none") return 0;
  if (!typed.starts_with(kEvery))
    throw Error("--record takes every:K or none, not " + as_typed(typed));
  const std::uint64_t every =
      whole("--record every:K", std::string_view(typed).substr(kEvery.size()), 1, kMostSteps);
  const double each = static_cast<double>(runs * study.game.dim());
  const double steps = static_cast<double>(study.options.steps);
  if (steps / static_cast<double>(every) * each > kMostNumbers)
    throw Error(fmt::format("--record {} may keep more than {} numbers; every:{:.0f} fits", typed,
                            number(kMostNumbers), std::ceil(steps * each / kMostNumbers)));
  return every;
}

bool draws(const RunWords& words) {
  const std::vector<std::string> kinds = words.pictures();
  return std::ranges::any_of(kinds, [](const std::string& kind) { return kind != "none"; });
}

}  // namespace

void RunWords::declare(CLI::App& words) {
  words.add_option("GAME", game, kGameWord)->type_name("GAME");
  option(words, "--rule", rules, "RULE", "learn by this rule; repeat it to compare (simultaneous)");
  option(words, "--start", starts, "X,Y,...", "begin here, or random:N; repeat it for more");
  option(words, "--set", settings, "NAME=VALUE", "set a parameter of the game");
  option(words, "--steps", steps, "N", "stop after so many steps (10000)");
  option(words, "--calls", calls, "N", "stop after so many field calls a run");
  option(words, "--time", time, "T", "stop after so long a rule: 90, 500ms, 2m, 1h");
  option(words, "--seed", seed, "N", "of random starts and of noise (1)");
  option(words, "--record", record, "every:K", "keep every K-th point, or none of them");
  option(words, "--format", format, "csv|npy", "of the recorded points (csv)");
  option(words, "--out", out, "DIR", "the run folder (runs/TIME-GAME-RULE)");
  flag(words, "--force", force, "replace that folder if it holds a run");
  flag(words, "--no-save", no_save, "make no run folder");
  words.add_flag("--plot{svg}", plot, "draw figures: svg, png, pdf, terminal; svg if not said")
      ->type_name("[=KIND,...]");
  flag(words, "--json", json, "print one JSON object (docs/run-json.md)");
  flag(words, "--quiet", quiet, "no messages and no progress");
  option(words, "--engine", engine, "NAME", "auto, interpreter, jit or jit-f32 (auto)");
  option(words, "--threads", threads, "N", "0 is one for each core (0); changes no result");
  words.footer(
      "  gyre run 'min x max y: x*y'\n"
      "  gyre run 'min x max y: x*y' --rule gda --rule alt-gda --rule eg --start 0.6,0.7\n"
      "  gyre run xy --rule 'adam | extragradient(eta=0.05) | lookahead(k=5)'\n"
      "  gyre run forsaken --rule ogda --start random:100 --steps 1e5 --plot=png\n"
      "  gyre run xy --rule 'noise(sigma=0.1) | extragradient' --seed 3\n"
      "  gyre run 'x: x^2 + a*x*y; y: y^2 - x*y; a = 2' --set a=3 --json --no-save");
}

Study RunWords::study() const {
  if (game.empty())
    throw Error("which game? For example: gyre run 'min x max y: x*y'; 'gyre games' lists others");
  check_saving({!no_save, out, force}, pictures());
  Study study;
  study.game = game_of(game, settings);
  for (const std::string& rule : rules) study.rules.push_back(parse_pipe(rule));
  if (rules.empty()) study.rules.push_back(parse_pipe("simultaneous"));
  if (!seed.empty())
    study.seed = whole("--seed", seed, 0, std::numeric_limits<std::uint64_t>::max());
  study.starts = starts_of(starts, study.game, study.seed);
  if (study.starts.size() * study.rules.size() > kMostRuns)
    throw Error("that are " + std::to_string(study.starts.size() * study.rules.size()) +
                " runs; at most " + std::to_string(kMostRuns) + " are taken");
  if (!steps.empty()) study.options.steps = whole("--steps", steps, 1, kMostSteps);
  if (!calls.empty()) study.options.calls = real("--calls", calls, {1.0, 1e18});
  if (!time.empty()) study.options.seconds = seconds("--time", time);
  study.options.threads = threads.empty() ? 0 : whole("--threads", threads, 0, 4096);
  if (!engine.empty()) study.engine = parse_engine(engine);
  one_of("--format", format, {"csv", "npy"});
  study.record_every = recording(record, study);
  if (study.record_every == 0 && draws(*this))
    throw Error("--plot draws recorded points, and none are kept; say --record every:K");
  return study;
}

std::vector<std::string> RunWords::pictures() const { return pictures_of(plot); }

}  // namespace gyre::cli
