#pragma once

#include <array>
#include <atomic>
#include <optional>
#include <span>
#include <vector>

#include "gyre/analysis/cycles.hpp"
#include "gyre/analysis/flow.hpp"

/// The parts that the searches in cycles_plane.cpp and cycles_space.cpp share.
namespace gyre {

using BoxSpan = std::span<const std::array<double, 2>>;

/// Follows a closed path for one turn and fills in all but the kind: extent, distances from
/// `around`, multipliers, residual. Nothing if the path cannot be followed that long.
std::optional<Cycle> measure_cycle(GradientFlow& flow, const std::vector<double>& at, double period,
                                   const std::vector<double>& around);

/// Whether they are one and the same path.
bool same_cycle(const Cycle& a, const Cycle& b);

/// Whether the whole path lies in the box.
bool lies_in(const Cycle& cycle, BoxSpan box);

double length_of(std::span<const double> v);

/// How far the largest side of the box reaches.
double size_of(BoxSpan box);

/// The box with its sides made `factor` times as long, about the same middle.
std::vector<std::array<double, 2>> widened(BoxSpan box, double factor);
bool holds(BoxSpan box, std::span<const double> w);

using Cancel = const std::atomic<bool>*;
inline bool is_set(Cancel cancel) { return cancel && cancel->load(std::memory_order_relaxed); }

/// The searches; `found.confidence` is filled in by them.
void find_plane_cycles(GradientFlow& flow, BoxSpan box, std::span<const std::vector<double>> points,
                       Cycles& found, Cancel cancel);
void find_space_cycles(GradientFlow& flow, BoxSpan box, Cycles& found, Cancel cancel);

}  // namespace gyre
