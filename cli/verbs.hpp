#pragma once

#include <functional>
#include <span>
#include <string>

namespace CLI {
class App;
}

namespace gyre::cli {

/// How the program ends.
enum Exit { kDone = 0, kFailed = 1, kMisused = 2, kInterrupted = 130 };

/// The whole command as typed, beginning with "gyre": for records.
using Command = std::span<const std::string>;

/// What a verb does once its words are read; returns an exit status.
using Action = std::function<int(Command)>;

/// One verb of the program: one file that declares the words it takes.
struct Verb {
  const char* name;
  const char* does;  ///< for the overview: a few words
  Action (*declare)(CLI::App& words);
};

/// All of them, in the order in which help lists them.
std::span<const Verb> verbs();

Action declare_tour(CLI::App& words);
Action declare_run(CLI::App& words);
Action declare_compare(CLI::App& words);
Action declare_advise(CLI::App& words);
Action declare_analyze(CLI::App& words);
Action declare_atlas(CLI::App& words);
Action declare_sweep(CLI::App& words);
Action declare_compare_train(CLI::App& words);  // the part of compare that gyre-gan does
// These are done by gyre-gan, which is linked with libtorch: see hand_over.cpp.
Action declare_classify(CLI::App& words);
Action declare_train(CLI::App& words);
Action declare_resume(CLI::App& words);
Action declare_sample(CLI::App& words);
Action declare_evaluate(CLI::App& words);

Action declare_runs(CLI::App& words);
Action declare_games(CLI::App& words);
Action declare_rules(CLI::App& words);
Action declare_data(CLI::App& words);
Action declare_bench(CLI::App& words);
Action declare_doctor(CLI::App& words);
Action declare_completion(CLI::App& words);

}  // namespace gyre::cli
