#include "gyre/gan/dynamics_log.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

#include "gyre/core/outcome.hpp"
#include "gyre/core/text.hpp"

namespace gyre::gan {

namespace {

constexpr std::size_t kBefore = 5, kAfter = 6;  // columns before and after the eigenvalues

/// A cell that may be empty.
double number_in(std::string_view cell) { return to_number(cell).value_or(kUnknown); }

void for_each_row(const std::string& text,
                  const std::function<void(const std::vector<std::string_view>&)>& visit) {
  bool first = true;
  for (const std::string_view line : split(text, '\n')) {
    if (!line.empty() && !first) visit(split(line, ','));
    first = false;
  }
}

double turning(const std::complex<double>& e) {
  return std::abs(e) > 0.0 ? std::abs(e.imag()) / std::abs(e) : 0.0;
}

}  // namespace

std::complex<double> SpectrumLook::most_turning() const {
  const auto most =
      std::max_element(eigenvalues.begin(), eigenvalues.end(),
                       [](const auto& a, const auto& b) { return turning(a) < turning(b); });
  return most == eigenvalues.end() ? 0.0 : *most;
}

double SpectrumLook::rotation() const { return turning(most_turning()); }

std::string looks_table(const std::vector<Look>& looks) {
  std::size_t most = 0;
  for (const Look& look : looks)
    if (look.spectrum) most = std::max(most, look.spectrum->eigenvalues.size());
  std::string text =
      "step,loss_generator,loss_discriminator,gradient_generator,gradient_discriminator";
  for (std::size_t i = 1; i <= most; ++i)
    text += ",real_" + std::to_string(i) + ",imaginary_" + std::to_string(i);
  text +=
      ",residual,least_curvature_generator,greatest_curvature_generator,"
      "least_curvature_discriminator,greatest_curvature_discriminator,products\n";
  auto cell = [&](double value) { text += "," + number(value); };
  for (const Look& look : looks) {
    text += std::to_string(look.step);
    for (const double loss : look.losses) cell(loss);
    for (const double norm : look.norms) cell(norm);
    if (!look.spectrum) {
      text += std::string(2 * most + kAfter, ',') + "\n";
      continue;
    }
    for (const std::complex<double>& e : look.spectrum->eigenvalues) cell(e.real()), cell(e.imag());
    text += std::string(2 * (most - look.spectrum->eigenvalues.size()), ',');
    cell(look.spectrum->residual);
    for (const auto& of : look.spectrum->curvature)
      for (const double end : of) cell(end);
    cell(look.spectrum->products);
    text += "\n";
  }
  return text;
}

std::string places_table(const std::vector<Look>& looks) {
  std::string text = "step";
  if (!looks.empty())
    for (std::size_t i = 1; i <= looks.front().place.size(); ++i) text += "," + std::to_string(i);
  text += "\n";
  for (const Look& look : looks) {
    text += std::to_string(look.step);
    // Nine digits are enough for any float.
    for (const float x : look.place) text += "," + rounded(static_cast<double>(x), 9);
    text += "\n";
  }
  return text;
}

std::vector<Look> read_looks(const std::string& looks, const std::string& places,
                             std::uint64_t step) {
  std::map<std::uint64_t, std::vector<float>> place_at;
  for_each_row(places, [&](const auto& cells) {
    std::vector<float> place;
    for (std::size_t i = 1; i < cells.size(); ++i)
      place.push_back(static_cast<float>(number_in(cells[i])));
    place_at[static_cast<std::uint64_t>(number_in(cells[0]))] = std::move(place);
  });
  std::vector<Look> all;
  for_each_row(looks, [&](const auto& cells) {
    if (cells.size() < kBefore + kAfter) return;
    Look look;
    look.step = static_cast<std::uint64_t>(number_in(cells[0]));
    const auto place = place_at.find(look.step);
    if (look.step > step || place == place_at.end()) return;
    look.place = place->second;
    look.losses = {number_in(cells[1]), number_in(cells[2])};
    look.norms = {number_in(cells[3]), number_in(cells[4])};
    const std::size_t after = cells.size() - kAfter;
    if (!cells[after + kAfter - 1].empty()) {
      SpectrumLook spectrum;
      for (std::size_t i = kBefore; i + 1 < after && !cells[i].empty(); i += 2)
        spectrum.eigenvalues.emplace_back(number_in(cells[i]), number_in(cells[i + 1]));
      spectrum.residual = number_in(cells[after]);
      for (std::size_t p = 0; p < 2; ++p)
        for (std::size_t end = 0; end < 2; ++end)
          spectrum.curvature[p][end] = number_in(cells[after + 1 + 2 * p + end]);
      spectrum.products = static_cast<int>(number_in(cells[after + 5]));
      look.spectrum = std::move(spectrum);
    }
    all.push_back(std::move(look));
  });
  return all;
}

}  // namespace gyre::gan
