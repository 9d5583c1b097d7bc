#include "gyre/gan/classifier.hpp"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/sigmoid.h>
#include <ATen/ops/softmax.h>

#include <algorithm>
#include <cstring>
#include <optional>

#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"
#include "gyre/gan/network.hpp"

namespace gyre::gan {

namespace {

constexpr const char* kFormat = "gyre-classifier-1";
constexpr std::int64_t kAtOnce = 500;  // pictures in a pass: what is between layers stays small

/// The layers before the last one; empty if there are none.
std::string body_of(const std::string& network) {
  std::vector<std::string> layers;
  for (const std::string_view layer : split(network, '|')) layers.emplace_back(trim(layer));
  if (layers.back() != "linear")
    throw Error("a classifier's last layer is linear, whose size is the number of classes, not " +
                as_typed(layers.back()));
  layers.pop_back();
  return join(layers, " | ");
}

}  // namespace

struct Classifier::Nets {
  explicit Nets(const ClassifierFacts& facts)
      : whole(facts.network, facts.shape, static_cast<std::int64_t>(facts.classes.size()),
              "classifier") {
    if (whole.mixes_samples())
      throw Error("a classifier must see each picture alone, and batch-norm mixes them");
    if (const std::string layers = body_of(facts.network); !layers.empty())
      body.emplace(layers, facts.shape, features(), "classifier");
  }

  std::int64_t features() const { return whole.layers().back().in; }

