#include "gyre/core/error.hpp"
#include "gyre/sweep/words.hpp"
namespace gyre {
SweepWords sweep_toml(std::string_view, const std::string&) { throw Error("todo"); }
SweepWords sweep_yaml(std::string_view, const std::string&) { throw Error("todo"); }
}
