#include "cli/sweep_words.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>

#include "cli/analyze_words.hpp"
#include "cli/game_words.hpp"
#include "cli/saving.hpp"
#include "cli/values.hpp"
#include "cli/words.hpp"
#include "gyre/analysis/starts.hpp"
#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"
#include "gyre/store/run_folder.hpp"
#include "gyre/sweep/folder.hpp"
#include "gyre/sweep/run.hpp"

namespace gyre::cli {

namespace {

constexpr std::uint64_t kMostSteps = std::numeric_limits<std::uint32_t>::max() - 1;
constexpr std::uint64_t kMostSeed = (std::uint64_t{1} << 52) - 1, kMostFile = 1 << 20;

bool is_file_of(const std::string& typed, std::initializer_list<const char*> endings) {
  return std::ranges::any_of(endings, [&](const char* end) { return typed.ends_with(end); });
}

/// A sweep's TOML file says so; a game's has a formula.
bool is_sweep_toml(const std::string& text) {
  for (const std::string_view line : split(text, '\n')) {
    const std::string_view key = trim(line.substr(0, line.find('=')));
    if (key == "formula") return false;
    if (key == "game") return true;
  }
  return false;
}

std::vector<Quantity> usual_quantities(const SweepPlan& plan, std::optional<Preset> preset) {
  std::vector<Quantity> keep{Quantity::kOutcome};
  if (attractors_stay(plan)) keep.push_back(Quantity::kAttractor);
  keep.push_back(Quantity::kSteps);
  keep.push_back(Quantity::kRate);
  if (preset == Preset::kBasin) keep.push_back(Quantity::kPeriod);
  return keep;
}

}  // namespace

void SweepTyped::declare(CLI::App& app) {
  app.add_option("GAME|FILE", words.game,
                 "a built-in game, a formula or a game file, as 'gyre run' takes them; or a sweep "
                 "in TOML or YAML")
      ->type_name("GAME|FILE");
  option(app, "--axis", words.axes, "NAME=VALUES",
         "x=-2:2:400, eta=log:1e-3:1:300, seed=0:99 or eta=0.1,0.2; repeat it, up to six");
  option(app, "--preset", words.preset, "NAME", "basin, stability or robustness: axes ready made");
  option(app, "--rule", words.rules, "RULE",
         "learn by this rule; several make an axis (simultaneous)");
  option(app, "--start", words.start, "X,Y,...", "begin here where no axis says, or random");
  option(app, "--set", words.settings, "NAME=VALUE", "set a parameter of the game");
  option(app, "--draw", words.draws, "NAME=VALUES",
         "each run draws it: x=-2:2, eta=log:1e-3:1, x=normal:0:1, k=whole:1:9 or a list");
  option(app, "--runs", words.runs, "N", "so many runs draw");
  option(app, "--keep", words.keep, "A,B,...",
         "outcome, attractor, steps, rate, period, exit, point or all");
  option(app, "--exit", words.exit, "X=L:H,...", "the box that 'exit' is about (the game's view)");
  option(app, "--steps", words.steps, "N", "stop a run after so many steps (4000)");
  option(app, "--seed", words.seed, "N", "of draws, random starts and noise (1)");
  option(app, "--engine", words.engine, "NAME", "auto, interpreter, jit or jit-f32 (auto)");
  option(app, "--out", out, "DIR", "the results (runs/sweep-GAME-RULE-DIGEST)");
  option(app, "--resume", resume, "DIR", "go on with the sweep that was to become DIR");
  flag(app, "--force", force, "begin anew, and replace what is there");
  flag(app, "--no-save", no_save, "keep no folder; print the summary alone");
  app.add_flag("--plot{png}", plot, "the maps: svg, png, pdf, terminal, none (png)")
      ->type_name("[=KIND,...]");
  flag(app, "--mpi", mpi, "through MPI, also where no launcher is found");
  flag(app, "--json", json, "print one JSON object (docs/sweep-json.md)");
  flag(app, "--quiet", quiet, "no messages and no progress");
  option(app, "--threads", threads, "N",
         "a process; 0 is one for each core (0); changes no result");
  app.footer(
      "  gyre sweep forsaken --preset basin --rule 'extragradient(eta=0.1)'\n"
      "  gyre sweep xy --preset stability --rule 'momentum | alternating'\n"
      "  gyre sweep almost-bilinear --preset robustness --rule optimistic\n"
      "  gyre sweep forsaken --axis x=-1.5:1.5:200 --axis eta=log:1e-2:1:100 --keep outcome,steps\n"
      "  gyre sweep xy --rule 'adam | optimistic' --draw adam.beta1=-0.9:0.9 \\\n"
      "    --draw eta=log:1e-3:1 --runs 10000\n"
      "  gyre sweep map.toml --out map        a sweep from a file; the same again goes on\n"
      "  mpirun -n 4 gyre sweep map.toml --out map\n"
      "\nArrays are NumPy files, one axis after the other as given; axes of several rules and of\n"
      "whole-number parameters come first, one of draws last. A sweep that was cut short goes on\n"
      "where it was when the same command is given again.");
}

void SweepTyped::read_files() {
  if (!resume.empty()) {
    if (!words.game.empty() || !words.axes.empty() || !words.preset.empty())
      throw Error(
          "--resume goes on with the words that the sweep was begun with; leave others out");
    if (!out.empty() || no_save || force) throw Error("--resume names the folder already");
    words = words_of(kept_words(resume));
    out = resume;
    return;
  }
  const bool yaml = is_file_of(words.game, {".yaml", ".yml"});
  if (!yaml && !is_file_of(words.game, {".toml"})) return;
  const std::string source = words.game, text = read_file(source, kMostFile);
  if (!yaml && !is_sweep_toml(text)) return;
  words.game.clear();
  words.complete(yaml ? sweep_yaml(text, source) : sweep_toml(text, source));
}

std::optional<Preset> SweepTyped::preset() const {
  if (words.preset.empty()) return std::nullopt;
  const std::string name = one_of("--preset", words.preset, {"basin", "stability", "robustness"});
  for (const Preset preset : {Preset::kBasin, Preset::kStability, Preset::kRobustness})
    if (to_string(preset) == name) return preset;
  return std::nullopt;
}

Engine SweepTyped::engine() const {
  return parse_engine(words.engine.empty() ? "auto" : words.engine);
}

SweepPlan SweepTyped::plan() const {
  if (words.game.empty())
    throw Error(
        "which game? For example: gyre sweep forsaken --preset basin; 'gyre games' lists "
        "others");
  if (!out.empty() && no_save) throw Error("--out and --no-save exclude each other");
  pictures_of(plot);
  const std::optional<Preset> wanted = preset();
  SweepPlan plan;
  plan.game = game_of(words.game, words.settings);
  for (const std::string& rule : words.rules) plan.rules.push_back(parse_pipe(rule));
  if (words.rules.empty())
    plan.rules.push_back(parse_pipe(wanted ? usual_rule(*wanted) : "simultaneous"));
  for (const std::string& text : words.axes) plan.axes.push_back(parse_axis(text));
  for (const std::string& text : words.draws) plan.draws.push_back(parse_draw(text));
  if (!words.runs.empty()) plan.runs = whole("--runs", words.runs, 1, std::uint64_t{1} << 40);
  if (!words.seed.empty()) plan.seed = whole("--seed", words.seed, 0, kMostSeed);
  if (!words.steps.empty()) plan.steps = whole("--steps", words.steps, 1, kMostSteps);
  plan.random_start = words.start == "random";
  if (!words.start.empty() && !plan.random_start)
    plan.start = starts_of({words.start}, plan.game, plan.seed).front();
  if (wanted && plan.draws.empty()) apply(*wanted, plan);
  if (plan.start.empty() && !plan.random_start) plan.start = default_start(plan.game, plan.seed);
  arrange(plan);
  plan.keep = words.keep.empty() ? usual_quantities(plan, wanted) : parse_quantities(words.keep);
  const auto keeps = [&](Quantity q) { return std::ranges::count(plan.keep, q) > 0; };
  if (!keeps(Quantity::kOutcome)) plan.keep.insert(plan.keep.begin(), Quantity::kOutcome);
  if (keeps(Quantity::kAttractor) && !attractors_stay(plan)) {
    if (words.keep.find("attractor") != std::string::npos)
      throw Error(
          "--keep attractor: an axis moves a parameter of the game, and the attractors move "
          "with it; --keep point tells where runs end");
    std::erase(plan.keep, Quantity::kAttractor);
  }
  if (keeps(Quantity::kExit))
    plan.exit = box_of(words.exit.empty() ? std::vector<std::string>{} : std::vector{words.exit},
                       plan.game, "--exit");
  else if (!words.exit.empty())
    throw Error("--exit is the box of the quantity 'exit'; say --keep outcome,steps,exit");
  return plan;
}

std::filesystem::path SweepTyped::place(const SweepPlan& plan) const {
  if (!out.empty()) return out;
  constexpr std::size_t kDigits = 8;
  const std::string digest = sha256(plan_json(plan).dump()).substr(0, kDigits);
  const std::string game = slug(plan.game.name.empty() ? plan.game.text : plan.game.name);
  const std::string name =
      fmt::format("sweep-{}-{}-{}", game, slug(plan.rules.front().text()), digest);
  if (!no_save) return std::filesystem::path("runs") / name;
  return std::filesystem::temp_directory_path() / fmt::format("gyre-{}-{}", name, getpid());
}

}  // namespace gyre::cli
