#pragma once

#include <complex>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "cli/output.hpp"
#include "gyre/analysis/classify.hpp"
#include "gyre/games/game.hpp"

namespace gyre::cli {

/// All that is known about a game: formulas, parameters, its field, its critical points.
std::string game_text(const Game& game, const Screen& screen);
nlohmann::ordered_json game_json(const Game& game);

/// What a critical point is, in words: "a Nash point; the gradient flow is drawn to it".
std::string point_words(const PointReport& report);

/// "Authors (year): title, link" as far as it is known.
std::string paper_text(const Paper& paper);

/// `0.05 - 1.2i`, four digits; what is only a rounding is not shown.
std::string eigenvalue_text(std::complex<double> e);

/// `(0.5, -1.2, ...)` with few digits.
std::string point_text(std::span<const double> at);

}  // namespace gyre::cli