  Network whole;
  std::optional<Network> body;
  std::vector<at::Tensor> parameters;
};

Classifier::Classifier(ClassifierFacts facts, std::vector<float> parameters)
    : facts_(std::move(facts)),
      parameters_(std::move(parameters)),
      nets_(std::make_unique<Nets>(facts_)) {
  if (static_cast<std::int64_t>(parameters_.size()) != size_of(nets_->whole.layout()))
    throw Error("the classifier's network has " + std::to_string(size_of(nets_->whole.layout())) +
                " parameters, not " + std::to_string(parameters_.size()));
  const float* from = parameters_.data();
  for (const ParameterShape& part : nets_->whole.layout()) {
    at::Tensor tensor = at::empty(part.shape, at::TensorOptions(at::kFloat));
    std::copy_n(from, tensor.numel(), tensor.data_ptr<float>());
    from += tensor.numel();
    nets_->parameters.push_back(std::move(tensor));
  }
}

Classifier::~Classifier() = default;
Classifier::Classifier(Classifier&&) noexcept = default;
Classifier& Classifier::operator=(Classifier&&) noexcept = default;

Classifier Classifier::read(const Safetensors& file, const std::string& source) {
  const std::string where = as_typed(source);
  auto fact = [&](const char* key) {
    const auto it = file.metadata.find(key);
    if (it == file.metadata.end())
      throw Error(where + " holds no classifier: it lacks '" + key +
                  "'; 'gyre classify mnist --network cnn' makes one");
    return it->second;
  };
  if (fact("format") != kFormat)
    throw Error(where + " holds no classifier, but " + as_typed(fact("format")));
  ClassifierFacts facts;
  facts.network = fact("network"), facts.data = fact("data"), facts.rule = fact("rule");
  facts.binary = fact("loss") == "binary";
  facts.accuracy = to_number(fact("accuracy")).value_or(0.0);
  const std::string sizes = fact("shape");
  for (const std::string_view n : split(sizes, 'x')) {
    const double size = to_number(n).value_or(0.0);
    if (!(size >= 1.0 && size <= 1e6)) throw Error(where + " is damaged: its shape is no shape");
    facts.shape.push_back(static_cast<std::int64_t>(size));
  }
  const std::string classes = fact("classes");
  for (std::size_t at = 0; at <= classes.size();) {
    const std::size_t end = std::min(classes.find('\n', at), classes.size());
    facts.classes.push_back(classes.substr(at, end - at));
    at = end + 1;
  }
  std::vector<float> parameters;
  const Nets nets(facts);
  for (const ParameterShape& part : nets.whole.layout()) {
    const auto it = file.tensors.find(part.name);
    const std::vector<std::uint64_t> shape(part.shape.begin(), part.shape.end());
    const auto count = static_cast<std::size_t>(size_of({part}));
    if (it == file.tensors.end() || it->second.shape != shape || it->second.type != "F32" ||
        it->second.bytes.size() != count * sizeof(float))
      throw Error(where + " does not fit its own network: " + part.name +
                  (it == file.tensors.end() ? " is missing" : " has another shape"));
    parameters.resize(parameters.size() + count);
    std::memcpy(&parameters[parameters.size() - count], it->second.bytes.data(),
                it->second.bytes.size());
  }
  return Classifier(std::move(facts), std::move(parameters));
}

Safetensors Classifier::file() const {
  Safetensors file;
  const float* from = parameters_.data();
  for (const ParameterShape& part : nets_->whole.layout()) {
    const auto count = static_cast<std::size_t>(size_of({part}));
    StoredTensor tensor{"F32", {part.shape.begin(), part.shape.end()}, {}};
    tensor.bytes.assign(reinterpret_cast<const char*>(from), count * sizeof(float));
    file.tensors[part.name] = std::move(tensor);
    from += count;
  }
  std::vector<std::string> shape;
  for (const std::int64_t n : facts_.shape) shape.push_back(std::to_string(n));
  file.metadata = {{"format", kFormat},
                   {"network", facts_.network},
                   {"loss", facts_.binary ? "binary" : "softmax"},
                   {"shape", join(shape, "x")},
                   {"range", "0..1"},
                   {"classes", join(facts_.classes, "\n")},
                   {"data", facts_.data},
                   {"rule", facts_.rule},
                   {"accuracy", number(facts_.accuracy)}};
  return file;
}

std::int64_t Classifier::inputs() const { return nets_->whole.layers().front().in; }
std::int64_t Classifier::features() const { return nets_->features(); }

Classifier::View Classifier::look(std::span<const float> pictures) const {
  const at::NoGradGuard no_grad;
  const std::int64_t size = inputs(), wide = features();
  const auto count = static_cast<std::int64_t>(pictures.size()) / size;
  const auto classes = static_cast<std::int64_t>(facts_.classes.size());
  View view;
  view.features.resize(static_cast<std::size_t>(count * wide));
  view.probabilities.resize(static_cast<std::size_t>(count * classes));
  for (std::int64_t begin = 0; begin < count; begin += kAtOnce) {
    const std::int64_t some = std::min(kAtOnce, count - begin);
    std::vector<std::int64_t> shape{some};
    shape.insert(shape.end(), facts_.shape.begin(), facts_.shape.end());
    at::Tensor x = at::empty(shape, at::TensorOptions(at::kFloat));
    std::copy_n(pictures.data() + begin * size, some * size, x.data_ptr<float>());
    if (nets_->body) x = (*nets_->body)(nets_->parameters, x);
    x = x.flatten(1).contiguous();
    const std::size_t last = nets_->whole.layers().back().first;
    at::Tensor y = at::linear(x, nets_->parameters[last], nets_->parameters[last + 1]);
    y = (facts_.binary ? at::sigmoid(y) : at::softmax(y, 1)).contiguous();
    std::copy_n(x.data_ptr<float>(), x.numel(), view.features.data() + begin * wide);
    std::copy_n(y.data_ptr<float>(), y.numel(), view.probabilities.data() + begin * classes);
  }
  return view;
}

std::vector<std::int32_t> Classifier::classes(const View& view) const {
  const std::size_t classes = facts_.classes.size();
  std::vector<std::int32_t> found;
  for (std::size_t i = 0; i < view.probabilities.size(); i += classes) {
    const float* row = view.probabilities.data() + i;
    found.push_back(static_cast<std::int32_t>(std::max_element(row, row + classes) - row));
  }
  return found;
}

}  // namespace gyre::gan
