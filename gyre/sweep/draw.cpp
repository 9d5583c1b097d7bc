#include "gyre/sweep/draw.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"
#include "gyre/games/parse.hpp"
#include "gyre/sweep/axis.hpp"

namespace gyre {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

struct Spelling {
  Draw::Kind kind;
  std::string_view word;
};
constexpr Spelling kSpellings[] = {{Draw::Kind::kUniform, "uniform"},
                                   {Draw::Kind::kLogUniform, "log"},
                                   {Draw::Kind::kNormal, "normal"},
                                   {Draw::Kind::kLogNormal, "lognormal"},
                                   {Draw::Kind::kWhole, "whole"}};

double value_of(const std::string& draw, std::string_view text) {
  double value = kInfinity;
  try {
    value = parse_constant(text);
  } catch (const Error& problem) {
    throw Error(fmt::format("--draw {}: {}", as_typed(draw), problem.what()), problem.detail());
  }
  if (!std::isfinite(value))
    throw Error(fmt::format("--draw {}: {} is not finite", as_typed(draw), as_typed(trim(text))));
  return value;
}

void check(const Draw& draw, const std::string& text) {
  const bool spread = draw.kind == Draw::Kind::kNormal || draw.kind == Draw::Kind::kLogNormal;
  if (spread ? draw.high < 0.0 : !(draw.low < draw.high))
    throw Error(fmt::format(
        "--draw {}: {}", as_typed(text),
        spread ? "a standard deviation is not negative" : "the first end must be the smaller one"));
  if (draw.kind == Draw::Kind::kLogUniform && draw.low <= 0.0)
    throw Error(fmt::format("--draw {}: log:LOW:HIGH begins above 0", as_typed(text)));
  if (draw.kind == Draw::Kind::kWhole &&
      (draw.low != std::floor(draw.low) || draw.high != std::floor(draw.high)))
    throw Error(fmt::format("--draw {}: whole:LOW:HIGH has whole ends", as_typed(text)));
}

}  // namespace

double Draw::from(Stream& stream) const {
  const double u = stream.uniform(), v = stream.uniform();
  const auto normal = [&] {
    return std::sqrt(-2.0 * std::log1p(-u)) * std::cos(2.0 * M_PI * v);  // Box and Muller
  };
  double value = 0.0;
  switch (kind) {
    case Kind::kUniform:
      value = low + (high - low) * u;
      break;
    case Kind::kLogUniform:
      value = std::clamp(low * std::pow(high / low, u), low, high);
      break;
    case Kind::kNormal:
      value = low + high * normal();
      break;
    case Kind::kLogNormal:
      value = std::exp(low + high * normal());
      break;
    case Kind::kWhole:
      value = std::min(high, low + std::floor((high - low + 1.0) * u));
      break;
    case Kind::kListed:
      value = listed[std::min(listed.size() - 1,
                              static_cast<std::size_t>(u * static_cast<double>(listed.size())))];
      break;
  }
  return step > 0.0 ? step * std::round(value / step) : value;
}

std::string Draw::text() const {
  if (kind == Kind::kListed) {
    std::vector<std::string> values;
    for (const double v : listed) values.push_back(number(v));
    return join(values, ",");
  }
  std::string text;
  for (const Spelling& form : kSpellings)
    if (form.kind == kind) text = fmt::format("{}:{}:{}", form.word, number(low), number(high));
  return step > 0.0 ? fmt::format("{}:step={}", text, number(step)) : text;
}

double Draw::least() const {
  if (kind == Kind::kListed) return *std::ranges::min_element(listed);
  if (kind == Kind::kNormal) return -kInfinity;
  if (kind == Kind::kLogNormal) return 0.0;
  return step > 0.0 ? step * std::round(low / step) : low;
}

double Draw::greatest() const {
  if (kind == Kind::kListed) return *std::ranges::max_element(listed);
  if (kind == Kind::kNormal || kind == Kind::kLogNormal) return kInfinity;
  return step > 0.0 ? step * std::round(high / step) : high;
}

Draw parse_draw(std::string_view typed) {
  const auto [name, values] = named_values("--draw", typed);
  const std::string text = name + "=" + values;
  Draw draw{.name = name};
  std::vector<std::string_view> parts = split(values, ':');
  if (parts.size() == 1) {
    draw.kind = Draw::Kind::kListed;
    for (const std::string_view piece : split(values, ','))
      draw.listed.push_back(value_of(text, piece));
    return draw;
  }
  constexpr std::string_view kStep = "step=";
  if (trim(parts.back()).starts_with(kStep)) {
    draw.step = value_of(text, trim(parts.back()).substr(kStep.size()));
    if (draw.step <= 0.0)
      throw Error(fmt::format("--draw {}: a step is more than 0", as_typed(text)));
    parts.pop_back();
  }
  if (parts.size() == 3) {
    const auto form = std::ranges::find(kSpellings, trim(parts[0]), &Spelling::word);
    if (form == std::end(kSpellings)) {
      std::vector<std::string> known;
      for (const Spelling& f : kSpellings) known.emplace_back(f.word);
      throw Error(fmt::format("--draw {}: there is no distribution {}{}", as_typed(text),
                              as_typed(trim(parts[0])), did_you_mean(trim(parts[0]), known)));
    }
    draw.kind = form->kind;
    parts.erase(parts.begin());
  }
  if (parts.size() != 2)
    throw Error(
        fmt::format("--draw {}: a draw is LOW:HIGH, log:LOW:HIGH, normal:MEAN:DEVIATION, "
                    "whole:LOW:HIGH or a list of values",
                    as_typed(text)));
  draw.low = value_of(text, parts[0]);
  draw.high = value_of(text, parts[1]);
  check(draw, text);
  return draw;
}

}  // namespace gyre
