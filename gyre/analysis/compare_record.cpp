#include "gyre/analysis/compare_record.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include "gyre/program/interpreter.hpp"

namespace gyre {

namespace {

/// Whether runs keep this step.
bool kept(std::uint64_t step, std::uint64_t resolution) {
  const auto octave = std::bit_width(step / resolution);
  return octave <= 1 || step % (std::uint64_t{1} << (octave - 1)) == 0;
}

std::span<const Record>::iterator longest(std::span<const Record> records) {
  return std::ranges::max_element(records, {}, &Record::kept);
}

}  // namespace

void Watch::see(std::size_t lane, std::uint64_t step, std::span<const double> point) {
  if (!gyre::kept(step, resolution_)) return;
  Record& record = records_[lane];
  record.steps.push_back(step);
  record.points.insert(record.points.end(), point.begin(), point.end());
  ++record.kept;
}

std::vector<Record> Watch::take(std::span<const Outcome> outcomes) {
  for (std::size_t lane = 0; lane < records_.size(); ++lane) {
    Record& record = records_[lane];
    const Outcome& end = outcomes[lane];
    if (!record.steps.empty() && record.steps.back() == end.steps) continue;
    record.steps.push_back(end.steps);
    record.points.insert(record.points.end(), end.last.begin(), end.last.end());
  }
  return std::move(records_);
}

std::uint64_t resolution_for(std::size_t numbers) {
  constexpr std::size_t kMostNumbers = 30'000'000, kDoublings = 10;
  constexpr std::uint64_t kFinest = 128, kCoarsest = 8;
  const std::uint64_t fits = kMostNumbers / (kDoublings * std::max<std::size_t>(numbers, 1));
  return std::clamp(fits, kCoarsest, kFinest);
}

std::vector<double> residuals_along(const Traced& traced, const Record& record) {
  constexpr std::size_t kLanes = 64;
  Interpreter residual(traced.residual, kLanes);
  for (std::size_t k = 0; k < traced.knobs.size(); ++k)
    std::ranges::fill(residual.input(traced.dim + k), traced.knobs[k].value);
  std::vector<double> lengths;
  for (std::size_t first = 0; first < record.size(); first += kLanes) {
    const std::size_t count = std::min(kLanes, record.size() - first);
    for (std::size_t lane = 0; lane < count; ++lane)
      for (std::size_t i = 0; i < traced.dim; ++i)
        residual.input(i)[lane] = record.at(first + lane, traced.dim)[i];
    residual.run();
    for (std::size_t lane = 0; lane < count; ++lane)
      lengths.push_back(std::sqrt(residual.output(0)[lane]));
  }
  return lengths;
}

double within(std::span<const double> values, const Record& record, double tolerance) {
  std::size_t first = values.size();
  while (first > 0 && values[first - 1] <= tolerance) --first;
  if (first == values.size()) return std::numeric_limits<double>::infinity();
  const auto step = static_cast<double>(record.steps[first]);
  if (first == 0 || !(values[first] > 0.0)) return step;
  const auto before = static_cast<double>(record.steps[first - 1]);
  const double from = std::log(values[first - 1]), to = std::log(values[first]);
  if (!(from > to)) return step;
  return std::ceil(before + (step - before) * (from - std::log(tolerance)) / (from - to) - 1e-9);
}

std::vector<std::size_t> places_drawn(std::span<const Record> records) {
  constexpr double kRatio = 1.04;
  std::vector<std::size_t> places;
  if (records.empty()) return places;
  const Record& all = *longest(records);
  double next = 0.0;
  for (std::size_t k = 0; k < all.kept; ++k) {
    const auto step = static_cast<double>(all.steps[k]);
    if (step < next && k + 1 < all.kept) continue;
    places.push_back(k);
    next = std::max(step + 1.0, step * kRatio);
  }
  return places;
}

std::vector<double> steps_at(std::span<const Record> records, std::span<const std::size_t> places) {
  std::vector<double> steps;
  for (const std::size_t k : places)
    steps.push_back(static_cast<double>(longest(records)->steps[k]));
  return steps;
}

}  // namespace gyre
