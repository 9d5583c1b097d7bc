#include "gyre/gan/trainer.hpp"

#include <ATen/Parallel.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/isfinite.h>
#include <malloc.h>
#include <torch/cuda.h>

#include <cmath>
#include <cstring>

#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"
#include "gyre/gan/gan_game.hpp"
#include "gyre/gan/judge.hpp"
#include "gyre/gan/tensor_field.hpp"
#include "gyre/gan/tensor_rule.hpp"
#include "gyre/gan/within_memory.hpp"

namespace gyre::gan {

namespace {

/// Floats where the settings want them.
BlockKind kind_of(const Settings& settings) {
  if (settings.device == "cpu") return {0, at::kFloat, at::kCPU};
  if (!torch::cuda::is_available())
    throw Error(
        "device = cuda needs a GPU and a libtorch that is built for it, and this machine "
        "lacks one of them; --device cpu trains without");
  return {0, at::kFloat, at::Device(at::kCUDA, 0)};
}

auto too_large(const Settings& settings) {
  return [&settings] {
    return "batches of " + std::to_string(settings.batch) + " are too large for the generator " +
           as_typed(settings.generator) + " and the discriminator " +
           as_typed(settings.discriminator) + "; a smaller --batch takes less";
  };
}

/// Turns of data and fakes are for a discriminator that looks alone, an even number of times.
void check_halves(const Settings& settings, const Pipe& pipe) {
  if (settings.halves != "apart") return;
  const StageSpec& scheme = pipe.stages[pipe.scheme];
  double looks = scheme.facts().facts.id == "alternating" ? 1 : 0;
  for (const std::string& name : gan_players()[kDiscriminator])
    if (const auto it = scheme.per_player.find(name); it != scheme.per_player.end())
      looks = it->second;
  if (looks == 0 || std::fmod(looks, 2) != 0)
    throw Error(
        "halves = apart needs a rule in which the discriminator moves by itself an even "
        "number of times, as in alternating(order=d>g, d=2), not " +
        pipe.text());
}

FieldOptions options_of(const Settings& settings, const Pipe& pipe) {
  FieldOptions options;
  options.sampling = settings.sampling == "same" ? Sampling::kEachStep : Sampling::kEachLook;
  for (const StageSpec& stage : pipe.stages)
    options.keeps_graph = options.keeps_graph ||
                          (stage.facts().needs_products && options.sampling == Sampling::kEachStep);
  options.solves.tolerance = 1e-6;  // of floats
  options.seed = settings.seed;
  return options;
}

const char* name_of(std::size_t player) {
  return player == kGenerator ? "generator" : "discriminator";
}

StoredTensor stored(const at::Tensor& numbers, const std::vector<std::int64_t>& shape) {
  const at::Tensor flat = numbers.cpu().contiguous();
  StoredTensor tensor{"F32", {shape.begin(), shape.end()}, {}};
  tensor.bytes.assign(static_cast<const char*>(flat.data_ptr()),
                      static_cast<std::size_t>(flat.numel()) * sizeof(float));
  return tensor;
}

}  // namespace

struct Trainer::State {
  State(const Settings& s, std::shared_ptr<const Data> data)
      : settings(s),
        pipe(parse_pipe(s.rule)),
        rule_text(pipe.text()),
        game(s, data, kind_of(s)),
        field(game, kind_of(s), options_of(s, pipe)),
        rule(build_tensor_rule(pipe, gan_players(), game.is_zero_sum())),
        memory(rule->slots()),
        judge(data, s.data, s.extractor.empty() ? nullptr : make_extractor(s.extractor)) {
    check_halves(s, pipe);
    std::vector<BlockPtr> blocks;
    for (at::Tensor& block : game.start()) blocks.push_back(Block::tensor(std::move(block)));
    point = TensorPoint(std::move(blocks));
    mean = point;
    field.begin_step();
    rule->start(point, field, memory);
    settle_all();
  }

  void settle_all() {
    std::vector<const TensorPoint*> all{&point, &mean};
    for (const TensorPoint& slot : memory) all.push_back(&slot);
    settle(all);
  }

