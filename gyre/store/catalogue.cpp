#include "gyre/store/catalogue.hpp"

#include <sqlite3.h>

#include <cmath>
#include <map>
#include <utility>

#include "gyre/core/text.hpp"
#include "gyre/store/file.hpp"

namespace gyre {

namespace fs = std::filesystem;

namespace {

constexpr int kFormat = 1;       // another one is made again from the folders
constexpr int kPatience = 5000;  // for another writer, in milliseconds

constexpr const char* kTables =
    "BEGIN IMMEDIATE;"
    "CREATE TABLE IF NOT EXISTS runs (name TEXT PRIMARY KEY, stamp TEXT NOT NULL, kind TEXT,"
    " subject TEXT, rule TEXT, data TEXT, seed TEXT, steps INTEGER, ending TEXT, began TEXT,"
    " ended TEXT, version TEXT, headline TEXT, headline_value REAL);"
    "CREATE TABLE IF NOT EXISTS metrics (run TEXT NOT NULL REFERENCES runs (name)"
    " ON DELETE CASCADE, place INTEGER NOT NULL, name TEXT NOT NULL, value REAL,"
    " PRIMARY KEY (run, place));"
    "PRAGMA user_version = 1;"
    "COMMIT;";

struct SqliteError {
  int code;
  std::string message;

  bool is_busy() const { return (code & 0xFF) == SQLITE_BUSY || (code & 0xFF) == SQLITE_LOCKED; }
  bool is_damage() const {
    return (code & 0xFF) == SQLITE_CORRUPT || (code & 0xFF) == SQLITE_NOTADB ||
           (code & 0xFF) == SQLITE_ERROR || (code & 0xFF) == SQLITE_MISMATCH;
  }
};

}  // namespace

class RunCatalogue::Database {
 public:
  explicit Database(const std::string& file) {
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    if (const int code = sqlite3_open_v2(file.c_str(), &handle_, flags, nullptr);
        code != SQLITE_OK) {
      const SqliteError problem{code, handle_ ? sqlite3_errmsg(handle_) : "no memory"};
      sqlite3_close(handle_);
      throw problem;
    }
    try {
      prepare();
    } catch (...) {
      sqlite3_close(handle_);
      throw;
    }
  }
  ~Database() { sqlite3_close(handle_); }
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  void execute(const char* text) { check(sqlite3_exec(handle_, text, nullptr, nullptr, nullptr)); }

  void check(int code) const {
    if (code != SQLITE_OK && code != SQLITE_ROW && code != SQLITE_DONE)
      throw SqliteError{code, sqlite3_errmsg(handle_)};
  }

  sqlite3* handle() const { return handle_; }

 private:
  void prepare();

