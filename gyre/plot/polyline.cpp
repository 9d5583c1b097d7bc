#include "gyre/plot/polyline.hpp"

#include <algorithm>
#include <cmath>

namespace gyre::plot {

namespace {
struct Box {
  double left, right, bottom, top;
};

/// Cuts the segment to the box (Liang and Barsky 1984); false if nothing of it is inside.
bool cut(Dot& from, Dot& to, const Box& box) {
  const double dx = to.x - from.x, dy = to.y - from.y;
  double enter = 0.0, leave = 1.0;
  const auto edge = [&](double speed, double room) {
    if (speed == 0.0) return room >= 0.0;
    const double when = room / speed;
    if (speed < 0.0)
      enter = std::max(enter, when);
    else
      leave = std::min(leave, when);
    return enter <= leave;
  };
  if (!edge(-dx, from.x - box.left) || !edge(dx, box.right - from.x) ||
      !edge(-dy, from.y - box.bottom) || !edge(dy, box.top - from.y))
    return false;
  const Dot start = from;
  if (leave < 1.0) to = {start.x + leave * dx, start.y + leave * dy};
  if (enter > 0.0) from = {start.x + enter * dx, start.y + enter * dy};
  return true;
}
}  // namespace

std::vector<Polyline> clip(const Polyline& line, double width, double height, double slack) {
  const Box box{-slack, width + slack, -slack, height + slack};
  std::vector<Polyline> parts;
  Polyline part;
  const auto finish = [&] {
    if (!part.empty()) parts.push_back(part);
    part.clear();
  };
  const auto is_number = [](const Dot& dot) {
    return std::isfinite(dot.x) && std::isfinite(dot.y);
  };
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (!is_number(line[i])) {
      finish();
      continue;
    }
    const bool first = i == 0 || !is_number(line[i - 1]);
    if (first && i + 1 < line.size() && is_number(line[i + 1])) continue;  // the segment brings it
    Dot from = first ? line[i] : line[i - 1], to = line[i];
    if (!cut(from, to, box)) {
      finish();
      continue;
    }
    const bool joins = !part.empty() && part.back().x == from.x && part.back().y == from.y;
    if (!joins) {
      finish();
      part.push_back(from);
    }
    part.push_back(to);
  }
  finish();
  return parts;
}

Polyline simplify(const Polyline& line, double tolerance) {
  if (line.size() < 3) return line;
  Polyline kept{line.front()};
  // The directions, seen from the last kept dot, in which all dots since then lie within tolerance.
  double middle = 0.0, half = 0.0, reach = 0.0;
  bool open = true;  // any direction will do
  const auto begin = [&] { open = true, reach = 0.0; };
  for (std::size_t i = 1; i < line.size(); ++i) {
    const auto from_kept = [&] {
      return Dot{line[i].x - kept.back().x, line[i].y - kept.back().y};
    };
    double distance = std::hypot(from_kept().x, from_kept().y);
    if (distance <= tolerance && reach <= tolerance) continue;
    double direction = std::atan2(from_kept().y, from_kept().x);
    const bool fits = open || std::abs(std::remainder(direction - middle, 2.0 * M_PI)) <= half;
    if (!fits || distance < reach) {
      kept.push_back(line[i - 1]);
      begin();
      distance = std::hypot(from_kept().x, from_kept().y);
      if (distance <= tolerance) continue;
      direction = std::atan2(from_kept().y, from_kept().x);
    }
    const double spread = std::asin(std::min(1.0, tolerance / distance));
    if (open) {
      middle = direction, half = spread, open = false;
    } else {
      const double offset = std::remainder(direction - middle, 2.0 * M_PI);
      const double low = std::max(-half, offset - spread), high = std::min(half, offset + spread);
      middle += 0.5 * (low + high), half = std::max(0.0, 0.5 * (high - low));
    }
    reach = std::max(reach, distance);
  }
  kept.push_back(line.back());
  return kept;
}

}  // namespace gyre::plot
