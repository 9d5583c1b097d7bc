#include "cli/saving.hpp"

#include "cli/values.hpp"
#include "gyre/core/text.hpp"

namespace gyre::cli {

std::vector<std::string> pictures_of(const std::string& plot) {
  std::vector<std::string> kinds;
  if (plot.empty()) return kinds;
  for (const std::string_view kind : split(plot, ','))
    kinds.push_back(one_of("--plot", trim(kind), {"svg", "png", "pdf", "terminal", "none"}));
  return kinds;
}

void check_saving(const SavingWords& words, const std::vector<std::string>& pictures) {
  bool files = false;
  for (const std::string& kind : pictures) files = files || (kind != "none" && kind != "terminal");
  if (files && !words.wanted)
    throw Error(
        "--plot draws into the run folder, and --no-save makes none; --plot=terminal needs none");
  if (!words.out.empty() && !words.wanted) throw Error("--out and --no-save exclude each other");
  if (words.replace && words.out.empty())
    throw Error("--force needs the folder to replace: --out DIR");
}

Saving::Saving(SavingWords words, const std::string& game, const std::string& what)
    : words_(std::move(words)) {
  if (!words_.wanted) return;
  if (!words_.out.empty()) {
    folder_ = std::make_unique<RunFolder>(
        words_.out, words_.replace ? RunFolder::Taken::kReplace : RunFolder::Taken::kRefuse);
    return;
  }
  attempt([&] {
    folder_ = std::make_unique<RunFolder>(
        std::filesystem::path("runs") / run_folder_name(game, what), RunFolder::Taken::kNumber);
  });
}

void Saving::save(const std::function<void(RunFolder&)>& write,
                  const std::function<void(RunFolder&)>& draw,
                  const std::function<std::filesystem::path(RunFolder&)>& close) {
  if (!folder_) return;
  attempt([&] {
    write(*folder_);
    try {
      draw(*folder_);
    } catch (const FileError&) {
      throw;
    } catch (const Error&) {
      problem_ = std::current_exception();
    }
    place_ = close(*folder_).string();
  });
}

void Saving::report() const {
  if (!problem_) return;
  try {
    std::rethrow_exception(problem_);
  } catch (const FileError&) {
    throw;
  } catch (const Error& e) {  // the words were right, so this is no misuse
    throw FileError(e.what(), e.detail());
  }
}

void Saving::attempt(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& e) {
    folder_.reset();
    problem_ = std::make_exception_ptr(FileError(
        e.what(), words_.out.empty() ? "  --out DIR names another place, --no-save saves nothing"
                                     : e.detail()));
  }
}

}  // namespace gyre::cli
