#include "cli/analyze_print.hpp"

#include <fmt/format.h>

#include <cmath>

#include "cli/game_print.hpp"
#include "cli/table.hpp"
#include "gyre/analysis/study_json.hpp"
#include "gyre/core/text.hpp"

namespace gyre::cli {

namespace {

constexpr std::size_t kMostSides = 4, kMostEigenvalues = 12;

std::string box_text(const Game& game, const Box& box) {
  std::string text;
  for (std::size_t i = 0; i < box.size() && i < kMostSides; ++i)
    text += fmt::format("{}{} in [{}, {}]", i ? ", " : "", game.coordinates[i].name,
                        rounded(box[i][0], 4), rounded(box[i][1], 4));
  return text + (box.size() > kMostSides ? ", ..." : "");
}

/// A number, or what stands for one that is unknown or has no end.
std::string shown(double value, int digits, const char* endless = "never") {
  if (std::isnan(value)) return "-";
  return std::isinf(value) ? endless : rounded(value, digits);
}

std::string class_words(const PointReport& report) {
  if (class_name(report) == "non-nash-attractor")
    return "no equilibrium, and yet an attractor: gradient steps settle there";
  return point_words(report);
}

std::string rotation_words(double rotation) {
  if (std::isnan(rotation)) return {};
  if (rotation == 0.0) return "no rotation";
  if (std::isinf(rotation)) return "pure rotation";
  return "rotation " + rounded(rotation, 3) + " times the pull or push";
}

std::string facts(const AnalysisWords& words, const PointAnalysis& p, const Screen& screen) {
  std::vector<std::string> parts;
  if (p.payoff) {
    parts.push_back("payoff " + rounded(*p.payoff, 6));
  } else {
    std::vector<std::string> losses;
    for (const double loss : p.losses) losses.push_back(rounded(loss, 4));
    parts.push_back("losses " + join(losses, ", "));
  }
  std::vector<std::string> eigenvalues;
  for (const auto& e : p.report.eigenvalues) {
    if (eigenvalues.size() == kMostEigenvalues) {
      eigenvalues.emplace_back("...");
      break;
    }
    eigenvalues.push_back(eigenvalue_text(e));
  }
  if (!eigenvalues.empty()) parts.push_back("eigenvalues " + join(eigenvalues, ", "));
  if (const std::string turning = rotation_words(p.rotation); !turning.empty())
    parts.push_back(turning);
  if (p.held) parts.emplace_back("held there by the domain: the field itself is not zero");
  std::string text = "  " + wrapped(join(parts, "; "), screen.columns, 2) + "\n";
  if (p.found.dimension > 0) {
    const std::string what = p.found.dimension == 1
                                 ? "a line of critical points through " + point_text(p.found.at) +
                                       ", along " + point_text(p.found.along[0])
                                 : fmt::format("critical points in {} directions around {}",
                                               p.found.dimension, point_text(p.found.at));
    const std::string more = fmt::format(
        "{}; {} of them were met, {}. Rates leave {} out: nothing is to converge there.", what,
        p.found.hits, box_text(words.game, p.found.reach),
        p.found.dimension == 1 ? "this direction" : "these directions");
    text += "  " + wrapped(more, screen.columns, 2) + "\n";
  }
  return text;
}

Cell limit_cell(const StepSizes& s) {
  if (std::isnan(s.eta_limit)) return {"-"};
  if (s.eta_limit == 0.0) return {"none", Style::kBad};
  const std::string end = shown(s.eta_limit, 5, "any");
  if (s.eta_from > 0.0) return {rounded(s.eta_from, 4) + " to " + end, Style::kOdd};
  return {end};
}

std::string rules_text(const AnalysisWords& words, const PointAnalysis& p, const Screen& screen) {
  Table table({{.head = "rule", .shrinks = true},
               {.head = "radius", .right = true},
               {.head = "measured", .right = true},
               {.head = "steps to 1e-6", .right = true},
               {.head = "eta limit", .right = true},
               {.head = "best eta", .right = true},
               {.head = "radius there", .right = true}});
  std::string silent;
  for (const RuleAtPoint& r : p.rules) {
    const std::string rule = words.rules[r.rule].text();
    if (!r.sizes) {
      silent += "    " +
                wrapped(fmt::format("{}: no prediction, for {}{}", rule, r.why,
                                    std::isnan(r.measured.rate)
                                        ? ""
                                        : "; measured " + rounded(r.measured.rate, 6)),
                        screen.columns, 4) +
                "\n";
      continue;
    }
    const StepSizes& s = *r.sizes;
    const bool settles = s.eta_limit > 0.0;
    table.row({{rule},
               {rounded(s.radius, 6), s.radius < 1.0 - 1e-11   ? Style::kGood
                                      : s.radius > 1.0 + 1e-11 ? Style::kBad
                                                               : Style::kOdd},
               {shown(r.measured.rate, 6)},
               {s.steps < 1e15 ? fmt::format("{:.0f}", std::ceil(s.steps)) : "never"},
               limit_cell(s),
               {settles ? shown(s.eta_best, 5) : "-"},
               {settles ? shown(s.radius_best, 6) : "-"}});
  }
  return (table.empty() ? "" : table.text(screen, "    ")) + silent;
}

std::string refused_text(const AnalysisWords& words, const Analysis& analysis,
                         const Screen& screen) {
  std::string text;
  for (std::size_t i = 0; i < words.rules.size(); ++i)
    if (!analysis.refused[i].empty())
      text += "  " +
              wrapped(words.rules[i].text() + ": " + analysis.refused[i], screen.columns, 2) + "\n";
  return text.empty() ? text : "\nnot defined on this game\n" + text;
}

std::string cycles_text(const AnalysisWords& words, const Analysis& analysis,
                        const Screen& screen) {
  if (!analysis.cycles_known) return {};
  std::string text = "\n" + screen.paint(Style::kBold, "closed paths of the flow") + "\n";
  auto line = [&](const std::string& words_of) {
    text += "  " + wrapped(words_of, screen.columns, 2) + "\n";
  };
  for (const Cycle& c : analysis.cycles.cycles)
    line(fmt::format("{} cycle, period {}, around {} at a distance of {} to {}: {}",
                     to_string(c.kind), rounded(c.period, 5), point_text(c.around),
                     rounded(c.nearest, 4), rounded(c.farthest, 4),
                     box_text(words.game, c.extent)));
  for (const ClosedOrbits& c : analysis.cycles.centres)
    line(fmt::format(
        "every orbit around {} is closed, {}; periods {} to {}", point_text(c.around),
        c.to_the_edge ? "to the edge of the box" : "to a distance of " + rounded(c.to, 4),
        rounded(c.periods[0], 5), rounded(c.periods[1], 5)));
  if (analysis.cycles.cycles.empty() && analysis.cycles.centres.empty()) line("none found");
  text += "  " +
          screen.paint(Style::kFaint, wrapped(analysis.cycles.confidence, screen.columns, 2)) +
          "\n";
  return text;
}

std::string heading(const AnalysisWords& words, const Analysis& analysis, const Screen& screen) {
  const Game& game = words.game;
  std::string text = screen.paint(Style::kBold, game_spelling(game));
  if (!game.title.empty() && game.title != game.name) text += "  " + game.title;
  if (!game.name.empty()) text += "\n" + game.text;
  text += "\nbox: " + box_text(game, analysis.search.box) + "\n";
  text += screen.paint(Style::kFaint, wrapped(confidence_words(analysis.search), screen.columns)) +
          "\n";
  if (!analysis.search.outside.empty()) {
    std::vector<std::string> some;
    for (const auto& p : analysis.search.outside) {
      if (some.size() == kMostSides) break;
      some.push_back(point_text(p));
    }
    text += screen.paint(Style::kFaint,
                         wrapped("Beyond the box: " + join(some, ", ") +
                                     (analysis.search.outside.size() > kMostSides ? ", ..." : "") +
                                     "; a wider --box takes them in.",
                                 screen.columns)) +
            "\n";
  }
  return text;
}

}  // namespace

std::string analysis_text(const AnalysisWords& words, const Analysis& analysis,
                          const Screen& screen) {
  std::string text = heading(words, analysis, screen);
  if (analysis.points.empty()) text += "\nno critical point in this box\n";
  for (const PointAnalysis& p : analysis.points) {
    text += "\n" + screen.paint(Style::kBold, point_text(p.found.at)) + "  ";
    if (!p.smooth) {
      text += "the game has no slopes here\n";
      continue;
    }
    text += class_words(p.report) + "\n" + facts(words, p, screen) + rules_text(words, p, screen);
  }
  return text + refused_text(words, analysis, screen) + cycles_text(words, analysis, screen);
}

}  // namespace gyre::cli
