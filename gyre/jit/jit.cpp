#include "gyre/jit/jit.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <new>

#include "gyre/core/assert.hpp"
#include "gyre/jit/flush.hpp"
#include "gyre/jit/loader.hpp"
#include "gyre/program/interpreter.hpp"

namespace gyre {

namespace {

/// Kernels kept at most: a session that makes ever new games must not fill the memory.
constexpr std::size_t kMostKernels = 4096;

std::size_t rounded_up(std::size_t n, std::size_t to) { return (n + to - 1) / to * to; }

template <class T>
void append(std::string& key, const T* values, std::size_t count) {
  const std::size_t at = key.size();
  key.resize(at + count * sizeof(T));
  if (count > 0) std::memcpy(key.data() + at, values, count * sizeof(T));
}

/// What two programs must share to share a kernel: everything.
std::string structure(const Program& program) {
  static_assert(std::is_trivially_copyable_v<Instruction>);
  std::string key;
  const std::uint64_t sizes[] = {program.constants.size(), program.inputs, program.registers,
                                 program.code.size(), program.loops};
  append(key, sizes, std::size(sizes));
  append(key, program.constants.data(), program.constants.size());
  append(key, program.outputs.data(), program.outputs.size());
  for (const Instruction& i : program.code) {
    const std::uint32_t words[] = {i.op, i.to, i.from[0], i.from[1], i.from[2]};
    append(key, words, std::size(words));
  }
  return key;
}

/// A draw is named by whole numbers that a float cannot tell apart.
bool draws(const Program& program) {
  return std::ranges::any_of(program.code, [](const Instruction& i) {
    return i.op == kOp<ops::Uniform> || i.op == kOp<ops::Uniform2>;
  });
}

class JitRunner final : public Runner {
 public:
  JitRunner(const Program& program, std::size_t lanes, jit::Kernel kernel)
      : kernel_(std::move(kernel)),
        loops_(program.loops),
        inputs_(program.inputs),
        lanes_(rounded_up(std::max<std::size_t>(1, lanes), kLaneQuantum)),
        stride_(rounded_up(lanes_, std::max(kernel_.group, kLaneQuantum))) {
    constexpr std::size_t kCacheLine = 64;
    const std::size_t outputs = loops_ ? 0 : program.outputs.size();
    const std::size_t count = std::max<std::size_t>(1, inputs_ + outputs) * stride_;
    memory_.reset(static_cast<double*>(std::aligned_alloc(kCacheLine, count * sizeof(double))));
    if (!memory_) throw std::bad_alloc();
    std::fill_n(memory_.get(), count, 0.0);
  }

  std::size_t lanes() const override { return lanes_; }
  std::span<double> input(std::size_t i) override { return {memory_.get() + i * stride_, lanes_}; }
  std::span<const double> output(std::size_t i) const override {
    return {memory_.get() + (loops_ ? i : inputs_ + i) * stride_, lanes_};
  }

  using Runner::run;
  void run(std::size_t times, std::size_t lanes) override {
    GYRE_ASSERT(times <= 1 || loops_);
    lanes = std::min(lanes, lanes_);
    if (times == 0 || lanes == 0) return;
    const std::size_t groups = (lanes + kernel_.group - 1) / kernel_.group;
    // What fills up the last group goes the way of its neighbour, not one of its own that may lead
    // through slow numbers.
    const std::size_t end = groups * kernel_.group;
    for (std::size_t i = 0; i < inputs_ && end > lanes_; ++i) {
      double* const row = memory_.get() + i * stride_;
      std::fill(row + lanes_, row + end, row[lanes_ - 1]);
    }
    const jit::FlushSubnormals flushing;
    kernel_.entry(memory_.get(), memory_.get() + inputs_ * stride_, stride_, groups, times);
  }

 private:
  struct Free {
    void operator()(double* p) const { std::free(p); }
  };

  jit::Kernel kernel_;
  bool loops_;
  std::size_t inputs_, lanes_, stride_;
  std::unique_ptr<double[], Free> memory_;
};

}  // namespace

/// Programs that are compiled together, by whoever asks for one of them first.
struct JitBackend::Batch {
  std::once_flag once;
  std::vector<jit::Job> jobs;
  std::vector<jit::Kernel> kernels;
};

JitBackend::JitBackend(jit::Target target) : target_(target) {
  const jit::Loaded& loaded = jit::load_plugin();
  plugin_ = loaded.plugin;
  problem_ = loaded.problem;
  if (!plugin_) return;
  set_ = plugin_->set(target_);
  if (set_.empty())
    problem_ = "this machine has no vectors of " + std::to_string(target_.vector_bits) + " bits";
}

JitBackend::~JitBackend() = default;

std::string JitBackend::problem() const {
  if (!problem_.empty()) return problem_;
  const std::lock_guard lock(mutex_);
  return failed_;
}

std::string JitBackend::name() const {
  if (!works()) return interpreter_backend().name();
  std::string name =
      "jit (" + std::string(plugin_->llvm) + ", " + set_ + (target_.single ? ", f32)" : ", f64)");
  if (!problem().empty()) name += " and " + interpreter_backend().name();
  return name;
}

jit::Job JitBackend::job_for(const Program& program) const {
  jit::Target target = target_;
  target.single = target.single && program.loops && !draws(program);
  return {&program, target};
}

void JitBackend::compile(Batch& batch) const {
  std::call_once(batch.once, [&] {
    try {
      batch.kernels = plugin_->compile(batch.jobs);
      compilations_ += batch.jobs.size();
    } catch (const std::exception& problem) {
      const std::lock_guard lock(mutex_);
      failed_ = problem.what();
      batch.kernels.resize(batch.jobs.size());
    }
  });
}

void JitBackend::prepare(std::span<const Program* const> programs) const {
  if (!works()) return;
  const auto batch = std::make_shared<Batch>();
  {
    const std::lock_guard lock(mutex_);
    if (kernels_.size() >= kMostKernels) kernels_.clear();
    for (const Program* const program : programs) {
      const auto [at, fresh] =
          kernels_.try_emplace(structure(*program), Place{batch, batch->jobs.size()});
      if (fresh) batch->jobs.push_back(job_for(*program));
    }
  }
  if (!batch->jobs.empty()) compile(*batch);
}

jit::Kernel JitBackend::kernel_of(const Program& program) const {
  const Program* const alone[] = {&program};
  const std::string key = structure(program);
  auto find = [&] {
    const std::lock_guard lock(mutex_);
    const auto known = kernels_.find(key);
    return known == kernels_.end() ? Place{} : known->second;
  };
  Place place = find();
  while (!place.batch) {  // again only if all kernels were let go meanwhile
    prepare(alone);
    place = find();
  }
  compile(*place.batch);
  return place.batch->kernels[place.index];
}

std::unique_ptr<Runner> JitBackend::runner(const Program& program, std::size_t lanes) const {
  if (works())
    if (jit::Kernel kernel = kernel_of(program); kernel.entry)
      return std::make_unique<JitRunner>(program, lanes, std::move(kernel));
  return interpreter_backend().runner(program, lanes);
}

const JitBackend& jit_backend(bool single) {
  // Never destroyed: their code belongs to a plugin that may have left before them.
  static const JitBackend& in_double = *new JitBackend;
  static const JitBackend& in_single = *new JitBackend(jit::Target{.single = true});
  return single ? in_single : in_double;
}

}  // namespace gyre
