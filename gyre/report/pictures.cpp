// Draws the pictures of README.md again, from the findings of the tour: gyre_pictures FOLDER
#include <cstdio>
#include <exception>
#include <filesystem>

#include "gyre/plot/render.hpp"
#include "gyre/report/figures.hpp"
#include "gyre/report/values.hpp"

int main(int count, char** words) {
  if (count != 2) {
    std::fputs("usage: gyre_pictures FOLDER\n", stderr);
    return 2;
  }
  try {
    using namespace gyre::report;
    const std::filesystem::path folder = words[1];
    const Findings found = *explore({});
    const Words english = words_for(found, gyre::Language::kEnglish);
    gyre::plot::render(orbit_picture(found, english), folder / "orbit.png");
    gyre::plot::render(rules_picture(found, english), folder / "rules.png");
    return 0;
  } catch (const std::exception& problem) {
    std::fprintf(stderr, "gyre_pictures: %s\n", problem.what());
    return 1;
  }
}
