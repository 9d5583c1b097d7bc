#include "gyre/gan/within_memory.hpp"

namespace gyre::gan {

bool is_about_memory(std::string_view problem) {
  for (const char* sign :
       {"allocate memory", "not enough memory", "out of memory", "could not create a memory"})
    if (problem.find(sign) != std::string_view::npos) return true;
  return false;
}

}  // namespace gyre::gan
