#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "gyre/report/atlas.hpp"

namespace gyre::report {

/// The folder of an atlas: what it holds is either of the request's configuration or refused.
class AtlasFolder {
 public:
  /// Makes the folder, or takes up one with the same configuration.
  AtlasFolder(const AtlasRequest& request, const std::string& gnuplot);

  /// What was kept of a game, if it is whole and was made from the same texts: `key` stands for
  /// all of them. A game whose sheet could not be drawn is not whole.
  std::optional<AtlasGame> kept(const std::string& slug, const std::string& key);
  /// So many games were there, but made from other texts.
  std::size_t outdated() const { return outdated_; }

  /// Writes a game's sheet, then its numbers, which vouch for the sheet. Returns the numbers as
  /// they will be read again.
  AtlasGame keep(const std::string& slug, const std::string& key, const AtlasGame& game,
                 const std::string& sheet) const;
  /// The page and all numbers.
  void finish(const std::string& page, const std::string& numbers) const;

 private:
  void clear() const;

  std::filesystem::path place_;
  bool figures_ = false;
  std::size_t outdated_ = 0;
};

/// Everything that a game's part of the atlas is made from, as a digest.
std::string atlas_key(const AtlasRequest& request, const Game& game, const std::string& gnuplot);

}  // namespace gyre::report
