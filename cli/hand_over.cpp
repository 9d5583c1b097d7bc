// The verbs that need tensors: gyre reads their words, and leaves the work to gyre-gan.
#include "cli/hand_over.hpp"

#include <unistd.h>

#include <cerrno>
#include <memory>

#include "cli/classify_words.hpp"
#include "cli/evaluate_words.hpp"
#include "cli/train_words.hpp"
#include "cli/words.hpp"
#include "gyre/store/file.hpp"

namespace gyre::cli {

namespace fs = std::filesystem;

/// Beside this program, as in the build tree, or where it is installed.
fs::path training_program() {
  std::error_code problem;
  const fs::path here = fs::read_symlink("/proc/self/exe", problem).parent_path();
  for (const fs::path& place :
       {here / "gyre-gan", here / ".." / GYRE_LIBEXEC / "gyre" / "gyre-gan"})
    if (access(place.c_str(), X_OK) == 0) return place;
  return {};
}

int hand_over(Command command) {
  const fs::path program = training_program();
  if (program.empty())
    throw FileError("gyre-gan, the program that trains networks, is not there",
                    std::string("  ") + kTrainingAdvice);
  std::vector<std::string> words(command.begin(), command.end());
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  execv(program.c_str(), pointers.data());
  throw file_error("start", program, errno);
}

namespace {

template <class Words>
Action declare(CLI::App& app) {
  const auto words = std::make_shared<Words>();
  words->declare(app);
  return [words](Command command) { return hand_over(command); };
}

}  // namespace

Action declare_classify(CLI::App& words) { return declare<ClassifyWords>(words); }
Action declare_train(CLI::App& words) { return declare<TrainWords>(words); }
Action declare_resume(CLI::App& words) { return declare<ResumeWords>(words); }
Action declare_sample(CLI::App& words) { return declare<SampleWords>(words); }
Action declare_evaluate(CLI::App& words) { return declare<EvaluateWords>(words); }

}  // namespace gyre::cli
