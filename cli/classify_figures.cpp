#include "cli/classify_figures.hpp"

#include <fmt/format.h>

#include <cmath>
#include <limits>

namespace gyre::cli {

using namespace plot;

Figure learning_figure(const std::string& title, const std::vector<ClassifyRow>& rows) {
  Figure figure{.title = title, .columns = 2, .width = 1000};
  if (rows.size() < 2) return figure;
  Panel loss{.title = "loss on what is learned from", .x = {.label = "epoch"}};
  loss.y.log = true;
  Panel accuracy{.title = "accuracy on pictures not seen [%]", .x = {.label = "epoch"}};
  loss.legend = accuracy.legend = Legend::kNone;
  Line falls{.ink = {.color = kBlue}}, rises{.ink = {.color = kVermillion}};
  Points marks{.ink = {.color = kVermillion}};
  for (const ClassifyRow& row : rows) {
    falls.x.push_back(row.epoch), falls.y.push_back(row.loss);
    if (std::isnan(row.accuracy)) continue;
    rises.x.push_back(row.epoch), rises.y.push_back(100.0 * row.accuracy);
  }
  marks.x = rises.x, marks.y = rises.y;
  loss.layers.emplace_back(std::move(falls));
  accuracy.layers.emplace_back(std::move(rises));
  accuracy.layers.emplace_back(std::move(marks));
  figure.panels = {std::move(loss), std::move(accuracy)};
  return figure;
}

Figure confusion_figure(const std::string& title, const std::vector<std::string>& classes,
                        const std::vector<std::vector<double>>& confusion) {
  constexpr std::size_t kMostNamed = 20;
  const std::size_t n = classes.size();
  Figure figure{.title = title, .width = 760};
  Panel panel{.title = "which class is taken for which",
              .x = {.label = "taken for"},
              .y = {.label = "is"},
              .equal = true,
              .legend = Legend::kNone};
  Heat heat{.shading = {.label = "share of the class [%]", .low = 0.1, .high = 100.0, .log = true}};
  for (std::size_t i = 0; i < n; ++i)
    heat.grid.x.push_back(static_cast<double>(i)), heat.grid.y.push_back(static_cast<double>(i));
  std::vector<Note> counts;
  for (std::size_t is = 0; is < n; ++is) {
    double all = 0.0;
    for (const double count : confusion[is]) all += count;
    for (std::size_t taken = 0; taken < n; ++taken) {
      const double count = confusion[is][taken];
      // What never happened stays white.
      heat.grid.z.push_back(count > 0.0 ? 100.0 * count / all
                                        : std::numeric_limits<double>::quiet_NaN());
      if (count > 0.0)
        counts.push_back({.text = fmt::format("{:.0f}", count),
                          .x = static_cast<double>(taken),
                          .y = static_cast<double>(is),
                          .align = Note::Align::kCenter});
    }
  }
  panel.layers.emplace_back(std::move(heat));
  if (n <= kMostNamed) {
    for (Note& note : counts) panel.layers.emplace_back(std::move(note));
    for (std::size_t i = 0; i < n; ++i)
      if (classes[i] != std::to_string(i))
        panel.layers.emplace_back(Note{
            .text = classes[i], .x = static_cast<double>(n) - 0.4, .y = static_cast<double>(i)});
  }
  figure.panels = {std::move(panel)};
  return figure;
}

}  // namespace gyre::cli
