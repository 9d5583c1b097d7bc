#pragma once

#include <Eigen/Core>

namespace gyre::gan {

/// What metrics compare: a sample a row.
using Features = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

}  // namespace gyre::gan
