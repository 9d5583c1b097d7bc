#include "cli/train_figures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace gyre::cli {

namespace {

using namespace plot;

constexpr std::size_t kMostPanels = 6;
constexpr std::size_t kMostPoints = 1000;
constexpr std::size_t kMostProfile = 64;  // numbers that can be drawn side by side

Line curve(const std::vector<gan::Row>& rows, std::size_t metric) {
  Line line{.label = rows.front().metrics[metric].first};
  for (const gan::Row& row : rows) {
    line.x.push_back(static_cast<double>(row.step));
    line.y.push_back(row.metrics[metric].second);
  }
  return line;
}

std::vector<float> truth(const Data& data, std::size_t count) {
  std::vector<float> samples(count * data.size());
  Stream stream(1, "show.data");
  data.draw(stream, samples);
  return samples;
}

Points cloud(const std::vector<float>& samples, Ink ink) {
  Points points{.ink = ink, .size = 3.0};
  for (std::size_t i = 0; i + 1 < std::min(samples.size(), 2 * kMostPoints); i += 2) {
    points.x.push_back(static_cast<double>(samples[i]));
    points.y.push_back(static_cast<double>(samples[i + 1]));
  }
  return points;
}

/// A few samples as curves over the places of their numbers.
void add_profiles(Panel& panel, const std::vector<float>& samples, std::size_t size, Ink ink) {
  constexpr std::size_t kProfiles = 30;
  for (std::size_t k = 0; k < std::min(kProfiles, samples.size() / size); ++k) {
    Line line{.ink = ink};
    line.ink.dash = Dash::kSolid, line.ink.width = 1.0, line.ink.opacity = 0.4;
    for (std::size_t i = 0; i < size; ++i) {
      line.x.push_back(static_cast<double>(i + 1));
      line.y.push_back(static_cast<double>(samples[k * size + i]));
    }
    panel.layers.emplace_back(std::move(line));
  }
}

}  // namespace

Figure training_figure(const gan::Settings& settings, const std::vector<gan::Row>& rows) {
  Figure figure{.title = settings.title.empty() ? settings.name : settings.title};
  if (rows.size() < 2) return figure;
  Panel losses{.title = "losses", .x = {.label = "step"}};
  for (std::size_t m = 0; m < rows.front().metrics.size(); ++m) {
    const std::string& name = rows.front().metrics[m].first;
    if (name == "calls" || name == "products") continue;
    if (name.starts_with("loss_")) {
      losses.layers.emplace_back(curve(rows, m));
      continue;
    }
    if (name.starts_with("mean_") && m > 0) {
      // The running mean's curve belongs to the panel of what it is the mean of.
      const auto panel = std::find_if(figure.panels.begin(), figure.panels.end(),
                                      [&](const Panel& p) { return "mean_" + p.title == name; });
      if (panel != figure.panels.end()) {
        panel->layers.emplace_back(curve(rows, m));
        continue;
      }
    }
    Panel panel{.title = name, .x = {.label = "step"}};
    panel.layers.emplace_back(curve(rows, m));
    figure.panels.push_back(std::move(panel));
  }
  figure.panels.insert(figure.panels.begin(), std::move(losses));
  figure.columns = figure.panels.size() > 2 ? 2 : 1;
  figure.width = figure.columns == 2 ? 1000 : 700;
  return figure;
}

bool has_figure(const Data& data) { return data.size() <= kMostProfile; }

Figure samples_figure(const gan::Settings& settings, const Data& data,
                      const std::vector<Shown>& shown) {
  Figure figure{.title = settings.title.empty() ? settings.name : settings.title};
  const std::size_t size = data.size(), panels = std::min(kMostPanels, shown.size());
  if (!has_figure(data)) return figure;
  const std::vector<float> real = truth(data, kMostPoints);
  double low[2], high[2];
  for (std::size_t k = 0; k < 2; ++k) {
    low[k] = std::numeric_limits<double>::infinity(), high[k] = -low[k];
    for (std::size_t i = k; i < real.size(); i += 2)
      low[k] = std::min(low[k], static_cast<double>(real[i])),
      high[k] = std::max(high[k], static_cast<double>(real[i]));
  }
  for (std::size_t i = 0; i < panels; ++i) {
    const Shown& moment =
        shown[panels == 1 ? shown.size() - 1 : i * (shown.size() - 1) / (panels - 1)];
    Panel panel{.title = fmt::format("step {}", moment.step), .legend = Legend::kNone};
    if (size == 2) {
      auto axis = [&](std::size_t k) {
        const double margin = 0.2 * (high[k] - low[k]);
        return Axis{.low = low[k] - margin, .high = high[k] + margin};
      };
      panel.x = axis(0), panel.y = axis(1), panel.equal = true;
      panel.layers.emplace_back(cloud(real, {.color = kGrey, .opacity = 0.6}));
      panel.layers.emplace_back(cloud(moment.samples, {.color = kBlue, .opacity = 0.6}));
    } else {
      add_profiles(panel, real, size, {.color = kGrey});
      add_profiles(panel, moment.samples, size, {.color = kBlue});
    }
    figure.panels.push_back(std::move(panel));
  }
  figure.columns = static_cast<int>(std::min<std::size_t>(panels, 3));
  figure.width = 320 * std::max(figure.columns, 1) + 40;
  return figure;
}

}  // namespace gyre::cli
