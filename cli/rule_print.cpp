#include "cli/rule_print.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "cli/game_print.hpp"
#include "cli/table.hpp"
#include "gyre/core/text.hpp"

namespace gyre::cli {

namespace {

std::string kind_of(const ParamFacts& p) {
  switch (p.kind) {
    case ParamKind::kReal:
      return "number";
    case ParamKind::kCount:
      return "whole number";
    case ParamKind::kRealPerPlayer:
      return "number for each player";
    case ParamKind::kCountPerPlayer:
      return "whole number for each player";
    case ParamKind::kOrder:
      return "players, as in y>x";
  }
  return {};
}

std::string cost(const StageFacts& stage) {
  const RuleFacts& f = stage.facts;
  const std::string products = f.products > 0.0
                                   ? fmt::format(" and {} product{} with the Jacobian",
                                                 number(f.products), f.products == 1.0 ? "" : "s")
                                   : "";
  const std::string plural = f.calls == 1.0 ? "" : "s";
  switch (stage.kind) {
    case StageKind::kField:
      return fmt::format("{} field call{}{} for each one asked of it", number(f.calls), plural,
                         products);
    case StageKind::kScheme:
      return fmt::format("{} field call{}{} a step", number(f.calls), plural, products);
    case StageKind::kWrapper:
      return fmt::format("{} step{} of the wrapped rule a step{}", number(f.calls), plural,
                         f.starts > 0.0 ? ", the first with fresh memory" : "");
  }
  return {};
}

std::string parameters(const StageFacts& stage, const Screen& screen) {
  if (stage.params.empty()) return {};
  Table table({{.head = "parameter"},
               {.head = "default", .right = true},
               {.head = "range"},
               {.head = "takes"},
               {.head = "", .shrinks = true}});
  for (const ParamFacts& p : stage.params) {
    const bool plain = p.kind == ParamKind::kReal || p.kind == ParamKind::kCount;
    table.row(
        {{p.name, Style::kBold},
         {plain ? number(p.initial) : "-"},
         {p.kind == ParamKind::kOrder ? "-" : number(p.range.low) + " to " + number(p.range.high)},
         {kind_of(p)},
         {p.about, Style::kFaint}});
  }
  return "\n" + table.text(screen);
}

}  // namespace

std::string stage_text(const StageFacts& stage, const Screen& screen) {
  const RuleFacts& f = stage.facts;
  auto line = [&](std::string_view head, const std::string& text) {
    constexpr int kHead = 10;
    return text.empty()
               ? ""
               : fmt::format("{}{}\n",
                             screen.paint(Style::kFaint, fmt::format("{:<{}}", head, kHead)),
                             wrapped(text, screen.columns, kHead));
  };
  std::string text = fmt::format("{}  {}, a {}\n", screen.paint(Style::kBold, f.id), f.name,
                                 to_string(stage.kind));
  text += wrapped(f.does, screen.columns) + "\n\n";
  for (const std::string& equation : f.equations) text += "  " + equation + "\n";
  text += "\n";
  std::vector<std::string> slots;
  for (const Slot& slot : f.memory) slots.push_back(slot.name + ", at first " + slot.start);
  text += line("paper", f.paper.empty() ? "folklore" : paper_text(f.paper));
  text += line("cost", cost(stage));
  text += line("remembers", slots.empty() ? "nothing" : join(slots, "; "));
  text +=
      line("on x*y", f.bilinear.empty() ? "" : "a step multiplies the distance by " + f.bilinear);
  text += line("fails", f.fails);
  text += line("maturity", std::string(to_string(f.maturity)));
  return text + parameters(stage, screen);
}

nlohmann::ordered_json stage_json(const StageFacts& stage) {
  using Json = nlohmann::ordered_json;
  const RuleFacts& f = stage.facts;
  Json params = Json::array(), memory = Json::array();
  for (const ParamFacts& p : stage.params)
    params.push_back({{"name", p.name},
                      {"about", p.about},
                      {"takes", kind_of(p)},
                      {"default", p.initial},
                      {"range", {p.range.low, p.range.high}},
                      {"logarithmic", p.range.logarithmic}});
  for (const Slot& slot : f.memory) memory.push_back({{"name", slot.name}, {"start", slot.start}});
  return {{"id", f.id},
          {"name", f.name},
          {"kind", to_string(stage.kind)},
          {"does", f.does},
          {"equations", f.equations},
          {"memory", std::move(memory)},
          {"paper", paper_text(f.paper)},
          {"calls", f.calls},
          {"products", f.products},
          {"bilinear", f.bilinear},
          {"fails", f.fails},
          {"maturity", to_string(f.maturity)},
          {"parameters", std::move(params)}};
}

}  // namespace gyre::cli
