#include "gyre/plot/measure.hpp"

#include <algorithm>

#include "gyre/plot/words.hpp"

namespace gyre::plot {

namespace {
constexpr double kEntryGap = 20.0;

double entry_width(const Entry& entry) {
  return kSampleWidth + kSampleGap + pixels(entry.label, kLegendSize);
}
}  // namespace

double pixels(std::string_view text, double size) { return width_in_ems(text) * size; }

double widest(const std::vector<Tic>& tics) {
  double width = 0.0;
  for (const Tic& tic : tics) width = std::max(width, pixels(tic.label, kTicSize));
  return width;
}

std::vector<Tic> lower_tics(const Range& range, double width) {
  const auto crowded = [&](const std::vector<Tic>& candidates) {
    double end = -1e9;
    for (const Tic& tic : candidates) {
      if (tic.label.empty()) continue;
      const double middle = range.share(tic.at) * width, half = 0.5 * pixels(tic.label, kTicSize);
      if (middle - half < end + 8.0) return true;
      end = middle + half;
    }
    return false;
  };
  std::vector<Tic> result;
  for (double wanted = width / 62.0;; wanted *= 0.7) {
    result = tics(range, wanted);
    if (wanted <= 1.0 || !crowded(result)) return result;
  }
}

double flow(std::vector<Entry>& entries, double width) {
  double x = 0.0, row = 0.0;
  for (Entry& entry : entries) {
    if (x > 0.0 && x + entry_width(entry) > width) x = 0.0, row += 1.0;
    entry.at = {x, row * kRowHeight};
    x += entry_width(entry) + kEntryGap;
  }
  return entries.empty() ? 0.0 : row + 1.0;
}

double stack(std::vector<Entry>& entries) {
  double row = 0.0, width = 0.0;
  for (Entry& entry : entries) {
    entry.at = {0.0, row++ * kRowHeight};
    width = std::max(width, entry_width(entry));
  }
  return width;
}

void add_lines(std::vector<Words>& words, const std::vector<std::string>& lines, Words model) {
  const double step = line_height(model.size);
  for (const std::string& line : lines) {
    model.text = line;
    words.push_back(model);
    (model.upright ? model.at.x : model.at.y) += step;
  }
}

bool reads_upright(std::string_view label) { return width_in_ems(label) > 1.6; }

}  // namespace gyre::plot
