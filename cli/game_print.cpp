#include "cli/game_print.hpp"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "cli/table.hpp"
#include "gyre/analysis/classify.hpp"
#include "gyre/analysis/predict.hpp"
#include "gyre/analysis/study_json.hpp"
#include "gyre/core/text.hpp"
#include "gyre/expr/print.hpp"
#include "gyre/fields/symbolic_field.hpp"
#include "gyre/games/domain.hpp"
#include "gyre/store/json.hpp"

namespace gyre::cli {

namespace {

constexpr std::size_t kMostNumbers = 4;    // of a point on one line
constexpr std::size_t kLargestMatrix = 8;  // rows of a Jacobian that is printed
constexpr std::size_t kLongestFormula = 2'000;

/// A critical point: what the file says, and what the derivatives say with the parameters as set.
struct SeenPoint {
  std::vector<double> at;
  PointReport report;
  std::string about;
};

std::vector<SeenPoint> seen_points(const Game& game) {
  std::vector<SeenPoint> seen;
  for (std::vector<double>& at : reference_points(game, {})) {
    SeenPoint point{at, classify(game, at), {}};
    for (const KnownPoint& known : game.points) {
      double squares = 0.0;
      for (std::size_t i = 0; i < at.size(); ++i) squares += std::pow(at[i] - known.at[i], 2);
      if (squares < 1e-12) point.about = known.about;
    }
    seen.push_back(std::move(point));
  }
  return seen;
}

/// What the minimiser of a zero-sum game pays.
double payoff_at(const Game& game, std::span<const double> at) {
  std::vector<std::pair<Expr, double>> values;
  for (const Parameter& p : game.parameters) values.emplace_back(p.symbol, p.value);
  for (std::size_t i = 0; i < game.dim(); ++i)
    values.emplace_back(game.coordinates[i].symbol, at[i]);
  return evaluate<double>(game.payoff, values);
}

std::string section(const Screen& screen, std::string_view head) {
  return "\n" + screen.paint(Style::kBold, head) + "\n";
}

std::string field_text(const Game& game, const Screen& screen) {
  SymbolicField field(game);
  const SymbolicPoint here = field.here();
  const SymbolicPoint v = field.at(here);
  std::string text = section(screen, "field: each player's gradient of its own loss");
  for (std::size_t i = 0; i < game.dim(); ++i) {
    if (i == 16) return text + fmt::format("  and {} more\n", game.dim() - i);
    const std::string formula = to_text(v.at[i]);
    text += fmt::format("  {} : {}\n", game.coordinates[i].name,
                        formula.size() <= kLongestFormula ? formula : "(too long to show)");
  }
  return text;
}

std::string points_text(const Game& game, const Screen& screen) {
  std::string text = section(screen, "critical points");
  const std::vector<SeenPoint> points = seen_points(game);
  if (points.empty()) text += "  none is known or found\n";
  for (const SeenPoint& p : points) {
    text += fmt::format("  {}  {}\n", point_text(p.at), point_words(p.report));
    if (game.zero_sum)
      text += fmt::format("    the payoff there is {}\n", rounded(payoff_at(game, p.at), 6));
    if (!p.about.empty())
      text += "    " + screen.paint(Style::kFaint, wrapped(p.about, screen.columns, 4)) + "\n";
    std::vector<std::string> eigenvalues;
    for (const auto& e : p.report.eigenvalues) eigenvalues.push_back(eigenvalue_text(e));
    text +=
        "    eigenvalues of the Jacobian: " + wrapped(join(eigenvalues, ", "), screen.columns, 33) +
        "\n";
    if (game.dim() > kLargestMatrix) continue;
    Table rows(std::vector<Table::Column>(game.dim(), Table::Column{.right = true}));
    for (std::size_t i = 0; i < game.dim(); ++i) {
      std::vector<Cell> cells;
      for (std::size_t j = 0; j < game.dim(); ++j)
        cells.push_back({rounded(p.report.jacobian[i * game.dim() + j], 5)});
      rows.row(std::move(cells));
    }
    text += "    Jacobian of the field:\n" + rows.text(screen, "      ");
  }
  return text;
}

std::string parameters_text(const Game& game, const Screen& screen) {
  if (game.parameters.empty()) return {};
  Table table({{.head = "parameter"},
               {.head = "value", .right = true},
               {.head = "default", .right = true},
               {.head = "range"},
               {.head = "", .shrinks = true}});
  for (const Parameter& p : game.parameters)
    table.row({{p.name, Style::kBold},
               {number(p.value)},
               {number(p.initial)},
               {p.range ? number(p.range->low) + " to " + number(p.range->high) : "any"},
               {p.about}});
  return "\n" + table.text(screen);
}

}  // namespace

std::string point_words(const PointReport& report) {
  const char* kind = "";
  switch (report.kind) {
    case PointClass::kNash:
      kind = "a Nash point";
      break;
    case PointClass::kDegenerateNash:
      kind = "a Nash point (degenerate)";
      break;
    case PointClass::kMinimax:
      kind = "a minimax point, not Nash";
      break;
    case PointClass::kNone:
      kind = "no equilibrium";
      break;
  }
  const char* flow = "";
  switch (report.flow) {
    case Flow::kAttracting:
      flow = "the gradient flow is drawn to it";
      break;
    case Flow::kRepelling:
      flow = "the gradient flow leaves it";
      break;
    case Flow::kCentre:
      flow = "the gradient flow circles it";
      break;
    case Flow::kSaddle:
      flow = "a saddle of the gradient flow";
      break;
    case Flow::kMarginal:
      flow = "the gradient flow is undecided there";
      break;
  }
  return fmt::format("{}; {}", kind, flow);
}

std::string eigenvalue_text(std::complex<double> e) {
  auto small = [](double x) { return std::abs(x) < 1e-12 ? 0.0 : x; };
  if (small(e.imag()) == 0.0) return rounded(small(e.real()), 4);
  const std::string imaginary =
      fmt::format("{} {}i", e.imag() < 0.0 ? "-" : "+", rounded(std::abs(e.imag()), 4));
  return small(e.real()) == 0.0 ? (e.imag() < 0.0 ? "-" : "") + rounded(std::abs(e.imag()), 4) + "i"
                                : rounded(e.real(), 4) + " " + imaginary;
}

std::string paper_text(const Paper& paper) {
  if (paper.empty()) return {};
  std::string text = paper.authors;
  if (paper.year) text += fmt::format(" ({})", paper.year);
  if (!paper.title.empty()) text += ": " + paper.title;
  if (!paper.link.empty()) text += ", " + paper.link;
  return text;
}

std::string point_text(std::span<const double> at) {
  std::string text;
  for (std::size_t i = 0; i < at.size() && i < kMostNumbers; ++i)
    text += (i ? ", " : "") + rounded(std::abs(at[i]) < 1e-7 ? 0.0 : at[i], 4);
  return "(" + text + (at.size() > kMostNumbers ? ", ..." : "") + ")";
}

namespace {

/// Where the players may go: one line a variable, or a component where they differ.
std::string domain_text(const Game& game) {
  std::string text;
  const auto variable = [&](std::size_t i) {
    return game.coordinates[i].name.substr(0, game.coordinates[i].name.find('['));
  };
  for (std::size_t i = 0, end = 0; i < game.dim(); i = end) {
    const Coordinate& c = game.coordinates[i];
    end = i + 1;
    if (const Region* r = region_of(game, i)) {
      end = r->first + r->count;
      const std::string name = variable(i);
      if (r->kind == Region::Kind::kSimplex)
        text +=
            fmt::format("  {} stays on the simplex: {} numbers, none negative, that add up to {}\n",
                        name, r->count, number(r->size));
      else
        text += fmt::format("  {} stays in the ball of radius {} around {}\n", name,
                            number(r->size), point_text(r->centre));
      continue;
    }
    while (end < game.dim() && variable(end) == variable(i) && !region_of(game, end) &&
           game.coordinates[end].low == c.low && game.coordinates[end].high == c.high)
      ++end;
    const bool whole = (i == 0 || variable(i - 1) != variable(i)) &&
                       (end == game.dim() || variable(end) != variable(i));
    if (!whole) end = i + 1;
    if (c.is_bounded())
      text += fmt::format("  {} stays in [{}, {}]\n", whole ? variable(i) : c.name, number(c.low),
                          number(c.high));
  }
  return text;
}

/// The same for machines.
nlohmann::ordered_json domain_json(const Game& game) {
  using Json = nlohmann::ordered_json;
  Json domain = Json::array();
  for (std::size_t i = 0; i < game.dim(); ++i) {
    const Coordinate& c = game.coordinates[i];
    const Region* r = region_of(game, i);
    if (c.is_bounded())
      domain.push_back(
          {{"coordinates", {c.name}}, {"low", json_number(c.low)}, {"high", json_number(c.high)}});
    if (!r || r->first != i) continue;
    Json names = Json::array();
    for (std::size_t k = i; k < i + r->count; ++k) names.push_back(game.coordinates[k].name);
    if (r->kind == Region::Kind::kSimplex)
      domain.push_back({{"coordinates", names}, {"simplex", r->size}});
    else
      domain.push_back({{"coordinates", names}, {"ball", r->size}, {"centre", r->centre}});
  }
  return domain;
}

}  // namespace

std::string game_text(const Game& game, const Screen& screen) {
  std::string text = screen.paint(Style::kBold, game_spelling(game));
  if (!game.title.empty() && game.title != game.name) text += "  " + game.title;
  text += "\n";
  if (!game.name.empty()) text += game.text + "\n";
  if (!game.shows.empty()) text += "\n" + wrapped(game.shows, screen.columns) + "\n";
  if (!game.paper.empty())
    text +=
        "\n" + screen.paint(Style::kFaint, wrapped(paper_text(game.paper), screen.columns)) + "\n";
  text += section(screen, "players");
  for (const Player& p : game.players)
    text += fmt::format("  {} {} {}\n", p.name, p.maximises ? "maximises" : "minimises",
                        to_text(p.maximises ? -p.loss : p.loss));
  text += domain_text(game);
  if (!game.start.empty()) text += "  they start at " + point_text(game.start) + "\n";
  return text + parameters_text(game, screen) + field_text(game, screen) +
         points_text(game, screen);
}

nlohmann::ordered_json game_json(const Game& game) {
  using Json = nlohmann::ordered_json;
  Json coordinates = Json::array(), field = Json::array(), players = Json::array(),
       parameters = Json::array(), points = Json::array();
  SymbolicField symbolic(game);
  const SymbolicPoint v = symbolic.at(symbolic.here());
  for (std::size_t i = 0; i < game.dim(); ++i) {
    coordinates.push_back(game.coordinates[i].name);
    const std::string formula = to_text(v.at[i]);
    field.push_back(formula.size() <= kLongestFormula ? Json(formula) : Json());
  }
  for (const Player& p : game.players)
    players.push_back({{"variables", p.variables},
                       {"goal", p.maximises ? "max" : "min"},
                       {"loss", to_text(p.loss)}});
  for (const Parameter& p : game.parameters) {
    Json one{{"name", p.name}, {"value", p.value}, {"default", p.initial}, {"about", p.about}};
    one["range"] = p.range ? Json{p.range->low, p.range->high} : Json();
    parameters.push_back(std::move(one));
  }
  for (const SeenPoint& p : seen_points(game)) {
    Json eigenvalues = Json::array();
    for (const auto& e : p.report.eigenvalues) eigenvalues.push_back({e.real(), e.imag()});
    points.push_back({{"at", p.at},
                      {"payoff", game.zero_sum ? json_number(payoff_at(game, p.at)) : Json()},
                      {"residual", json_number(p.report.residual)},
                      {"class", to_string(p.report.kind)},
                      {"flow", to_string(p.report.flow)},
                      {"eigenvalues", std::move(eigenvalues)},
                      {"about", p.about}});
  }
  return {{"name", game.name},
          {"title", game.title},
          {"formula", game.text},
          {"shows", game.shows},
          {"paper", paper_text(game.paper)},
          {"players", std::move(players)},
          {"parameters", std::move(parameters)},
          {"zero_sum", game.zero_sum},
          {"coordinates", std::move(coordinates)},
          {"domain", domain_json(game)},
          {"view", game.view},
          {"start", game.start},
          {"field", std::move(field)},
          {"points", std::move(points)}};
}

}  // namespace gyre::cli
