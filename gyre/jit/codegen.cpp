// The plugin: LLVM stands behind this file and the ones that it includes, and nowhere else.
#include <llvm/ExecutionEngine/Orc/JITTargetMachineBuilder.h>
#include <llvm/ExecutionEngine/Orc/LLJIT.h>
#include <llvm/IR/LegacyPassManager.h>
#include <llvm/IR/Verifier.h>
#include <llvm/Support/SmallVectorMemoryBuffer.h>
#include <llvm/Support/TargetSelect.h>
#include <llvm/Target/TargetMachine.h>
#include <llvm/TargetParser/Host.h>

#include <atomic>
#include <cstdlib>
#include <stdexcept>

#include "gyre/core/version.hpp"
#include "gyre/jit/lower.hpp"
#include "gyre/jit/plugin.hpp"

namespace gyre::jit {

namespace {

/// Why a kernel could not be made.
struct Failure : std::runtime_error {
  using std::runtime_error::runtime_error;
};

template <class T>
T value_of(llvm::Expected<T> expected, const char* doing) {
  if (expected) return static_cast<T&&>(*expected);
  throw Failure(std::string(doing) + ": " + llvm::toString(expected.takeError()));
}

void check(llvm::Error error, const char* doing) {
  if (error) throw Failure(std::string(doing) + ": " + llvm::toString(std::move(error)));
}

bool start_llvm() {
  static const bool started =
      !llvm::InitializeNativeTarget() && !llvm::InitializeNativeTargetAsmPrinter();
  return started;
}

const llvm::StringMap<bool>& features() {
  static const llvm::StringMap<bool> all = llvm::sys::getHostCPUFeatures();
  return all;
}

bool has(const char* feature) {
  const auto found = features().find(feature);
  return found != features().end() && found->second;
}

struct Set {
  const char* name;
  std::size_t bits;
  Shape shape;
};

/// The instruction set for a target; a null name if the machine has none.
Set set_for(const Target& target) {
  const std::size_t bits = target.vector_bits;
  const llvm::Triple machine(llvm::sys::getProcessTriple());
  auto fits = [&](std::size_t width) { return bits == 0 || bits == width; };
  if (machine.isX86()) {
    if (fits(512) && has("avx512f") && has("avx512dq") && has("avx512vl"))
      return {"avx512", 512, {target.single, 512, 32, 'e', true}};
    if (fits(256) && has("avx2") && has("fma"))
      return {"avx2", 256, {target.single, 256, 16, 'd', true}};
    if (fits(128)) return {"sse2", 128, {target.single, 128, 16, 'b', false}};
  } else if (machine.isAArch64()) {
    if (fits(128)) return {"neon", 128, {target.single, 128, 32, 'n', true}};
  } else if (fits(128)) {
    return {"baseline", 128, {target.single, 128, 16, 0, false}};
  }
  return {nullptr, 0, {}};
}

std::unique_ptr<llvm::TargetMachine> machine_for(const Shape& shape, llvm::CodeGenOptLevel level) {
  llvm::orc::JITTargetMachineBuilder builder =
      value_of(llvm::orc::JITTargetMachineBuilder::detectHost(), "asking for the machine");
  const llvm::Triple machine = builder.getTargetTriple();
  if (machine.isX86() && shape.bits < 512) {
    // Narrower kernels are those of a narrower machine: this one's would mix the sets.
    builder.setCPU(shape.bits == 256 ? "x86-64-v3" : "x86-64");
    builder.getFeatures() = llvm::SubtargetFeatures();
  }
  builder.setCodeGenOptLevel(level);
  return value_of(builder.createTargetMachine(), "asking for a compiler");
}

/// One for the process, and never torn down: kernels may outlive everything else.
llvm::orc::LLJIT& session() {
  static llvm::orc::LLJIT& one = *[] {
    return value_of(llvm::orc::LLJITBuilder()
                        .setPlatformSetUp(llvm::orc::setUpInactivePlatform)
                        .create(),
                    "starting LLVM's JIT")
        .release();
  }();
  return one;
}

std::unique_ptr<llvm::MemoryBuffer> object_of(llvm::Module& module, llvm::TargetMachine& machine) {
  llvm::SmallVector<char, 0> bytes;
  llvm::raw_svector_ostream stream(bytes);
  llvm::legacy::PassManager passes;
  llvm::MCContext* context = nullptr;
  if (machine.addPassesToEmitMC(passes, context, stream, true))
    throw Failure("LLVM writes no machine code here");
  passes.run(module);
  return std::make_unique<llvm::SmallVectorMemoryBuffer>(std::move(bytes), false);
}

/// Operations on vectors beyond which good code takes too long to find.
constexpr std::size_t kLong = 6000;

std::vector<Kernel> compile(std::span<const Job> jobs) {
  if (!start_llvm()) throw Failure("LLVM does not know this machine");
  llvm::LLVMContext context;
  llvm::Module module("gyre", context);
  std::vector<Kernel> kernels;
  std::vector<Shape> shapes;
  std::size_t length = 0;
  for (const Job& job : jobs) {
    const Set set = set_for(job.target);
    if (!set.name) throw Failure("the machine has no such vectors");
    Shape& shape = shapes.emplace_back(set.shape);
    shape.vectors = job.target.vectors ? job.target.vectors : vectors_for(*job.program, shape);
    const Program& p = *job.program;
    length += (p.code.size() + p.inputs + p.outputs.size()) * shape.vectors;
    kernels.push_back({nullptr, shape.group(), nullptr});
  }
  const std::unique_ptr<llvm::TargetMachine> machine =
      machine_for(shapes.front(),
                  length > kLong ? llvm::CodeGenOptLevel::None : llvm::CodeGenOptLevel::Default);
  module.setDataLayout(machine->createDataLayout());
  module.setTargetTriple(machine->getTargetTriple().str());
  auto name = [](std::size_t k) { return "kernel" + std::to_string(k); };
  for (std::size_t k = 0; k < jobs.size(); ++k) lower(*jobs[k].program, shapes[k], name(k), module);
  // A kernel that is not well formed would bring LLVM down, and the program with it.
  std::string problem;
  llvm::raw_string_ostream told(problem);
  if (llvm::verifyModule(module, &told)) throw Failure("a kernel is not well formed: " + problem);

  static std::atomic<std::uint64_t> number{0};
  llvm::orc::LLJIT& jit = session();
  llvm::orc::JITDylib& library =
      value_of(jit.createJITDylib("kernels" + std::to_string(number++)), "making room");
  const std::shared_ptr<void> code(&library, [](void* p) {
    llvm::cantFail(
        session().getExecutionSession().removeJITDylib(*static_cast<llvm::orc::JITDylib*>(p)));
  });
  check(jit.addObjectFile(library, object_of(module, *machine)), "linking kernels");
  for (std::size_t k = 0; k < jobs.size(); ++k) {
    kernels[k].entry = value_of(jit.lookup(library, name(k)), "finding a kernel").toPtr<Entry>();
    kernels[k].code = code;
  }
  return kernels;
}

std::string set_name(const Target& target) {
  const Set set = set_for(target);
  return set.name ? set.name : "";
}

constexpr Plugin kPlugin{kVersion, kOperations, "llvm " LLVM_MAJOR, &set_name, &compile};

}  // namespace

}  // namespace gyre::jit

extern "C" [[gnu::visibility("default")]] const gyre::jit::Plugin* gyre_jit_plugin() {
  return &gyre::jit::kPlugin;
}
