#pragma once

#include <string>

namespace gyre {

/// Where a rule or a game comes from. An empty title means folklore.
struct Paper {
  std::string authors;
  int year = 0;
  std::string title;
  std::string link;  ///< "arXiv:1711.00141" or a DOI

  bool empty() const { return authors.empty() && title.empty(); }
};

/// Where a number may lie, both ends included.
struct Range {
  double low = 0.0, high = 0.0;
  bool logarithmic = false;

  bool holds(double value) const { return value >= low && value <= high; }
};

}  // namespace gyre
