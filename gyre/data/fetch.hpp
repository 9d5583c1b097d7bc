#pragma once

#include <functional>
#include <string>

#include "gyre/data/shelf.hpp"

namespace gyre {

/// What a fetch has come to.
struct Fetched {
  std::filesystem::path folder;  ///< where the files are, each as it must be
  bool already = false;          ///< they were there before
};

/// Sees to it that the files of a data set are there and whole: checks those that are there, else
/// gets them by npm or apt-get into a folder of another name, checks them, and moves them one by
/// one. What an earlier fetch left behind when it was killed is removed. `tell` hears, before
/// anything is downloaded, what and why. Throws Error for what is made and not fetched, and
/// FileError if the files could not be had: its detail says what to do by hand.
Fetched fetch(const DataFacts& facts, const DataPlaces& places,
              const std::function<void(const std::string&)>& tell);

}  // namespace gyre