  /// Calls `visit(name, block, shape)` on every tensor of a checkpoint.
  void for_each_tensor(auto&& visit) {
    auto visit_point = [&](const std::string& prefix, TensorPoint& of, std::size_t players) {
      for (std::size_t p = 0; p < players; ++p) visit(prefix + name_of(p), of, p);
    };
    visit_point("", point, 2);
    if (settings.ema > 0.0) visit_point("mean.", mean, 1);
    const std::vector<std::string> names = rule->slot_names();
    for (std::size_t i = 0; i < memory.size(); ++i)
      visit_point("memory." + names[i] + ".", memory[i], 2);
  }

  double products() const {
    return products_before + field.products() + field.products_of_solves();
  }

  Settings settings;
  Pipe pipe;
  std::string rule_text;
  GanGame game;
  TensorField field;
  std::unique_ptr<Rule<TensorPoint>> rule;
  std::vector<TensorPoint> memory;
  TensorPoint point, mean;
  Judge judge;
  std::uint64_t steps = 0;
  double calls_before = 0.0, products_before = 0.0;  // a checkpoint's
};

Trainer::Trainer(const Settings& settings, std::shared_ptr<const Data> data)
    : state_(within_memory(too_large(settings),
                           [&] { return std::make_unique<State>(settings, std::move(data)); })) {}

Trainer::~Trainer() = default;

bool Trainer::step() {
  State& s = *state_;
  within_memory(too_large(s.settings), [&] {
    s.field.begin_step();
    s.point = s.rule->step(s.point, s.field, s.memory);
    if (s.settings.ema > 0.0) {
      const TensorPoint reported = s.rule->output(s.point, s.memory);
      s.mean = s.settings.ema * s.mean + (1.0 - s.settings.ema) * reported;
      s.mean = on(kDiscriminator, fill(s.mean, 0.0), s.mean);  // of the generator alone
    }
    s.settle_all();
  });
  ++s.steps;
  for (const std::optional<double>& loss : s.field.losses())
    if (loss && !std::isfinite(*loss)) return false;
  return true;
}

std::uint64_t Trainer::steps() const { return state_->steps; }

TensorPoint Trainer::players() const { return state_->point; }

std::string Trainer::not_finite() const {
  const State& s = *state_;
  for (std::size_t p = 0; p < s.point.players(); ++p) {
    std::int64_t begin = 0;
    const at::Tensor flat = value(s.point.block(p));
    for (const ParameterShape& part : s.game.layouts()[p]) {
      const std::int64_t size = size_of({part});
      if (!flat.narrow(0, begin, size).isfinite().all().item().toBool())
        return std::string(name_of(p)) + " " + part.name;
      begin += size;
    }
  }
  return {};
}

Metrics Trainer::metrics() {
  State& s = *state_;
  Metrics all;
  for (std::size_t p = 0; p < 2; ++p) {
    all.emplace_back(std::string("loss_") + name_of(p), s.field.losses()[p].value_or(std::nan("")));
  }
  all.emplace_back("calls", s.calls_before + s.field.calls());
  all.emplace_back("products", s.products());
  if (s.judge.is_blind()) return all;
  for (const auto& [name, number] : s.judge.glance(samples(s.settings.samples, s.steps)))
    all.emplace_back(name, number);
  if (s.settings.ema > 0.0)
    for (const auto& [name, number] : s.judge.glance(samples(s.settings.samples, s.steps, true)))
      all.emplace_back("mean_" + name, number);
  return all;
}

std::vector<float> Trainer::samples(std::int64_t count, std::uint64_t number, bool running_mean,
                                    std::optional<std::int64_t> label) {
  State& s = *state_;
  const TensorPoint reported =
      running_mean ? on(kDiscriminator, s.point, s.mean) : s.rule->output(s.point, s.memory);
  return within_memory(too_large(s.settings), [&]() -> std::vector<float> {
    const at::Tensor made =
        s.game.generate(s.field.leaves(reported)[kGenerator], count, number, label)
            .cpu()
            .contiguous();
    return {made.data_ptr<float>(), made.data_ptr<float>() + made.numel()};
  });
}

Safetensors Trainer::checkpoint() const {
  State& s = *state_;
  Safetensors file;
  s.for_each_tensor([&](const std::string& name, TensorPoint& point, std::size_t p) {
    const BlockPtr& block = point.block(p);
    if (block->is_constant()) {
      const double number = block->number();
      StoredTensor tensor{"F64", {}, std::string(sizeof number, '\0')};
      std::memcpy(tensor.bytes.data(), &number, sizeof number);
      file.tensors[name] = std::move(tensor);
      return;
    }
    const at::Tensor flat = value(block);
    std::int64_t begin = 0;
    for (const ParameterShape& part : s.game.layouts()[p]) {
      const std::int64_t size = size_of({part});
      file.tensors[name + "." + part.name] = stored(flat.narrow(0, begin, size), part.shape);
      begin += size;
    }
  });
  file.metadata = {{"format", "gyre-training-1"},
                   {"rule", s.rule_text},
                   {"step", std::to_string(s.steps)},
                   {"drawn", std::to_string(s.field.drawn())},
                   {"calls", number(s.calls_before + s.field.calls())},
                   {"products", number(s.products())}};
  if (const std::string digest = data().digest(); !digest.empty()) file.metadata["data"] = digest;
  return file;
}

void Trainer::restore(const Safetensors& checkpoint, const std::string& source) {
  State& s = *state_;
  const std::string where = as_typed(source);
  auto fact = [&](const char* key) {
    const auto it = checkpoint.metadata.find(key);
    if (it == checkpoint.metadata.end())
      throw Error(where + " is no checkpoint of a training: it lacks '" + key + "'");
    return it->second;
  };
  fact("format");
  if (fact("rule") != s.rule_text)
    throw Error(where + " is of the rule " + as_typed(fact("rule")) + ", not " + s.rule_text);
  s.for_each_tensor([&](const std::string& name, TensorPoint& point, std::size_t p) {
    std::vector<BlockPtr> blocks = point.blocks();
    const BlockKind kind = blocks[p]->kind();
    if (const auto it = checkpoint.tensors.find(name); it != checkpoint.tensors.end()) {
      double number = 0.0;
      if (it->second.bytes.size() == sizeof number)
        std::memcpy(&number, it->second.bytes.data(), sizeof number);
      blocks[p] = Block::constant(kind, number);
      point = TensorPoint(std::move(blocks));
      return;
    }
    at::Tensor flat = at::empty({kind.size}, at::TensorOptions(kind.type));
    char* to = static_cast<char*>(flat.data_ptr());
    for (const ParameterShape& part : s.game.layouts()[p]) {
      const auto it = checkpoint.tensors.find(name + "." + part.name);
      const std::vector<std::uint64_t> shape(part.shape.begin(), part.shape.end());
      if (it == checkpoint.tensors.end() || it->second.shape != shape || it->second.type != "F32")
        throw Error(where + " is of other networks: its " + name + "." + part.name +
                    (it == checkpoint.tensors.end() ? " is missing" : " has another shape"));
      std::memcpy(to, it->second.bytes.data(), it->second.bytes.size());
      to += it->second.bytes.size();
    }
    blocks[p] = Block::tensor(flat.to(kind.device));
    point = TensorPoint(std::move(blocks));
  });
  auto count = [&](const char* key) { return to_number(fact(key)).value_or(0.0); };
  s.steps = static_cast<std::uint64_t>(count("step"));
  s.field.reset_counts();
  s.field.go_on_from(static_cast<std::uint64_t>(count("drawn")));
  s.calls_before = count("calls");
  s.products_before = count("products");
}

const std::string& Trainer::rule() const { return state_->rule_text; }

const Data& Trainer::data() const { return state_->game.data(); }

const std::shared_ptr<const Data>& Trainer::shared_data() const {
  return state_->game.shared_data();
}

std::int64_t Trainer::classes() const { return state_->game.classes(); }

std::pair<std::int64_t, std::int64_t> Trainer::sizes() const {
  return {size_of(state_->game.layouts()[0]), size_of(state_->game.layouts()[1])};
}

void prepare_process(std::int64_t threads) {
  constexpr int kLargest = 32 << 20;  // more is refused
  mallopt(M_MMAP_THRESHOLD, kLargest);
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
  mallopt(M_TOP_PAD, 64 << 20);
  at::set_num_threads(static_cast<int>(threads));
}

}  // namespace gyre::gan
