// gyre sweep: maps of very many runs over starts, parameters and seeds.
#include <fmt/format.h>

#include <csignal>
#include <nlohmann/json.hpp>

#include "cli/interrupt.hpp"
#include "cli/output.hpp"
#include "cli/progress.hpp"
#include "cli/saving.hpp"
#include "cli/sweep_print.hpp"
#include "cli/sweep_save.hpp"
#include "cli/sweep_words.hpp"
#include "cli/values.hpp"
#include "cli/words.hpp"
#include "gyre/core/text.hpp"
#include "gyre/plot/terminal.hpp"
#include "gyre/report/sweep_maps.hpp"
#include "gyre/store/json.hpp"
#include "gyre/store/machine.hpp"
#include "gyre/store/run_folder.hpp"
#include "gyre/sweep/ranks.hpp"
#include "gyre/sweep/run.hpp"

namespace gyre::cli {

namespace {

using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

class Sweep {
 public:
  Sweep(const SweepTyped& typed, Ranks& ranks)
      : typed_(typed), ranks_(ranks), plan_(typed.plan()), lanes_(plan_) {
    // A rule that the game does not define is told here, before anything is made.
    const Backend& backend =
        backend_for(typed.engine(), lanes_.variant(0).traced, static_cast<double>(lanes_.size()),
                    static_cast<double>(plan_.steps));
    options_.backend = &backend;
    plan_.engine = engine_name(backend);
    place_ = typed.place(plan_);
    options_.threads = typed.threads.empty() ? 0 : whole("--threads", typed.threads, 0, 4096);
    options_.cancel = &interrupted();
  }

  int run() {
    began_ = utc_now();
    const auto start = std::chrono::steady_clock::now();
    if (!begin()) return status_;
    const bool quiet = typed_.quiet || !ranks_.first();
    Progress progress(!quiet);
    options_.progress = [&](double done) { progress.tell(done); };
    const bool done = compute();
    progress.clear();
    seconds_ = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    if (!done) return status_;
    return ranks_.first() ? end() : int{kDone};
  }

 private:
  /// The first rank opens the folder and finds the attractors; all learn what is to be done. False
  /// if there is nothing to compute or it went wrong.
  bool begin() {
    Json message;
    std::exception_ptr problem;
    if (ranks_.first()) try {
        message = prepared();
      } catch (...) {
        problem = std::current_exception();
        message = {{"ends", int{kFailed}}};
      }
    message = Json::parse(ranks_.tell(message.dump()));
    if (problem) std::rethrow_exception(problem);
    const bool differs = message.contains("plan") && message.at("plan") != plan_json(plan_);
    if (ranks_.worst(differs ? 1 : 0) > 0) {
      status_ = kFailed;
      if (!ranks_.first()) return false;
      throw Error(
          "the processes do not agree on what to do: do all nodes have the same files, "
          "program and processor?");
    }
    if (message.contains("ends")) {
      if (typed_.no_save && folder_) folder_->discard();
      status_ = message.at("ends");
      return false;
    }
    todo_ = message.at("todo").get<std::vector<std::uint64_t>>();
    attractors_ = attractors_of(message.at("attractors"), message.at("family"));
    return true;
  }

  Json prepared() {
    if (finished()) return {{"ends", int{kDone}}};
    folder_ = std::make_unique<SweepFolder>(place_, plan_, words_json(typed_.words), typed_.force);
    const std::uint64_t tiles = Tiles(plan_.lanes()).count();
    kept_ = tiles - folder_->todo().size();
    if (kept_ > 0 && !typed_.quiet)
      say(fmt::format("going on: {} of {} tiles are there", kept_, tiles));
    const Attractors found = sweep_attractors(plan_, lanes_, options_);
    if (interrupted()) return {{"ends", interrupted_status()}};
    return {{"plan", plan_json(plan_)},
            {"todo", folder_->todo()},
            {"attractors", attractors_json(found)},
            {"family", family_json(found)}};
  }

  /// Shows what an earlier command has found already.
  bool finished() {
    if (typed_.force) {
      if (fs::exists(place_)) check_replaceable(place_);
      return false;
    }
    const Json there = finished_plan(place_);
    if (there.is_null()) {
      if (fs::exists(place_))
        throw Error(as_typed(place_.string()) + " exists already; --force replaces a run");
      return false;
    }
    const auto differ = differences(there, plan_json(plan_));
    if (!differ.empty()) {
      std::string lines;
      for (const std::string& line : differ) lines += (lines.empty() ? "  " : "\n  ") + line;
      throw Error(as_typed(place_.string()) +
                      " holds another sweep; --force replaces it, --out names another place",
                  lines);
    }
    const Json manifest = Json::parse(read_file(place_ / kManifest, std::uint64_t{1} << 26));
    attractors_ = attractors_of(manifest.at("attractors"), Json::array());
    show(summarise(plan_, place_), place_);
    if (!typed_.quiet) say("all of it was there already, in " + place_.string());
    return true;
  }

