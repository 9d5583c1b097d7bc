#include "cli/advise_print.hpp"

#include "gyre/analysis/study_json.hpp"

namespace gyre::cli {

std::string advice_text(const AdviceWords& words, const Advice& advice, const Screen& screen) {
  const Game& game = words.game;
  std::string text = screen.paint(Style::kBold, game_spelling(game));
  if (!game.title.empty() && game.title != game.name) text += "  " + game.title;
  if (!game.name.empty()) text += "\n" + game.text;
  text += "\n";
  for (const AdviceSection& section : advice_sections(words, advice)) {
    text += "\n" + screen.paint(Style::kBold, section.heading) + "\n";
    for (const std::string& paragraph : section.paragraphs) {
      // What can be pasted stays in one piece.
      const bool command = paragraph.starts_with("gyre ");
      text += "  " +
              (command ? screen.paint(Style::kGood, paragraph)
                       : wrapped(paragraph, screen.columns, 2)) +
              "\n";
    }
  }
  return text;
}

}  // namespace gyre::cli
