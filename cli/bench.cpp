// gyre bench: how fast this machine runs, beside a step written by hand and beside what others use.
#include <fmt/format.h>

#include <memory>

#include "bench/report.hpp"
#include "cli/interrupt.hpp"
#include "cli/output.hpp"
#include "cli/table.hpp"
#include "cli/values.hpp"
#include "cli/words.hpp"
#include "gyre/jit/jit.hpp"
#include "gyre/store/json.hpp"
#include "gyre/store/machine.hpp"

namespace gyre::cli {

namespace {

struct BenchWords {
  std::string threads;
  bool quick = false, no_peers = false, json = false, quiet = false;

  void declare(CLI::App& words);
};

void BenchWords::declare(CLI::App& words) {
  flag(words, "--quick", quick, "a few seconds: shows that all of it runs; its numbers are rough");
  flag(words, "--no-peers", no_peers, "do not run NumPy, PyTorch and the others");
  flag(words, "--json", json, "all numbers as JSON, for programs");
  flag(words, "--quiet", quiet, "no messages");
  option(words, "--threads", threads, "N", "of the map; 0 is one for each core (0)");
  words.footer(
      "  gyre bench\n"
      "  gyre bench --json > bench.json\n\n"
      "Every ratio is of numbers from this one run, taken in turns. Close other programs first.");
}

/// "26.1e9": what people compare at a glance.
std::string rate(double steps) {
  if (steps >= 1e9) return fmt::format("{:.1f}e9", steps / 1e9);
  if (steps >= 1e6) return fmt::format("{:.1f}e6", steps / 1e6);
  return fmt::format("{:.1f}e3", steps / 1e3);
}

Cell verdict(double measured, double target, bool at_least) {
  if (target <= 0.0) return {""};
  const bool met = at_least ? measured >= target : measured <= target;
  return {fmt::format("{}{:g} {}", at_least ? ">= " : "<= ", target, met ? "met" : "missed"),
          met ? Style::kGood : Style::kBad};
}

void print_roof(const bench::BenchReport& report) {
  print(
      fmt::format("Steps a second on one core, in double: {}, beside steps written by hand "
                  "({})\n",
                  report.backend, report.hand));
  Table table({{"game"},
               {"rule"},
               {"by hand", true},
               {"compiled", true},
               {"share", true},
               {"target"},
               {"interpreted", true, false, true}});
  for (const bench::RoofRow& row : report.roof) {
    const double share = row.compiled / row.by_hand;
    table.row({{row.game},
               {row.rule},
               {rate(row.by_hand)},
               {rate(row.compiled)},
               {fmt::format("{:.2f}", share)},
               verdict(share, row.target, true),
               {rate(row.interpreted)}});
  }
  print(table.text(out()));
}

void print_peers(const bench::BenchReport& report) {
  if (report.peers.empty()) return;
  print("\nThe same steps elsewhere, one core\n");
  Table table({{"who"},
               {"rule"},
               {"lanes", true},
               {"steps a second", true},
               {"Gyre", true},
               {"times", true},
               {"target"},
               {"version", false, true, true}});
  for (const bench::PeerRow& row : report.peers) {
    if (!row.missing.empty()) {
      table.row({{row.peer},
                 {row.rule},
                 {""},
                 {"-", Style::kFaint},
                 {""},
                 {""},
                 {""},
                 {row.missing, Style::kFaint}});
      continue;
    }
    const double times = row.compiled / row.theirs;
    table.row({{row.peer},
               {row.rule},
               {std::to_string(row.lanes)},
               {rate(row.theirs)},
               {rate(row.compiled)},
               {fmt::format("{:.{}f}", times, times < 100 ? 1 : 0)},
               verdict(times, row.target, true),
               {row.version, Style::kFaint}});
  }
  print(table.text(out()));
}

void print_limits(const bench::BenchReport& report) {
  print("\nLimits\n");
  Table table({{"what"}, {"measured", true}, {"limit"}, {"", false, true, true}});
  for (const bench::LimitRow& row : report.limits)
    table.row({{row.what},
               {fmt::format("{:.3g} {}", row.measured, row.unit)},
               verdict(row.measured, row.limit, row.at_least),
               {row.detail, Style::kFaint}});
  print(table.text(out()));
}

void print_curves(const bench::BenchReport& report) {
  std::string axis;
  Table table({{""}, {"", true}, {"steps a second", true}, {"compiled in", true}});
  for (const bench::CurveRow& row : report.curves) {
    table.row({{axis == row.axis ? "" : row.axis},
               {fmt::format("{:g}", row.at)},
               {rate(row.rate)},
               {row.compile_seconds > 0.0 ? fmt::format("{:.3g} s", row.compile_seconds) : ""}});
    axis = row.axis;
  }
  if (table.empty()) return;
  print(
      "\nCost as things grow: lanes of a map (xy, extragradient, all cores), and variables (every "
      "pair coupled, one core)\n");
  print(table.text(out()));
}

int bench_verb(const BenchWords& typed) {
  bench::BenchOptions options;
  options.quick = typed.quick;
  options.peers = !typed.no_peers;
  if (!typed.threads.empty())
    options.threads = static_cast<std::size_t>(whole("--threads", typed.threads, 0, 4096));
  options.compiled = &jit_backend();
  if (!jit_backend().works() && !typed.quiet)
    say("gyre: nothing is compiled here, so the interpreter stands in: " + jit_backend().problem());
  catch_interrupts();
  options.cancel = &interrupted();
  if (!typed.quiet && err().terminal)
    options.progress = [](const std::string& doing) { say("measuring " + doing); };
  const bench::BenchReport report = bench::measure(options);
  if (typed.json) {
    const Machine machine = this_machine();
    nlohmann::ordered_json document{{"machine",
                                     {{"processor", machine.processor},
                                      {"cores", machine.cores},
                                      {"memory_gib", machine.memory},
                                      {"system", machine.system}}},
                                    {"compiler", compiler()}};
    document.update(bench::to_json(report));
    print(json_text(document));
  } else {
    print(fmt::format("{}, {} cores; {}\n\n", this_machine().processor, this_machine().cores,
                      compiler()));
    print_roof(report);
    print_limits(report);
    print_peers(report);
    print_curves(report);
  }
  return report.complete ? kDone : interrupted_status();
}

}  // namespace

Action declare_bench(CLI::App& words) {
  const auto bench_words = std::make_shared<BenchWords>();
  bench_words->declare(words);
  return [bench_words](Command) { return bench_verb(*bench_words); };
}

}  // namespace gyre::cli
