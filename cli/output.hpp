#pragma once

#include <string>
#include <string_view>

namespace gyre::cli {

enum class Style { kPlain, kBold, kFaint, kGood, kBad, kOdd };

/// What the program writes to: a terminal with a width and colours, or a file or pipe without.
struct Screen {
  bool terminal = false;
  bool rewrites = false;  ///< a terminal whose lines can be written over
  bool color = false;
  bool utf8 = false;
  int columns = 100, rows = 40;

  std::string paint(Style style, std::string_view text) const;
};

/// Standard output and standard error. NO_COLOR and TERM=dumb turn colours off,
/// and this one progress.
const Screen& out();
const Screen& err();

/// For lists that are cut to fit: as out(), and in a file or pipe 120 columns or what COLUMNS says.
Screen list_screen();

/// Data, to standard output.
void print(std::string_view text);
/// A message, a line to standard error.
void say(std::string_view text);

/// Everything printed has arrived. Throws FileError if it cannot: a full disk, a closed descriptor.
void finish_output();

/// Broken at blanks into lines that end before column `columns`. The first one begins where the
/// caller has come to, `indent` columns from the left; the later ones are indented as far.
std::string wrapped(std::string_view text, int columns, int indent = 0);

}  // namespace gyre::cli
