#include "gyre/gan/training.hpp"

#include <map>
#include <system_error>

#include "gyre/core/error.hpp"
#include "gyre/core/text.hpp"
#include "gyre/store/csv.hpp"
#include "gyre/store/file.hpp"
#include "gyre/store/run_folder.hpp"
#include "gyre/store/tfevents.hpp"

namespace gyre::gan {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t kLargestFile = std::uint64_t{1} << 34;

std::string table(const std::vector<Row>& rows) {
  std::string text = "step";
  if (!rows.empty())
    for (const auto& [name, value] : rows.front().metrics) text += "," + csv_cell(name);
  text += "\n";
  for (const Row& row : rows) {
    text += std::to_string(row.step);
    for (const auto& [name, value] : row.metrics) text += "," + number(value);
    text += "\n";
  }
  return text;
}

std::string events_of(const std::vector<Row>& rows) {
  std::vector<Event> events;
  for (const Row& row : rows) events.push_back({row.time, row.step, row.metrics});
  return event_file(events);
}

}  // namespace

TrainingFolder TrainingFolder::make(fs::path place, const Settings& settings, bool replace) {
  std::error_code problem;
  place = place.lexically_normal();
  if (fs::exists(place, problem)) {
    if (!replace) throw Error(as_typed(place.string()) + " exists already; --force replaces a run");
    if (!fs::is_directory(place) ||
        (!fs::is_empty(place) && !fs::exists(place / kManifest) && !fs::exists(place / kSettings)))
      throw Error(as_typed(place.string()) +
                  " holds something else than a run, and is left alone; choose another name");
    fs::remove_all(place, problem);
    if (problem) throw file_error("replace", place, problem.value());
  }
  fs::create_directories(place, problem);
  if (problem) throw file_error("make the folder", place, problem.value());
  TrainingFolder folder(std::move(place));
  folder.add(kSettings, to_toml(settings));
  return folder;
}

TrainingFolder TrainingFolder::make_numbered(const fs::path& place, const Settings& settings) {
  fs::path free = place;
  std::error_code ignored;
  for (int n = 2; fs::exists(free, ignored); ++n) free = place.string() + "-" + std::to_string(n);
  return make(free, settings, false);
}

TrainingFolder TrainingFolder::open(fs::path place) {
  std::error_code ignored;
  if (!fs::exists(place / kSettings, ignored))
    throw Error(as_typed(place.string()) + " holds no training: there is no " + kSettings +
                " in it");
  return TrainingFolder(std::move(place));
}

Settings TrainingFolder::settings() const {
  const fs::path file = place_ / kSettings;
  return read_settings(read_file(file, kLargestFile), file.string());
}

void TrainingFolder::add(const std::string& name, const std::string& bytes) const {
  write_file(place_ / name, bytes, Existing::kReplace);
}

void TrainingFolder::save(const Safetensors& checkpoint, const std::vector<Row>& rows) const {
  add(kMetrics, table(rows));  // first: rows beyond the checkpoint are passed over
  add(kEvents, events_of(rows));
  std::error_code problem;
  if (fs::exists(place_ / kCheckpoint, problem)) {
    fs::rename(place_ / kCheckpoint, place_ / kPrevious, problem);
    if (problem) throw file_error("rename", place_ / kCheckpoint, problem.value());
  }
  add(kCheckpoint, checkpoint.bytes());
}

std::optional<Safetensors> TrainingFolder::last(std::string& problem) const {
  for (const char* name : {kCheckpoint, kPrevious}) {
    const fs::path file = place_ / name;
    std::error_code ignored;
    if (!fs::exists(file, ignored)) continue;
    try {
      Safetensors whole = Safetensors::read(read_file(file, kLargestFile), file.string());
      if (whole.metadata.count("sha256") > 0) return whole;
      problem = as_typed(file.string()) + " is no checkpoint, or is damaged: it has no digest";
    } catch (const Error& damage) {
      problem = damage.what();
    }
  }
  return std::nullopt;
}

std::vector<Row> TrainingFolder::rows(std::uint64_t step) const {
  std::error_code ignored;
  if (!fs::exists(place_ / kMetrics, ignored)) return {};
  const std::string text = read_file(place_ / kMetrics, kLargestFile);
  std::vector<std::string> names;
  std::vector<Row> rows;
  for (const std::string_view line : split(text, '\n')) {
    if (line.empty()) continue;
    const std::vector<std::string_view> cells = split(line, ',');
    if (names.empty()) {
      names.assign(cells.begin(), cells.end());
      continue;
    }
    if (cells.size() != names.size()) continue;
    Row row;
    for (std::size_t i = 0; i < cells.size() && i < names.size(); ++i) {
      const double value = to_number(cells[i]).value_or(0.0);
      if (i == 0)
        row.step = static_cast<std::uint64_t>(value);
      else
        row.metrics.emplace_back(names[i], value);
    }
    if (row.step <= step) rows.push_back(std::move(row));
  }
  if (!fs::exists(place_ / kEvents, ignored)) return rows;
  std::map<std::uint64_t, double> times;
  for (const Event& event : read_event_file(read_file(place_ / kEvents, kLargestFile)))
    times[event.step] = event.wall_time;
  for (Row& row : rows)
    if (const auto known = times.find(row.step); known != times.end()) row.time = known->second;
  return rows;
}

std::vector<Look> TrainingFolder::looks(std::uint64_t step) const {
  std::error_code ignored;
  std::string tables[2];
  for (int i = 0; i < 2; ++i) {
    const fs::path file = place_ / (i == 0 ? kDynamics : kPlaces);
    if (!fs::exists(file, ignored)) return {};
    tables[i] = read_file(file, kLargestFile);
  }
  return read_looks(tables[0], tables[1], step);
}

void TrainingFolder::save(const std::vector<Look>& looks) const {
  if (looks.empty()) return;
  add(kPlaces, places_table(looks));
  add(kDynamics, looks_table(looks));
}

TrainingResult train(Trainer& trainer, const Settings& settings, const TrainingFolder& folder,
                     std::vector<Row> rows, const TrainingOptions& options) {
  TrainingResult result;
  result.rows = std::move(rows);
  result.saved = trainer.steps();
  while (trainer.steps() < settings.steps) {
    const bool finite = trainer.step();
    const std::uint64_t step = trainer.steps();
    const bool cancelled = options.cancel && *options.cancel;
    const bool ends = step == settings.steps || cancelled;
    const bool saves = ends || step % settings.checkpoint == 0;
    if (!finite || (saves && !trainer.not_finite().empty())) {
      result.ending = Ending::kNotFinite;
      result.broken = trainer.not_finite();
      break;
    }
    if (step % settings.log == 0 || step == settings.steps)
      result.rows.push_back({step, trainer.metrics(), options.now ? options.now() : 0.0});
    if (options.look) options.look(step);
    if (saves) {
      if (options.saving) options.saving();
      folder.save(trainer.checkpoint(), result.rows);
      result.saved = step;
    }
    if (options.progress) options.progress(step, result.rows);
    if (cancelled && step < settings.steps) {
      result.ending = Ending::kInterrupted;
      break;
    }
  }
  result.steps = trainer.steps();
  return result;
}

}  // namespace gyre::gan
