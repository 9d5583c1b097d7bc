#include "gyre/gan/torchscript.hpp"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/empty.h>
#include <torch/csrc/jit/api/module.h>
#include <torch/csrc/jit/serialization/import.h>

#include <algorithm>

#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"
#include "gyre/store/file.hpp"

namespace gyre::gan {

namespace {

constexpr std::uint64_t kMost = std::uint64_t{1} << 32;
constexpr std::int64_t kAtOnce = 100;

/// The first line of what libtorch says, without its stack.
std::string brief(const std::exception& problem) {
  const std::string text = problem.what();
  return as_typed(trim(text.substr(0, text.find('\n'))));
}

class TorchScript final : public Extractor {
 public:
  explicit TorchScript(const std::filesystem::path& path) : path_(path.string()) {
    const std::string bytes = read_file(path, kMost);
    name_ = path.filename().string() + " " + sha256(bytes).substr(0, 8);
    try {
      module_ = torch::jit::load(path_);
      module_.eval();
    } catch (const std::exception&) {
      throw Error(as_typed(path_) +
                  " is no TorchScript file: torch.jit.script(module).save(FILE) writes one");
    }
  }

  const std::string& name() const override { return name_; }

  Seen look(std::span<const float> pictures,
            const std::vector<std::int64_t>& shape) const override {
    const at::NoGradGuard no_grad;
    std::int64_t size = 1;
    for (const std::int64_t n : shape) size *= n;
    const auto count = static_cast<std::int64_t>(pictures.size()) / size;
    Seen seen;
    for (std::int64_t begin = 0; begin < count; begin += kAtOnce) {
      const std::int64_t some = std::min(kAtOnce, count - begin);
      std::vector<std::int64_t> batch{some};
      batch.insert(batch.end(), shape.begin(), shape.end());
      at::Tensor x = at::empty(batch, at::TensorOptions(at::kFloat));
      std::copy_n(pictures.data() + begin * size, some * size, x.data_ptr<float>());
      const at::Tensor y = answer(x);
      if (begin == 0) seen.features.resize(count, y.size(1));
      std::copy_n(y.data_ptr<float>(), y.numel(), seen.features.data() + begin * y.size(1));
    }
    return seen;
  }

 private:
  at::Tensor answer(const at::Tensor& x) const {
    c10::IValue said;
    try {
      said = torch::jit::Module(module_).forward({x});
    } catch (const std::exception& problem) {
      throw Error(as_typed(path_) + " does not take a batch of such pictures: " + brief(problem));
    }
    if (!said.isTensor() || said.toTensor().dim() < 2 || said.toTensor().size(0) != x.size(0))
      throw Error(
          as_typed(path_) +
          " is no feature extractor: a row of numbers a picture is needed, and it returns " +
          (said.isTensor() ? "another shape" : said.tagKind()));
    return said.toTensor().flatten(1).to(at::kFloat).contiguous();
  }

  std::string path_, name_;
  torch::jit::Module module_;
};

}  // namespace

std::unique_ptr<Extractor> load_torchscript(const std::filesystem::path& path) {
  return std::make_unique<TorchScript>(path);
}

}  // namespace gyre::gan
