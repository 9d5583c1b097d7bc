#include "gyre/report/drawing.hpp"

#include <algorithm>
#include <exception>
#include <mutex>
#include <thread>

#include "gyre/plot/render.hpp"

namespace gyre::report {

std::map<std::string, std::string> draw_all(const std::vector<NamedFigure>& figures,
                                            std::size_t threads, const std::atomic<bool>* cancel) {
  if (threads == 0) threads = std::max(1u, std::thread::hardware_concurrency());
  std::map<std::string, std::string> files;
  std::exception_ptr problem;
  std::mutex mutex;
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t i = next++; i < 2 * figures.size(); i = next++) {
      if (cancel && *cancel) return;
      const NamedFigure& figure = figures[i / 2];
      const bool svg = i % 2 == 0;
      try {
        std::string bytes =
            plot::draw(figure.figure, svg ? plot::Format::kSvg : plot::Format::kPng);
        const std::lock_guard lock(mutex);
        files[figure.name + (svg ? ".svg" : ".png")] = std::move(bytes);
      } catch (...) {
        const std::lock_guard lock(mutex);
        problem = std::current_exception();
        next = 2 * figures.size();
      }
    }
  };
  std::vector<std::jthread> crew;
  for (std::size_t i = 1; i < threads; ++i) crew.emplace_back(work);
  work();
  crew.clear();
  // A child that Ctrl-C ended as well is no problem of its own.
  if (problem && !(cancel && *cancel)) std::rethrow_exception(problem);
  return files;
}

}  // namespace gyre::report