  bool compute() {
    std::exception_ptr problem;
    int status = kDone;
    try {
      const SweepWork work =
          run_tiles(plan_, lanes_, attractors_, todo_, unfinished_of(place_), ranks_, options_);
      if (work.cancelled) status = interrupted_status();
    } catch (...) {
      problem = std::current_exception();
      status = kFailed;
    }
    status_ = ranks_.worst(status);
    if (status_ == kDone) return true;
    if (typed_.no_save && folder_) folder_->discard();
    if (problem) {
      told_to_go_on();
      std::rethrow_exception(problem);
    }
    if (ranks_.first() && status_ != kFailed) told_to_go_on();
    return false;
  }

  void told_to_go_on() const {
    if (typed_.no_save) return;
    say(fmt::format(
        "gyre: what is done is kept in {}; the same command, or gyre sweep --resume {}, "
        "goes on",
        as_typed(unfinished_of(place_).string()), as_typed(place_.string())));
  }

  int end() {
    const SweepSummary summary = summarise(plan_, folder_->unfinished());
    if (typed_.no_save) {
      show(summary, folder_->unfinished());
      folder_->discard();
      return kDone;
    }
    const SweepTimes times{
        began_, seconds_, ranks_.size(), options_.threads, Tiles(plan_.lanes()).count(), kept_};
    const std::string undrawn = save_sweep(folder_->unfinished(), plan_, typed_.words, attractors_,
                                           summary, times, pictures_of(typed_.plot));
    folder_->finish();
    show(summary, place_);
    finish_output();
    if (!typed_.quiet) say("saved in " + place_.string());
    if (undrawn.empty()) return kDone;
    throw FileError(undrawn);
  }

  void show(const SweepSummary& summary, const fs::path& folder) {
    if (typed_.json) {
      print(json_text(sweep_json(plan_, attractors_, summary)));
      return;
    }
    print(sweep_text(plan_, attractors_, summary, out()));
    const std::vector<std::string> kinds = pictures_of(typed_.plot);
    const auto among = [&](const char* kind) { return std::ranges::count(kinds, kind) > 0; };
    if (!among("terminal") && !(out().terminal && out().utf8 && !among("none"))) return;
    const auto figures = report::sweep_maps(plan_, attractors_, summary, folder);
    if (figures.empty()) return;
    constexpr int kWidest = 100, kHighest = 32;
    print("\n" + plot::terminal_picture(figures.front().second.panels.front(),
                                        std::min(out().columns, kWidest),
                                        std::clamp(out().rows - 8, 12, kHighest), out().color));
  }

  const SweepTyped& typed_;
  Ranks& ranks_;
  SweepPlan plan_;
  SweepLanes lanes_;
  fs::path place_;
  SweepOptions options_;
  std::unique_ptr<SweepFolder> folder_;
  std::vector<std::uint64_t> todo_;
  Attractors attractors_;
  std::string began_;
  double seconds_ = 0.0;
  std::uint64_t kept_ = 0;
  int status_ = kDone;
};

/// One process, or those of a launcher. Where they cannot work together, one of them says so: they
/// must not do the same work on the same files.
std::unique_ptr<Ranks> ranks_of(const SweepTyped& typed) {
  if (!typed.mpi && launched_ranks() == 1) return alone();
  try {
    return mpi_ranks();
  } catch (const Error&) {
    if (launched_rank() == 0) throw;
    return nullptr;
  }
}

int sweep(SweepTyped& typed) {
  const std::unique_ptr<Ranks> ranks = ranks_of(typed);
  if (!ranks) return kMisused;
  catch_interrupts();
  std::signal(SIGXFSZ, SIG_IGN);  // a file that may not grow is an error like a full disk
  std::optional<Sweep> one;
  std::exception_ptr problem;
  try {
    typed.read_files();
    one.emplace(typed, *ranks);
  } catch (const std::exception&) {
    problem = std::current_exception();
  }
  if (ranks->worst(problem ? 1 : 0) > 0) {  // mostly the same everywhere: the first one says it
    const bool first_says = ranks->worst(ranks->first() && problem ? 1 : 0) > 0;
    if (problem && (ranks->first() || !first_says)) std::rethrow_exception(problem);
    return kMisused;
  }
  return one->run();
}

}  // namespace

Action declare_sweep(CLI::App& words) {
  const auto typed = std::make_shared<SweepTyped>();
  typed->declare(words);
  return [typed](Command) { return sweep(*typed); };
}

}  // namespace gyre::cli
