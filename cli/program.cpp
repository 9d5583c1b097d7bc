#include "cli/program.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <functional>
#include <new>

#include "cli/interrupt.hpp"
#include "cli/output.hpp"
#include "cli/words.hpp"
#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"
#include "gyre/core/version.hpp"
#include "gyre/store/file.hpp"

namespace gyre::cli {

namespace {

std::string overview(std::span<const Verb> verbs, const std::string& examples) {
  std::string text =
      "gyre: a laboratory for adversarial games\n\n"
      "Usage: gyre VERB [words]\n\n";
  for (const Verb& verb : verbs) text += fmt::format("  {:<12}  {}\n", verb.name, verb.does);
  return text + "\n" + examples + "\n\n'gyre VERB --help' shows a verb's options and examples.";
}

const Verb& verb_named(std::span<const Verb> verbs, const std::string& name) {
  std::vector<std::string> known{"--help", "--version"};
  for (const Verb& verb : verbs) {
    if (verb.name == name) return verb;
    known.emplace_back(verb.name);
  }
  const std::string near = did_you_mean(name, known);
  const std::string_view more = name.starts_with('-') ? "option" : "verb";
  throw Error(fmt::format("there is no {} {}{}", more, as_typed(name),
                          near.empty() ? "; 'gyre --help' lists them" : near));
}

int dispatch(std::span<const Verb> verbs, const std::string& examples,
             std::vector<std::string> words) {
  if (words.size() == 1) {
    say(overview(verbs, examples));
    return kMisused;
  }
  if (words[1] == "help") {  // `gyre help run`
    words.erase(words.begin() + 1);
    words.emplace_back("--help");
  }
  if (words[1] == "--help" || words[1] == "-h") {
    print(overview(verbs, examples) + "\n");
    return kDone;
  }
  if (words[1] == "--version" || words[1] == "-V") {
    print(fmt::format("gyre {}\n", kVersion));
    return kDone;
  }
  return perform(verb_named(verbs, words[1]), words);
}

/// Files opened later must not be taken for a standard stream that somebody closed. What stands in
/// is opened the wrong way round, so that using it fails as it should.
void hold_standard_streams() {
  for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    if (fcntl(descriptor, F_GETFD) < 0)
      open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

void complain(const std::string& message, const std::string& detail = {}) {
  fflush(stdout);
  say(err().paint(Style::kBad, "gyre:") + " " + message);
  if (!detail.empty()) say(detail);
}

int guarded(const std::function<int()>& action) {
  try {
    const int status = action();
    finish_output();
    return status;
  } catch (const FileError& problem) {
    complain(problem.what(), problem.detail());
    return kFailed;
  } catch (const Error& problem) {
    complain(problem.what(), problem.detail());
    return kMisused;
  } catch (const std::bad_alloc&) {
    complain("out of memory");
    return kFailed;
  } catch (const std::exception& problem) {
    complain(std::string("this should not have happened: ") + problem.what());
    return kFailed;
  }
}

}  // namespace

int run_program(std::span<const Verb> verbs, const std::string& examples, int count, char** words) {
  hold_standard_streams();
  tell_of_interrupts();
  std::vector<std::string> command{"gyre"};
  for (int i = 1; i < count; ++i) command.emplace_back(words[i]);
  return guarded([&] { return dispatch(verbs, examples, command); });
}

}  // namespace gyre::cli
