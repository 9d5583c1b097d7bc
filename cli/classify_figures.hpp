#pragma once

#include <string>
#include <vector>

#include "gyre/gan/classify.hpp"
#include "gyre/plot/figure.hpp"

namespace gyre::cli {

/// A moment of a classifier's training.
struct ClassifyRow {
  std::uint64_t step = 0;
  double epoch = 0.0;
  double loss = 0.0;      ///< the mean since the row before
  double accuracy = 0.0;  ///< on the test part; not a number between epochs
};

/// Loss and accuracy over epochs; no panels where there is too little to draw.
plot::Figure learning_figure(const std::string& title, const std::vector<ClassifyRow>& rows);

/// Which classes were taken for which, as shares of a class, with counts in the cells.
plot::Figure confusion_figure(const std::string& title, const std::vector<std::string>& classes,
                              const std::vector<std::vector<double>>& confusion);

}  // namespace gyre::cli
