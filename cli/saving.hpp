#pragma once

#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "gyre/store/run_folder.hpp"

namespace gyre::cli {

/// Where results go, as the words say.
struct SavingWords {
  bool wanted = true;
  std::string out;       ///< empty: a new folder below runs/
  bool replace = false;  ///< a run that is there already
};

/// What to draw, from `svg,terminal`: "svg", "png", "pdf", "terminal", "none", in any number.
std::vector<std::string> pictures_of(const std::string& plot);

/// Throws Error for words that are right alone and make no sense together.
void check_saving(const SavingWords& words, const std::vector<std::string>& pictures);

/// Nothing that was computed is lost because it could not be saved: the problem is kept, and told
/// after the results.
class Saving {
 public:
  /// Opens the folder at once. A place that was asked for must work, and is tried before the work;
  /// else the folder is named after the time, the game and `what`.
  Saving(SavingWords words, const std::string& game, const std::string& what);

  /// Writes numbers, draws figures, and closes the folder with its manifest, which gives it its
  /// name. Without gnuplot, the numbers are still worth keeping.
  void save(const std::function<void(RunFolder&)>& write,
            const std::function<void(RunFolder&)>& draw,
            const std::function<std::filesystem::path(RunFolder&)>& close);

  /// The folder's name; empty if there is none.
  const std::string& place() const { return place_; }
  /// Throws what went wrong, if anything did.
  void report() const;

 private:
  void attempt(const std::function<void()>& action);

  SavingWords words_;
  std::unique_ptr<RunFolder> folder_;
  std::string place_;
  std::exception_ptr problem_;
};

}  // namespace gyre::cli
