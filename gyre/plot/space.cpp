#include "gyre/plot/paint.hpp"
namespace gyre::plot {
void paint_space(const Panel&, const Placed&, std::vector<Mark>&) {}
}  // namespace gyre::plot
