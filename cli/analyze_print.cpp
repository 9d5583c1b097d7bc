#include "cli/analyze_print.hpp"

#include <fmt/format.h>

#include <cmath>

#include "cli/analyze_figures.hpp"
#include "cli/game_print.hpp"
#include "cli/table.hpp"
#include "gyre/analysis/study_json.hpp"
#include "gyre/core/text.hpp"
#include "gyre/plot/terminal.hpp"

namespace gyre::cli {

namespace {

constexpr std::size_t kMostSides = 4, kMostEigenvalues = 12;

/// Rounding that was left over where there should be nothing.
double clean(double value, double dust = 1e-12) { return std::abs(value) < dust ? 0.0 : value; }

/// A factor on the distance, from eigenvalues of which some are only roots of dust.
std::string factor(double radius) {
  return std::isnan(radius) ? "-" : rounded(clean(radius, 1e-9), 6);
}

/// Steps to a millionth; more than a thousand million are only told to be so many.
std::string steps_text(double steps) {
  if (!(steps < 1e15)) return "never";
  return steps > 1e9 ? "over 1e9" : fmt::format("{:.0f}", std::ceil(steps));
}

std::string box_text(const Game& game, const Box& box) {
  std::string text;
  for (std::size_t i = 0; i < box.size() && i < kMostSides; ++i)
    text += fmt::format("{}{} in [{}, {}]", i ? ", " : "", game.coordinates[i].name,
                        rounded(clean(box[i][0]), 4), rounded(clean(box[i][1]), 4));
  return text + (box.size() > kMostSides ? ", ..." : "");
}

/// A number, or what stands for one that is unknown or has no end.
std::string shown(double value, int digits, const char* endless = "never") {
  if (std::isnan(value)) return "-";
  return std::isinf(value) ? endless : rounded(value, digits);
}

std::string class_words(const PointAnalysis& p) {
  if (class_name(p.report) == "non-nash-attractor")
    return "no equilibrium, and yet an attractor: gradient steps settle there";
  if (p.across == p.report.flow) return point_words(p.report);
  PointReport across = p.report;
  across.flow = p.across;
  std::string words = point_words(across);
  return words.insert(words.find("; ") + 2,
                      p.found.dimension == 1 ? "across the line, " : "across the surface, ");
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
    parts.push_back("payoff " + rounded(clean(*p.payoff), 6));
  } else {
    std::vector<std::string> losses;
    for (const double loss : p.losses) losses.push_back(rounded(clean(loss), 4));
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
  if (!eigenvalues.empty())
    parts.push_back((p.whole_spectrum ? "eigenvalues " : "the ends of the spectrum ") +
                    join(eigenvalues, ", "));
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

/// What players could still gain, and how far the point is from what theorems ask.
std::string constants_text(const PointAnalysis& p, const Analysis& analysis, const Screen& screen) {
  std::string text;
  const auto line = [&](const std::string& words) {
    text += "  " + wrapped(words, screen.columns, 2) + "\n";
  };
  if (p.gap)
    line(std::isfinite(p.gap->value)
             ? fmt::format("gap {}, {}", rounded(clean(p.gap->value), 4), p.gap->about)
             : "gap " + p.gap->about);
  if (!p.weak_minty) return text;
  const double rho = p.weak_minty->value;
  std::string words = std::isfinite(rho)
                          ? "weak Minty constant " + rounded(clean(rho), 4)
                          : "no weak Minty constant: the field vanishes at another place";
  if (analysis.field && std::isfinite(rho))
    words += fmt::format("{} -1/(2L) = {}: for extragradient with two step sizes this is {}",
                         is_enough(*p.weak_minty, *analysis.field) ? " >" : ", not above",
                         rounded(-0.5 / analysis.field->lipschitz.value, 4),
                         is_enough(*p.weak_minty, *analysis.field) ? "enough" : "too little");
  line(words);
  return text;
}

/// L and what is monotone, for the heading.
std::string field_text(const Analysis& analysis, const Screen& screen) {
  std::string words;
  if (analysis.field) {
    const double mu = clean(analysis.field->monotonicity.value);
    words = fmt::format("The field in this box: Lipschitz constant L = {}; {}.",
                        rounded(clean(analysis.field->lipschitz.value), 5),
                        mu > 0.0 ? "strongly monotone, by " + rounded(mu, 4)
                        : mu == 0.0
                            ? "monotone"
                            : "not monotone, its symmetric part goes down to " + rounded(mu, 4));
  }
  if (analysis.has_cases)
    words += std::string(words.empty() ? "" : " ") +
             "The field has cases, bends or jumps: points where it jumps over zero are not looked "
             "for, and its constants hold between jumps.";
  for (const std::string& why : {analysis.field_why, analysis.gap_why})
    if (!why.empty()) words += (words.empty() ? "" : " ") + why;
  return words.empty() ? words : screen.paint(Style::kFaint, wrapped(words, screen.columns)) + "\n";
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
      silent +=
          "    " +
          wrapped(fmt::format(
                      "{}: no prediction, for {}{}", rule, r.why,
                      std::isnan(r.measured.rate) ? "" : "; measured " + factor(r.measured.rate)),
                  screen.columns, 4) +
          "\n";
      continue;
    }
    const StepSizes& s = *r.sizes;
    const bool settles = s.eta_limit > 0.0;
    table.row({{rule},
               {factor(s.radius), s.radius < 1.0 - 1e-11   ? Style::kGood
                                  : s.radius > 1.0 + 1e-11 ? Style::kBad
                                                           : Style::kOdd},
               {factor(r.measured.rate)},
               {steps_text(s.steps)},
               limit_cell(s),
               {settles ? shown(s.eta_best, 5) : "-"},
               {settles ? factor(s.radius_best) : "-"}});
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
  text += field_text(analysis, screen);
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
    text += class_words(p) + "\n" + facts(words, p, screen) + constants_text(p, analysis, screen) +
            rules_text(words, p, screen);
  }
  return text + refused_text(words, analysis, screen) + cycles_text(words, analysis, screen);
}

std::string analysis_picture(const AnalysisWords& words, const Analysis& analysis,
                             const std::optional<std::array<std::size_t, 2>>& section,
                             const Screen& screen) {
  constexpr int kWidest = 100, kHighest = 30;
  const auto shown = section_of(words.game, section);
  if (!shown) return {};
  const plot::Figure figure = flow_figure(words, analysis, *shown);
  return plot::terminal_picture(figure.panels.front(), std::min(screen.columns, kWidest),
                                std::clamp(screen.rows - 8, 12, kHighest), screen.color);
}

}  // namespace gyre::cli
