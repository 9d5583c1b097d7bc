#include "gyre/gan/classify.hpp"

#include <ATen/ops/binary_cross_entropy_with_logits.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/log_softmax.h>
#include <ATen/ops/zeros.h>

#include <algorithm>
#include <cmath>

#include "gyre/core/error.hpp"
#include "gyre/core/shuffle.hpp"
#include "gyre/core/text.hpp"
#include "gyre/data/data.hpp"
#include "gyre/data/load.hpp"
#include "gyre/gan/network.hpp"
#include "gyre/gan/tensor_field.hpp"
#include "gyre/gan/tensor_rule.hpp"
#include "gyre/gan/within_memory.hpp"
#include "gyre/store/file.hpp"

namespace gyre::gan {

namespace {

std::vector<std::int64_t> shape_of(const Images& images) {
  return {static_cast<std::int64_t>(images.channels), static_cast<std::int64_t>(images.height),
          static_cast<std::int64_t>(images.width)};
}

std::vector<std::string> classes_of(const Images& images) {
  std::vector<std::string> names = images.classes;
  for (std::size_t i = names.size(); i < images.class_count(); ++i)
    names.push_back(std::to_string(i));
  return names;
}

void copy_pixels(const Images& images, std::size_t i, float* to) {
  for (const std::uint8_t pixel : images.image(i)) *to++ = static_cast<float>(pixel) / 255.0f;
}

Images chosen(const Images& images, std::span<const std::size_t> which) {
  Images some{.width = images.width, .height = images.height, .channels = images.channels};
  some.classes = images.classes, some.sha256 = images.sha256;
  for (const std::size_t i : which) {
    const auto pixels = images.image(i);
    some.pixels.insert(some.pixels.end(), pixels.begin(), pixels.end());
    some.labels.push_back(images.labels[i]);
  }
  return some;
}

/// The one player's loss on a batch. A sample's number says which batch of which epoch.
class ClassifierGame final : public TensorGame {
 public:
  ClassifierGame(const ClassifySettings& settings, const Images& images)
      : settings_(settings),
        images_(images),
        classes_(static_cast<std::int64_t>(classes_of(images).size())),
        network_(settings.network, shape_of(images), classes_, "classifier"),
        layouts_{network_.layout()},
        batch_(std::min(settings.batch, static_cast<std::int64_t>(images.count()))),
        batches_(images.count() / static_cast<std::size_t>(batch_)) {}

  const std::vector<Layout>& layouts() const override { return layouts_; }

  std::vector<at::Tensor> losses(const Leaves& at, int) override {
    const at::Tensor y = network_(at[0], pictures_);
    const at::Tensor wanted =
        at::zeros({batch_, classes_}, at::TensorOptions(at::kFloat)).scatter(1, labels_, 1.0);
    if (settings_.binary) return {at::binary_cross_entropy_with_logits(y, wanted)};
    return {at::log_softmax(y, 1).mul(wanted).sum().div(-static_cast<double>(batch_))};
  }

  void use(std::uint64_t sample) override {
    const std::uint64_t epoch = sample / batches_;
    if (order_.empty() || epoch != epoch_) {
      order_ = shuffled(images_.count(), Stream(settings_.seed, "classify.order", epoch));
      epoch_ = epoch;
    }
    std::vector<std::int64_t> shape = shape_of(images_);
    shape.insert(shape.begin(), batch_);
    pictures_ = at::empty(shape, at::TensorOptions(at::kFloat));
    labels_ = at::empty({batch_, 1}, at::TensorOptions(at::kLong));
    const auto batch = static_cast<std::size_t>(batch_);
    const std::size_t first = static_cast<std::size_t>(sample % batches_) * batch;
    for (std::size_t i = 0; i < batch; ++i) {
      const std::size_t which = order_[first + i];
      copy_pixels(images_, which, pictures_.data_ptr<float>() + i * images_.size());
      labels_.data_ptr<std::int64_t>()[i] = images_.labels[which];
    }
  }

