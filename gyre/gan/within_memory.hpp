#pragma once

#include <functional>
#include <new>
#include <string>
#include <string_view>

#include "gyre/core/error.hpp"

namespace gyre::gan {

/// Whether a message of libtorch is about memory that could not be had.
bool is_about_memory(std::string_view problem);

/// Does something that allocates tensors. Where memory does not suffice, throws Error: "out of
/// memory: ", and what `why` says.
template <class Does>
auto within_memory(const std::function<std::string()>& why, Does does) {
  try {
    return does();
  } catch (const Error&) {
    throw;
  } catch (const std::exception& problem) {
    const bool is_memory = dynamic_cast<const std::bad_alloc*>(&problem) != nullptr;
    if (!is_memory && !is_about_memory(problem.what())) throw;
    throw Error("out of memory: " + why());
  }
}

}  // namespace gyre::gan
