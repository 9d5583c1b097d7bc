#include "gyre/gan/judge.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "gyre/core/error.hpp"
#include "gyre/core/shuffle.hpp"
#include "gyre/data/image_data.hpp"
#include "gyre/data/point_data.hpp"
#include "gyre/gan/metrics/kernel.hpp"
#include "gyre/gan/metrics/modes.hpp"
#include "gyre/gan/metrics/neighbours.hpp"
#include "gyre/gan/metrics/sliced.hpp"
#include "gyre/store/run_record.hpp"

namespace gyre::gan {

namespace {

constexpr std::int64_t kGlanced = 10000;  // real samples
constexpr std::uint64_t kGlanceSeed = 1;
constexpr std::int64_t kMostRaw = 256;     // numbers of a sample that may be features themselves
constexpr std::int64_t kDirections = 128;  // of sliced distances
constexpr std::int64_t kFewest = 10;       // samples that are worth comparing

Features rows_of(std::span<const float> samples, std::size_t size) {
  return Eigen::Map<const Features>(samples.data(),
                                    static_cast<Eigen::Index>(samples.size() / size),
                                    static_cast<Eigen::Index>(size));
}

bool all_finite(std::span<const float> numbers) {
  return std::ranges::all_of(numbers, [](float x) { return std::isfinite(x); });
}

}  // namespace

Judge::Judge(std::shared_ptr<const Data> data, std::string name,
             std::shared_ptr<const Extractor> extractor)
    : data_(std::move(data)), extractor_(std::move(extractor)) {
  const auto* images = dynamic_cast<const ImageData*>(data_.get());
  if (!extractor_) return;
  if (!images) throw Error("an extractor looks at pictures, and " + name + " has none");
  look(std::vector<float>(data_->size(), images->low()));  // refuses what it does not take
  const DataFacts* facts = find_data(name);
  const bool stacked = facts && facts->kind == DataFacts::Kind::kStacked;
  const std::string told = extractor_->tells();
  if (told.empty() ||
      lasting_name(told) != (stacked ? std::string(facts->from) : lasting_name(name)))
    return;
  shares_.assign(images->images().class_count(), 0.0);
  for (const std::int32_t label : images->images().labels)
    shares_[static_cast<std::size_t>(label)] += 1.0;
}

Extractor::Seen Judge::look(std::span<const float> samples) const {
  const auto& images = dynamic_cast<const ImageData&>(*data_);
  std::vector<float> pixels(samples.begin(), samples.end());
  for (float& x : pixels)
    x = std::clamp((x - images.low()) / (images.high() - images.low()), 0.0f, 1.0f);
  return extractor_->look(pixels, data_->shape());
}

std::vector<std::vector<float>> Judge::draw_real(std::int64_t count, std::uint64_t seed) const {
  const std::size_t size = data_->size();
  std::vector<std::vector<float>> sets;
  if (const auto* finite = dynamic_cast<const FiniteData*>(data_.get())) {
    // Without replacement: a sample twice would be its own nearest neighbour.
    const std::size_t there = finite->count();
    const std::vector<std::size_t> order = shuffled(there, Stream(seed, "judge.real"));
    const auto wanted = static_cast<std::size_t>(count);
    for (std::size_t begin = 0; begin < there && sets.size() < 2; begin += wanted) {
      const std::size_t some = std::min(wanted, there - begin);
      std::vector<float> set(some * size);
      for (std::size_t i = 0; i < some; ++i)
        finite->copy(order[begin + i], std::span(set).subspan(i * size, size));
      sets.push_back(std::move(set));
    }
    // What is left over must be enough to stand beside the first ones.
    if (sets.size() == 2 && sets[1].size() < sets[0].size()) sets.pop_back();
    return sets;
  }
  for (const std::uint64_t set : {0, 1}) {
    sets.emplace_back(static_cast<std::size_t>(count) * size);
    Stream stream(seed, "judge.real", set);
    data_->draw(stream, sets.back());
  }
  return sets;
}

bool Judge::is_blind() const { return !extractor_ && dynamic_cast<const ImageData*>(data_.get()); }

std::vector<std::pair<std::string, double>> Judge::glance(std::span<const float> samples) const {
  auto all = data_->judge(samples);
  constexpr double kInfinite = std::numeric_limits<double>::infinity();
  if (dynamic_cast<const PointData*>(data_.get())) {  // of which nothing else is known
    if (real_.size() == 0) real_ = rows_of(draw_real(kGlanced, kGlanceSeed).front(), data_->size());
    all.emplace_back(
        "sliced_wasserstein",
        all_finite(samples)
            ? sliced_wasserstein(real_, rows_of(samples, data_->size()), kDirections, kGlanceSeed)
            : kInfinite);
  }
  if (!extractor_) return all;
  if (!all_finite(samples)) {
    all.emplace_back("fid", kInfinite);
    if (!shares_.empty()) all.emplace_back("modes", 0.0), all.emplace_back("reverse_kl", kInfinite);
    return all;
  }
  if (!moments_) moments_ = moments_of(look(draw_real(kGlanced, kGlanceSeed).front()).features);
  const Extractor::Seen seen = look(samples);
  all.emplace_back("fid", frechet_distance(*moments_, moments_of(seen.features)));
  if (shares_.empty()) return all;
  const Modes modes = modes_of(seen.modes, shares_);
  all.emplace_back("modes", static_cast<double>(modes.captured));
  all.emplace_back("reverse_kl", modes.reverse_kl);
  return all;
}

Judge::Looked Judge::looked(std::span<const float> samples) const {
  Looked all;
  all.own = rows_of(samples, data_->size());
  if (extractor_) {
    Extractor::Seen seen = look(samples);
    all.features = std::move(seen.features), all.modes = std::move(seen.modes);
  } else if (data_->shape().size() == 1 && all.own.cols() <= kMostRaw) {
    all.features = all.own;
  }
  return all;
}

std::vector<Score> Judge::scores(std::span<const float> samples, const Looked& made,
                                 const Looked& real, std::uint64_t seed, int threads) const {
  std::vector<Score> all;
  const std::string extractor = extractor_ ? extractor_->name() : "";
  auto add = [&](const std::string& name, double value, const std::string& by = {},
                 std::optional<double> deviation = {}) {
    all.push_back({name, value, deviation, {}, by, better(name)});
  };
  for (const auto& [name, value] : data_->judge(samples)) add(name, value);
  if (!shares_.empty()) {
    const Modes modes = modes_of(made.modes, shares_);
    add("modes", static_cast<double>(modes.captured), extractor);
    add("reverse_kl", modes.reverse_kl, extractor);
  }
  add("sliced_wasserstein", sliced_wasserstein(real.own, made.own, kDirections, seed));
  if (made.features.size() == 0) return all;
  add("fid", frechet_distance(moments_of(real.features), moments_of(made.features)), extractor);
  const KernelDistance kid = kernel_distance(real.features, made.features,
                                             std::min<std::int64_t>(1000, made.own.rows() / 2));
  add("kid", kid.mean, extractor, kid.deviation);
  const Neighbourhood near = neighbourhood(real.features, made.features, 3, 5, threads);
  add("precision", near.precision, extractor);
  add("recall", near.recall, extractor);
  add("density", near.density, extractor);
  add("coverage", near.coverage, extractor);
  return all;
}

Judgement Judge::judge(std::span<const float> samples, std::int64_t real, std::uint64_t seed,
                       int threads) const {
  const std::size_t size = data_->size();
  Judgement result{.seed = seed};
  std::vector<float> finite;
  for (std::size_t i = 0; i + size <= samples.size(); i += size)
    if (const auto sample = samples.subspan(i, size); all_finite(sample))
      finite.insert(finite.end(), sample.begin(), sample.end());
  const std::size_t made = finite.size() / size, broken = samples.size() / size - made;
  if (broken > 0)
    result.findings.push_back(
        fmt::format("{} of {} samples are not finite and are left out", broken, made + broken));
  const std::vector<std::vector<float>> sets = draw_real(real, seed);
  result.made = static_cast<std::int64_t>(made);
  result.real = static_cast<std::int64_t>(sets[0].size() / size);
  if (std::min(result.made, result.real) < kFewest) {
    result.findings.push_back(
        fmt::format("{} finite samples against {} real ones are too few to compare: {} "
                    "of each are needed",
                    result.made, result.real, kFewest));
    return result;
  }
  const Looked truth = looked(sets[0]), seen = looked(finite);
  result.scores = scores(finite, seen, truth, seed, threads);
  if (sets.size() > 1) {
    const std::vector<Score> other = scores(sets[1], looked(sets[1]), truth, seed, threads);
    for (std::size_t i = 0; i < other.size(); ++i) result.scores[i].truth = other[i].value;
  }
  if (seen.features.size() > 0) {
    const std::int64_t wanted = std::min(moments_of(truth.features).rank, result.made - 1);
    const std::int64_t there = moments_of(seen.features).rank;
    if (there < wanted)
      result.findings.push_back(
          fmt::format("collapse: the features of the samples vary in {} directions, those of the "
                      "data in {}",
                      there, wanted));
  }
  return result;
}

}  // namespace gyre::gan