  const Network& network() const { return network_; }
  std::uint64_t batches() const { return batches_; }

 private:
  ClassifySettings settings_;
  const Images& images_;
  std::int64_t classes_;
  Network network_;
  std::vector<Layout> layouts_;
  std::int64_t batch_;
  std::uint64_t batches_, epoch_ = 0;
  std::vector<std::size_t> order_;
  at::Tensor pictures_, labels_;
};

}  // namespace

ClassifySettings classify_settings(std::string_view network) {
  ClassifySettings settings;
  if (network == "book") {
    settings.network = "linear(200) | leaky-relu(0.02) | layer-norm | linear";
    settings.binary = true;
    settings.rule = "adam(beta1=0.9, beta2=0.999) | simultaneous(eta=0.001)";
    settings.batch = 32;
    settings.epochs = 3;
  } else if (network == "cnn") {
    settings.network =
        "conv(32, 5, 2) | leaky-relu(0.02) | conv(64, 3, 2) | leaky-relu(0.02) | "
        "linear(128) | leaky-relu(0.02) | linear";
    settings.rule = "adam(beta1=0.9, beta2=0.999) | simultaneous(eta=0.001) | ema(decay=0.998)";
    settings.batch = 64;
    settings.epochs = 6;
  } else {
    const std::vector<std::string> known{"book", "cnn"};
    if (network.find_first_of("|(") == network.npos && network != "linear")
      throw Error(
          "--network takes book, cnn, or layers such as 'linear(64) | relu | linear', not " +
          as_typed(network) + did_you_mean(network, known));
    settings.network = std::string(trim(network));
    settings.rule = "adam(beta1=0.9, beta2=0.999) | simultaneous(eta=0.001)";
  }
  return settings;
}

ClassifyData classify_data(const std::string& name_or_path, const ImageSize& size) {
  ClassifyData data{name_or_path, load_images(name_or_path, DataPart::kTrain, size), {}};
  if (data.train.labels.empty())
    throw Error("the pictures of " + as_typed(name_or_path) +
                " have no labels, and a classifier learns from labels; see docs/data.md");
  if (data.train.class_count() < 2)
    throw Error("the pictures of " + as_typed(name_or_path) + " are all of one class");
  try {
    data.test = load_images(name_or_path, DataPart::kTest, size);
  } catch (const FileError&) {
    throw;
  } catch (const Error&) {  // no parts: hold some out
    const std::size_t count = data.train.count(), held = std::max<std::size_t>(1, count / 10);
    const auto order = shuffled(count, Stream(0, "classify.test"));
    data.test = chosen(data.train, std::span(order).first(held));
    data.train = chosen(data.train, std::span(order).subspan(held));
  }
  if (data.test.size() != data.train.size() || data.test.labels.empty() ||
      data.test.class_count() > data.train.class_count())
    throw Error("the test part of " + as_typed(name_or_path) +
                " has other pictures than its train part, or no labels");
  return data;
}

namespace {

auto too_large(const ClassifySettings& settings) {
  return [&settings] {
    return "batches of " + std::to_string(settings.batch) + " are too large for the network " +
           as_typed(settings.network) + "; a smaller --batch or network takes less";
  };
}

}  // namespace

struct ClassifierTraining::State {
  State(const ClassifySettings& s, const ClassifyData& d)
      : settings(s),
        data(d),
        pipe(parse_pipe(s.rule)),
        rule_text(pipe.text()),
        game(s, d.train),
        kind{size_of(game.layouts()[0]), at::kFloat, at::kCPU},
        field(game, kind, options_of(s)),
        rule(build_tensor_rule(pipe, {{"classifier", "c", "1"}}, false)),
        memory(rule->slots()) {
    at::Tensor flat = at::empty({kind.size}, at::TensorOptions(at::kFloat));
    game.network().start(std::span(flat.data_ptr<float>(), static_cast<std::size_t>(kind.size)),
                         Start::kUniform, s.seed, "start.classifier");
    point = TensorPoint({Block::tensor(std::move(flat))});
    field.begin_step();
    rule->start(point, field, memory);
    field.go_on_from(0);  // the first step is on the first batch
    settle_all();
  }