  sqlite3* handle_ = nullptr;
};

namespace {

/// A prepared statement. Columns and parameters are counted from 0.
class Statement {
 public:
  Statement(const auto& database, const char* text) : handle_(database.handle()) {
    check(sqlite3_prepare_v2(handle_, text, -1, &statement_, nullptr));
  }
  ~Statement() { sqlite3_finalize(statement_); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  Statement& bind(const std::string& text) {
    check(sqlite3_bind_text(statement_, ++bound_, text.c_str(), static_cast<int>(text.size()),
                            SQLITE_TRANSIENT));
    return *this;
  }
  /// Null if it is not a number.
  Statement& bind(double value) {
    check(sqlite3_bind_double(statement_, ++bound_, value));
    return *this;
  }
  Statement& bind(std::int64_t value) {
    check(sqlite3_bind_int64(statement_, ++bound_, value));
    return *this;
  }
  Statement& bind_nothing() {
    check(sqlite3_bind_null(statement_, ++bound_));
    return *this;
  }

  /// Whether there is a row.
  bool step() {
    const int code = sqlite3_step(statement_);
    check(code);
    return code == SQLITE_ROW;
  }
  /// Runs it, and makes it ready for other parameters.
  void run() {
    step();
    reset();
  }
  void reset() {
    sqlite3_reset(statement_);
    bound_ = 0;
  }

  bool is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
  std::string text(int column) const {
    const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    return bytes ? bytes : "";
  }
  double real(int column) const {
    return is_null(column) ? std::nan("") : sqlite3_column_double(statement_, column);
  }
  std::int64_t whole(int column) const { return sqlite3_column_int64(statement_, column); }

 private:
  void check(int code) const {
    if (code != SQLITE_OK && code != SQLITE_ROW && code != SQLITE_DONE)
      throw SqliteError{code, sqlite3_errmsg(handle_)};
  }

  sqlite3* handle_;
  sqlite3_stmt* statement_ = nullptr;
  int bound_ = 0;
};

/// Names and stamps of the run folders that are there.
std::map<std::string, std::string> folders_in(const fs::path& place) {
  std::map<std::string, std::string> found;
  std::error_code problem;
  if (!fs::exists(place, problem)) return found;
  fs::directory_iterator entries(place, problem);
  if (problem) throw file_error("read", place, problem.value());
  for (const fs::directory_entry& entry : entries) {
    const std::string name = entry.path().filename().string();
    std::error_code ignored;
    if (name.starts_with('.') || entry.is_symlink(ignored)) continue;
    if (const std::string stamp = run_stamp(entry.path()); !stamp.empty()) found[name] = stamp;
  }
  return found;
}

void remove_file(const fs::path& file) {
  for (const char* ending : {"", "-wal", "-shm"}) {
    std::error_code problem;
    fs::remove(file.string() + ending, problem);
    if (problem) throw SqliteError{SQLITE_CANTOPEN, problem.message()};
  }
}

void put(auto& database, const RunRecord& run, const std::string& stamp) {
  Statement forget(database, "DELETE FROM runs WHERE name = ?");
  forget.bind(run.name).run();
  Statement insert(database, "INSERT INTO runs VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
  insert.bind(run.name).bind(stamp).bind(run.kind).bind(run.subject).bind(run.rule);
  insert.bind(run.data).bind(run.seed);
  if (run.steps)
    insert.bind(static_cast<std::int64_t>(*run.steps));
  else
    insert.bind_nothing();
  insert.bind(run.ending).bind(run.began).bind(run.ended).bind(run.version);
  if (const auto* headline = run.headline())
    insert.bind(headline->first).bind(headline->second);
  else
    insert.bind_nothing().bind_nothing();
  insert.run();
  Statement metric(database, "INSERT INTO metrics VALUES (?,?,?,?)");
  std::int64_t place = 0;
  for (const auto& [name, value] : run.metrics)
    metric.bind(run.name).bind(place++).bind(name).bind(value).run();
}

}  // namespace

void RunCatalogue::Database::prepare() {
  sqlite3_extended_result_codes(handle_, 1);
  check(sqlite3_busy_timeout(handle_, kPatience));
  execute("PRAGMA foreign_keys = ON; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
  int format = 0;
  {
    Statement asked(*this, "PRAGMA user_version");
    if (asked.step()) format = static_cast<int>(asked.whole(0));
  }
  if (format == 0) execute(kTables);
  if (format != 0 && format != kFormat) throw SqliteError{SQLITE_MISMATCH, "another format"};
  Statement sound(*this, "PRAGMA quick_check(1)");
  if (!sound.step() || sound.text(0) != "ok") throw SqliteError{SQLITE_CORRUPT, "damaged"};
}

RunCatalogue::RunCatalogue(fs::path place) : place_(std::move(place)) {
  const fs::path file = place_ / kFile;
  std::error_code ignored;
  const bool was_there = fs::exists(file, ignored);
  auto try_open = [&](const std::string& name) {
    scan_ = {};
    auto database = std::make_unique<Database>(name);
    look(*database);
    database_ = std::move(database);
  };
  auto open = [&](const std::string& name) {
    constexpr int kTries = 50, kPause = 20;
    for (int tried = 1;; ++tried) try {
        try_open(name);
        return;
      } catch (const SqliteError& problem) {  // some locks are refused without any waiting
        if (!problem.is_busy() || tried == kTries) throw;
        sqlite3_sleep(kPause);
      }
  };
  if (!was_there && folders_in(place_).empty()) {
    open(":memory:");
    return;
  }
  try {
    try {
      open(file.string());
    } catch (const SqliteError& problem) {
      if (!was_there || !problem.is_damage()) throw;
      remove_file(file);
      open(file.string());
      scan_.remark = as_typed(file.string()) + " was damaged, and was made again from the folders";
    }
  } catch (const SqliteError& problem) {
    open(":memory:");
    scan_.remark = "the catalogue is not kept: " + as_typed(file.string()) + ": " + problem.message;
  }
}

RunCatalogue::~RunCatalogue() = default;

void RunCatalogue::look(Database& database) {
  const std::map<std::string, std::string> found = folders_in(place_);
  std::map<std::string, std::string> known;
  {
    Statement all(database, "SELECT name, stamp FROM runs");
    while (all.step()) known[all.text(0)] = all.text(1);
  }
  if (known == found) return;
  database.execute("BEGIN IMMEDIATE");
  try {
    for (const auto& [name, stamp] : found) {
      const auto before = known.find(name);
      if (before != known.end() && before->second == stamp) continue;
      const RunRecord run = read_record(place_ / name);
      if (!run.kind.empty()) ++(before == known.end() ? scan_.added : scan_.changed);
      put(database, run, stamp);  // what is no run's is kept as such, and not read again
    }
    Statement forget(database, "DELETE FROM runs WHERE name = ?");
    for (const auto& [name, stamp] : known)
      if (!found.contains(name)) {
        ++scan_.gone;
        forget.bind(name).run();
      }
    database.execute("COMMIT");
  } catch (...) {
    sqlite3_exec(database.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
    throw;
  }
}

std::vector<RunRecord> RunCatalogue::runs() const {
  std::vector<RunRecord> runs;
  try {
    Statement all(*database_,
                  "SELECT name, kind, subject, rule, data, seed, steps, ending, began, ended,"
                  " version FROM runs WHERE kind <> '' ORDER BY began DESC, name DESC");
    Statement metrics(*database_, "SELECT name, value FROM metrics WHERE run = ? ORDER BY place");
    while (all.step()) {
      RunRecord run;
      int column = 0;
      for (std::string* part :
           {&run.name, &run.kind, &run.subject, &run.rule, &run.data, &run.seed})
        *part = all.text(column++);
      if (!all.is_null(column)) run.steps = static_cast<std::uint64_t>(all.whole(column));
      ++column;
      for (std::string* part : {&run.ending, &run.began, &run.ended, &run.version})
        *part = all.text(column++);
      metrics.bind(run.name);
      while (metrics.step()) run.metrics.emplace_back(metrics.text(0), metrics.real(1));
      metrics.reset();
      runs.push_back(std::move(run));
    }
  } catch (const SqliteError& problem) {
    throw FileError("cannot read " + as_typed((place_ / kFile).string()) + ": " + problem.message);
  }
  return runs;
}

}  // namespace gyre
