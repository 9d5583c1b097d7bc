#include "cli/classify_figures.hpp"

#include <fmt/format.h>

#include <algorithm>
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
  constexpr std::size_t kMostNamed = 20;  // classes: more have no room for words and counts
  constexpr double kDark = 5.0;           // per cent: below it black letters would not be seen
  const std::size_t n = classes.size(), fine = std::max<std::size_t>(1, 240 / n);
  Figure figure{.title = title, .width = 820};
  Panel panel{.title = "which class is taken for which",
              .x = {.label = "taken for"},
              .y = {.label = "is"},
              .equal = true,
              .legend = Legend::kNone};
  Heat heat{.shading = {.label = "share of the class [%]", .low = 0.1, .high = 100.0, .log = true}};
  // Many cells a class: viewers smooth pictures of few pixels.
  for (std::size_t i = 0; i < n * fine; ++i)
    heat.grid.x.push_back((static_cast<double>(i) + 0.5) / static_cast<double>(fine) - 0.5);
  heat.grid.y = heat.grid.x;
  std::vector<Note> words;
  std::vector<double> shares(n);
  for (std::size_t is = 0; is < n; ++is) {
    double all = 0.0;
    for (const double count : confusion[is]) all += count;
    for (std::size_t taken = 0; taken < n; ++taken) {
      const double count = confusion[is][taken];
      // What never happened stays white.
      shares[taken] = count > 0.0 ? 100.0 * count / all : std::numeric_limits<double>::quiet_NaN();
      if (count > 0.0)
        words.push_back({.text = fmt::format("{:.0f}", count),
                         .x = static_cast<double>(taken),
                         .y = static_cast<double>(is),
                         .align = Note::Align::kCenter,
                         .ink = {.color = kBlack, .own = shares[taken] < kDark ? "#ffffff" : ""}});
    }
    for (std::size_t row = 0; row < fine; ++row)
      for (std::size_t i = 0; i < n * fine; ++i) heat.grid.z.push_back(shares[i / fine]);
    if (classes[is] != std::to_string(is)) {
      panel.x.high = 1.25 * static_cast<double>(n);
      words.push_back(
          {.text = classes[is], .x = static_cast<double>(n) - 0.3, .y = static_cast<double>(is)});
    }
  }
  panel.layers.emplace_back(std::move(heat));
  if (n <= kMostNamed)
    for (Note& word : words) panel.layers.emplace_back(std::move(word));
  figure.panels = {std::move(panel)};
  return figure;
}

}  // namespace gyre::cli