  static FieldOptions options_of(const ClassifySettings& s) {
    FieldOptions options;
    options.sampling = Sampling::kEachStep;
    options.seed = s.seed;
    return options;
  }

  void settle_all() {
    std::vector<const TensorPoint*> all{&point};
    for (const TensorPoint& slot : memory) all.push_back(&slot);
    settle(all);
  }

  ClassifySettings settings;
  const ClassifyData& data;
  Pipe pipe;
  std::string rule_text;
  ClassifierGame game;
  BlockKind kind;
  TensorField field;
  std::unique_ptr<Rule<TensorPoint>> rule;
  std::vector<TensorPoint> memory;
  TensorPoint point;
  std::uint64_t steps = 0;
};

ClassifierTraining::ClassifierTraining(const ClassifySettings& settings, const ClassifyData& data)
    : state_(within_memory(too_large(settings),
                           [&] { return std::make_unique<State>(settings, data); })) {
  (void)classifier();  // a network that makes none is refused before the work
}

ClassifierTraining::~ClassifierTraining() = default;

bool ClassifierTraining::step() {
  State& s = *state_;
  within_memory(too_large(s.settings), [&] {
    s.field.begin_step();
    s.point = s.rule->step(s.point, s.field, s.memory);
    s.settle_all();
  });
  ++s.steps;
  return std::isfinite(loss());
}

std::uint64_t ClassifierTraining::steps() const { return state_->steps; }
std::uint64_t ClassifierTraining::steps_an_epoch() const { return state_->game.batches(); }
double ClassifierTraining::loss() const { return state_->field.losses()[0].value_or(std::nan("")); }

Classifier ClassifierTraining::classifier(double accuracy) const {
  const State& s = *state_;
  const at::Tensor flat = value(s.rule->output(s.point, s.memory).block(0)).contiguous();
  return Classifier({.network = s.settings.network,
                     .binary = s.settings.binary,
                     .shape = shape_of(s.data.train),
                     .classes = classes_of(s.data.train),
                     .data = lasting_name(s.data.name),
                     .rule = s.rule_text,
                     .accuracy = accuracy},
                    {flat.data_ptr<float>(), flat.data_ptr<float>() + flat.numel()});
}

const std::string& ClassifierTraining::rule() const { return state_->rule_text; }
std::int64_t ClassifierTraining::parameters() const { return state_->kind.size; }

Examination examine(const Classifier& classifier, const Images& pictures) {
  constexpr std::size_t kAtOnce = 2000;
  const std::size_t classes = classifier.facts().classes.size(), count = pictures.count();
  Examination result;
  result.confusion.assign(classes, std::vector<double>(classes, 0.0));
  for (std::size_t begin = 0; begin < count; begin += kAtOnce) {
    const std::size_t some = std::min(kAtOnce, count - begin);
    std::vector<float> pixels(some * pictures.size());
    for (std::size_t i = 0; i < some; ++i)
      copy_pixels(pictures, begin + i, pixels.data() + i * pictures.size());
    const Classifier::View view = classifier.look(pixels);
    const std::vector<std::int32_t> found = classifier.classes(view);
    for (std::size_t i = 0; i < some; ++i) {
      const auto truth = static_cast<std::size_t>(pictures.labels[begin + i]);
      const auto taken = static_cast<std::size_t>(found[i]);
      result.found.push_back(found[i]);
      result.sure.push_back(view.probabilities[i * classes + taken]);
      result.confusion[truth][taken] += 1.0;
      if (truth != taken) result.mistakes.push_back(begin + i);
    }
  }
  result.accuracy = 1.0 - static_cast<double>(result.mistakes.size()) / static_cast<double>(count);
  std::ranges::stable_sort(result.mistakes, [&](std::size_t a, std::size_t b) {
    return result.sure[a] > result.sure[b];
  });
  return result;
}

}  // namespace gyre::gan
