// The trainings of a comparison: each is `gyre-gan resume` in a folder that holds its settings.
#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <map>
#include <nlohmann/json.hpp>
#include <system_error>
#include <thread>

#include "cli/compare_train.hpp"
#include "cli/interrupt.hpp"
#include "cli/output.hpp"
#include "cli/progress.hpp"
#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"
#include "gyre/store/run_folder.hpp"

namespace gyre::cli {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t kMost = 1 << 24;
constexpr const char* kMessages = ".messages";

void read_trial(const TrainedRule& rule, RuleTrial& trial) {
  trial.ending = "unfinished";
  trial.steps = 0;
  trial.rows.clear();
  std::error_code ignored;
  if (!fs::exists(trial.folder / gan::TrainingFolder::kSettings, ignored)) return;
  trial.rows = gan::TrainingFolder::open(trial.folder).rows(rule.settings.steps);
  if (!trial.rows.empty()) trial.steps = trial.rows.back().step;
  if (!fs::exists(trial.folder / kManifest, ignored)) return;
  const auto facts =
      nlohmann::json::parse(read_file(trial.folder / kManifest, kMost), nullptr, false);
  if (!facts.is_object()) return;
  trial.ending = facts.value("ending", "unfinished");
  trial.steps = facts.value("steps", trial.steps);
  if (trial.ending == "done" && trial.steps < rule.settings.steps) trial.ending = "unfinished";
}

/// Starts a training. It ends, and saves, when this program does.
pid_t start(const fs::path& folder) {
  std::vector<std::string> words{"gyre-gan", "resume", folder.string(), "--quiet"};
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  const std::string messages = (folder / kMessages).string();
  const pid_t parent = getpid(), child = fork();
  if (child < 0) throw file_error("start", "gyre-gan", errno);
  if (child > 0) return child;
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (getppid() != parent) _exit(1);
  dup2(open("/dev/null", O_RDWR | O_CLOEXEC), STDIN_FILENO);
  dup2(open("/dev/null", O_RDWR | O_CLOEXEC), STDOUT_FILENO);
  dup2(open(messages.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666), STDERR_FILENO);
  execv("/proc/self/exe", pointers.data());
  _exit(127);
}

/// Throws what a training said when it could not do its work.
void check(const RuleTrial& trial, int status) {
  std::error_code ignored;
  const fs::path messages = trial.folder / kMessages;
  std::string text;
  if (fs::exists(messages, ignored)) text = std::string(trim(read_file(messages, kMost)));
  fs::remove(messages, ignored);
  if (trial.is_over() || trial.ending == "interrupted" || interrupted()) return;
  const std::string how =
      WIFSIGNALED(status)
          ? fmt::format("was killed by signal {}", WTERMSIG(status))
          : fmt::format("ended with status {}", WIFEXITED(status) ? WEXITSTATUS(status) : 0);
  throw FileError(fmt::format("the training in {} {}", trial.folder.string(), how), text);
}

}  // namespace

void read_trials(TrainComparison& comparison, const fs::path& place) {
  for (TrainedRule& rule : comparison.rules) {
    rule.trials.clear();
    for (const std::uint64_t seed : comparison.seeds) {
      RuleTrial trial{.seed = seed,
                      .folder = place / fmt::format("rule-{}-seed-{}", rule.number, seed)};
      read_trial(rule, trial);
      rule.trials.push_back(std::move(trial));
    }
  }
}

void run_trials(TrainComparison& comparison, const fs::path& place, std::size_t jobs, bool quiet) {
  struct Job {
    TrainedRule* rule;
    RuleTrial* trial;
  };
  std::vector<Job> waiting;
  double all = 0.0, over = 0.0;  // trainings
  // A seed of every rule before the next seed of any: what is interrupted can be compared.
  for (std::size_t s = 0; s < comparison.seeds.size(); ++s)
    for (TrainedRule& rule : comparison.rules) {
      all += 1.0;
      if (rule.trials[s].is_over())
        over += 1.0;
      else
        waiting.push_back({&rule, &rule.trials[s]});
    }
  if (over > 0.0 && !quiet)
    say(fmt::format("{} of {} trainings are over already{}", over, all,
                    waiting.empty() ? "" : "; going on with the others"));
  std::reverse(waiting.begin(), waiting.end());

  Progress progress(!quiet);
  std::map<pid_t, Job> running;
  bool told = false;
  std::exception_ptr problem;
  auto stop = [&] {
    if (told) return;
    for (const auto& [process, job] : running) kill(process, SIGTERM);
    told = true;
  };
  while (!running.empty() || (!waiting.empty() && !interrupted() && !problem)) {
    while (running.size() < jobs && !waiting.empty() && !interrupted() && !problem) {
      const Job job = waiting.back();
      waiting.pop_back();
      gan::Settings settings = job.rule->settings;
      settings.seed = job.trial->seed;
      std::error_code ignored;
      if (!fs::exists(job.trial->folder / gan::TrainingFolder::kSettings, ignored))
        gan::TrainingFolder::make(job.trial->folder, settings, true);
      running.emplace(start(job.trial->folder), job);
    }
    if (interrupted() || problem) stop();
    int status = 0;
    const pid_t ended = waitpid(-1, &status, WNOHANG);
    if (const auto it = running.find(ended); it != running.end()) {
      const Job job = it->second;
      running.erase(it);
      read_trial(*job.rule, *job.trial);
      over += 1.0;
      try {
        check(*job.trial, status);
      } catch (const Error&) {
        if (!problem) problem = std::current_exception();
      }
      continue;
    }
    double parts = over;
    for (auto& [process, job] : running) {
      read_trial(*job.rule, *job.trial);
      parts +=
          static_cast<double>(job.trial->steps) / static_cast<double>(job.rule->settings.steps);
    }
    progress.tell(parts / all, fmt::format("{} of {} trainings", over, all));
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  progress.clear();
  if (problem) std::rethrow_exception(problem);
  sync_folder(place);
}

}  // namespace gyre::cli
