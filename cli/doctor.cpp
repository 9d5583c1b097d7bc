// gyre doctor: what is installed, what is missing, and what to do.
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/hand_over.hpp"
#include "cli/output.hpp"
#include "cli/words.hpp"
#include "gyre/analysis/study.hpp"
#include "gyre/core/text.hpp"
#include "gyre/core/version.hpp"
#include "gyre/games/catalogue.hpp"
#include "gyre/jit/jit.hpp"
#include "gyre/plot/render.hpp"
#include "gyre/program/kernels.hpp"
#include "gyre/store/file.hpp"
#include "gyre/store/json.hpp"
#include "gyre/store/machine.hpp"
#include "gyre/sweep/ranks.hpp"

namespace gyre::cli {

namespace {

/// One line of the report.
struct Finding {
  std::string what, found;
  bool good = true;
  bool needed = true;    ///< without it, something that Gyre does fails
  std::string advice{};  ///< what to do if it is not good
};

/// The first line that a command prints; empty if it fails.
std::string first_line(const char* command) {
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command, "r"), pclose);
  std::array<char, 256> line{};
  if (!pipe || !fgets(line.data(), line.size(), pipe.get())) return {};
  return std::string(trim(line.data()));
}

Finding program() { return {"gyre", fmt::format("{}, built with {}", kVersion, compiler())}; }

Finding processor() {
  const Machine machine = this_machine();
  std::vector<std::string> sets;
  for (const KernelSet& set : kernel_sets()) sets.emplace_back(set.name);
  return {"processor",
          fmt::format("{}, {} core{}, {:.1f} GiB, kernels {}", machine.processor, machine.cores,
                      machine.cores == 1 ? "" : "s", machine.memory, join(sets, " "))};
}

Finding system() { return {"system", this_machine().system}; }

/// A run that must end at the known equilibrium.
Finding self_test() {
  Study study;
  study.game = catalogue_game("xy");
  study.rules = {parse_pipe("extragradient")};
  study.starts = {study.game.start};
  const StudyResult result = run_study(study);
  const bool good = result.runs[0].outcome.verdict == Verdict::kSettled;
  return {"self-test",
          fmt::format("{} games, {} stages of rules; extragradient {} x*y", catalogue().size(),
                      rule_catalogue().size(), good ? "solves" : "does not solve"),
          good, true, "this build is broken: run its tests"};
}

/// What of the JIT there is, tried on the same step.
Finding compiler_of_steps() {
  const JitBackend& jit = jit_backend();
  const Game game = catalogue_game("xy");
  const Traced traced = trace(game, parse_pipe("extragradient"));
  if (jit.works()) jit.runner(traced.step, 1);
  const std::string problem = jit.problem();
  return {"jit", problem.empty() ? jit.name() : "none, programs are interpreted: " + problem,
          problem.empty(), false,
          "to compile long runs, build where llvm-19-dev is installed, and leave GYRE_JIT unset"};
}

Finding ranks() {
  const MpiFound mpi = find_mpi();
  const bool there = mpi.problem.empty();
  return {"mpi", there ? mpi.library : "none, sweeps run in one process: " + mpi.problem, there,
          false, "to sweep over the nodes of a cluster, build where libopenmpi-dev is installed"};
}

Finding gnuplot() {
  const std::string version = plot::gnuplot_version();
  return {"gnuplot", version.empty() ? "missing; no figures can be drawn" : version,
          !version.empty(), true, "apt-get install gnuplot-nox, or name one in GYRE_GNUPLOT"};
}

Finding fonts() {
  const std::string font = first_line("fc-match -f '%{family}' sans 2>/dev/null");
  return {"font", font.empty() ? "none found; figures have no words" : font, !font.empty(), true,
          "apt-get install fontconfig fonts-dejavu-core"};
}

Finding chinese_font() {
  const std::string font = first_line("fc-list -f '%{family}\\n' :lang=zh-cn 2>/dev/null");
  return {"Chinese font", font.empty() ? "none; Chinese words in PNG and PDF become boxes" : font,
          !font.empty(), false, "apt-get install fonts-noto-cjk"};
}

Finding writing() {
  std::array<char, 4096> here{};
  const std::string place = getcwd(here.data(), here.size()) ? here.data() : "?";
  try {
    const std::string probe = fmt::format(".gyre-doctor-{}", getpid());
    write_file(probe, "x");
    unlink(probe.c_str());
    return {"this folder", place + ", can be written"};
  } catch (const FileError&) {
    return {"this folder", place + ", cannot be written", false, true,
            "go to another folder, or say --out DIR or --no-save"};
  }
}

Finding locale() {
  return {"locale", out().utf8 ? "UTF-8" : "not UTF-8; no pictures in the terminal", out().utf8,
          false, "export LC_ALL=C.UTF-8"};
}

Finding training() {
  const std::string place = training_program().string();
  return {"gyre-gan", place.empty() ? "not built; GANs cannot be trained" : place, !place.empty(),
          false, kTrainingAdvice};
}

int doctor(bool json) {
  const std::vector<Finding> findings{program(),           processor(), system(),  self_test(),
                                      compiler_of_steps(), ranks(),     gnuplot(), fonts(),
                                      chinese_font(),      writing(),   locale(),  training()};
  bool fit = true;
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (const Finding& f : findings) {
    fit = fit && (f.good || !f.needed);
    all.push_back({{"what", f.what},
                   {"found", f.found},
                   {"good", f.good},
                   {"needed", f.needed},
                   {"advice", f.good ? "" : f.advice}});
    if (json) continue;
    const Style style = f.good ? Style::kGood : f.needed ? Style::kBad : Style::kOdd;
    print(fmt::format("{}  {:<13} {}\n",
                      out().paint(style, f.good     ? "ok     "
                                         : f.needed ? "MISSING"
                                                    : "missing"),
                      f.what, f.found));
    if (!f.good) print(fmt::format("{:<23} {}\n", "", f.advice));
  }
  if (json) {
    print(json_text({{"fit", fit}, {"findings", all}}));
  } else {
    print(fit ? "\nall that is needed is there\n" : "\nsomething that is needed is missing\n");
  }
  return fit ? kDone : kFailed;
}

}  // namespace

Action declare_doctor(CLI::App& words) {
  const auto json = std::make_shared<bool>(false);
  flag(words, "--json", *json, "print JSON");
  words.footer("  gyre doctor");
  return [json](Command) { return doctor(*json); };
}

}  // namespace gyre::cli
